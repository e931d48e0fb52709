"""Refusals around the weekly check-in."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class CheckInOver(ReviewError):
    """The week is over: what was answered by then stands."""

    key = "refused.check_in_over"


class CheckInsOff(ReviewError):
    """The company has no weekly check-in."""

    key = "refused.check_ins_off"
