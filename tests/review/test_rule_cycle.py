"""Names, dates and who is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rule_samples import POLICY, cycle, person

from review.cycle import (
    Cycle,
    Dates,
    Period,
    check_dates,
    check_open,
    default_dates,
    exclusion,
    is_year,
    parts_of,
    period,
    place_in_year,
    previous,
)
from review.errors import CycleClosed, DeadlinesOutOfOrder, UnknownCycleName
from review.people import Person, Track

D = date


@pytest.mark.parametrize(
    ("name", "track", "expected"),
    [
        ("2026Q1", Track.STAFF, Period("2026Q1", D(2026, 1, 1), D(2026, 3, 31))),
        (" 2026q4 ", Track.STAFF, Period("2026Q4", D(2026, 10, 1), D(2026, 12, 31))),
        ("2028Q1", Track.STAFF, Period("2028Q1", D(2028, 1, 1), D(2028, 3, 31))),
        ("2026h1", Track.SENIOR, Period("2026H1", D(2026, 1, 1), D(2026, 6, 30))),
        ("2026H2", Track.SENIOR, Period("2026H2", D(2026, 7, 1), D(2026, 12, 31))),
        ("2026", Track.SENIOR, Period("2026", D(2026, 1, 1), D(2026, 12, 31))),
        ("2026", Track.STAFF, Period("2026", D(2026, 1, 1), D(2026, 12, 31))),
    ],
)
def test_period_of_a_name(name: str, track: Track, expected: Period) -> None:
    assert period(name, track) == expected


@pytest.mark.parametrize(
    ("name", "track"),
    [
        ("2026Q5", Track.STAFF),
        ("2026H2", Track.STAFF),
        ("2026Q4", Track.SENIOR),
        ("", Track.STAFF),
        ("２０２６", Track.STAFF),
        ("0026", Track.STAFF),
        ("2026Q4 ; drop", Track.STAFF),
    ],
)
def test_period_refuses_what_means_nothing(name: str, track: Track) -> None:
    with pytest.raises(UnknownCycleName) as refused:
        period(name, track)
    right = {Track.STAFF: "2026Q4, 2026", Track.SENIOR: "2026H2, 2026"}[track]
    assert refused.value.facts == {"name": name, "right": right}


def test_cycle_id_tells_the_tracks_apart() -> None:
    assert cycle().id == "2026Q4"
    assert replace(cycle(), name="2026", track=Track.SENIOR).id == "2026/senior"


def test_default_dates_count_working_days() -> None:
    found = default_dates(
        D(2026, 10, 1), D(2026, 12, 31), POLICY, lambda day, n: day + timedelta(days=n)
    )
    assert found == Dates(
        starts=D(2026, 10, 1),
        ends=D(2026, 12, 31),
        goals_due=D(2026, 10, 11),
        self_open=D(2027, 1, 1),
        self_due=D(2027, 1, 5),
        manager_due=D(2027, 1, 10),
        skip_due=D(2027, 1, 13),
        hr_due=D(2027, 1, 15),
        interview_due=D(2027, 1, 25),
    )
    check_dates(found)


def test_check_dates_refuses_the_wrong_order() -> None:
    check_dates(replace(cycle(), manager_due=cycle().self_due))
    with pytest.raises(DeadlinesOutOfOrder) as refused:
        check_dates(replace(cycle(), manager_due=D(2027, 1, 7)))
    assert refused.value.facts == {"first": "self_due", "second": "manager_due"}
    with pytest.raises(DeadlinesOutOfOrder) as refused:
        check_dates(replace(cycle(), ends=D(2026, 9, 30)))
    assert refused.value.facts == {"first": "starts", "second": "ends"}


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (person("a"), None),
        (person("a", left_on=D(2027, 1, 4)), "left"),
        (person("a", left_on=D(2027, 1, 5)), None),
        (person("a", hired_on=D(2026, 11, 1)), None),
        (person("a", hired_on=D(2026, 11, 2)), "hired_late"),
        (person("a", leave_from=D(2026, 10, 1), leave_to=D(2026, 11, 15)), None),
        (person("a", leave_from=D(2026, 9, 1), leave_to=D(2026, 11, 16)), "on_leave"),
        (person("a", leave_from=D(2026, 11, 1)), "on_leave"),
        (person("a", leave_from=D(2027, 2, 1)), None),
        (person("a", leave_from=D(2025, 1, 1), leave_to=D(2025, 3, 1)), None),
    ],
)
def test_exclusion_keeps_the_reason(who: Person, reason: str | None) -> None:
    assert exclusion(who, cycle(), D(2027, 1, 5), POLICY) == reason


def closed(name: str, track: Track = Track.STAFF) -> Cycle:
    """That cycle, over and done."""
    asked = period(name, track)
    made = replace(cycle(), name=name, track=track, starts=asked.starts, ends=asked.ends)
    return replace(made, closed_at=made.opened_at)


def test_previous_is_the_last_closed_one_of_the_same_track_and_kind() -> None:
    now = closed("2026Q3")
    running = replace(closed("2026Q2"), closed_at=None)
    others = (closed("2025"), closed("2026H1", Track.SENIOR), closed("2026Q4"), now)
    assert previous(now, (closed("2025Q4"), closed("2026Q1"), running, *others)) == closed("2026Q1")
    assert previous(now, (running, *others)) is None


def test_check_open_refuses_a_closed_cycle() -> None:
    running = cycle()
    check_open(running)
    with pytest.raises(CycleClosed):
        check_open(replace(running, closed_at=running.opened_at))


@pytest.mark.parametrize(
    ("cycle_id", "year"),
    [("2026", True), ("2026/senior", True), ("2026Q4", False), ("2026H2/senior", False)],
)
def test_a_year_is_known_by_its_id(cycle_id: str, year: bool) -> None:  # noqa: FBT001
    assert is_year(cycle_id) is year


def test_parts_of_a_year_have_their_places() -> None:
    assert {name: place_in_year(name) for name in parts_of("2026")} == {
        "2026Q1": (1, 1),
        "2026Q2": (2, 1),
        "2026Q3": (3, 1),
        "2026Q4": (4, 1),
        "2026H1": (2, 2),
        "2026H2": (4, 2),
    }
