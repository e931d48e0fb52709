"""What one hand writes about a person: scores, ladders, cases, words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from review import values
from review.goals import RowId
from review.policy import Score
from review.values import Level

OVERALL = "overall"
MISSED = "missed"


def value_case(key: str) -> str:
    """The name under which a value's case is kept."""
    return f"value:{key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one hand sent: the person's own review, or the manager's rating."""

    scores: Mapping[RowId, Score]
    comments: Mapping[RowId, str] = field(default_factory=dict)
    levels: Mapping[str, tuple[Level | None, ...]] = field(default_factory=dict)
    """Value key to the answers of its five levels; None where not reached."""
    cases: Mapping[str, str] = field(default_factory=dict)
    """What it is about ("overall", "value:<key>", "missed") to the words."""
    comment: str = ""
    """The person's overall comment."""
    rating: Score | None = None
    """The manager's overall rating."""
    reason: str = ""
    """Why the rating differs from the suggestion, or stands against a hint."""
    surprise_reason: str = ""
    """Why it goes on although the person would hear of it for the first time in the review."""

    def normal(self) -> Assessment:
        """The same, with ladders cut at their stop and blank words left out."""
        return replace(
            self,
            scores=dict(self.scores),
            comments=_written(self.comments),
            levels={key: values.normal(levels) for key, levels in self.levels.items()},
            cases=_written(self.cases),
            comment=self.comment.strip(),
            reason=self.reason.strip(),
            surprise_reason=self.surprise_reason.strip(),
        )


def _written(words: Mapping[str, str]) -> dict[str, str]:
    return {key: text.strip() for key, text in words.items() if text.strip()}
