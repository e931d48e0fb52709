"""Two bots with one app's tokens and two databases: each takes some of what people press."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from faults_log import said, soon, until
from place import Place, fill, place, settings_for
from place_forms import write_self

from bot.app import Bot, build
from sandbox.slack.people import Person

MEMBER, COLLEAGUE, BOSS = "N0015", "N0014", "N0007"
OTHERS = (
    "Slack counts 2 connections for this app, but only one bot can run on this database. Another "
    "bot with another database would take some of what people press: end one of the two. If there "
    "is none, Slack still counts a connection that broke. (slack.others)"
)
ELSEWHERE = (
    "Somebody pressed something about a review that is not in this database. Perhaps another bot "
    "with another database uses the same tokens (end one of the two); perhaps the database was put "
    "back from an older backup. (refused.unknown_review)"
)
NOT_HERE = {
    "This review is not known here. Please see the latest message, or send /review.",
    "这里没有这份评估。请看最新的消息，或发送 /review。",
}


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    soon(monkeypatch, caplog)


@asynccontextmanager
async def another_bot(here: Place, folder: Path) -> AsyncIterator[None]:
    """The same people, the same tokens, and a database that knows of no cycle."""
    stop = asyncio.Event()
    settings = settings_for(here.server, folder)
    async with build(settings, here.clock) as deps:
        await fill(deps, here.clock, here.colleagues)
        bot = asyncio.create_task(Bot(deps, settings, plan_every=3600).run(stop))
        try:
            await until(lambda: here.server.sockets.connections == 2)
            yield
        finally:
            stop.set()
            await bot


async def test_another_bot_on_another_database_is_said_until_it_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with place(tmp_path, count=16) as here:
        await until(lambda: "running" in caplog.text)
        assert said(caplog, "slack.others") == []
        async with another_bot(here, tmp_path / "other"):
            await until(lambda: said(caplog, "slack.others"))
            await here.stop()
            await here.server.faults.drop_sockets()
            await until(lambda: len(said(caplog, "slack.others")) > 1)
        assert said(caplog, "slack.others") == [OTHERS, "over: slack.others"]


async def test_a_press_that_came_to_the_other_bot_says_so_and_works_when_that_is_gone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, COLLEAGUE)
        await here.settle()
        presses = [(MEMBER, "self_review.open"), (BOSS, "rate:3.5")]
        order = [*presses, *reversed(presses)]  # events go to the two bots by turns
        async with another_bot(here, tmp_path / "other"):
            shown = [await _pressed(here.who[who], button) for who, button in order]
        assert sorted(shown) == sorted(["notice", "notice", "self_review", "manager_review"])
        assert said(caplog, "refused.unknown_review") == [ELSEWHERE, ELSEWHERE]
        shown = [await _pressed(here.who[who], button) for who, button in presses]
        assert shown == ["self_review", "manager_review"]


async def _pressed(person: Person, button: str) -> str:
    """Which form comes of it; one that says why none does has the words that it should."""
    await person.press(button)
    form = person.form
    assert form is not None
    assert form.callback_id != "notice" or form.words in NOT_HERE
    await person.close()
    return form.callback_id
