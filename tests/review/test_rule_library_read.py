"""A library file's cells become ladders and goals, or faults with their place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from review.library import Ladder, Library, StartingGoal
from review.library_read import (
    Cell,
    Given,
    GivenGoal,
    GivenLadder,
    LibraryFault,
    Place,
    Read,
    Words,
    read_library,
)
from review.policy import Policy

POLICY = replace(Policy(), values=("a",))
NOW = Library({"a": Ladder("a", {"": "Old"}, ({"": "x"},) * 5)}, {"": ()})
AT = Place(3)


def cell(text: str, row: int = 3) -> Cell:
    return Cell(text, Place(row))


def both(text: str = "text") -> Words:
    return {"zh-CN": cell(text), "en": cell(text), "": cell("")}


LADDER = GivenLadder(cell("a"), both("A"), (both(),) * 5)
GOAL = GivenGoal(
    role=cell("other"),
    key=cell("sales"),
    weight=cell("80"),
    unit="%",
    target="4",
    texts={"title": both("Sales"), "3.5": both("met"), "measure": {}},
)


def keys(*, ladder: GivenLadder | None = None, goal: GivenGoal | None = None) -> list[str]:
    """What is said of a file with that ladder or goal in it."""
    given = Given((ladder,) if ladder else None, (goal,) if goal else None)
    read = read_library(given, NOW, POLICY)
    assert not read.faults or (read.library, read.advice) == (NOW, ())
    return [one.key.removeprefix("library.") for one in (*read.faults, *read.advice)]


def test_a_file_makes_a_library() -> None:
    words = {"zh-CN": "text", "en": "text"}
    goal = StartingGoal(
        key="sales",
        title={"zh-CN": "Sales", "en": "Sales"},
        weight=80,
        measure={},
        standards={"3.5": {"zh-CN": "met", "en": "met"}},
        unit="%",
        target="4",
    )
    crm = replace(GOAL, role=cell("crm"))
    ladder = Ladder("a", {"zh-CN": "A", "en": "A"}, (words,) * 5)
    assert read_library(Given((LADDER,), (GOAL, crm)), NOW, POLICY) == Read(
        Library({"a": ladder}, {"": (goal,), "crm": (goal,)}), (), ()
    )


def test_a_half_that_is_not_in_the_file_stays() -> None:
    assert read_library(Given(None, None), NOW, POLICY) == Read(NOW, (), ())
    kept = read_library(Given(None, (GOAL,)), NOW, POLICY).library
    assert kept.ladders == NOW.ladders
    kept = read_library(Given((LADDER,), None), NOW, POLICY).library
    assert kept.roles == NOW.roles


@pytest.mark.parametrize(
    ("ladder", "said"),
    [
        (replace(LADDER, key=cell("a b")), ["key", "no_ladder"]),
        (replace(LADDER, key=cell("b")), ["no_ladder"]),
        (replace(LADDER, levels=(both(),) * 4), ["levels"]),
        (replace(LADDER, name={}), ["empty"]),
        (replace(LADDER, name={"en": cell("")}), ["empty"]),
        (replace(LADDER, name=both("x" * 3001)), ["too_long", "too_long"]),
        (replace(LADDER, name={"en": cell("A")}), ["one_language"]),
        (replace(LADDER, name={"": cell("A")}), []),
    ],
)
def test_a_ladder_that_is_not_right_is_said(ladder: GivenLadder, said: list[str]) -> None:
    assert keys(ladder=ladder) == said


@pytest.mark.parametrize(
    ("goal", "said"),
    [
        (replace(GOAL, role=cell("")), ["empty", "no_rest"]),
        (replace(GOAL, role=cell("crm")), ["no_rest"]),
        (replace(GOAL, key=cell("")), ["key"]),
        (replace(GOAL, key=cell("conduct")), ["conduct"]),
        *((replace(GOAL, weight=cell(text)), ["weight"]) for text in ("", "0", "101", "1.5", "٣")),
        (replace(GOAL, weight=cell("50")), ["shared"]),
        (replace(GOAL, target="9" * 3001), ["too_long"]),
        (replace(GOAL, texts={"title": both()}), ["empty"]),
        (replace(GOAL, texts={**GOAL.texts, "doing": {"zh-CN": cell("x")}}), ["one_language"]),
    ],
)
def test_a_goal_that_is_not_right_is_said(goal: GivenGoal, said: list[str]) -> None:
    assert keys(goal=goal) == said


def test_what_is_there_twice_names_where_it_was_first() -> None:
    again = replace(LADDER, key=cell("a", 9))
    twice = {"key": "a", "row": 3}
    read = read_library(Given((LADDER, again), None), NOW, POLICY)
    assert read.faults == (LibraryFault(Place(9), "library.twice", twice),)
    other = replace(GOAL, role=cell("Other", 9), key=cell("sales", 9))
    read = read_library(Given(None, (GOAL, other)), NOW, POLICY)
    assert read.faults == (
        LibraryFault(Place(9), "library.spelt", {"role": "Other", "first": "other"}),
        LibraryFault(Place(9), "library.twice", {"key": "sales", "row": 3}),
    )


def test_a_half_with_nothing_in_it_is_said() -> None:
    read = read_library(Given((), ()), NOW, POLICY)
    assert [(one.at.sheet, one.key) for one in read.faults] == [
        ("ladders", "library.no_ladder"),
        ("goals", "library.no_rest"),
    ]
