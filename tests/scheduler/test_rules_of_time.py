"""The program was down, or its clock was moved: what each rule makes up for, and what not twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from text_chat import as_text
from world import Home, company, home, open_cycle, review_of, team

from handlers.hours import Hours
from handlers.reminders import AFTER, ASKED, BEFORE, ON, goes_up, slot
from review.cycle import Cycle
from review.people import Person
from review.stages import Stage
from scheduler.advance_cycles import advance_cycles
from scheduler.appeal_clock import appeal_clock
from scheduler.begin_interviews import begin_interviews
from scheduler.calibrate import calibrate
from scheduler.check_distribution import check_distribution
from scheduler.check_in_summary import check_in_summary
from scheduler.close_held import close_held
from scheduler.goals_stand import goals_stand
from scheduler.interviews_due import interviews_due
from scheduler.one_on_ones import one_on_ones
from scheduler.praise_board import praise_board
from scheduler.remind import remind
from scheduler.rules import RULES, CatchUp
from scheduler.sign_pages import sign_pages
from scheduler.stand_ins import stand_ins
from scheduler.tell_reached import tell_reached
from scheduler.who_is_in import who_is_in

LATER = ("manager_due", "skip_due", "hr_due", "interview_due")
FAR = dict.fromkeys(LATER, date(2026, 12, 18))
"""Deadlines that none of these tests comes to."""
EARLY = datetime(2026, 9, 24, 4, tzinfo=UTC)


def october(day: int, hour: int = 4) -> datetime:
    """Noon in Shanghai, if no hour is given."""
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def reminders(place: Home, who: str = "e1") -> list[str]:
    """What the bot reminded somebody of, the oldest first."""
    texts = [as_text(card) for card in place.chat.cards(f"T-{who}")]
    return [text for text in texts if text.startswith("## Reminder")]


async def tick_twice(place: Home, now: datetime) -> None:
    """What is due is done by the first; the second does nothing more."""
    await place.tick(now)
    log = len(place.chat.log)
    await place.tick(now)
    assert len(place.chat.log) == log


async def stages(place: Home, cycle: Cycle) -> set[Stage]:
    async with place.deps.database.begin(write=False) as tx:
        return {one.stage for one in await tx.reviews.standings(cycle.id)}


async def trail(place: Home, record: str) -> list[tuple[str, datetime]]:
    """The moves of a record that the clock made."""
    async with place.deps.database.begin(write=False) as tx:
        every = await tx.audit.all()
    return [(one.event, one.at) for one in every if one.subject == record and one.actor is None]


def test_every_rule_says_how_it_catches_up() -> None:
    assert {rule.plan: rule.catch_up for rule in RULES} == {
        advance_cycles: CatchUp.AT_ONCE,
        who_is_in: CatchUp.AS_IT_IS,
        calibrate: CatchUp.AT_ONCE,
        goals_stand: CatchUp.AT_ONCE,
        one_on_ones: CatchUp.AS_IT_IS,
        remind: CatchUp.THE_LATEST,
        check_in_summary: CatchUp.AS_IT_IS,
        begin_interviews: CatchUp.AT_ONCE,
        interviews_due: CatchUp.AT_ONCE,
        close_held: CatchUp.AT_ONCE,
        appeal_clock: CatchUp.THE_LATEST,
        tell_reached: CatchUp.AT_ONCE,
        praise_board: CatchUp.AT_ONCE,
        stand_ins: CatchUp.AS_IT_IS,
        sign_pages: CatchUp.AS_IT_IS,
        check_distribution: CatchUp.AS_IT_IS,
    }


async def test_reminders_missed_for_days_come_once_in_words_that_are_true(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place, "2026Q3", **FAR)
        await tick_twice(place, october(14))
        assert reminders(place) == []
        await tick_twice(place, october(19))  # the 15th and 16th were missed, then a weekend
        assert len(reminders(place)) == 1
        assert "overdue" in reminders(place)[0]
        await tick_twice(place, october(19, 6))
        assert len(reminders(place)) == 1
        await tick_twice(place, october(20))
        assert len(reminders(place)) == 2


async def test_lateness_that_nobody_was_told_of_goes_up_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place, "2026Q3", **FAR)
        await tick_twice(place, october(19))
        await tick_twice(place, october(23))  # the 21st was the day
        await tick_twice(place, october(26))
        told = [text for text in reminders(place, "mia") if "please have a word" in text]
        assert len(told) == 1
        assert len(reminders(place)) == 2


async def test_somebody_back_from_leave_is_reminded_of_what_they_missed(tmp_path: Path) -> None:
    away = [
        replace(one, leave_from=date(2026, 10, 15), leave_to=date(2026, 10, 21))
        if one.employee_id == "e1"
        else one
        for one in team()
    ]
    async with home(tmp_path, tuple(away)) as place:
        await open_cycle(place, "2026Q3", **FAR)
        for day in (14, 15, 16, 19, 20, 21):
            await tick_twice(place, october(day))
        assert reminders(place) == []
        await tick_twice(place, october(22))
        assert len(reminders(place)) == 1


async def test_what_fell_due_before_the_cycle_was_opened_is_not_made_up_for(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place, "2026Q2", **FAR)
        await place.tick(october(12))
        place.clock.moment = october(28)
        await open_cycle(place, "2026Q3", **FAR)
        told = reminders(place)
        assert len(told) == 1
        assert "2026Q2" in told[0]
        assert "2026Q3" not in told[0]


async def test_deadlines_that_passed_while_down_are_acted_on_at_once(tmp_path: Path) -> None:
    async with home(tmp_path, now=EARLY) as place:
        cycle = await open_cycle(place, "2026Q3", **FAR)
        assert await stages(place, cycle) == {Stage.GOALS}
        await tick_twice(place, october(20))
        assert await stages(place, cycle) == {Stage.MANAGER_REVIEW}
        moved = await trail(place, await review_of(place, cycle, "e1"))
        assert moved == [
            ("self_review.opened", october(20)),
            ("self_review.closed", october(20)),
        ]


async def test_a_clock_that_is_set_back_says_nothing_twice_and_reopens_nothing(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place, "2026Q3", **FAR)
        for day in (15, 16, 19, 20):
            await tick_twice(place, october(day))
        said, place.clock.moment = list(place.chat.log), october(15)
        for day in (15, 16, 19, 20):
            await tick_twice(place, october(day, 5))
        assert place.chat.log == said
        assert len(reminders(place)) == 3
        assert await stages(place, cycle) == {Stage.MANAGER_REVIEW}


async def test_a_clock_that_jumped_ahead_and_back_leaves_nothing_out(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place, "2026Q3", **FAR)
        await tick_twice(place, october(14))
        await tick_twice(place, datetime(2027, 6, 1, 4, tzinfo=UTC))
        before = len(reminders(place))
        for day in (14, 15, 16, 19, 20):
            await tick_twice(place, october(day))
        assert len(reminders(place)) == before + 3


@pytest.mark.parametrize(
    ("zone", "due", "said"),
    [
        pytest.param(
            "Europe/Berlin",
            date(2026, 10, 27),
            ["2026-10-26T09:00+01:00", "2026-10-27T09:00+01:00", "2026-10-29T09:00+01:00"],
            id="winter time begins",
        ),
        pytest.param(
            "Europe/Berlin",
            date(2027, 3, 31),
            ["2027-03-30T09:00+02:00", "2027-03-31T09:00+02:00", "2027-04-02T09:00+02:00"],
            id="summer time begins at Easter",
        ),
        pytest.param(
            "America/New_York",
            date(2026, 11, 2),
            ["2026-11-02T09:00-05:00", "2026-11-04T09:00-05:00"],
            id="the day after the change",
        ),
        pytest.param(
            "Asia/Shanghai",
            date(2028, 2, 29),
            ["2028-02-28T09:00+08:00", "2028-02-29T09:00+08:00", "2028-03-02T09:00+08:00"],
            id="leap day",
        ),
        pytest.param(
            "Asia/Shanghai",
            date(2026, 10, 10),
            ["2026-10-09T09:00+08:00", "2026-10-10T09:00+08:00", "2026-10-13T09:00+08:00"],
            id="a Saturday that is worked",
        ),
    ],
)
async def test_reminders_come_at_nine_where_people_are(
    tmp_path: Path, zone: str, due: date, said: list[str]
) -> None:
    people = tuple(replace(one, time_zone=zone) for one in team(1))
    start = datetime(due.year, due.month, due.day, 4, tzinfo=UTC) - timedelta(days=4)
    async with home(tmp_path, people, now=start) as place:
        later = dict.fromkeys(LATER, due + timedelta(days=40))
        await open_cycle(place, "2026Q3", self_open=start.date(), self_due=due, **later)
        found: list[str] = []
        for hour in range(24 * 8):
            local = (start + timedelta(hours=hour)).astimezone(ZoneInfo(zone))
            if local.hour not in {0, 8, 9, 18}:
                continue
            await place.tick(local.astimezone(UTC))
            if len(reminders(place)) > len(found):
                found.append(local.isoformat(timespec="minutes"))
        assert found == said


HOURS = Hours(company(), Person(employee_id="e1", name="One", time_zone="Asia/Shanghai"))
DUE = date(2026, 10, 21)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("last", "today", "wanted"),
    [
        (18, 19, BEFORE),
        (19, 20, None),
        (18, 20, ASKED),
        (20, 21, ON),
        (16, 21, ON),
        (20, 22, AFTER),
        (22, 23, AFTER),
        (15, 26, AFTER),
        (23, 26, None),
    ],
)
def test_the_latest_of_the_missed_reminders_is_worded_for_today(
    last: int, today: int, wanted: str | None
) -> None:
    days = date(2026, 10, last), date(2026, 10, today)
    assert slot(DUE, *days, HOURS, (2, 2)) == wanted


def test_lateness_goes_up_on_one_day_or_when_somebody_looks_after_it() -> None:
    days = [(last, today) for last in range(20, 31) for today in range(last + 1, 32)]
    up = {
        (last, today)
        for last, today in days
        if goes_up(DUE, date(2026, 10, last), date(2026, 10, today), HOURS, (2, 2))
    }
    assert up == {(last, today) for last, today in days if last < 26 <= today}
