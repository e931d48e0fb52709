"""Times proposed for a talk: on two days, at good hours, across clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from review.slots import Free, at, proposals

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
AFTER = datetime(2026, 10, 12, 4, tzinfo=UTC)


def hours(zone: ZoneInfo, start: int, end: int, *days: int) -> Free:
    """Free from one hour to another on those days of October, for an hour's talk."""

    def free(moment: datetime) -> bool:
        local, last = moment.astimezone(zone), (moment + timedelta(hours=1)).astimezone(zone)
        inside = time(start) <= local.time() and local.date() == last.date()
        return inside and last.time() <= time(end) and local.day in days

    return free


def test_two_days_at_ten_where_the_person_is() -> None:
    free = hours(SHANGHAI, 9, 19, 13, 14, 15)
    found = [one.astimezone(SHANGHAI) for one in proposals(free, AFTER, SHANGHAI)]
    assert [(one.day, one.hour) for one in found] == [(13, 10), (14, 10)]


def test_not_through_lunch_unless_there_is_nothing_else() -> None:
    found = proposals(hours(SHANGHAI, 12, 15, 13, 14), AFTER, SHANGHAI)
    assert [one.astimezone(SHANGHAI).time() for one in found] == [time(13, 30)] * 2
    found = proposals(hours(SHANGHAI, 12, 13, 13, 14), AFTER, SHANGHAI)
    assert [one.astimezone(SHANGHAI).time() for one in found] == [time(12)] * 2


def test_on_one_day_the_best_and_another_time() -> None:
    found = proposals(hours(SHANGHAI, 9, 19, 14), AFTER, SHANGHAI)
    assert [one.astimezone(SHANGHAI).day for one in found] == [14, 14]
    assert found[0].astimezone(SHANGHAI).time() == time(10)
    assert found[0] != found[1]
    assert len(proposals(hours(SHANGHAI, 10, 11, 14), AFTER, SHANGHAI)) == 1


def test_no_shared_hour_gives_none() -> None:
    assert proposals(lambda _: False, AFTER, SHANGHAI) == ()


def test_days_on_which_clocks_change_are_looked_at_whole() -> None:
    before = datetime(2026, 10, 24, 9, tzinfo=UTC)  # the 25th has 25 hours in Berlin
    found = proposals(hours(BERLIN, 9, 19, 25, 26), before, BERLIN)
    assert found == (
        datetime(2026, 10, 25, 9, tzinfo=UTC),
        datetime(2026, 10, 26, 9, tzinfo=UTC),
    )


def test_a_time_that_clocks_skip_is_none() -> None:
    spring = date(2027, 3, 28)
    assert at(spring, time(2, 30), BERLIN) is None
    assert at(spring, time(3, 30), BERLIN) == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
