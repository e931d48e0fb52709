"""Refusals around calibration."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class NoCalibration(ReviewError):
    """No cycle that is calibrated is running: the policy has none, or nothing is open."""

    key = "refused.no_calibration"


class GroupUnknown(ReviewError):
    """There is no group of that name in the cycle: no department, no manager with a team."""

    key = "refused.group_unknown"

    def __init__(self, said: str) -> None:
        """Repeat what was said."""
        super().__init__(said=said)


class SessionUnknown(ReviewError):
    """There is no such session here."""

    key = "refused.session_unknown"


class SessionClosed(ReviewError):
    """The session is closed and locked: nothing is moved in it any more."""

    key = "refused.session_closed"


class SameRating(ReviewError):
    """The rating is moved to where it stands."""

    key = "refused.same_rating"

    def __init__(self, rating: str) -> None:
        """Name it."""
        super().__init__(rating=rating)


class NotInSession(ReviewError):
    """That person is not in the session's group any more, or not one to be seen."""

    key = "refused.not_in_session"
