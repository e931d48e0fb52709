"""Thirty days: ticks by hand and the running clock say the same, each at its hour, none twice."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from place import Place, kind_of, place
from place_forms import write_self

from scheduler.timetable import Timetable

START = datetime(2026, 9, 29, 1, 30, tzinfo=UTC)
"""A Tuesday, 9:30 in Shanghai, two days before the National Day holiday."""
DAYS = {"self_open": date(2026, 9, 29), "self_due": date(2026, 10, 8), "manager_due": date(2026, 10, 12)}
HOLIDAY = [date(2026, 10, day) for day in range(1, 8)]
SHANGHAI = "Asia/Shanghai"
Said = tuple[str, str, str]
"""Whom, which kind, and when: the hour in that person's own time zone."""


def _hours() -> Iterator[datetime]:
    """Every hour of thirty days, at half past."""
    return (START + timedelta(hours=number) for number in range(24 * 30))


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


async def test_the_running_clock_says_what_ticks_say(tmp_path: Path) -> None:
    ticked, running = tmp_path / "ticked", tmp_path / "running"
    for folder in (ticked, running):
        folder.mkdir()
    async with place(ticked, count=12, start=START, running=False) as here:
        await _by_ticks(here)
        expected = _said(here)
    async with place(running, count=12, start=START, running=False) as here:
        await here.plan_cycle(**DAYS)
        timetable = Timetable(here.deps, plan_every=0.01)
        timetable.start()
        for hour in _hours():
            here.clock.moment = hour
            await asyncio.sleep(0.03)
        await timetable.stop()
        await here.tick()
        found = _said(here)
    assert [one[:2] for one in found] == [one[:2] for one in expected]
    assert [one[2][:5] for one in found] == [one[2][:5] for one in expected]


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
            "N0002": ["10-10 09", "10-12 09", "10-14 09"],
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
                    assert at.weekday() < 5 or at.date() == date(2026, 10, 10)  # noqa: PLR2004
                if kind_of(message) == "reminder":
                    own[one, at.date()] += 1
        assert set(own.values()) == {1}
        assert any(day == date(2026, 10, 10) for _, day in own)


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
