"""Thirty days: ticks by hand and the running clock say the same, each at its hour, none twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from place import Place, kind_of, place
from place_forms import write_self

from bot import cli_work
from handlers.ports import Deps
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
Said = tuple[str, str, str]
"""Whom, which kind, and when: the hour in that person's own time zone."""


def _hours() -> Iterator[datetime]:
    """Every third hour of thirty days."""
    return (START + timedelta(hours=number) for number in range(0, 24 * 30, 3))


def _said(here: Place) -> list[Said]:
    found = []
    for one in here.who:
        zone = ZoneInfo(here.employee(one).time_zone)
        for message in here.dms(one):
            at = datetime.fromtimestamp(float(message.ts), zone)
            found.append((one, kind_of(message), f"{at:%m-%d %H}"))
    return sorted(found)


async def _by_ticks(here: Place) -> None:
    await here.plan_cycle(**DAYS)
    for hour in _hours():
        await here.tick(hour)
        await here.settle()


async def test_the_running_clock_says_what_ticks_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticked, running = tmp_path / "ticked", tmp_path / "running"
    for folder in (ticked, running):
        folder.mkdir()
    async with place(ticked, count=12, start=START, running=False) as here:
        await _by_ticks(here)
        expected = _said(here)
    ran: Counter[str] = Counter()
    for name, job in (("plan", plan), ("deliver_all", deliver_all)):
        monkeypatch.setattr(timetable, name, _counted(name, job, ran))
    monkeypatch.setattr(timetable, "DELIVER_EVERY", 0.01)
    async with place(running, count=12, start=START, running=False) as here:
        await here.plan_cycle(**DAYS)
        clock = timetable.Timetable(here.deps, plan_every=0.01)
        clock.start()
        for hour in _hours():
            here.clock.moment = hour
            for name in ("plan", "deliver_all"):
                await _twice(name, ran)
            await here.settle()
        await clock.stop()
        assert _said(here) == expected
    assert {kind for _, kind, _ in expected} == {"my_review", "reminder", "team_list"}


async def _twice(name: str, ran: Counter[str]) -> None:
    """Wait until the job began and ended once more, whatever it was doing."""
    before = ran[name]
    while ran[name] < before + 2:  # noqa: ASYNC110  a job tells nobody that it ended
        await asyncio.sleep(0.002)


def _counted(name: str, job: Job, ran: Counter[str]) -> Job:
    """The same job, counting how often it came to its end."""

    async def counted(deps: Deps) -> None:
        await job(deps)
        ran[name] += 1

    return counted


async def test_reminders_come_the_day_before_on_the_day_and_after_then_go_one_up(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=12, start=START, running=False) as here:
        await _by_ticks(here)
        said = _said(here)
        reminders = {
            one: [when for who, kind, when in said if who == one and kind == "reminder"]
            for one in ("N0008", "N0009", "N0002", "N0001")
        }
        assert reminders == {
            "N0008": ["10-08 09", "10-10 09"],
            "N0009": ["10-07 09", "10-08 09", "10-12 09"],
            "N0002": ["10-12 09", "10-14 09"],
            "N0001": ["10-15 09"],
        }


async def test_the_bot_keeps_hours_and_holidays_and_writes_once_a_day(tmp_path: Path) -> None:
    async with place(tmp_path, count=12, start=START, running=False) as here:
        await _by_ticks(here)
        own: Counter[tuple[str, date]] = Counter()
        for one in here.who:
            zone = here.employee(one).time_zone
            for message in here.dms(one):
                at = datetime.fromtimestamp(float(message.ts), ZoneInfo(zone))
                assert time(9) <= at.time() < time(19), (one, kind_of(message), at)
                if zone == SHANGHAI:
                    assert at.date() not in HOLIDAY
                    assert at.weekday() < 5 or at.date() == date(2026, 10, 10)
                if kind_of(message) == "reminder":
                    own[one, at.date()] += 1
        assert set(own.values()) == {1}
        assert any(day == date(2026, 10, 10) for _, day in own)


async def test_one_tick_sends_all_that_is_due_and_a_second_one_nothing(tmp_path: Path) -> None:
    """More than the platform takes at once: it waits, and does not leave the rest."""
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


@pytest.mark.parametrize("word", ["remind later", "稍后"])
async def test_a_reminder_put_off_comes_the_next_working_day(tmp_path: Path, word: str) -> None:
    late = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
    async with place(tmp_path, count=12, start=START) as here:
        cycle = await here.open_cycle(**DAYS)
        await here.tick(late)
        await here.settle()
        assert len(here.dms("N0008", "reminder")) == 1
        await here.who["N0008"].command(f"/review {word}")
        assert here.who["N0008"].ephemerals[-1].words == "好的，10月9日（周五） 再提醒您。"
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
