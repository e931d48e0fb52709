"""Who of the sample company writes and rates when."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.demo.cast import FAVOURED, LEAD, TO_RATE, Quarter
from bot.demo.diary import Times, diary
from sandbox.company import people

OPENED, VISIT, SELF_DUE, MANAGER_DUE = (
    datetime(2026, 10, day, 8, tzinfo=UTC) for day in (8, 12, 13, 20)
)
TIMES = Times(OPENED, VISIT, SELF_DUE, MANAGER_DUE)
COMPANY = people()
REVIEWED = {
    one.employee_id
    for one in COMPANY
    if one.track == "staff" and one.employee_id not in {"N0028", "N0033", "N0048"}
}
DEEDS = diary(COMPANY, REVIEWED, TIMES)
BY_NOW = [deed for deed in DEEDS if deed.at <= VISIT]


def test_when_the_visitor_comes_so_many_have_written_and_so_many_are_rated() -> None:
    assert len(REVIEWED) == 38
    assert [sum(deed.rating is rating for deed in BY_NOW) for rating in (False, True)] == [31, 17]


def test_the_leads_team_is_rated_but_for_the_one_who_is_left_to_the_visitor() -> None:
    team = {one.employee_id for one in COMPANY if one.manager_id == LEAD}
    rated = {deed.employee for deed in BY_NOW if deed.rating}
    assert {TO_RATE, FAVOURED} < team <= {deed.employee for deed in BY_NOW if not deed.rating}
    assert team - rated == {TO_RATE}
    assert TO_RATE not in {deed.employee for deed in DEEDS if deed.rating}


def test_nobody_is_rated_before_they_wrote_and_nothing_happens_twice() -> None:
    wrote = {deed.employee: deed.at for deed in DEEDS if not deed.rating}
    rated = {deed.employee: deed.at for deed in DEEDS if deed.rating}
    assert len(DEEDS) == len(wrote) + len(rated)
    assert all(at >= wrote.get(one, OPENED) for one, at in rated.items())
    assert len(REVIEWED - wrote.keys()) == 1
    assert rated.keys() == REVIEWED - {TO_RATE}
    assert max(deed.at for deed in DEEDS) < MANAGER_DUE


def test_the_quarter_under_review_is_the_last_that_is_over() -> None:
    found = [Quarter.before(datetime(2026, month, 15, tzinfo=UTC).date()) for month in (1, 4, 11)]
    assert [(one.name, str(one.starts), str(one.ends)) for one in found] == [
        ("2025Q4", "2025-10-01", "2025-12-31"),
        ("2026Q1", "2026-01-01", "2026-03-31"),
        ("2026Q3", "2026-07-01", "2026-09-30"),
    ]
