"""What is quoted in a review, and what may be said of whom."""

from __future__ import annotations

from dataclasses import replace

from rule_samples import POLICY

from review.errors_feedback import PersonUnknown, SeveralPeople
from review.evidence import Quotable, with_quote
from review.library import Library
from review.policy_check import Complaint, complaints


def test_a_quote_says_whose_words_it_is_and_stands_there_once() -> None:
    one = Quotable(id="1", on="2026-09-14", source="Ana", text="Well done.")
    assert with_quote("", one) == "“Well done.” (Ana, 2026-09-14)"
    both = with_quote("It went well.\n", one)
    assert both == "It went well.\n“Well done.” (Ana, 2026-09-14)"
    assert with_quote(both, one) == both
    linked = replace(one, source="", link="https://chat/1")
    assert linked.quoted == "“Well done.” (2026-09-14, https://chat/1)"


def test_an_early_look_is_at_least_a_day_before_the_end() -> None:
    policy = replace(POLICY, no_surprise=replace(POLICY.no_surprise, looks=(45, 0)), values=())
    found = complaints(policy, Library({}, {}), {code for _, code in POLICY.calendar.countries})
    place = ("no_surprise", "looks", 1)
    assert Complaint(place, "policy.not_below", {"least": 1}) in list(found)


def test_a_name_that_nobody_or_several_go_by_is_repeated() -> None:
    assert PersonUnknown("Ann").facts == {"said": "Ann"}
    assert SeveralPeople("An", "Ana, Ann").facts == {"said": "An", "names": "Ana, Ann"}
