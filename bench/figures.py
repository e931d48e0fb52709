"""A measured figure beside its goal, as a table for a terminal or for docs/figures.md."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

P99 = 98
"""Place of the 99th percentile among the 99 cuts of statistics.quantiles(n=100)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line; without a limit it is there to compare with."""

    name: str
    value: float
    unit: str = ""
    limit: float | None = None
    """The most that the goal allows."""
    goal: str = ""
    """How the goal is said, where it is not the limit alone."""
    means: str = ""

    @property
    def measured(self) -> str:
        """The value with its unit."""
        return f"{short(self.value)} {self.unit}".strip()

    @property
    def asked(self) -> str:
        """The goal."""
        if self.goal or self.limit is None:
            return self.goal
        return f"≤ {short(self.limit)} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        """Whether the goal is met; by what factor it is missed. Empty where there is none."""
        if self.limit is None:
            return ""
        if self.value <= self.limit:
            return "met"
        return f"missed, {self.value / self.limit:.1f} times" if self.limit else "missed"


def short(number: float) -> str:
    """Three digits that count, and no zeros behind the point that say nothing."""
    if number and abs(number) < 100:  # noqa: PLR2004
        number = float(f"{number:.3g}")
        return f"{number:.4f}".rstrip("0").rstrip(".")
    return f"{number:,.0f}"


def exponent(small: tuple[float, float], large: tuple[float, float]) -> float:
    """How a cost grows: 1 is with the size alone. Each pair is a size and its cost."""
    return log(large[1] / small[1]) / log(large[0] / small[0])


HEAD = ("figure", "measured", "goal", "")


def table(figures: Iterable[Figure]) -> str:
    """Columns for a terminal."""
    rows = [HEAD, *((one.name, one.measured, one.asked, one.verdict) for one in figures)]
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in rows)


def markdown(figures: Sequence[Figure], machine: str) -> str:
    """The page of the docs: where and when, the table, and what each line means."""
    rows = [HEAD, ("---",) * len(HEAD)]
    rows += [(one.name, one.measured, one.asked, one.verdict) for one in figures]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    means = [f"- **{one.name}**: {one.means}" for one in figures if one.means]
    return "\n".join(
        [
            "# Figures",
            "",
            f'{machine}. Written by `make bench ARGS="--write docs/figures.md"`, all in one run;',
            "figures of two runs can't be compared, those of one run can.",
            "",
            *lines,
            "",
            "## What each line means",
            "",
            *means,
            "",
        ]
    )


def _width(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
