"""Refusals around the goals of the company and of departments."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class DepartmentUnknown(ReviewError):
    """Nobody in the roster is of that department."""

    key = "refused.department_unknown"

    def __init__(self, said: str, known: str) -> None:
        """Repeat what was said, and name those there are."""
        super().__init__(said=said, known=known)


class MissingServes(ReviewError):
    """A senior's goal does not say which goal of the company or department it serves."""

    key = "refused.missing_serves"

    def __init__(self, row: str) -> None:
        """Name the row."""
        super().__init__(about=row)
