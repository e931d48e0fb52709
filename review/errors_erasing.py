"""Refusals around erasing a person."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class OnHold(ReviewError):
    """A hold for a dispute is set on what is kept of them (the scheme)."""

    key = "erasing.on_hold"

    def __init__(self, name: str, employee_id: str) -> None:
        """Name the person, and the id that the hold is released by."""
        super().__init__(name=name, employee_id=employee_id)


class StillDisputed(ReviewError):
    """An appeal of theirs is not decided yet (ours)."""

    key = "erasing.still_disputed"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(name=name)


class StillReviewed(ReviewError):
    """They are with the company, and a review of theirs is under way (ours)."""

    key = "erasing.still_reviewed"

    def __init__(self, name: str, cycles: str) -> None:
        """Name the person, and the cycles, parted by ", "."""
        super().__init__(name=name, cycles=cycles)


class StillLeads(ReviewError):
    """Colleagues report to them, or have them as HR partner (ours)."""

    key = "erasing.still_leads"

    def __init__(self, name: str, count: int, names: str) -> None:
        """Name the person, how many colleagues, and some of these, parted by ", "."""
        super().__init__(name=name, count=count, names=names)


class StillAdmin(ReviewError):
    """They are one of the HR admins of the settings (ours)."""

    key = "erasing.still_admin"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(name=name)


class StillSending(ReviewError):
    """A message about them is on its way at this moment (ours)."""

    key = "erasing.still_sending"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(name=name)


class AlreadyErased(ReviewError):
    """They were erased before."""

    key = "erasing.already_erased"

    def __init__(self, employee_id: str) -> None:
        """Name the id, which is all that is left."""
        super().__init__(employee_id=employee_id)


class NotOnHold(ReviewError):
    """There is no hold to release."""

    key = "erasing.not_on_hold"

    def __init__(self, name: str) -> None:
        """Name the person."""
        super().__init__(name=name)
