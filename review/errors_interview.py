"""Refusals around the interview and what follows from it."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from datetime import date

from review.errors import ReviewError


class AppealLate(ReviewError):
    """The days to appeal are over, or have not begun."""

    key = "refused.appeal_late"

    def __init__(self, ends_on: date | None) -> None:
        """Say which day was the last."""
        super().__init__(ends_on=None if ends_on is None else ends_on.isoformat())


class AppealOpen(ReviewError):
    """There is an appeal already."""

    key = "refused.appeal_open"


class NoAppeal(ReviewError):
    """Nothing was appealed, or it is decided already."""

    key = "refused.no_appeal"


class DeciderSigned(ReviewError):
    """They signed that review, or it is their own."""

    key = "refused.decider_signed"

    def __init__(self, name: str) -> None:
        """Name them."""
        super().__init__(name=name)


class DeciderUnknown(ReviewError):
    """Whoever was chosen is not in the roster."""

    key = "refused.decider_unknown"


class DeciderGone(ReviewError):
    """They are not there to decide."""

    key = "refused.decider_gone"

    def __init__(self, name: str) -> None:
        """Name them."""
        super().__init__(name=name)


class AppealSameRating(ReviewError):
    """The rating that the appeal is to move to is the one that stands."""

    key = "refused.appeal_same_rating"


class NoInterview(ReviewError):
    """There is no interview to prepare or to hold."""

    key = "refused.no_interview"


class SlotGone(ReviewError):
    """That time is no longer offered."""

    key = "refused.slot_gone"


class NotYourAction(ReviewError):
    """The action is another's, and so is its owner."""

    key = "refused.not_your_action"


class NotYourPairing(ReviewError):
    """They are not the mentor of that action, nor who does it."""

    key = "refused.not_your_pairing"


class PairingOver(ReviewError):
    """The pair has closed it, or the mentor is another by now."""

    key = "refused.pairing_over"
