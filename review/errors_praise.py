"""Refusals around praise."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class PraiseToOneself(ReviewError):
    """Nobody praises themself in public."""

    key = "refused.praise_to_oneself"


class PraiseSent(ReviewError):
    """The very same words stand already."""

    key = "refused.praise_sent"


class PraiseCounted(ReviewError):
    """The board of its month is out: it is taken back no more."""

    key = "refused.praise_counted"
