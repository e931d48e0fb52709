"""What HR sees of surprises: one line a cycle, and nobody's name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from prompts.card import Paragraph
from prompts.render import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How many ratings of a cycle came as a surprise."""

    cycle: str
    ratings: int
    surprises: int
    same_words: int

    @property
    def percent(self) -> int:
        """Surprises of a hundred ratings, rounded half up."""
        return int(Fraction(100 * self.surprises, self.ratings) + Fraction(1, 2))


def line(now: Figure, before: Figure | None, words: Words) -> Paragraph:
    """The figure, beside the one of the cycle before."""
    facts = {
        "cycle": now.cycle,
        "surprises": now.surprises,
        "ratings": now.ratings,
        "share": now.percent,
        "before": before.cycle if before else "",
        "share_before": before.percent if before else 0,
        "twice": now.same_words,
    }
    return Paragraph(words("no_surprise.line", **facts))
