"""A manager's living team list: a row a report, eight buttons a row, folded once rated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from prompts.card import (
    Button,
    Buttons,
    Card,
    CardPart,
    Heading,
    Paragraph,
    Small,
)
from prompts.render import Words
from prompts.screens import left_out, times
from prompts.screens.year import YearFacts, in_short
from review import scale
from review.policy import Policy, Score

PAGE = 15
"""Rows on one message of a team list."""
MOST = 200
"""Characters of why a review was returned that a row shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One report and where they stand."""

    review: str
    person: str
    title: str
    state: str
    """"waiting", "ready", "without" (no self-review by the deadline), "returned", "rated", "at_hr"
    (signed by the skip-level), "interview" (signed by all), "held", "acknowledged", "appealed",
    "done", "left_out", "closed" (never rated)."""
    rating: Score | None = None
    excluded_reason: str | None = None
    returned: str = ""
    """Why it came back from those above."""
    year: YearFacts | None = None
    """In a whole year's list, the quarters it is made of."""
    talk: datetime | None = None
    """When its interview is, where the reader is."""
    calibrated: bool = False
    """Whether somebody signed the rating already, so that it can't be changed any more."""
    closed: bool = False
    """Whether its cycle is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamListFacts:
    """One page of a manager's team list."""

    cycle: str
    due: date
    rows: tuple[TeamRow, ...]
    page: int
    pages: int
    rated: int
    of: int
    policy: Policy


def team_list(facts: TeamListFacts, words: Words) -> Card:
    """The page as a message."""
    title = words.plain("team_list.title", cycle=facts.cycle)
    if not facts.rows:
        return Card(title, (Heading(title), Paragraph(words("team_list.nobody"))))
    head: list[CardPart] = [
        Heading(title),
        Paragraph(words("team_list.head", due=facts.due, rated=facts.rated, of=facts.of)),
    ]
    if facts.pages > 1:
        head.append(Small(words("team_list.page", page=facts.page + 1, pages=facts.pages)))
    rows = [part for row in facts.rows for part in _row(row, facts.policy, words)]
    return Card(title, (*head, *rows))


_OF_A_YEAR = {"waiting", "ready", "without"}


def _row(row: TeamRow, policy: Policy, words: Words) -> Iterator[CardPart]:
    out = row.excluded_reason
    year = "year_" if row.year is not None and row.state in _OF_A_YEAR else ""
    text = words(
        f"team_list.{year}{row.state}",
        person=row.person,
        title=row.title,
        rating=None if row.rating is None else scale.show(row.rating),
        returned=row.returned[:MOST],
        calibrated=row.calibrated,
        on=row.talk and row.talk.date(),
        clock=row.talk and f"{row.talk:%H:%M}",
        reason=left_out.why(out, policy, words, of_another=True) if out else "",
    )
    change = Button("rate.change", words.plain("team_list.change"), row.review)
    open_still = row.state in {"rated", "returned"} and not (row.calibrated or row.closed)
    yield Paragraph(text, change if open_still else None)
    if row.year is not None and row.year.changed:
        yield Small(words("team_list.year_changed", person=row.person))
    if year and row.year is not None:
        yield Small(in_short(row.year, words))
    if row.state in {"ready", "without"}:
        scores = [scale.show(step.score) for step in reversed(policy.scale)]
        yield Buttons(tuple(Button(f"rate:{score}", score, row.review) for score in scores))
    if row.state == "interview":
        held = words.plain("team_list.button_held")
        yield Buttons(
            (
                Button("interview.open", words.plain("interview.prepare"), row.review),
                Button("interview.times", words.plain("times.offer"), row.review),
                Button("interview.held", held, row.review, confirm=times.sure(row.person, words)),
            )
        )
