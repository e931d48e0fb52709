"""Refusals around the progress of goals."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class ProgressOver(ReviewError):
    """The self-review is sent, or the review went on: what was noted by then stands."""

    key = "refused.progress_over"


class UnknownGoal(ReviewError):
    """The sheet has no such goal, or no longer."""

    key = "refused.unknown_goal"


class MissingProgress(ReviewError):
    """Nothing is said of how far it is."""

    key = "refused.missing_progress"
