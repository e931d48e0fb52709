"""The tree of people, and who sits at which desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_samples import person

from review.desks import Desks, desks
from review.flow import Desk
from review.people import Person
from review.record import in_review
from review.roster import Roster
from review.roster_changes import Changes, changes, completed
from review.roster_check import Entry, Fault, check_spans

ON = date(2027, 1, 5)
GONE = date(2026, 12, 31)
PEOPLE = (
    person("ceo"),
    person("vp", "ceo"),
    person("max", "vp"),
    person("ana", "max", department="ops", hrbp_id="hrbp"),
    person("bo", "max", department="ops", left_on=GONE),
    person("hrhead", "ceo"),
    person("hrbp", "hrhead"),
    person("root"),
)


def roster(*gone: str, admins: tuple[str, ...] = ("root",)) -> Roster:
    """The people, some of them away."""
    return Roster.of(
        [
            person(
                p.employee_id,
                p.manager_id,
                department=p.department,
                hrbp_id=p.hrbp_id,
                left_on=p.left_on,
                leave_from=ON if p.employee_id in gone else None,
            )
            for p in PEOPLE
        ],
        admins,
    )


def ids(people: tuple[Person, ...]) -> list[str]:
    return [p.employee_id for p in people]


def seats(found: Desks) -> tuple[str | None, str | None, str | None]:
    return found.manager, found.skip_level, found.hr


def test_a_review_that_sees_somebody_below_another_is_signed_in_that_line() -> None:
    tree = roster()
    moved = person("ana", "hrbp", department="ops", hrbp_id="hrbp")
    assert seats(desks(moved, tree, ON)) == ("hrbp", "hrhead", "root")
    assert seats(desks(person("ceo", "max"), tree, ON)) == ("max", "vp", "root")


def test_roster_knows_the_tree() -> None:
    tree = roster()
    assert ids(tree.chain("ana")) == ["max", "vp", "ceo"]
    assert ids(tree.subtree("ceo")) == ["vp", "hrhead", "max", "hrbp", "ana", "bo"]
    assert ids(tree.reports_of("max")) == ["ana", "bo"]
    assert tree.skip_level("ana") == tree.people["vp"]
    assert tree.skip_level("vp") is None
    assert tree.manager_of("ceo") is None
    assert tree.manager_of("nobody") is None
    assert tree.hrbp_of("ana") == tree.people["hrbp"]
    assert tree.hrbp_of("nobody") is None
    assert {name: ids(people) for name, people in tree.departments().items()} == {
        "ops": ["ana", "bo"]
    }
    assert Roster.of(PEOPLE, ["root", "unknown"]).hr_admins == ("root",)


def test_roster_knows_who_is_there() -> None:
    tree = roster("max")
    assert [tree.active(one, ON) for one in ("ana", "bo", "max", "nobody", None)] == [
        True, False, False, False, False,
    ]  # fmt: skip
    assert ids(tree.active_people(ON)) == ["ceo", "vp", "ana", "hrhead", "hrbp", "root"]
    assert tree.has_reports("max", ON)
    assert not Roster.of([person("a"), person("b", "a", left_on=GONE)]).has_reports("a", ON)


def test_roster_survives_a_loop() -> None:
    loop = Roster.of([person("a", "c"), person("b", "a"), person("c", "b")])
    assert ids(loop.chain("a")) == ["c", "b"]
    assert ids(loop.subtree("a")) == ["b", "c"]


@pytest.mark.parametrize(
    ("who", "gone", "expected"),
    [
        ("ana", (), ("max", "vp", "hrbp")),
        ("ana", ("max",), ("vp", "ceo", "hrbp")),
        ("ana", ("max", "vp"), ("ceo", "root", "hrbp")),
        ("ana", ("max", "vp", "ceo"), ("root", "root", "hrbp")),
        ("ana", ("hrbp",), ("max", "vp", "hrhead")),
        ("ana", ("hrbp", "hrhead"), ("max", "vp", "root")),
        ("max", (), ("vp", "ceo", "root")),
        ("hrbp", (), ("hrhead", "ceo", "root")),
        ("vp", (), ("ceo", "root", "root")),
        ("ceo", (), ("root", "root", "root")),
        ("root", (), (None, None, None)),
    ],
)
def test_desks_are_never_empty_as_long_as_somebody_is_there(
    who: str, gone: tuple[str, ...], expected: tuple[str | None, ...]
) -> None:
    tree = roster(*gone)
    assert seats(desks(tree.people[who], tree, ON)) == expected


@pytest.mark.parametrize(
    ("who", "expected", "admins"),
    [
        ("ana", ("max", "vp", "root"), ("root",)),
        ("root", ("max", "vp", "ceo"), ("ceo",)),
        ("hrbp", ("vp", "ceo", "root"), ("root",)),
    ],
)
def test_the_one_hr_admin_is_signed_for_by_the_highest_above(
    who: str, expected: tuple[str, ...], admins: tuple[str, ...]
) -> None:
    tree = Roster.of(
        [
            person("ceo"),
            person("vp", "ceo"),
            person("max", "vp"),
            person("ana", "max"),
            person("hrbp", "vp"),
            person("root", "max", hrbp_id="root"),
        ],
        ["root"],
    )
    found = desks(tree.people[who], tree, ON)
    assert (seats(found), found.hr_admins) == (expected, admins)


def test_where_only_one_is_above_they_sit_at_every_desk() -> None:
    few = Roster.of([person("ceo"), person("root", "ceo")], ["root"])
    found = desks(few.people["root"], few, ON)
    assert (seats(found), found.hr_admins) == (("ceo", "ceo", "ceo"), ("ceo",))
    beside = Roster.of([person("bea"), person("root", hrbp_id="bea")], ["root"])
    found = desks(beside.people["root"], beside, ON)
    assert (seats(found), found.hr_admins) == (("bea", "bea", "bea"), ("bea",))
    away = Roster.of([person("ceo"), person("ana", "ceo")], [])
    found = desks(away.people["ana"], away, ON)
    assert (seats(found), found.hr_admins) == (("ceo", "ceo", "ceo"), ())


def test_desks_say_who_stands_in() -> None:
    tree = roster("max")
    assert desks(tree.people["ana"], tree, ON).stand_ins == {Desk.MANAGER, Desk.SKIP_LEVEL}
    assert desks(tree.people["ana"], roster(), ON).stand_ins == frozenset()


def test_desks_by_person_and_by_desk() -> None:
    tree = roster(admins=("root", "hrbp"))
    found = desks(tree.people["ana"], tree, ON)
    assert found.held_by("ana") == {Desk.PERSON}
    assert found.held_by("hrbp") == {Desk.HR, Desk.HR_ADMIN, Desk.CALIBRATION}
    assert found.held_by("vp") == {Desk.SKIP_LEVEL}
    assert found.held_by("eve") == frozenset()
    at = {desk: found.at(desk) for desk in Desk}
    assert at == {
        Desk.PERSON: ("ana",),
        Desk.MANAGER: ("max",),
        Desk.SKIP_LEVEL: ("vp",),
        Desk.HR: ("hrbp",),
        Desk.CALIBRATION: ("root", "hrbp"),
        Desk.HR_ADMIN: ("root", "hrbp"),
        Desk.DECIDER: (),
        Desk.CLOCK: (),
    }
    own = desks(tree.people["root"], tree, ON)
    assert own.hr_admins == ("hrbp",)
    assert own.held_by("root") == {Desk.PERSON}


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_desks_never_seat_the_person_or_somebody_away(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    who = st.one_of(st.none(), st.integers(0, size - 1).map(lambda at: f"p{at}"))
    away = st.sampled_from([None, GONE])
    people = [
        person(f"p{at}", data.draw(who), hrbp_id=data.draw(who), leave_from=data.draw(away))
        for at in range(size)
    ]
    tree = Roster.of(people, [f"p{at}" for at in range(size) if data.draw(st.booleans())])
    for one in people:
        found = desks(one, tree, ON)
        for holder in seats(found):
            assert holder is None or (holder != one.employee_id and tree.active(holder, ON))
        if set(found.hr_admins) - {one.employee_id}:
            assert None not in seats(found)


def test_changes_before_an_import() -> None:
    old = [person("a"), person("b", title="Lead"), person("c")]
    new = [person("b", "a", title="Head"), person("a"), person("d")]
    assert changes(old, new) == Changes(
        added=("d",),
        changed={"b": ("title", "manager_id")},
        unchanged=("a",),
        left_out=("c",),
    )
    assert changes(old, old).nothing
    assert not changes([], new).nothing
    assert not changes(old, [person("b", title="Head")]).nothing
    emptied = changes(new, [person("b", title="Head"), person("d")])
    assert (emptied.changed, emptied.cleared) == ({"b": ("manager_id",)}, {"manager_id": 1})


def test_what_a_file_has_no_column_for_stays_as_it_was() -> None:
    old = [person("a", "b", title="Lead"), person("c")]
    file = [person("a", title="Head"), person("d", title="New")]
    assert completed(file, old, {"employee_id", "title"}) == (
        person("a", "b", title="Head"),
        person("d", title="New"),
    )


@pytest.mark.parametrize(
    ("dates", "headers", "column"),
    [
        ({"hired_on": date(2026, 3, 2), "left_on": date(2026, 3, 1)}, ["left_on"], "left_on"),
        ({"hired_on": date(2026, 3, 2), "left_on": date(2026, 3, 1)}, ["hired_on"], "hired_on"),
        ({"hired_on": date(2026, 3, 1), "left_on": date(2026, 3, 1)}, ["left_on"], None),
        ({"hired_on": date(2026, 3, 1)}, ["hired_on"], None),
    ],
)
def test_dates_that_end_before_they_begin_stand_at_the_files_column(
    dates: dict[str, date], headers: list[str], column: str | None
) -> None:
    entry = Entry(3, person("ana", **dates))  # type: ignore[arg-type]
    found = list(check_spans([entry], {one: one for one in headers}))
    facts = {"start": "2026-03-02", "end": "2026-03-01"}
    expected = Fault(3, column or "", "roster.ends_before_hired_on", facts)
    assert found == ([expected] if column else [])


def test_a_review_sees_somebody_below_whoever_led_them_at_the_periods_end() -> None:
    ana = PEOPLE[3]
    assert in_review(ana, None) is ana
    led = in_review(ana, "hrbp")
    assert led == replace(ana, manager_id="hrbp")
    assert desks(led, roster(), ON).manager == "hrbp"
    assert desks(led, roster(), ON).skip_level == "hrhead"
    assert desks(ana, roster(), ON).manager == "max"
