"""What the sample company's people write, by the names that the fields of a review form bear."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sandbox.company.person import Person
from sandbox.company.rating import rating
from sandbox.company.scale import Levels
from sandbox.company.story import Row, story

Answers = dict[str, str]
SheetRows = Iterable[tuple[str, str]]
"""Id and title of the rows that somebody is scored on, in their language."""
CONDUCT = "conduct"


def self_answers(person: Person, rows: SheetRows) -> Answers:
    """What they write about their own quarter."""
    told = story(person)
    words = {"overall": told.overall}
    return _rows(rows, told.conduct, told.row) | _ladders(told.levels, told.evidence) | words


def rating_answers(person: Person, rows: SheetRows) -> Answers:
    """What their manager writes about them. Raises ValueError where there is no manager."""
    told = rating(person)
    words = {
        "overall": told.overall,
        "case:overall": told.case,
        "case:missed": told.missed,
        "reason": told.reason,
        "surprise_reason": told.surprise,
    }
    return _rows(rows, told.conduct, told.row) | _ladders(told.levels, told.evidence) | words


def _rows(rows: SheetRows, conduct: Row, of: Callable[[str], Row]) -> Answers:
    scored = {row: conduct if row == CONDUCT else of(title) for row, title in rows}
    scores = {f"goal:{row}": one.score for row, one in scored.items()}
    return scores | {f"comment:{row}": one.comment for row, one in scored.items()}


def _ladders(levels: Mapping[str, Levels], evidence: Mapping[str, str]) -> Answers:
    """A level for each rung, and the case of each value."""
    climbed = {
        f"value:{key}:{number}": answer
        for key, answers in levels.items()
        for number, answer in enumerate(answers, start=1)
    }
    return climbed | {f"case:value:{key}": words for key, words in evidence.items()}
