"""Cases that say the same of two people."""

from __future__ import annotations

from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_samples import POLICY

from review.likeness import Case, Twin, alike, grams, masked, may_be, twins

LEAST = POLICY.no_surprise.same_words
ENGLISH = "{} closed {} deals in spring and helped the new colleagues to find their way around."
CHINESE = "{}本季度完成了{}单，还主动帮助新同事熟悉流程，得到大家的认可。"


@pytest.mark.parametrize(
    ("text", "name", "seen"),
    [
        ("Chen Jing sold 1,234 units!", "Chen Jing", "Nsold00units"),
        ("chen: _AB_… Jing’s", " Chen Jing ", "NabNs"),
        ("王小明卖出了12件，小明很好。", "王小明", "N卖出了0件N很好"),
        ("李雷，不错", "李雷", "N不错"),
        ("A plan", "A", "aplan"),
        ("", "Chen Jing", ""),
    ],
)
def test_the_name_numbers_and_marks_are_masked(text: str, name: str, seen: str) -> None:
    assert masked(text, name) == seen


@pytest.mark.parametrize("form", [ENGLISH, CHINESE])
def test_a_case_with_another_name_and_number_is_found(form: str) -> None:
    names = ("王小明", "李雷") if form is CHINESE else ("Chen Jing", "Maria Lopez")
    mine = {"overall": form.format(names[0], 12), "missed": "x"}
    other = Case("e2", names[1], "overall", form.format(names[1], 9))
    assert twins(mine, names[0], [other], LEAST) == (Twin("overall", other),)


@pytest.mark.parametrize(
    "text",
    [
        "Kept every promise to the warehouse although two of its people were ill for weeks.",
        "Good work.",
        "x" * 3000,
        "",
    ],
)
def test_other_words_and_words_too_few_are_left_alone(text: str) -> None:
    mine = {"overall": ENGLISH.format("Chen Jing", 12)}
    other = Case("e2", "Maria Lopez", "overall", text)
    assert twins(mine, "Chen Jing", [other], LEAST) == ()
    other = Case("e2", "Maria Lopez", "overall", mine["overall"])
    assert twins({"overall": text}, "Chen Jing", [other], LEAST) == ()


def test_short_words_that_are_the_same_are_no_finding() -> None:
    other = Case("e2", "Maria Lopez", "overall", "Good work.")
    assert twins({"overall": "Good work."}, "Chen Jing", [other], LEAST) == ()


def test_of_several_the_first_is_named_for_each_case() -> None:
    same = ENGLISH.format("Chen Jing", 1)
    others = [Case(f"e{n}", "Maria Lopez", "overall", same) for n in (2, 3)]
    found = twins({"overall": same, "value:teamwork": same}, "Chen Jing", others, LEAST)
    assert found == (Twin("overall", others[0]), Twin("value:teamwork", others[0]))


def test_the_share_is_exact() -> None:
    one, other = frozenset("abc"), frozenset("abcde")
    assert alike(one, other, Fraction(3, 5))
    assert not alike(one, other, Fraction(3, 5) + Fraction(1, 10**9))
    assert not alike(frozenset(), frozenset(), LEAST)


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_has_no_side(one: str, other: str) -> None:
    left, right = grams(one), grams(other)
    assert alike(left, right, LEAST) == alike(right, left, LEAST)
    assert alike(left, left, LEAST) == (len(one) > 2)


@given(st.text("ab ", max_size=60), st.text("ab ", max_size=60), st.fractions(0, 1))
def test_a_text_that_is_alike_is_never_put_aside_by_its_beginning(
    one: str, other: str, least: Fraction
) -> None:
    left = grams(one)
    if alike(left, grams(other), least):
        assert may_be(left, other, least)


def test_a_team_of_200_is_compared_while_one_waits() -> None:
    words = "Between spring and autumn the team moved all {} orders to the new system in {} weeks. "
    others = [
        Case(f"e{n}", f"Person Number{n}", about, f"{n} {words * 3}")
        for n in range(200)
        for about in ("overall", "missed", "value:teamwork")
    ]
    mine = {"overall": "Nothing of the kind, but about as long as the others are. " * 5}
    begun = perf_counter()
    assert twins(mine, "Chen Jing", others, LEAST) == ()
    assert perf_counter() - begun < 2
