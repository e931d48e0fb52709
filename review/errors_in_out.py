"""Refusals around who is in a review, who is out, and what is opened again."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class PersonUnclear(ReviewError):
    """It is not said who is meant."""

    key = "refused.person_unclear"

    def __init__(self, command: str) -> None:
        """Name the command, so that it can be shown whole."""
        super().__init__(command=command)


class NoSuchReview(ReviewError):
    """Nothing of theirs stands where that can be done."""

    key = "refused.no_such_review"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(name=name)


class RatesThemself(ReviewError):
    """Nobody rates themself."""

    key = "refused.rates_themself"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(name=name)


class AppealDecided(ReviewError):
    """Somebody who did not sign has decided an appeal, and that stands (ours)."""

    key = "refused.appeal_decided"
