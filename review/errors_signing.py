"""Refusals around standing in for somebody."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class StandInUnclear(ReviewError):
    """It is not said who stands in, and from when to when."""

    key = "refused.stand_in_unclear"


class StandInUnknown(ReviewError):
    """Nobody who is there goes by that name."""

    key = "refused.stand_in_unknown"

    def __init__(self, said: str) -> None:
        """Repeat what was said."""
        super().__init__(said=said)


class StandInForOneself(ReviewError):
    """Nobody stands in for themself."""

    key = "refused.stand_in_for_oneself"


class StandInLoops(ReviewError):
    """They have named somebody themself for those days, and that leads back."""

    key = "refused.stand_in_loops"

    def __init__(self, name: str) -> None:
        """Name them."""
        super().__init__(name=name)


class StandInDates(ReviewError):
    """The last day is before the first, or over already, or the time is too long."""

    key = "refused.stand_in_dates"

    def __init__(self, days: int) -> None:
        """Say how many days it may be at most."""
        super().__init__(days=days)
