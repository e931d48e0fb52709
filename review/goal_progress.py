"""How far a goal is: what its owner noted through the period, a word and an outlook each time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from review.errors import Excluded, NotEntitled, TooLong
from review.errors_progress import MissingProgress, ProgressOver, UnknownGoal
from review.goals import Kind, Row, RowId, Sheet
from review.people import EmployeeId
from review.record import Review, ReviewId
from review.stages import Desk, Stage
from review.wording import Wording

NOTING = frozenset({Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW})
"""Stages at which progress is noted: until the self-review is sent (ours)."""
AGAIN = timedelta(hours=1)
"""The very same words within it are one note, sent twice (ours)."""

ProgressId = str


class Outlook(StrEnum):
    """Whether the goal will be reached, as its owner sees it."""

    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """The words of a note."""

    title: Wording
    """The goal, as it was called then."""
    words: str
    """A number, or words; "" where only the outlook was pressed in a weekly check-in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One note on one goal; it is never changed, the next one follows it."""

    id: ProgressId
    review: ReviewId
    row: RowId
    number: int
    """Counted up from 1 with each note on that goal."""
    at: datetime
    outlook: Outlook
    said: Noted


def goals(sheet: Sheet) -> tuple[Row, ...]:
    """The rows on which progress is noted: not the one on how it was done."""
    return tuple(row for row in sheet.rows if row.kind is Kind.GOAL)


def goal_to_note(review: Review, sheet: Sheet, row: RowId, *, by: EmployeeId) -> Row:
    """The goal of the sheet on which its owner may note something now.

    Raises NotEntitled, Excluded, ProgressOver, UnknownGoal.
    """
    if by != review.employee_id:
        raise NotEntitled(Desk.PERSON)
    if review.stage is Stage.EXCLUDED:
        raise Excluded(review.excluded_reason or "")
    if review.stage not in NOTING:
        raise ProgressOver
    for goal in goals(sheet):
        if goal.id == row:
            return goal
    raise UnknownGoal


def note(
    before: Progress | None,
    *,
    new: ProgressId,
    review: ReviewId,
    goal: Row,
    outlook: Outlook,
    words: str,
    at: datetime,
    limit: int,
) -> Progress | None:
    """The note that follows the one before; None: it is that one, sent twice.

    `limit`: most characters of the words. Raises MissingProgress, TooLong.
    """
    words = words.strip()
    if not words:
        raise MissingProgress
    if len(words) > limit:
        raise TooLong("words", limit, len(words))
    if (
        before is not None
        and (before.outlook, before.said.words) == (outlook, words)
        and at - before.at <= AGAIN
    ):
        return None
    return Progress(
        id=new,
        review=review,
        row=goal.id,
        number=before.number + 1 if before else 1,
        at=at,
        outlook=outlook,
        said=Noted(title=goal.title, words=words),
    )


def pressed(
    before: Progress | None,
    *,
    new: ProgressId,
    review: ReviewId,
    goal: Row,
    outlook: Outlook,
    at: datetime,
    this_week: bool,
) -> Progress | None:
    """The outlook alone, as a weekly check-in asks for it; None: this week it was said already.

    `this_week`: whether the note before is of the week that is asked about.
    """
    if before is not None and this_week and before.outlook is outlook:
        return None
    return Progress(
        id=new,
        review=review,
        row=goal.id,
        number=before.number + 1 if before else 1,
        at=at,
        outlook=outlook,
        said=Noted(title=goal.title, words=""),
    )


def worded(notes: Collection[Progress]) -> tuple[Progress, ...]:
    """Those with words, and the last one on each goal whether it has some or not."""
    last = {(one.review, one.row): one.id for one in sorted(notes, key=lambda one: one.number)}
    return tuple(one for one in notes if one.said.words or one.id in last.values())


def by_goal(notes: Iterable[Progress]) -> Mapping[RowId, tuple[Progress, ...]]:
    """The notes on each goal, the latest first."""
    found: dict[RowId, list[Progress]] = {}
    for one in sorted(notes, key=lambda one: one.number, reverse=True):
        found.setdefault(one.row, []).append(one)
    return {row: tuple(ones) for row, ones in found.items()}


def telling(notes: Collection[Progress], most: int) -> tuple[Progress, ...]:
    """At most so many of them: the last on each goal, then those before; each latest first."""
    last = {(one.review, one.row): one.id for one in sorted(notes, key=lambda one: one.number)}
    ends = set(last.values())
    order = sorted(notes, key=lambda one: (one.id in ends, one.at), reverse=True)
    return tuple(order[:most])


def outlooks(latest: Mapping[RowId, Outlook], sheet: Sheet) -> Mapping[Outlook, int]:
    """How many goals of the sheet stand how, by what was noted last; those taken out are not."""
    return Counter(latest[row.id] for row in goals(sheet) if row.id in latest)
