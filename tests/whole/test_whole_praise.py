"""Praise through the workspace: in its channel, with its receiver, and taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from faults_log import soon, until
from place import Place, lines, place
from place_forms import fill_to_the_end, shown

from bot.app import company_of
from sandbox.slack.model import Channel, Message

MEMBER, LEAD, PEER, ADMIN = "N0018", "N0008", "N0019", "N0016"
WORDS = "Kept every customer <!channel> & *calm* <@U1>"
SHOWN = WORDS.replace("<@U1>", "@U1")
"""As Slack hands on what is typed into a command."""


@asynccontextmanager
async def praising(folder: Path, *, with_bot: bool = True) -> AsyncIterator[Place]:
    """The company, with a channel for it that everybody is in."""
    async with place(folder, count=20) as here:
        await here.stop()
        here.workspace.add_channel("praise", members=here.who.values(), with_bot=with_bot)
        slack = here.settings.slack
        assert slack is not None
        here.settings = replace(here.settings, slack=replace(slack, praise_channel="#praise"))
        await here.start()
        assert here.deps.company.praise_channels == company_of(here.settings).praise_channels
        yield here


def channel(here: Place) -> Channel:
    found = here.workspace.channel("#praise")
    assert found is not None
    return found


def said(messages: list[Message]) -> list[list[str]]:
    return [lines(one) for one in messages]


async def test_a_line_stands_in_the_channel_to_the_letter_and_goes_when_it_is_taken_back(
    tmp_path: Path,
) -> None:
    async with praising(tmp_path) as here:
        giver, receiver = here.employee(PEER).name, here.employee(MEMBER).name
        mention = f"<@{here.who[MEMBER].id}|somebody>"
        await here.who[PEER].command(f"/review praise {mention} teamwork {WORDS}")
        await here.settle()
        assert said(channel(here).messages) == [
            [f"👏 {giver} praises {receiver}", SHOWN, "For the value: Teamwork"]
        ]
        (told,) = here.dms(MEMBER, "praise")
        assert SHOWN in lines(told)
        (own,) = here.dms(PEER, "praise_given")
        await here.who[PEER].press("praise.take_back", message=own, confirm=False)
        await here.settle()
        assert SHOWN in lines(channel(here).messages[0])
        await here.who[PEER].press("praise.take_back", message=own)
        await here.who[PEER].close()
        await here.settle()
        for one in (*channel(here).messages, *here.dms(MEMBER, "praise")):
            assert "calm" not in one.words
            assert one.edits == 1


async def test_the_form_takes_a_person_of_the_workspace_and_no_bot(tmp_path: Path) -> None:
    async with praising(tmp_path) as here:
        person = here.who[MEMBER]
        await person.command("/review praise")
        assert person.form is not None
        assert person.form.callback_id == "praise"
        given = {"who": here.workspace.app.bot_user, "value": "customer_first", "words": WORDS}
        await person.fill(given)
        assert await person.submit() == {}
        assert person.form is not None
        assert person.form.callback_id == "notice"
        await person.close()
        await here.settle()
        assert channel(here).messages == []
        await person.command("/review 表扬")
        assert shown(person)["words"] == WORDS
        assert await fill_to_the_end(person, given | {"who": here.who[LEAD].id}) == 1
        await here.settle()
        assert len(channel(here).messages) == len(here.dms(LEAD, "praise")) == 1


async def test_a_channel_without_the_bot_is_told_to_hr_once_and_the_praise_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    soon(monkeypatch, caplog)
    async with praising(tmp_path, with_bot=False) as here:
        await until(lambda: here.dms(ADMIN, "hr_channel"))
        await here.who[PEER].command(f"/review praise <@{here.who[MEMBER].id}> teamwork {WORDS}")
        await here.settle()
        assert len(here.dms(MEMBER, "praise")) == 1
        (told,) = here.dms(ADMIN, "hr_channel")
        assert "#praise" in told.words
        assert channel(here).messages == []
        channel(here).members.append(here.workspace.app.bot_user)
        here.clock.move(timedelta(minutes=5))
        await here.settle()
        assert len(channel(here).messages) == 1
        assert here.dms(ADMIN, "unreachable") == []
