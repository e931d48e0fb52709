"""Time: where the company is, and which public holidays are known there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import holidays

from bot.doctor.line import Line, note, ok
from review.policy import Calendar

MEMORY = 10
"""Years back in which moved working days tell that a country has them (ours)."""


def look(home: str, zones: Iterable[str], rules: Calendar, now: datetime) -> list[Line]:
    """The company's zone, and the holidays of every country that it or somebody in it is in."""
    local = now.astimezone(ZoneInfo(home))
    lines = [ok("time_zone", zone=home, now=local)]
    countries = dict(rules.countries)
    used = sorted({home, *zones})
    lines += [note("zone_without_country", zone=zone) for zone in used if zone not in countries]
    codes = sorted({countries[zone] for zone in used if zone in countries})
    return [*lines, *(_country(code, local.year) for code in codes)]


def _country(code: str, year: int) -> Line:
    """This year and the next, for deadlines reach over the year's end."""
    unknown = [one for one in (year, year + 1) if not knows(code, one)]
    if unknown:
        return note("holidays_unknown", country=code, years=", ".join(map(str, unknown)))
    return ok("holidays", country=code, years=f"{year}, {year + 1}")


def knows(code: str, year: int) -> bool:
    """Whether that year's holidays are settled there.

    A government that moves working days, as mainland China's does, settles them for one year at
    a time; a year without them, after years that had them, is not known yet.
    """
    return bool(_moved(code, year)) or not any(
        _moved(code, year - back) for back in range(1, MEMORY + 1)
    )


def _moved(code: str, year: int) -> Iterable[object]:
    found = holidays.country_holidays(code, years=year)
    return [day for day in found.weekend_workdays if day.year == year]
