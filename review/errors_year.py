"""Refusals around a whole year's review."""
# ruff: noqa: N818  a refusal is named after what is refused

from __future__ import annotations

from review.errors import ReviewError


class NoQuarters(ReviewError):
    """No quarter or half-year of that year is rated: there is nothing to make a year of."""

    key = "refused.no_quarters"

    def __init__(self, year: str, name: str) -> None:
        """Name the year and the person."""
        super().__init__(year=year, name=name)


class NotAYear(ReviewError):
    """A quarter or half-year was named where a whole year is asked for."""

    key = "refused.not_a_year"

    def __init__(self, name: str) -> None:
        """Repeat the name, and say the year that it is in."""
        super().__init__(name=name, year=name[:4])
