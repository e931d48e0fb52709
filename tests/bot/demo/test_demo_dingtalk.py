"""The demo's company on DingTalk: it moves in, goes on by itself, and is gone on with."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.demo.cast import FAVOURED, LEAD, TO_RATE, Quarter
from bot.demo.clockwork import NEXT_DAY
from bot.demo.on_dingtalk import OnDingTalk
from bot.demo.stage import Asked, on_stage
from bot.platforms.dingtalk import cards
from sandbox.clock import MovableClock
from sandbox.company import people
from sandbox.dingtalk.buttons import buttons_of
from sandbox.dingtalk.saved import read

QUARTER = Quarter.before(date(2026, 10, 15))
PATIENCE = 60
SEND = "asking.send"


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


@pytest.mark.long
async def test_the_guided_path_is_walked_on_cards(tmp_path: Path) -> None:
    asked = Asked(
        host="127.0.0.1",
        port=0,
        people=48,
        seed=1,
        quarter=QUARTER,
        locale="zh-CN",
        folder=tmp_path,
        platform="dingtalk",
    )
    names = {one.employee_id: one.name for one in people()}
    async with on_stage(asked) as (chat, cast, _):
        assert isinstance(chat, OnDingTalk)
        organisation = chat.organisation
        host, group = organisation.host, organisation.conversations
        assert host is not None
        lead = organisation.person(cast.members[LEAD].id)

        async def until(is_so: Callable[[], object]) -> None:
            await organisation.until(is_so, timeout=PATIENCE)

        def at_the_end() -> bool:
            card = lead.last().card
            return card is not None and SEND in [one.action for one in buttons_of(card, lead.id)]

        def seen() -> list[bool]:
            messages = group[chat.hr].messages
            group[chat.hr].read[cast.members[cast.admin].id] = messages[-1].id
            return [one.done for one in host.steps()]

        await until(lambda: not host.busy and organisation.stream.connections.open)
        await lead.tap("4", near=names[TO_RATE])
        await until(at_the_end)
        await lead.press("提交")
        await until(lambda: seen()[:3] == [True, True, False])
        host.move_to(next(one for one in host.landmarks() if one.key == NEXT_DAY))
        await until(lambda: not host.busy)
        await lead.tap("修改", near=names[FAVOURED])
        await until(at_the_end)
        shown = lead.last().card
        assert shown is not None
        number = re.search(r"(\d+)\\\. 总评：", "\n".join(shown.reads(lead.id)))
        assert number is not None
        await lead.say(number[1])
        await until(lambda: lead.card()["form_status"] == "normal")
        (field,) = [one["name"] for one in lead.form() if not one.get("hidden")]
        await lead.fill({field: "3.75"})
        await until(at_the_end)
        await lead.press("提交")
        await until(lambda: all(seen()))
