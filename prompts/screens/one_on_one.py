"""One-on-ones: where a pair stands, what is said around a talk, and what came up since the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from prompts.card import (
    Appointment,
    Button,
    Buttons,
    Card,
    CardPart,
    Heading,
    Paragraph,
    Small,
    plain,
)
from prompts.render import Words
from prompts.screens.times import moment
from review.interview import Going, Promise
from review.one_on_one import RHYTHMS

MOST = 4
"""Talks named of a kind in the message of a day (ours)."""
PEOPLE = 10
"""People to choose from on one card; a name does it for the others (ours)."""
ACTIONS, GOALS = 3, 3
"""What was agreed and goals at risk that are named before a talk; more are counted (ours)."""
SHORT = 80
FILE = "one-on-one.ics"


@dataclass(frozen=True, slots=True)
class Open:
    """Something the two agreed, that is not done yet."""

    text: str
    who: str
    """Who does it; "" is the reader."""
    due: date
    going: Going
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What came up since the last talk, as far as the reader may see it."""

    actions: tuple[Open, ...] = ()
    given: int = 0
    """Feedback of the reader to the other."""
    got: int = 0
    praised: int = 0
    """Praise that the person was given, by whomever; everybody may read it."""
    goals: tuple[str, ...] = ()
    """Titles of the person's goals that look at risk or off track."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One talk, for one of the two."""

    talk: str
    """Its id; "" while there is none to come."""
    person: str
    """The id by which the pair is known: whose manager the other is."""
    other: str
    leads: bool
    """Whether the reader is the manager."""
    zone: ZoneInfo
    """The reader's."""
    starts_at: datetime | None = None
    over: bool = False
    """Its time has passed, and nobody said whether it took place."""
    minutes: int = 30
    weeks: int = 4
    paused_until: date | None = None
    last: date | None = None
    """When they last talked."""
    since: Since = field(default_factory=Since)


def state(facts: Facts, words: Words) -> Card:
    """Where the pair stands, and all that can be done about it."""
    title = words.plain("one_on_one.with", other=facts.other)
    parts: list[CardPart] = [Heading(title), Paragraph(words(_now(facts), **_when(facts, words)))]
    if facts.last is not None:
        parts.append(Small(words("one_on_one.last", on=facts.last)))
    parts.append(_talk_buttons(facts, words, whole=True))
    how = {"weeks": facts.weeks, "minutes": facts.minutes}
    parts.append(Paragraph(words("one_on_one.rhythm", **how)))
    every = [
        Button(f"oneonone.every:{weeks}", words.plain(f"one_on_one.every_{weeks}"), facts.person)
        for weeks in RHYTHMS
        if weeks != facts.weeks
    ]
    rest = Button("oneonone.pause", words.plain("one_on_one.pause"), facts.person)
    if facts.paused_until is not None:
        rest = Button("oneonone.resume", words.plain("one_on_one.resume"), facts.person)
    parts += [Buttons((*every, rest)), Small(words("one_on_one.who_sees"))]
    return Card(title, tuple(parts))


def _now(facts: Facts) -> str:
    if facts.over:
        return "one_on_one.asked"
    if facts.starts_at is not None:
        return "one_on_one.next"
    return "one_on_one.rests" if facts.paused_until is not None else "one_on_one.no_time"


def _when(facts: Facts, words: Words) -> dict[str, object]:
    start = facts.starts_at
    when = "" if start is None else moment(start, facts.zone, words)
    return {"other": facts.other, "when": when, "until": facts.paused_until}


def _talk_buttons(facts: Facts, words: Words, *, whole: bool) -> Buttons:
    """What fits the moment: before the talk to prepare, after it to say whether it was held."""
    talk = facts.talk
    prepare = Button("oneonone.prepare", words.plain("one_on_one.prepare"), talk, style="primary")
    log = Button("oneonone.log", words.plain("one_on_one.log"), talk)
    if facts.over:
        log = Button("oneonone.log", words.plain("one_on_one.log"), talk, style="primary")
    key = "one_on_one.plan" if facts.starts_at is None else "one_on_one.move"
    move = Button("oneonone.time", words.plain(key), talk)
    skip = Button("oneonone.skip", words.plain("one_on_one.skip"), talk)
    if facts.over:
        return Buttons((log, move, skip))
    if facts.starts_at is None:
        return Buttons((prepare, move, log) if whole else (move, log))
    return Buttons((prepare, move, skip, *([log] if whole else [])))


def whom(people: tuple[tuple[str, str], ...], words: Words) -> Card:
    """With whom: the person by whose id each pair is known, and the other's name."""
    if not people:
        text = words("one_on_one.nobody")
        return Card(plain(text), (Paragraph(text),))
    text = words("one_on_one.whom")
    parts: list[CardPart] = [
        Paragraph(text),
        Buttons(tuple(Button("oneonone.open", name, one) for one, name in people[:PEOPLE])),
    ]
    if len(people) > PEOPLE:
        parts.append(Small(words("one_on_one.more_people", more=len(people) - PEOPLE)))
    return Card(plain(text), tuple(parts))


@dataclass(frozen=True, slots=True)
class New:
    """A time that the bot found, or that it found none."""

    facts: Facts
    date: Appointment | None
    """For the calendar; None where there is no time."""


def section(
    asks: tuple[Facts, ...], soon: tuple[New, ...], new: tuple[New, ...], words: Words
) -> tuple[CardPart, ...]:
    """In the message of a day: what was to be held, what comes next, and what was planned."""
    if not (asks or soon or new):
        return ()
    parts: list[CardPart] = [Heading(words.plain("one_on_one.title"))]
    for facts in asks[:MOST]:
        parts.append(Paragraph(words("one_on_one.asked", **_when(facts, words))))
        parts.append(_talk_buttons(facts, words, whole=False))
    for one in soon[:MOST]:
        parts += _soon(one, words)
    for one in new[:MOST]:
        parts += _new(one, words)
    more = sum(max(0, len(kind) - MOST) for kind in (asks, soon, new))
    if more:
        parts.append(Small(words("one_on_one.more", more=more)))
    return tuple(parts)


def _soon(one: New, words: Words) -> Iterator[CardPart]:
    yield Paragraph(words("one_on_one.soon", **_when(one.facts, words)))
    yield from came_up(one.facts, words)
    if one.date is not None:
        yield one.date
    yield _talk_buttons(one.facts, words, whole=False)


def _new(one: New, words: Words) -> Iterator[CardPart]:
    key = "one_on_one.planned" if one.date else "one_on_one.no_shared_hour"
    yield Paragraph(words(key, **_when(one.facts, words)))
    if one.date is not None:
        yield one.date
    yield _talk_buttons(one.facts, words, whole=False)


def came_up(facts: Facts, words: Words) -> Iterator[Small]:
    """What is still open between the two, and what there is to talk about."""
    since = facts.since
    for one in since.actions[:ACTIONS]:
        text = _short(one.text)
        yield Small(
            words(
                "one_on_one.open_action",
                text=text,
                who=one.who,
                due=one.due,
                going=str(one.going),
                late=one.late,
            )
        )
    if len(since.actions) > ACTIONS:
        yield Small(words("one_on_one.more_actions", more=len(since.actions) - ACTIONS))
    if since.goals:
        titles = [_short(one) for one in since.goals[:GOALS]]
        yield Small(words("one_on_one.goals", titles=titles, more=len(since.goals[GOALS:])))
    first = facts.last is None
    if since.given or since.got:
        said = {"given": since.given, "got": since.got, "other": facts.other, "first": first}
        yield Small(words("one_on_one.feedback", **said))
    if since.praised:
        whom = facts.other if facts.leads else ""
        yield Small(words("one_on_one.praised", count=since.praised, whom=whom, first=first))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"


def agreed(facts: Facts, date: Appointment, by: str, words: Words) -> Card:
    """Both have the time that one of them set; `by` is that one's name, "" for themself."""
    text = words("one_on_one.set", by=by, **_when(facts, words))
    return Card(plain(text), (Paragraph(text), date, _talk_buttons(facts, words, whole=False)))


def skipped(facts: Facts, date: Appointment | None, words: Words) -> Card:
    """The other hears that one is left out, and can take its time out of their calendar."""
    text = words("one_on_one.skipped", **_when(facts, words))
    button = Button("oneonone.open", words.plain("one_on_one.see"), facts.person)
    files = () if date is None else (date,)
    return Card(plain(text), (Paragraph(text), *files, Buttons((button,))))


def changed(facts: Facts, date: Appointment | None, words: Words) -> Card:
    """The other hears how often they talk from now on, or that they rest.

    `date`: a time that is none any more.
    """
    key = "one_on_one.other_pauses" if facts.paused_until else "one_on_one.other_changed"
    text = words(key, other=facts.other, weeks=facts.weeks, until=facts.paused_until)
    button = Button("oneonone.open", words.plain("one_on_one.see"), facts.person)
    files = () if date is None else (date,)
    return Card(plain(text), (Paragraph(text), *files, Buttons((button,))))


def noted(facts: Facts, actions: tuple[tuple[Promise, str], ...], words: Words) -> Card:
    """The other reads what was noted as agreed: each with its owner's name, "" for themself."""
    text = words("one_on_one.noted", other=facts.other)
    parts: list[CardPart] = [Paragraph(text)]
    for one, who in actions:
        shown = {"text": _short(one.text), "who": who, "due": one.due}
        parts.append(Paragraph(words("one_on_one.noted_action", **shown)))
    parts.append(Buttons((Button("oneonone.log", words.plain("one_on_one.see"), facts.talk),)))
    return Card(plain(text), tuple(parts))


def calendar_title(person: str, manager: str, words: Words) -> str:
    """What stands in a calendar."""
    return words.plain("one_on_one.calendar", person=person, manager=manager)
