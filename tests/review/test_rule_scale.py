"""The rating scale and numbers as text."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_samples import POLICY

from review import scale
from review.errors import UnknownScore

F = Fraction


def test_parse_takes_the_scale_and_nothing_else() -> None:
    texts = ["5", "4.5", "4", "3.75", "3.5", "3.25", "3", "2.5"]
    assert [scale.show(scale.parse(f" {text} ", POLICY)) for text in texts] == texts
    for wrong in ("", "2", "4.0", "3.6", "five", "{{ 7*7 }}"):
        with pytest.raises(UnknownScore) as refused:
            scale.parse(wrong, POLICY)
        assert refused.value.facts == {"text": wrong, "steps": ", ".join(texts)}


def test_step_names_its_band() -> None:
    assert scale.band(F("3.75"), POLICY) == "upper"
    with pytest.raises(UnknownScore):
        scale.step(F("3.6"), POLICY)


@pytest.mark.parametrize(
    ("number", "step"),
    [("3.375", "3.25"), ("3.376", "3.5"), ("2.75", "2.5"), ("0", "2.5"), ("9", "5"), ("4.25", "4")],
)
def test_nearest_takes_the_lower_on_a_tie(number: str, step: str) -> None:
    assert scale.nearest(F(number), POLICY) == F(step)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (F("3.675"), "3.68"),
        (F(8, 3), "2.67"),
        (F("3.684999"), "3.68"),
        (F(4), "4.00"),
        (F(1, 200), "0.01"),
        (F(-1, 200), "-0.01"),
        (F(-1, 300), "0.00"),
        (F(-13, 4), "-3.25"),
    ],
)
def test_shown_rounds_half_up(number: Fraction, text: str) -> None:
    assert scale.shown(number) == text


@settings(max_examples=200)
@given(st.integers(-(10**6), 10**6), st.integers(0, 6))
def test_show_is_exact(whole: int, places: int) -> None:
    number = F(whole, 10**places)
    assert F(scale.show(number)) == number


def test_show_refuses_a_third() -> None:
    with pytest.raises(ValueError, match="1/3"):
        scale.show(F(1, 3))
