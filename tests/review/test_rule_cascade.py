"""Company goal, department goal, period goal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rule_samples import DAY, NOW, POLICY, SHEET, cycle, person, review

from review.cascade import (
    CascadeGoal,
    CascadeSheet,
    Level,
    half_year,
    heads_of,
    may_set,
    offered,
    periods,
)
from review.errors_cascade import DepartmentUnknown, MissingServes
from review.flow import Stage
from review.goal_changes import changes
from review.goal_setting import approve, submit
from review.goals import Sheet, check
from review.roster import Roster
from review.stages import Desk
from review.wording import own_words

GROW = own_words("Grow")
PEOPLE = Roster.of(
    [
        person("boss"),
        person("hr", "boss", department="HR"),
        person("dan", "boss", department="CRM"),
        person("eve", "dan", department="CRM"),
        person("flo", "boss", department="CRM", left_on=date(2026, 12, 1)),
    ],
    ("hr",),
)


def test_heads_of_a_department_are_those_whose_manager_is_not_in_it() -> None:
    assert heads_of("CRM", PEOPLE, DAY) == {"dan"}
    assert heads_of("CRM", PEOPLE, date(2026, 11, 1)) == {"dan", "flo"}
    assert heads_of("Nowhere", PEOPLE, DAY) == set()


@pytest.mark.parametrize(
    ("who", "level", "department", "may"),
    [
        ("hr", Level.COMPANY, "", True),
        ("hr", Level.DEPARTMENT, "CRM", True),
        ("dan", Level.DEPARTMENT, "CRM", True),
        ("dan", Level.DEPARTMENT, "HR", False),
        ("dan", Level.COMPANY, "", False),
        ("boss", Level.COMPANY, "", False),
        ("boss", Level.DEPARTMENT, "CRM", False),
        ("eve", Level.DEPARTMENT, "CRM", False),
    ],
)
def test_who_may_set_goals(who: str, level: Level, department: str, may: bool) -> None:  # noqa: FBT001
    assert may_set(PEOPLE.people[who], level, department, PEOPLE, DAY) is may


def test_periods_of_a_half_year_are_it_and_its_year() -> None:
    assert periods("2026H2") == ("2026H2", "2026")
    assert periods("2026") == ("2026",)
    days = (date(2026, 6, 30), date(2026, 7, 1))
    assert [half_year(day) for day in days] == ["2026H1", "2026H2"]


def test_offered_are_the_departments_goals_before_the_companys() -> None:
    def sheet(level: Level, *ids: str) -> CascadeSheet:
        goals = tuple(CascadeGoal(id=one, title=one) for one in ids)
        at = datetime(2026, 7, 1, tzinfo=UTC)
        return CascadeSheet(period="2026H2", level=level, goals=goals, set_by="hr", set_at=at)

    found = offered([sheet(Level.COMPANY, "c1"), sheet(Level.DEPARTMENT, "d1", "d2")])
    assert [goal.id for goal in found] == ["d1", "d2", "c1"]


def serving(title: str) -> Sheet:
    return Sheet(
        tuple(
            replace(row, serves=own_words(title)) if row.id == "sales" else row
            for row in SHEET.rows
        )
    )


def test_each_goal_names_what_it_serves_where_that_is_set() -> None:
    def about(sheet: Sheet, *given: str) -> list[str]:
        asked = tuple(map(own_words, given))
        blocks = check(sheet, DAY, cycle(), POLICY, offered=asked).blocks
        return [str(one.facts["about"]) for one in blocks if isinstance(one, MissingServes)]

    assert about(SHEET, "Grow") == ["sales"]
    assert about(serving("Grow"), "Grow", "Earn") == []
    assert about(serving("Last year's"), "Grow") == ["sales"]
    assert about(SHEET) == []


def test_goals_that_serve_nothing_are_not_sent_nor_agreed() -> None:
    who = {"at": NOW, "cycle": cycle(), "policy": POLICY, "offered": (GROW,)}
    with pytest.raises(MissingServes):
        submit(review(Stage.GOALS), None, SHEET, by="ana", **who)  # type: ignore[arg-type]
    sent, kept = submit(review(Stage.GOALS), None, serving("Grow"), by="ana", **who)  # type: ignore[arg-type]
    desks = {Desk.MANAGER}
    with pytest.raises(MissingServes):
        approve(sent, kept, SHEET, by="mia", desks=desks, **who)  # type: ignore[arg-type]
    done, _ = approve(sent, kept, kept.proposed, by="mia", desks=desks, **who)  # type: ignore[arg-type]
    assert done.stage is Stage.GOALS_SUBMITTED


def test_another_goal_to_serve_is_a_change() -> None:
    (change,) = changes(serving("Grow"), serving("Earn"))
    assert (change.what, change.before, change.after) == ("serves", GROW, own_words("Earn"))


def test_an_unknown_department_is_named_with_those_there_are() -> None:
    assert DepartmentUnknown("X", "CRM, HR").facts == {"said": "X", "known": "CRM, HR"}
