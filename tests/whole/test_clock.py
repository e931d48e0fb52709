"""Thirty days: ticks by hand and the running clock say the same, each at its hour, none twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from place import Place, kind_of, place
from place_forms import write_self

from bot import cli_work
from handlers.ports import Deps
from sandbox.slack.model import Message
from scheduler import timetable
from scheduler.deliver import deliver_all
from scheduler.tick import plan
from scheduler.timetable import Job
from storage.notice import State

START = datetime(2026, 9, 29, 1, 30, tzinfo=UTC)
"""A Tuesday, 9:30 in Shanghai, two days before the National Day holiday."""
DAYS: dict[str, Any] = {
    "self_open": date(2026, 9, 29),
    "self_due": date(2026, 10, 8),
    "manager_due": date(2026, 10, 12),
}
HOLIDAY = [date(2026, 10, day) for day in range(1, 8)]
SHANGHAI = "Asia/Shanghai"


class Said(NamedTuple):
    """Whom, which kind, and when, in that person's own time zone."""

    who: str
    kind: str
    at: datetime


def _hours() -> Iterator[datetime]:
    """Every third hour until the last reminder has gone up, then every sixth; thirty days."""
    busy, whole = 24 * 16, 24 * 30
    hours = (*range(0, busy, 3), *range(busy, whole, 6))
    return (START + timedelta(hours=number) for number in hours)


def _said(here: Place) -> list[Said]:
    """Everything the bot said to people, in the order it was said."""
    found = [
        Said(one, kind_of(message), _at(message, here.employee(one).time_zone))
        for one in here.who
        for message in here.dms(one)
    ]
    return sorted(found, key=lambda said: (said.at, said.who, said.kind))


def _at(message: Message, time_zone: str) -> datetime:
    return datetime.fromtimestamp(float(message.ts), ZoneInfo(time_zone))


def _hourly(said: list[Said]) -> list[tuple[str, str, str]]:
    return sorted((one.who, one.kind, f"{one.at:%m-%d %H}") for one in said)


@pytest.fixture(scope="module")
def ticked(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    """What thirty days of ticks by hand make the bot say."""
    return asyncio.run(_by_ticks(tmp_path_factory.mktemp("ticked")))


async def _by_ticks(folder: Path) -> list[Said]:
    async with place(folder, count=12, start=START, running=False) as here:
        await here.plan_cycle(**DAYS)
        for hour in _hours():
            await here.tick(hour)
            await here.settle()
        return _said(here)


@pytest.mark.long
async def test_the_running_clock_says_what_ticks_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ticked: list[Said]
) -> None:
    looked: dict[str, datetime] = {}
    for name, job in (("plan", plan), ("deliver_all", deliver_all)):
        monkeypatch.setattr(timetable, name, _watched(name, job, looked))
    monkeypatch.setattr(timetable, "DELIVER_EVERY", 0.005)
    async with place(tmp_path, count=12, start=START, running=False) as here:
        await here.plan_cycle(**DAYS)
        clock = timetable.Timetable(here.deps, plan_every=0.005)
        clock.start()
        for hour in _hours():
            here.clock.moment = hour
            for name in ("plan", "deliver_all"):
                while looked.get(name, START) <= hour:  # noqa: ASYNC110  a job has no event
                    await asyncio.sleep(0.001)
            await here.settle()
        await clock.stop()
        assert _hourly(_said(here)) == _hourly(ticked)
    assert {one.kind for one in ticked} == {"my_review", "reminder", "team_list"}


def _watched(name: str, job: Job, looked: dict[str, datetime]) -> Job:
    """The same job, noting at which moment the last one that ended had begun."""

    async def watched(deps: Deps) -> None:
        moment = deps.clock.now()
        await job(deps)
        looked[name] = moment

    return watched


def test_reminders_come_the_day_before_on_the_day_and_after_then_go_one_up(
    ticked: list[Said],
) -> None:
    reminders = {
        one: [f"{said.at:%m-%d %H}" for said in ticked if said[:2] == (one, "reminder")]
        for one in ("N0008", "N0009", "N0002", "N0001")
    }
    assert reminders == {
        "N0008": ["09-30 09", "10-08 09", "10-10 09"],  # first the check-in, before the holidays
        "N0009": ["10-07 09", "10-08 09", "10-12 09"],
        "N0002": ["10-08 09", "10-12 09", "10-14 09"],  # first the digest, after them
        "N0001": ["10-15 09"],
    }


def test_the_bot_keeps_hours_and_holidays_and_writes_once_a_day(ticked: list[Said]) -> None:
    for said in ticked:
        assert time(9) <= said.at.time() < time(19), said
        if said.at.tzinfo == ZoneInfo(SHANGHAI):
            assert said.at.date() not in HOLIDAY
            assert said.at.weekday() < 5 or said.at.date() == date(2026, 10, 10)
    reminded = Counter((said.who, said.at.date()) for said in ticked if said.kind == "reminder")
    assert set(reminded.values()) == {1}
    assert any(day == date(2026, 10, 10) for _, day in reminded)


async def test_one_tick_sends_all_that_is_due_and_a_second_one_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than the platform takes at once: it waits, and does not leave the rest."""
    monkeypatch.setattr(asyncio, "sleep", _passes_at_once)
    async with place(tmp_path, count=48, start=START, running=False) as here:
        await here.plan_cycle(**DAYS)
        moment = datetime(2026, 9, 29, 8, 0, tzinfo=UTC)
        assert await cli_work.tick(here.settings, moment) == 0
        posted = [(one, kind_of(m)) for one in here.who for m in here.dms(one)]
        async with here.deps.database.begin(write=False) as tx:
            assert {one.state for one in await tx.outbox.ledger()} == {State.SENT}
        calls = len([name for name, _ in here.server.calls if name.startswith("chat.")])
        assert await cli_work.tick(here.settings, moment) == 0
        assert len([name for name, _ in here.server.calls if name.startswith("chat.")]) == calls
        assert Counter(kind for _, kind in posted) == {"my_review": 40, "team_list": 12}


_sleep = asyncio.sleep


async def _passes_at_once(seconds: float) -> None:
    """The half second between two looks takes no time of ours."""
    await _sleep(0 if seconds == cli_work.A_MOMENT.total_seconds() else seconds)


@pytest.mark.parametrize("word", ["remind later", "稍后"])
async def test_a_reminder_put_off_comes_the_next_working_day(tmp_path: Path, word: str) -> None:
    late = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
    async with place(tmp_path, count=12, start=START) as here:
        cycle = await here.open_cycle(**DAYS)
        await here.tick(late)
        await here.settle()
        assert len(here.dms("N0008", "reminder")) == 1
        await here.who["N0008"].command(f"/review {word}")
        assert here.who["N0008"].ephemerals[-1].words == "好的，10月9日（周五）再提醒您。"
        for hours in (3, 8, 20, 22):
            await here.tick(late + timedelta(hours=hours))
            await here.settle()
            assert len(here.dms("N0008", "reminder")) == 1
        await here.tick(late + timedelta(hours=24))
        await here.settle()
        assert len(here.dms("N0008", "reminder")) == 2
        assert "自评还没有收到您的" in here.dms("N0008", "reminder")[1].words.replace("* ", "")
        await write_self(here, cycle, "N0008")


async def test_what_is_done_meanwhile_is_not_reminded_of(tmp_path: Path) -> None:
    async with place(tmp_path, count=12, start=START) as here:
        cycle = await here.open_cycle(**DAYS)
        await write_self(here, cycle, "N0008")
        for day in (8, 9, 10, 12):
            await here.tick(datetime(2026, 10, day, 2, 0, tzinfo=UTC))
            await here.settle()
        assert here.dms("N0008", "reminder") == []


async def test_a_cycle_s_status_says_how_much_is_still_to_be_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with place(tmp_path, count=12, start=START, running=False) as here:
        await here.plan_cycle(**DAYS)
        async with here.deps.database.begin(write=False) as tx:
            waits = len(await tx.outbox.queue())
        assert await cli_work.cycle_status(here.settings, "2026Q3") == 0
        assert f"{waits} messages still to be sent; " in capsys.readouterr().out
        assert waits > 1
