"""A whole quarter on DingTalk, with its hard days: it ends as on Slack, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
from ding_place import ding_place
from place import place
from quarter_story import BEGIN
from quarter_whole import play_quarter


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "cards"),
    [
        (18, False),
        pytest.param(18, True, marks=pytest.mark.long),
        pytest.param(48, False, marks=pytest.mark.long),
    ],
)
async def test_a_quarter_ends_in_the_same_state_on_slack_and_on_dingtalk(
    tmp_path: Path,
    count: int,
    cards: bool,  # noqa: FBT001  a case of the test
) -> None:
    slack, dingtalk = tmp_path / "slack", tmp_path / "dingtalk"
    slack.mkdir()
    dingtalk.mkdir()
    async with place(slack, count=count, start=BEGIN) as here:
        expected = await play_quarter(here)
    async with ding_place(dingtalk, count=count, start=BEGIN, cards=cards) as here:
        found = await play_quarter(here)
    assert found.reviews == expected.reviews
    assert found.trail == expected.trail
