"""After how long a silence a manager is asked, and how often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from review.nudge import falls, quiet

SINCE = date(2026, 10, 7)
"""A Wednesday; six whole weeks later is Wednesday, 18 November."""
DAY = timedelta(days=1)


def asked(since: date, until: date, weeks: int = 6, seen: tuple[date, ...] = ()) -> list[date]:
    """On which days of those on which they are looked at, or of all."""
    every = seen or tuple(since + number * DAY for number in range((until - since).days))
    found, last = [], since
    for today in every:
        if falls(since, last, today, weeks):
            found.append(today)
        last = today
    return found


def test_six_weeks_after_the_last_word_on_a_monday_and_six_weeks_later_again() -> None:
    assert asked(SINCE, date(2027, 3, 1)) == [
        date(2026, 11, 23),
        date(2027, 1, 4),
        date(2027, 2, 15),
    ]


@pytest.mark.parametrize(("weeks", "first"), [(1, date(2026, 10, 19)), (2, date(2026, 10, 26))])
def test_a_company_sets_the_weeks(weeks: int, first: date) -> None:
    assert asked(SINCE, date(2026, 12, 1), weeks)[0] == first
    assert asked(SINCE, date(2027, 12, 1), 0) == []


def test_a_monday_off_is_made_up_for_on_the_next_day_and_never_twice() -> None:
    days = (date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27))
    assert asked(SINCE, SINCE, seen=days) == [date(2026, 11, 24)]


def test_a_week_away_is_not_made_up_for() -> None:
    days = (date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 2))
    assert asked(SINCE, SINCE, seen=days) == []


def test_nobody_is_silent_before_it_began() -> None:
    assert not falls(SINCE, SINCE - 9 * DAY, SINCE - 7 * DAY, 6)


def test_whom_the_nudge_does_not_name_today_is_quiet_after_as_long() -> None:
    monday = date(2026, 11, 23)
    assert not quiet(SINCE, monday - 3 * DAY, monday - 3 * DAY, 6)
    assert not quiet(SINCE, monday - 3 * DAY, monday, 6)
    assert quiet(SINCE, monday, monday + 7 * DAY, 6)
    assert not quiet(SINCE, monday, monday + 7 * DAY, 0)
