"""When a manager is asked about somebody to whom they have said nothing for long."""

from __future__ import annotations

from datetime import date, timedelta

WEEK = timedelta(weeks=1)


def falls(silent_since: date, last: date, today: date, weeks: int) -> bool:
    """Whether the manager is asked today: after so many weeks of silence, and again after as many.

    On Mondays (ours), so that several people come in one message, or on the first day after it on
    which the manager is looked at again; `last` is the day before on which they were. 0 weeks:
    never. (product.md 7: nobody meets a judgement that they have not heard; the six weeks are
    ours.)
    """
    silent = _weeks(silent_since, today)
    return weeks > 0 and last < _monday(today) and silent >= weeks and silent % weeks == 0


def quiet(silent_since: date, last: date, today: date, weeks: int) -> bool:
    """Whether it has been so many weeks, and the manager is not asked today by `falls`."""
    silent = _weeks(silent_since, today)
    return 0 < weeks <= silent and not falls(silent_since, last, today, weeks)


def _weeks(silent_since: date, today: date) -> int:
    return (_monday(today) - silent_since) // WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
