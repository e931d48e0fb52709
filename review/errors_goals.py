"""Refusals around goals."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import AlreadySent, ReviewError
from review.stages import Move, Stage


class GoalsChanged(AlreadySent):
    """The goals were changed after they were shown: whoever acts has to see them first."""

    key = "refused.goals_changed"

    def __init__(self, move: Move, stage: Stage) -> None:
        """Say what was wanted, and where the review stands."""
        super().__init__(move, stage)


class GoalsOver(ReviewError):
    """The self-review has opened: goals are what they are."""

    key = "refused.goals_over"


class MissingTitle(ReviewError):
    """A goal does not say what it is."""

    key = "refused.missing_title"

    def __init__(self, row: str) -> None:
        """Name the row's id."""
        super().__init__(row=row)
