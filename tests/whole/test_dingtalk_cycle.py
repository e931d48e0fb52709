"""The same cycle on Slack and on DingTalk, by protocol: it ends in the same state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cycle_story import EndState, end_state, play
from ding_place import ding_place
from ding_troubles import troubles
from place import place

from sandbox.company import people


def fresh(folder: Path) -> Path:
    folder.mkdir()
    return folder


async def on_slack(folder: Path, count: int) -> EndState:
    async with place(folder, count=count) as here:
        cycle = await here.open_cycle()
        await play(here, cycle)
        return await end_state(here, cycle)


async def on_dingtalk(folder: Path, count: int, **how: Any) -> EndState:
    async with ding_place(folder, count=count, **how) as here:
        cycle = await here.open_cycle()
        await play(here, cycle)
        assert here.troubles() == []
        assert here.organisation.stream.given_up == []
        return await end_state(here, cycle)


async def in_trouble(folder: Path) -> EndState:
    async with ding_place(folder) as here:
        meanwhile = troubles(here)
        cycle = await here.open_cycle()
        await play(here, cycle, meanwhile=meanwhile)
        assert here.organisation.stream.given_up == []
        assert [one.path for one in here.organisation.faults._api if one.times] == []
        return await end_state(here, cycle)


@pytest.mark.slow
async def test_a_cycle_ends_in_the_same_state_on_slack_on_dingtalk_and_on_both(
    tmp_path: Path,
) -> None:
    """On DingTalk in the chat (half of them), on cards, and while all goes wrong that may."""
    slack = await on_slack(fresh(tmp_path / "slack"), 12)
    half = [one.employee_id for one in people(12, 1)][::2]
    both = await on_dingtalk(fresh(tmp_path / "both"), 12, on_slack=half)
    cards = await on_dingtalk(fresh(tmp_path / "cards"), 12, cards=True)
    noisy = await in_trouble(fresh(tmp_path / "noisy"))
    for found in (both, cards):
        assert found.reviews == slack.reviews
        assert found.trail == slack.trail
        assert found.posts == slack.posts
    assert (noisy.reviews, noisy.trail) == (slack.reviews, slack.trail)


@pytest.mark.long
async def test_a_cycle_of_48_ends_in_the_same_state_on_slack_and_on_dingtalk(
    tmp_path: Path,
) -> None:
    slack = await on_slack(fresh(tmp_path / "slack"), 48)
    dingtalk = await on_dingtalk(fresh(tmp_path / "dingtalk"), 48)
    assert dingtalk.reviews == slack.reviews
    assert dingtalk.trail == slack.trail
    assert dingtalk.posts == slack.posts
