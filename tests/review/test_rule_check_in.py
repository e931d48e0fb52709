"""The week of a check-in, the day it is asked on, and who is counted together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from rule_samples import row

from review.check_in import (
    REST,
    Share,
    Works,
    asked_on,
    by_department,
    check_on,
    check_runs,
    ends_on,
    first_of_month,
    month_before,
    running,
)
from review.errors_check_in import CheckInOver, CheckInsOff
from review.goal_progress import Noted, Outlook, Progress, pressed, worded
from review.policy import CheckIns

MONDAY = date(2026, 11, 23)
NEXT = MONDAY + timedelta(weeks=1)


def week(*off: date) -> Works:
    """Monday to Friday, but for those days."""
    return lambda day: day.weekday() < 5 and day not in off


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("works", "on", "asked"),
    [
        (week(), "last", day(27)),
        (week(day(27)), "last", day(26)),
        (lambda one: one.weekday() == 6, "last", day(29)),
        (lambda _: False, "last", None),
        (week(), "wed", day(25)),
        (week(day(25)), "wed", day(24)),
        (week(day(23), day(24), day(25)), "wed", day(26)),
        (week(), "sun", day(27)),
    ],
)
def test_the_day_on_which_somebody_is_asked(works: Works, on: str, asked: date | None) -> None:
    assert asked_on(MONDAY, works, on) == asked


@pytest.mark.parametrize(
    ("today", "works", "found"),
    [
        (day(23), week(), MONDAY),
        (day(29), week(), MONDAY),
        (day(30), week(), NEXT),
        (day(30), week(day(30)), MONDAY),
        (date(2026, 12, 1), week(day(30)), NEXT),
        (day(27), lambda _: False, MONDAY),
    ],
)
def test_a_week_can_be_answered_until_the_next_one_is_worked(
    today: date, works: Works, found: date
) -> None:
    assert running(today, works) == found


def test_another_week_is_over_and_a_company_may_do_without() -> None:
    check_runs(MONDAY, MONDAY)
    with pytest.raises(CheckInOver):
        check_runs(MONDAY, NEXT)
    check_on(CheckIns())
    with pytest.raises(CheckInsOff):
        check_on(CheckIns(on=False))


def test_the_day_from_which_a_week_is_over() -> None:
    assert ends_on(MONDAY, week()) == NEXT
    assert ends_on(MONDAY, week(NEXT)) == NEXT + timedelta(days=1)
    assert ends_on(MONDAY, lambda _: False) > NEXT


def test_the_first_week_of_a_month_that_is_worked_looks_back() -> None:
    october = [date(2026, 10, number) for number in range(5, 10)]
    assert first_of_month(date(2026, 10, 5), week())
    assert not first_of_month(date(2026, 10, 12), week())
    assert first_of_month(date(2026, 10, 12), week(*october))
    assert month_before(date(2026, 10, 12)) == (date(2026, 9, 1), date(2026, 10, 1))


def test_small_departments_count_together() -> None:
    sizes = {"Shop": 9, "Brand": 6, "Legal": 2, "": 1}
    asked = {f"{name}{n}": name for name, size in sizes.items() for n in range(size)}
    answered = frozenset({"Shop0", "Shop1", "Brand0", "Legal0", "gone"})
    assert by_department(asked, answered, 3) == {
        "Brand": Share(1, 6),
        "Shop": Share(2, 9),
        REST: Share(1, 3),
    }
    assert by_department(asked, answered, 5) == {"Shop": Share(2, 9), REST: Share(2, 9)}
    assert by_department(asked, answered, 19) == {}
    equal = {f"{name}{n}": name for name in ("A", "B") for n in range(5)}
    assert by_department(equal, frozenset(), 5) == {"A": Share(0, 5), "B": Share(0, 5)}
    assert by_department({"x": "A", "y": "B"}, frozenset(), 2) == {REST: Share(0, 2)}


ROW = row("sales", 80)
NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
ONE = Progress(
    id="n1",
    review="r1",
    row=ROW.id,
    number=1,
    at=NOW,
    outlook=Outlook.AT_RISK,
    said=Noted(title=ROW.title, words="3 %"),
)


def press(
    before: Progress | None, outlook: Outlook = Outlook.AT_RISK, *, this_week: bool = True
) -> Progress | None:
    return pressed(
        before, new="n2", review="r1", goal=ROW, outlook=outlook, at=NOW, this_week=this_week
    )


def test_a_press_is_a_note_without_words_and_one_a_week() -> None:
    noted = replace(ONE, id="n2", said=replace(ONE.said, words=""))
    assert press(None) == noted
    assert press(ONE) is None
    assert press(ONE, this_week=False) == replace(noted, number=2)
    again = replace(noted, number=2, outlook=Outlook.ON_TRACK)
    assert press(ONE, Outlook.ON_TRACK) == again
    last = replace(noted, id="n3", number=3)
    assert worded((ONE, again, last)) == (ONE, last)
