"""Calibration in the HR channel: a group's spread, never a name; and what HR can open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prompts.card import (
    Button,
    Buttons,
    Card,
    CardPart,
    Confirm,
    Heading,
    Paragraph,
    Quote,
    Small,
    plain,
)
from prompts.render import Words
from prompts.screens import distribution
from prompts.screens import distribution_words as chart
from prompts.screens.distribution_facts import SpreadFacts
from review import scale
from review.policy import Score

NAMES, CLOSE, LIST = "calibration.names", "calibration.close", "calibration.list"
OPEN, GO_ON = "calibration.open", "calibration.go_on"
MOST = 10
"""Departments that are offered as buttons; any other group can be named (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """One session as everybody in the channel may see it."""

    session: str
    cycle: str
    kind: str
    """What the group is: "company", "department", "manager"."""
    name: str
    """The department's name, or the manager's."""
    spread: SpreadFacts
    lying: int
    """Reviews that wait in it."""
    moved: int
    by: str
    """Who opened it."""
    closed_on: date | None = None
    closed_by: str = ""
    """Empty where time closed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleFacts:
    """One cycle that is calibrated, for HR."""

    cycle: str
    cycle_id: str
    lying: int
    due: date
    """From that day on what no session holds goes on."""
    gone_on: bool
    """Whether HR lets it go on without."""
    sessions: tuple[tuple[str, str, str], ...]
    """Open ones: id, kind and name of the group."""
    departments: tuple[str, ...]
    """Those with people in the cycle and no open session, the largest first."""
    whole: bool
    """Whether a session of everybody can be opened."""


def session(facts: SessionFacts, words: Words) -> Card:
    """The living message of a session."""
    title = _title(facts, words)
    head = words(
        "calibration.head",
        by=facts.by,
        rated=facts.spread.rated,
        people=facts.spread.people,
        lying=facts.lying,
        moved=facts.moved,
    )
    parts: list[CardPart] = [Heading(title), Paragraph(head)]
    if facts.spread.people:
        parts += distribution.body(facts.spread, words)
    else:
        parts.append(Small(words("calibration.nobody")))
    names = Button(NAMES, words.plain("calibration.names"), facts.session)
    if facts.closed_on is None:
        parts.append(Small(words("calibration.how")))
        parts.append(Buttons((names, close_button(facts.session, words))))
    else:
        said = words("calibration.closed", by=facts.closed_by, on=facts.closed_on)
        parts += [Paragraph(said), Buttons((names,))]
    summary = words.plain(
        "calibration.summary", title=title, rated=facts.spread.rated, people=facts.spread.people
    )
    return Card(summary, tuple(parts))


def close_button(subject: str, words: Words) -> Button:
    """Close and lock, asked once more."""
    ask = Confirm(
        title=words.plain("calibration.close"),
        text=words.plain("calibration.close_ask"),
        yes=words.plain("calibration.close_yes"),
        no=words.plain("calibration.close_no"),
    )
    return Button(CLOSE, words.plain("calibration.close"), subject, style="primary", confirm=ask)


def turned(facts: SessionFacts, words: Words, *, closed: bool) -> Card:
    """A reply in the session's thread at its opening and its close, with the picture."""
    key = "calibration.said_closed" if closed else "calibration.said_opened"
    title = _title(facts, words)
    text = words(key, by=facts.closed_by if closed else facts.by, moved=facts.moved)
    parts: tuple[CardPart, ...] = (Paragraph(text),)
    if facts.spread.bars:
        parts = (*parts, chart.picture(facts.spread, title, words))
    return Card(plain(text), parts)


def opened(facts: SessionFacts, words: Words, *, already: bool, channel: bool) -> Card:
    """The answer to whoever opens one."""
    text = words(
        "calibration.opened",
        group=group_name(facts.kind, facts.name, words),
        cycle=facts.cycle,
        already=already,
        channel=channel,
    )
    names = Button(NAMES, words.plain("calibration.names"), facts.session)
    return Card(plain(text), (Paragraph(text), Buttons((names,))))


def offers(cycles: tuple[CycleFacts, ...], words: Words) -> Card:
    """What HR can open, look at, or let go on."""
    title = words.plain("calibration.offers_title")
    parts: list[CardPart] = [Heading(title)]
    for facts in cycles:
        parts += _offer(facts, words)
    parts.append(Small(words("calibration.offers_how")))
    return Card(title, tuple(parts))


def _offer(facts: CycleFacts, words: Words) -> Iterator[CardPart]:
    said = {"cycle": facts.cycle, "lying": facts.lying, "due": facts.due}
    yield Paragraph(words("calibration.offer", gone_on=facts.gone_on, **said))
    for subject, kind, name in facts.sessions:
        text = words("calibration.running", group=group_name(kind, name, words))
        yield Paragraph(text, Button(NAMES, words.plain("calibration.names"), subject))
    groups = [("department", name) for name in facts.departments[:MOST]]
    if facts.whole:
        groups.insert(0, ("company", ""))
    if groups:
        yield Buttons(
            tuple(
                Button(
                    OPEN,
                    words.plain("calibration.open", group=group_name(kind, name, words)),
                    f"{facts.cycle_id}|{kind}|{name}",
                )
                for kind, name in groups
            )
        )
    if not facts.gone_on:
        ask = Confirm(
            title=words.plain("calibration.go_on"),
            text=words.plain("calibration.go_on_ask", cycle=facts.cycle),
            yes=words.plain("calibration.go_on_yes"),
            no=words.plain("calibration.close_no"),
        )
        label = words.plain("calibration.go_on")
        yield Buttons((Button(GO_ON, label, facts.cycle_id, confirm=ask),))


def mine(sessions: tuple[tuple[str, str, str, str], ...], words: Words) -> Card:
    """The open sessions in which somebody who is no HR admin sees names."""
    title = words.plain("calibration.offers_title")
    parts: list[CardPart] = [Heading(title)]
    for cycle, subject, kind, name in sessions:
        text = words("calibration.mine", cycle=cycle, group=group_name(kind, name, words))
        parts.append(Paragraph(text, Button(NAMES, words.plain("calibration.names"), subject)))
    return Card(title, tuple(parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedFacts:
    """A rating that was moved, for its manager."""

    person: str
    cycle: str
    who: str
    was: Score | None
    now: Score
    because: str


def moved(facts: MovedFacts, words: Words) -> Card:
    """What the manager hears at once."""
    text = words(
        "calibration.moved",
        person=facts.person,
        cycle=facts.cycle,
        who=facts.who,
        was=None if facts.was is None else scale.show(facts.was),
        now=scale.show(facts.now),
    )
    next_ = Small(words("calibration.moved_next"))
    return Card(plain(text), (Paragraph(text), Quote(facts.because), next_))


def group_name(kind: str, name: str, words: Words) -> str:
    """A group as people say it."""
    return words.plain(f"distribution.kind_{kind}", name=name)


def _title(facts: SessionFacts, words: Words) -> str:
    group = group_name(facts.kind, facts.name, words)
    return words.plain("calibration.title", cycle=facts.cycle, group=group)
