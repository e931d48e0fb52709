"""A manager's weekly digest, in their message of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prompts.card import Button, CardPart, Heading, Paragraph, Quote, Small, Text
from prompts.render import Words

ROWS, NAMES = 6, 8
"""People with a row of their own, and names in a line (ours)."""
SHORT, FOLD = 60, 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of the team."""

    employee: str
    person: str
    off_track: int
    at_risk: int
    stuck: int
    late: int
    words: str
    """What they added to their check-in."""

    @property
    def tells(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.off_track or self.at_risk or self.stuck or self.late or self.words)

    @property
    def order(self) -> tuple[int, int, int]:
        """What looks worst comes first."""
        return -self.off_track, -(self.at_risk + self.stuck), -self.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How a month was, in counts."""

    starts: date
    answered: int
    better: int
    worse: int
    done: int
    dropped: int
    praise: int
    critical: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestFacts:
    """A team's week."""

    week: date
    answered: int
    asked: int
    silent: tuple[str, ...]
    """From whom there is no word."""
    rows: tuple[Row, ...]
    open: int
    """Actions of the team."""
    late: int
    stuck: int
    quiet: tuple[str, ...]
    """Who has heard nothing from the manager for long."""
    untalked: tuple[str, ...] = ()
    """With whom there has been no one-on-one for too long."""
    month: Month | None = None


def section(facts: DigestFacts, words: Words) -> tuple[CardPart, ...]:
    """What needs a look, and the counts."""
    silent, more = _names(facts.silent)
    counts = {"answered": facts.answered, "asked": facts.asked, "silent": silent, "more": more}
    parts: list[CardPart] = [
        Heading(words.plain("digest.title", week=facts.week)),
        Paragraph(words("digest.answered", **counts)),
    ]
    rows = sorted(facts.rows, key=lambda row: row.order)
    for row in rows[:ROWS]:
        shown = {
            "person": row.person[:SHORT],
            "off_track": row.off_track,
            "at_risk": row.at_risk,
            "stuck": row.stuck,
            "late": row.late,
        }
        button = Button("checkin.read", words.plain("digest.read"), row.employee)
        parts.append(Paragraph(words("digest.row", **shown), button))
        if row.words:
            parts.append(Quote(row.words, fold_at=FOLD))
    if len(rows) > ROWS:
        parts.append(Small(words("digest.more", count=len(rows) - ROWS)))
    calm = not any(row.off_track or row.at_risk or row.stuck or row.late for row in rows)
    if calm and facts.answered:
        parts.append(Paragraph(words("digest.well")))
    if facts.open:
        actions = {"open": facts.open, "late": facts.late, "stuck": facts.stuck}
        parts.append(Paragraph(words("digest.actions", **actions)))
    for key, people in (("quiet", facts.quiet), ("untalked", facts.untalked)):
        named, more = _names(people)
        if named:
            parts.append(Paragraph(words(f"digest.{key}", people=named, more=more)))
    if facts.month:
        parts.append(Paragraph(_month(facts.month, words)))
    return tuple(parts)


def _month(month: Month, words: Words) -> Text:
    return words(
        "digest.month",
        month=words.month(month.starts),
        answered=month.answered,
        better=month.better,
        worse=month.worse,
        done=month.done,
        dropped=month.dropped,
        praise=month.praise,
        critical=month.critical,
    )


def _names(people: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """The first of them, and how many more."""
    return tuple(one[:SHORT] for one in people[:NAMES]), max(0, len(people) - NAMES)
