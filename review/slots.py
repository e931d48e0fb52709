"""Times for a talk: which to propose, and whether one can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HALF_HOUR = timedelta(minutes=30)
AHEAD = 14
"""Days that are looked at for a time that suits both (ours)."""
NOT_BEFORE = time(10)
"""Nobody is proposed a talk as the first thing of their day, where there is another time (ours)."""
LUNCH = (time(12), time(13, 30))
"""Nor through lunch (ours)."""
Free = Callable[[datetime], bool]
"""Whether a talk that begins then suits both."""


def proposals(free: Free, after: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Two times that suit both, from the day after on, in UTC (ours); fewer where there are none.

    On two days if that can be, and at a good hour where the person is (`zone`).
    """
    first = after.astimezone(zone).date() + timedelta(days=1)
    days = [_of_day(free, first + timedelta(days=number), zone) for number in range(AHEAD)]
    good = [found[0] for found in days if found]
    if len(good) != 1:
        return tuple(good[:2])
    (only,) = [found for found in days if found]
    return tuple(only[:1] + only[-1:]) if len(only) > 1 else tuple(only)


def first(free: Free, day: date, zone: ZoneInfo) -> datetime | None:
    """The first time from that day on that suits both, in UTC; None: there is none in two weeks.

    A good hour of a later day goes before an odd hour of an earlier one (ours).
    """
    odd: datetime | None = None
    for number in range(AHEAD):
        found = _of_day(free, day + timedelta(days=number), zone)
        if found and _good(found[0].astimezone(zone).time()):
            return found[0]
        odd = odd or next(iter(found), None)
    return odd


def _of_day(free: Free, day: date, zone: ZoneInfo) -> list[datetime]:
    """The times of a day that suit both, the good ones first."""
    begin = datetime.combine(day, time(), zone).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    found = [moment for moment in _steps(begin, end) if free(moment)]
    return sorted(found, key=lambda moment: (not _good(moment.astimezone(zone).time()), moment))


def _steps(begin: datetime, end: datetime) -> list[datetime]:
    """Every half hour from begin to before end: on the day that clocks change 46 or 50 of them."""
    return [begin + number * HALF_HOUR for number in range(int((end - begin) / HALF_HOUR))]


def _good(at: time) -> bool:
    return at >= NOT_BEFORE and not LUNCH[0] <= at < LUNCH[1]


def at(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The moment that clocks in a zone show so, in UTC; None where they skip it in spring."""
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    return moment if moment.astimezone(zone).time() == clock else None
