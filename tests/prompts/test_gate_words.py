"""A shut gate names the number that it overruled, and none where there is no other."""

from __future__ import annotations

import pytest

from prompts.render import Words

BLOCKS = ("manager_review.gated", "refused.rating_gated")


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("block", BLOCKS)
def test_a_number_that_was_overruled_is_named(locale: str, block: str) -> None:
    said = Words(locale).plain(block, rating="2.5", overruled="4.5", reasons=("V",))
    assert ("2.5" in said, "4.5" in said) == (True, True)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("block", BLOCKS)
def test_the_same_number_is_not_named_twice(locale: str, block: str) -> None:
    said = Words(locale).plain(block, rating="2.5", overruled="2.5", reasons=("V",))
    assert said.count("2.5") == 1
