"""Exact tails, against scipy and against sums of fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from review import tails

F = Fraction
WORKED = (0.1209, 0.4862, 0.5443, 0.7939, 0.7546, 0.0388, 0.0104, 0.1061, 0.6572)


def test_rejected_of_the_worked_example() -> None:
    assert [
        tail for tail, out in zip(WORKED, tails.rejected(WORKED, F("0.1")), strict=True) if out
    ] == [0.0104]
    assert tails.rejected([], F("0.1")) == ()
    assert tails.rejected([0.06, 0.09, 0.5], F("0.1")) == (False, False, False)
    assert tails.rejected([0.04, 0.06, 0.5], F("0.1")) == (True, True, False)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 3000), st.integers(-2, 3000), st.integers(0, 100))
def test_tails_agree_with_scipy(n: int, count: int, percent: int) -> None:
    share = F(percent, 100)
    assert tails.at_least(count, n, share) == pytest.approx(
        binom.sf(count - 1, n, percent / 100), abs=1e-12
    )
    assert tails.at_most(count, n, share) == pytest.approx(
        binom.cdf(count, n, percent / 100), abs=1e-12
    )


@pytest.mark.parametrize("count", [19_500, 20_000, 20_300, 20_900])
def test_tails_agree_with_scipy_for_a_large_company(count: int) -> None:
    assert tails.at_least(count, 100_000, F(1, 5)) == pytest.approx(
        binom.sf(count - 1, 100_000, 0.2), abs=1e-12
    )


@settings(deadline=None)
@given(st.integers(1, 40), st.data(), st.integers(1, 99))
def test_tails_are_exact(n: int, data: st.DataObject, percent: int) -> None:
    count = data.draw(st.integers(0, n))
    share = F(percent, 100)
    exact = F(0)
    ways = 1
    for k in range(n + 1):
        if k >= count:
            exact += ways * share**k * (1 - share) ** (n - k)
        ways = ways * (n - k) // (k + 1)
    assert tails.at_least(count, n, share) == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("count", [150, 300, 400])
def test_tails_far_out_keep_their_digits(count: int) -> None:
    share = F(1, 5)
    exact = sum(comb(400, k) * share**k * (1 - share) ** (400 - k) for k in range(count, 401))
    assert tails.at_least(count, 400, share) == pytest.approx(float(exact), rel=1e-12, abs=0)
