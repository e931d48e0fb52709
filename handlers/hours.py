"""Working days and the bot's own hours, where each person is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.holiday_calendar import country
from handlers.ports import Company
from review.people import MONDAY_TO_FRIDAY, Person

DAY = timedelta(days=1)


class Hours:
    """One person's working days and hours; without a person, the company's own."""

    def __init__(self, company: Company, person: Person | None = None) -> None:
        """Take the company's calendar, and the person whose zone and week it is."""
        self._rules = company.policy.calendar
        self._week = person.work_week if person else MONDAY_TO_FRIDAY
        self.zone = ZoneInfo((person and person.time_zone) or company.time_zone)
        self._country = dict(self._rules.countries).get(self.zone.key)
        self._holidays = country(self._country) if self._country else None

    def is_working_day(self, day: date) -> bool:
        """Whether they work that day: their week, their country's holidays and moved days."""
        if day in self._rules.quiet_dates:
            return False
        if (self._country, day) in self._rules.free_dates:
            return False
        if (self._country, day) in self._rules.worked_dates and self._week == MONDAY_TO_FRIDAY:
            return True
        if self._holidays is None:
            return day.weekday() in self._week
        if day in self._holidays:
            return False
        moved = self._week == MONDAY_TO_FRIDAY and day in self._holidays.weekend_workdays
        return moved or day.weekday() in self._week

    def add_working_days(self, day: date, count: int) -> date:
        """The day that many working days after (or, below 0, before) that day."""
        step = DAY if count >= 0 else -DAY
        for _ in range(abs(count)):
            day = self._next(day + step, step)
        return day

    def opens(self, moment: datetime) -> datetime:
        """The first moment from then on that is inside their hours."""
        local = moment.astimezone(self.zone)
        if self.is_working_day(local.date()):
            if local.time() < self._rules.hours_from:
                return self._at_opening(local.date())
            if local.time() < self._rules.hours_to:
                return moment
        return self._at_opening(self._next(local.date() + DAY, DAY))

    def has_room(self, start: datetime, minutes: int) -> bool:
        """Whether so many minutes from then on lie within their hours of one working day."""
        local = start.astimezone(self.zone)
        end = (start + timedelta(minutes=minutes)).astimezone(self.zone)
        inside = local.time() >= self._rules.hours_from and end.time() <= self._rules.hours_to
        return inside and local.date() == end.date() and self.is_working_day(local.date())

    def date_of(self, moment: datetime) -> date:
        """The date where they are."""
        return moment.astimezone(self.zone).date()

    def first_of(self, day: date) -> datetime:
        """Their opening hour on that day, or on the first working day after."""
        return self._at_opening(self._next(day, DAY))

    def _at_opening(self, day: date) -> datetime:
        return datetime.combine(day, self._rules.hours_from, self.zone)

    def _next(self, day: date, step: timedelta) -> date:
        for _ in range(366):
            if self.is_working_day(day):
                return day
            day += step
        return day


def working_days(company: Company) -> Callable[[date, int], date]:
    """Adds working days of the company's own calendar to a date."""
    return Hours(company).add_working_days
