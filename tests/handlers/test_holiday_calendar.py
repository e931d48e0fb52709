"""Holidays of one country do not load those of all."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import holidays
import pytest
from world import company, team

from handlers.holiday_calendar import country
from handlers.hours import Hours
from review.policy import Calendar, Policy

ALONE = """
import json, sys
from handlers.holiday_calendar import country
days = country("CN")
days["2026-10-01"], days["2025-10-01"]
loaded = [name for name in sys.modules if name.startswith("holidays.countries.")]
print(json.dumps([{str(day): name for day, name in days.items()}, loaded]))
"""


def test_only_what_is_asked_for_is_loaded_and_it_is_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, check=True)  # noqa: S603
    found, loaded = json.loads(done.stdout)
    usual = holidays.country_holidays("CN", years=(2025, 2026))
    assert found == {str(day): name for day, name in usual.items()}
    assert loaded == ["holidays.countries.china"]


@pytest.mark.parametrize("code", ["CN", "DE", "GB", "HK", "IN", "US", "SG", "JP", "PR", "HKG"])
def test_a_country_is_as_the_library_has_it(code: str) -> None:
    usual = holidays.country_holidays(code)
    days = [date(2026, month, day) for month in range(1, 13) for day in (1, 3, 15, 25, 26)]
    assert [day in country(code) for day in days] == [day in usual for day in days]


def test_a_country_that_is_none_is_refused() -> None:
    with pytest.raises(NotImplementedError):
        country("XX")


@pytest.mark.parametrize(
    ("zone", "wanted"),
    [("Asia/Shanghai", (True, False)), ("Europe/Berlin", (False, True))],
)
def test_a_company_writes_moved_days_that_no_calendar_knows_yet(
    zone: str, wanted: tuple[bool, bool]
) -> None:
    saturday, thursday = date(2027, 2, 20), date(2027, 2, 11)
    rules = Calendar(worked_dates=(("CN", saturday),), free_dates=(("CN", thursday),))
    ours = company(replace(Policy(), calendar=rules))
    person = replace(team()[0], time_zone=zone)
    hours = Hours(ours, person)
    assert (hours.is_working_day(saturday), hours.is_working_day(thursday)) == wanted
    shift = Hours(ours, replace(person, work_week=frozenset({0, 1, 2})))
    assert not shift.is_working_day(saturday)
