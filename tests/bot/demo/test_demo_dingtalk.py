"""The demo's company on DingTalk: it moves in, goes on by itself, and is gone on with."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

from bot.demo.cast import Quarter
from bot.demo.on_dingtalk import OnDingTalk
from bot.demo.stage import Asked, on_stage
from bot.platforms.dingtalk import cards
from sandbox.clock import MovableClock
from sandbox.dingtalk.saved import read

QUARTER = Quarter.before(date(2026, 10, 15))
PATIENCE = 60


@pytest.mark.parametrize("platform", ["dingtalk", "dingtalk-chat"])
async def test_colleagues_write_and_rate_by_themselves_when_the_clock_moves(
    platform: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    asked = Asked(
        host="127.0.0.1",
        port=0,
        people=24,
        seed=1,
        quarter=QUARTER,
        locale="zh-CN",
        folder=tmp_path,
        platform=platform,
    )
    async with on_stage(asked) as (chat, _, playing):
        assert isinstance(chat, OnDingTalk)
        organisation = chat.organisation
        host = organisation.host
        assert host is not None
        await organisation.until(
            lambda: not host.busy and organisation.stream.connections.open, timeout=PATIENCE
        )
        landmark = next(one for one in host.landmarks() if one.key == "self_due")
        host.move_to(landmark)
        await organisation.until(lambda: not host.busy, timeout=PATIENCE)
        assert not playing.done()
        kept = chat.save()
    talks = {one: organisation.talk(one).messages for one in organisation.members}
    typed = [one.words for user, talk in talks.items() for one in talk if one.sender == user]
    forms = [
        (one.card.updates >= 2, one.card.values(user)["form_status"])
        for user, talk in talks.items()
        for one in talk
        if one.card and one.card.out_track_id.startswith(cards.FORM)
    ]
    gave_up = [one.message for one in caplog.records if "colleague" in one.message]
    assert (gave_up, organisation.stream.given_up, organisation.troubles) == ([], [], {})
    if platform == "dingtalk":
        assert set(forms) == {(True, "disabled")}
    else:
        assert (typed.count("send"), forms) == (1, [])
    again = OnDingTalk(MovableClock(read(kept).now), kept)
    found = {one: len(again.organisation.talk(one).messages) for one in talks}
    assert (again.hr, found) == (chat.hr, {one: len(talk) for one, talk in talks.items()})
