"""Sheets: where they start, and what is said about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_samples import POLICY, SHEET, cycle, row

from review.errors import MissingStandard, PolicyFault, SheetWeights, TooLong
from review.goals import (
    Advice,
    AdviceKey,
    Kind,
    Sheet,
    check,
    conduct_row,
    share_out,
    starting_sheet,
)
from review.library import Library, StartingGoal
from review.people import Person
from review.wording import own_words, say

EARLY = date(2026, 10, 10)


def goal(key: str, weight: int) -> StartingGoal:
    words = {"en": key, "zh-CN": key}
    return StartingGoal(key, words, weight, words, {"3.5": words})


LIBRARY = Library(
    {},
    {"CRM": (goal("repeat", 50), goal("open", 30)), "": (goal("a", 1), goal("b", 1), goal("c", 1))},
)


def weights(sheet: Sheet) -> dict[str, int]:
    return {one.id: one.weight for one in sheet.rows}


def test_starting_sheet_of_a_role() -> None:
    sheet = starting_sheet(" crm ", LIBRARY, POLICY)
    assert weights(sheet) == {"repeat": 50, "open": 30, "conduct": 20}
    assert [one.kind for one in sheet.rows] == [Kind.GOAL, Kind.GOAL, Kind.CONDUCT]
    assert sheet.rows[2] == conduct_row(20)
    assert check(sheet, EARLY, cycle(), POLICY) == check(SHEET, EARLY, cycle(), POLICY).__class__(
        (), ()
    )


def test_starting_sheet_of_any_other_role_makes_exactly_100() -> None:
    assert weights(starting_sheet("gardener", LIBRARY, POLICY)) == {
        "a": 27, "b": 27, "c": 26, "conduct": 20,
    }  # fmt: skip
    bare = replace(POLICY, sheet=replace(POLICY.sheet, conduct_weight=0))
    assert weights(starting_sheet("", LIBRARY, bare)) == {"a": 34, "b": 33, "c": 33}


def test_starting_sheet_needs_goals() -> None:
    with pytest.raises(PolicyFault) as refused:
        starting_sheet("crm", Library({}, {}), POLICY)
    assert refused.value.facts == {"setting": "roles", "fault": "no_goals"}


@given(st.integers(0, 1000), st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_share_out_leaves_nothing_over(whole: int, parts: list[int]) -> None:
    shares = share_out(whole, parts)
    assert sum(shares) == whole
    for share, part in zip(shares, parts, strict=True):
        assert abs(share - whole * part / sum(parts)) < 1


def test_sheet_finds_its_rows() -> None:
    assert SHEET.row("conduct").kind is Kind.CONDUCT
    with pytest.raises(KeyError):
        SHEET.row("nothing")


def test_check_blocks_wrong_weights_and_missing_standards() -> None:
    found = check(
        Sheet((row("a", 60), replace(row("b", 30), standards={}))), EARLY, cycle(), POLICY
    )
    assert [(type(block), dict(block.facts)) for block in found.blocks] == [
        (SheetWeights, {"total": 90}),
        (MissingStandard, {"row": "b"}),
    ]
    negative = check(Sheet((row("a", 120), row("b", -20))), EARLY, cycle(), POLICY)
    assert [type(block) for block in negative.blocks] == [SheetWeights]
    assert [type(b) for b in check(Sheet(()), EARLY, cycle(), POLICY).blocks] == [SheetWeights]


def test_check_blocks_texts_that_are_too_long() -> None:
    long = replace(row("a", 100), title={"en": "x" * 3001, "zh-CN": "y"}, measure={})
    found = check(Sheet((long,)), EARLY, cycle(), POLICY)
    assert [(type(block), dict(block.facts)) for block in found.blocks] == [
        (TooLong, {"field": "title:a", "limit": 3000, "length": 3001})
    ]


def test_check_advises_and_never_blocks() -> None:
    bare = Sheet((replace(row("a", 100), measure={"en": " "}),))
    assert check(bare, date(2026, 11, 1), cycle(), POLICY).advice == (
        Advice(AdviceKey.LATE),
        Advice(AdviceKey.NO_MEASURE, "a"),
        Advice(AdviceKey.SINGLE_GOAL),
        Advice(AdviceKey.RESULTS_ONLY),
    )
    two = Sheet((row("a", 40), row("b", 40), row("conduct", 20, Kind.CONDUCT)))
    assert check(two, date(2026, 10, 31), cycle(), POLICY).advice == ()


def test_words_in_the_language_there_is() -> None:
    assert say({"en": "Sales", "zh-CN": "销售"}, "zh-CN") == "销售"
    assert say({"en": "Sales"}, "zh-CN") == "Sales"
    assert say(own_words("My goal"), "zh-CN") == "My goal"
    assert say({}, "en") == ""


def test_a_person_on_leave_or_gone() -> None:
    one = Person(employee_id="a", name="A", left_on=EARLY, leave_from=EARLY)
    assert (one.has_left(EARLY), one.has_left(date(2026, 10, 11))) == (False, True)
    assert (one.on_leave(date(2026, 10, 9)), one.on_leave(date(2027, 1, 1))) == (False, True)
    back = replace(one, leave_to=date(2026, 10, 20))
    assert (back.on_leave(date(2026, 10, 20)), back.on_leave(date(2026, 10, 21))) == (True, False)
