"""Somebody's own page: what waits, where things stand, what comes next; never a rating."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Rule, Small, Span
from prompts.card import Text as Spans
from prompts.render import Words
from prompts.screens import feedback_request
from prompts.screens import progress as progress_screen
from prompts.screens.actions import Line, marks
from prompts.screens.progress import Progress
from prompts.screens.status import Waiting
from review.feedback_request import Request
from review.goal_progress import Outlook
from review.goals import Row, Sheet
from review.stages import Stage
from review.wording import say

THINGS, PEOPLE = 6, 4
"""Things that wait, and people named of each (ours); the lists in the messages have them all."""
GOALS, LINES, NAMES = 8, 8, 6
"""Goals of a review, lines of a list, and people named in one (ours)."""
PROMISES, LATE = 6, 4
"""Actions, each with its buttons, and late ones of others (ours)."""
CYCLES = 3
"""Reviews under way that are shown of each kind (ours)."""
SHORT = 80
"""Characters of a title, an action or a name in a line."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody last noted on a goal of theirs."""

    outlook: Outlook
    on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReview:
    """One's own review of a cycle under way."""

    cycle: str
    stage: Stage
    sheet: Sheet | None = None
    """None: goals are not spoken of, as in a year's review."""
    notes: Mapping[str, Note] = field(default_factory=dict)
    """What was last noted on each goal."""
    button: tuple[str, str, str] | None = None
    """Action, its words' key, and value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """An interview or a one-on-one that is to come."""

    review: str
    """Or the one-on-one."""
    cycle: str
    """"" of a one-on-one."""
    other: str
    """With whom; "" where nobody is known."""
    at: datetime | None
    """Where the reader is; None: no time is agreed yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisesFacts:
    """Actions, as far as the page shows them."""

    mine: tuple[Line, ...]
    more: int
    """How many of the own ones are not among them."""
    late: tuple[Line, ...] = ()
    """What others agreed with the reader, and is past its day."""
    more_late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """Where a manager's people stand in one cycle."""

    cycle: str
    stages: Mapping[Stage, int]
    missing: tuple[str, ...]
    """Whose self-review is still to come."""


def page(sections: Iterable[Sequence[CardPart]], at: datetime, words: Words) -> Card:
    """All that there is to say, with a line between subjects, and when that was so."""
    parts: list[CardPart] = []
    for section in sections:
        if section:
            parts += [*([Rule()] if parts else []), *section]
    now = words("home.as_of", at=at.date(), time=clock(at.time()))
    return Card(words.plain("home.title"), (*parts, Small(now)))


def waits(things: Sequence[Waiting], words: Words) -> tuple[CardPart, ...]:
    """What waits for somebody, with the buttons to begin; or that nothing does."""
    if not things:
        return (Paragraph(words("home.nothing")),)
    return (Heading(words.plain("status.waits_title")), *_things(things, words))


def _things(things: Sequence[Waiting], words: Words) -> Iterator[CardPart]:
    for thing in things[:THINGS]:
        facts = {"cycle": thing.cycle, "due": thing.due, "count": len(thing.items)}
        buttons = thing.buttons(words)[:PEOPLE]
        said = words(f"status.waits_{thing.kind}", **facts)
        if len(buttons) == 1 and not thing.names:
            yield Paragraph(said, buttons[0])
        else:
            yield from (Paragraph(said), Buttons(buttons))
        if len(thing.items) > PEOPLE:
            yield Small(words("home.more_people", count=len(thing.items) - PEOPLE))
    if len(things) > THINGS:
        yield Small(words("home.more_things", count=len(things) - THINGS))


def feedback(asked: Sequence[tuple[Request, str]], words: Words) -> tuple[CardPart, ...]:
    """Who would like some (each request with the name), and to give it and ask for it oneself."""
    give = Button("feedback.open", words.plain("home.give_feedback"), "")
    ask = Button("feedback.ask", words.plain("home.ask_feedback"), "")
    latest = asked[::-1][:PEOPLE]
    return (
        *(feedback_request.wish(one, name, words) for one, name in latest),
        Buttons((give, ask)),
    )


def own(reviews: Sequence[OwnReview], words: Words) -> tuple[CardPart, ...]:
    """Where one's own reviews stand, and their goals."""
    if not reviews:
        return ()
    return (Heading(words.plain("home.own_title")), *_own(reviews[:CYCLES], words))


def _own(reviews: Sequence[OwnReview], words: Words) -> Iterator[CardPart]:
    for one in reviews:
        stage = words.plain(f"stages.{one.stage}")
        button = None
        if one.button is not None:
            action, key, value = one.button
            button = Button(action, words.plain(key), value)
        yield Paragraph(words("home.own", cycle=one.cycle, stage=stage), button)
        if one.sheet is not None and one.sheet.rows:
            rows = one.sheet.rows
            goals = [_goal(row, one.notes.get(row.id), words) for row in rows[:GOALS]]
            yield Paragraph(_lines(goals, len(rows) - GOALS, words))


def _goal(row: Row, note: Note | None, words: Words) -> Spans:
    """A goal in a line, with what was last noted of it."""
    return words(
        "home.goal",
        title=say(row.title, words.locale)[:SHORT],
        weight=row.weight,
        outlook=note and note.outlook,
        on=note and note.on,
        said=_cut(" ".join(note.words.split())) if note else "",
    )


def _cut(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"


def talks(found: Sequence[Talk], words: Words) -> tuple[CardPart, ...]:
    """Talks to come: those with a time first, each with what prepares it."""
    if not found:
        return ()
    in_order = sorted(found, key=lambda one: (one.at is None, one.at or 0, one.other))
    parts: list[CardPart] = [Heading(words.plain("home.talks_title"))]
    for one in in_order[:PEOPLE]:
        facts = {"cycle": one.cycle, "other": one.other[:SHORT]}
        if one.at is None:
            text = words("home.talk_open", **facts)
        else:
            text = words("home.talk_at", at=one.at.date(), time=clock(one.at.time()), **facts)
        action = "interview.open" if one.cycle else "oneonone.prepare"
        label = "interview.prepare" if one.cycle else "one_on_one.prepare"
        prepare = Button(action, words.plain(label), one.review)
        parts.append(Paragraph(text, prepare))
    if len(found) > PEOPLE:
        parts.append(Small(words("home.more_people", count=len(found) - PEOPLE)))
    return tuple(parts)


def promises(facts: PromisesFacts, today: date, words: Words) -> tuple[CardPart, ...]:
    """What somebody agreed to do, the earliest due first; then what they wait for and is late."""
    parts: list[CardPart] = []
    if facts.mine:
        parts.append(Heading(words.plain("home.actions_title")))
    for one in facts.mine:
        said = {"due": one.due, "late": one.due < today, "going": one.going}
        text = _cut(" ".join(one.text.split()))
        parts += [
            Paragraph(words("home.action", text=text, **said)),
            Buttons(marks(one.id, one.going, words)),
        ]
    if facts.more:
        parts.append(Small(words("home.more_actions", count=facts.more)))
        parts.append(Buttons((Button("actions.open", words.plain("actions.all"), "mine"),)))
    if facts.late:
        parts.append(Heading(words.plain("home.promised_title")))
        late = [
            words(
                "home.promised_late",
                text=_cut(" ".join(one.text.split())),
                person=one.person[:SHORT],
                due=one.due,
            )
            for one in facts.late
        ]
        parts.append(Paragraph(_lines(late, facts.more_late, words)))
    return tuple(parts)


def team(found: Sequence[TeamFacts], words: Words) -> tuple[CardPart, ...]:
    """How many of a manager's people stand where, and who they wait for."""
    parts: list[CardPart] = []
    for one in found[:CYCLES]:
        stages = [
            words.plain("home.stage", stage=words.plain(f"stages.{stage}"), count=count)
            for stage, count in one.stages.items()
        ]
        people = sum(one.stages.values())
        parts.append(Paragraph(words("home.team", cycle=one.cycle, people=people, stages=stages)))
        if one.missing:
            names = [name[:SHORT] for name in one.missing[:NAMES]]
            more = max(0, len(one.missing) - NAMES)
            parts.append(Small(words("home.missing", names=names, more=more)))
    return (Heading(words.plain("home.team_title")), *parts) if parts else ()


def cycles(found: Sequence[Progress], unsent: int, words: Words) -> tuple[CardPart, ...]:
    """How far the cycles are, for HR, and how many messages could not be sent."""
    if not found and not unsent:
        return ()
    parts: list[CardPart] = [Heading(words.plain("home.cycles_title"))]
    for one in found[:CYCLES]:
        whole, *lines = progress_screen.paragraphs(one, words)
        parts.append(whole)
        said = [line.text for line in lines if isinstance(line, Paragraph)]
        if said:
            parts.append(Paragraph(_lines(said[:LINES], len(said) - LINES + one.more, words)))
    if found:
        label = words.plain("home.distribution")
        parts.append(Buttons((Button("distribution.show", label, ""),)))
    if unsent:
        parts.append(Small(words("deliveries.hint", count=unsent)))
    return tuple(parts)


def clock(at: time) -> str:
    """The time of day as both languages write it: "14:30"."""
    return f"{at:%H:%M}"


def _lines(lines: Sequence[Spans], more: int, words: Words) -> Spans:
    """One below the other, and how many are not among them."""
    said = [*lines, *([words("home.more", count=more)] if more > 0 else [])]
    spans: list[Span] = []
    for line in said:
        spans += [*([Span("\n")] if spans else []), *line]
    return tuple(spans)
