"""Messages about goals: the own ones, what the manager changed, and whose a manager looks at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from prompts.card import Button, Buttons, Card, CardPart, Heading, Paragraph, Quote, Small, plain
from prompts.render import Words
from prompts.screens import goal_progress
from prompts.screens.goal_progress import History
from review.goal_changes import Change
from review.goal_progress import Outlook
from review.goal_setting import GoalState
from review.goals import COLUMNS, Kind, Row, Sheet
from review.wording import say

PAGE = 15
"""Rows on one message of a manager's list."""
MOST = 12
"""Goals, or changes, that a message shows; the form has them all."""
SHORT = 80
"""Characters of a title in a line."""
TEXT = 300
"""Characters of a changed text that a message shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyGoalsFacts:
    """Somebody's goals, and whose hand they wait for."""

    review: str
    cycle: str
    state: GoalState
    sheet: Sheet
    """What is proposed, or stands."""
    due: date
    manager: str
    version: int
    returned: str = ""
    stands: bool = False
    """Whether the deadline passed and a sheet stands that nobody agreed to."""
    changes: tuple[Change, ...] = ()
    """What the manager changed."""
    history: History = field(default_factory=dict)
    """What was noted on each goal."""

    @property
    def noting(self) -> bool:
        """Whether these are goals one works towards: sent, agreed, or standing."""
        return self.stands or self.state not in {GoalState.DRAFT, GoalState.RETURNED}

    @property
    def seen(self) -> str:
        """The review, and the version of its goals that is shown."""
        return f"{self.review}@{self.version}"


def parts(facts: MyGoalsFacts, words: Words) -> Iterator[CardPart]:
    """What the own review's message says while goals are set."""
    key = "stands" if facts.stands and facts.state is GoalState.DRAFT else str(facts.state)
    manager = facts.manager
    yield Paragraph(words(f"goal_cards.my_{key}", due=facts.due, manager=manager))
    if facts.state is GoalState.RETURNED:
        yield Quote(facts.returned)
    if facts.state is GoalState.TO_CONFIRM:
        yield from changed(facts.changes, words)
    else:
        review = facts.review if facts.noting else ""
        yield from goals(facts.sheet, words, facts.history, review=review)
    yield Buttons(_buttons(facts, words))


def _buttons(facts: MyGoalsFacts, words: Words) -> tuple[Button, ...]:
    confirm = facts.state is GoalState.TO_CONFIRM
    begins = facts.state in {GoalState.DRAFT, GoalState.RETURNED}
    label = words.plain("goal_cards.write" if begins else "goal_cards.change")
    write = Button("goals.open", label, facts.review, style="primary" if begins else None)
    if not confirm:
        return (write,)
    yes = words.plain("goal_cards.confirm")
    return (Button("goals.confirm", yes, facts.seen, style="primary"), write)


def goals(
    sheet: Sheet, words: Words, history: History = MappingProxyType({}), *, review: str = ""
) -> Iterator[CardPart]:
    """A line a goal, with what was noted last; of that review, with the press for a note."""
    for row in sheet.rows[:MOST]:
        text = words("goal_cards.goal", **_line(row, words))
        if review and row.kind is Kind.GOAL:
            yield Paragraph(text, goal_progress.button(review, row.id, words))
        else:
            yield Small(text)
        if row.serves:
            yield Small(words("scoring.serves", goal=say(row.serves, words.locale)[:SHORT]))
        yield from goal_progress.last(history.get(row.id, ()), words)
    if len(sheet.rows) > MOST:
        yield Small(words("goal_cards.more", count=len(sheet.rows) - MOST))


def _line(row: Row, words: Words) -> dict[str, object]:
    return {
        "title": say(row.title, words.locale)[:SHORT],
        "weight": row.weight,
        "measure": say(row.measure, words.locale)[:SHORT],
        "target": f"{row.target} {row.unit}".strip(),
    }


def changed(changes: tuple[Change, ...], words: Words) -> Iterator[CardPart]:
    """Each change as before and after."""
    if not changes:
        yield Small(words("goal_cards.unchanged"))
    for one in changes[:MOST]:
        column = one.what in COLUMNS
        key = "standard" if column else one.what
        shown = {
            "title": say(one.title, words.locale)[:SHORT],
            "what": words.plain(f"goal_cards.what_{key}", column=one.what),
            "before": say(one.before, words.locale)[:TEXT],
            "after": say(one.after, words.locale)[:TEXT],
        }
        kind = one.what if one.what in {"added", "removed"} else "changed"
        yield Small(words(f"goal_cards.{kind}", **shown))
    if len(changes) > MOST:
        yield Small(words("goal_cards.more", count=len(changes) - MOST))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """One report, and whose hand their goals wait for."""

    review: str
    person: str
    title: str
    state: GoalState
    version: int
    outlooks: Mapping[Outlook, int] = field(default_factory=dict)
    """How many of their goals looked how when they were last noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalListFacts:
    """One page of a manager's list of goals."""

    cycle: str
    due: date
    rows: tuple[GoalRow, ...]
    page: int
    pages: int
    agreed: int
    of: int


def goal_list(facts: GoalListFacts, words: Words) -> Card:
    """The page as a message."""
    title = words.plain("goal_cards.list_title", cycle=facts.cycle)
    head: list[CardPart] = [
        Heading(title),
        Paragraph(words("goal_cards.list_head", agreed=facts.agreed, of=facts.of, due=facts.due)),
    ]
    if facts.pages > 1:
        head.append(Small(words("team_list.page", page=facts.page + 1, pages=facts.pages)))
    return Card(title, (*head, *(part for row in facts.rows for part in _row(row, words))))


def _row(row: GoalRow, words: Words) -> Iterator[CardPart]:
    person, title = row.person[:SHORT], row.title[:SHORT]
    bad = {str(one): row.outlooks.get(one, 0) for one in Outlook}
    text = words(f"goal_cards.row_{row.state}", person=person, title=title, **bad)
    look = Button("goals.open", words.plain("goal_cards.look"), row.review)
    if row.state is not GoalState.TO_LOOK:
        shows = row.state in {GoalState.TO_CONFIRM, GoalState.AGREED}
        yield Paragraph(text, look if shows else None)
        return
    seen = f"{row.review}@{row.version}"
    yield Paragraph(text)
    yield Buttons((Button("goals.approve", words.plain("goal_cards.approve"), seen), look))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalWordFacts:
    """The manager's word on somebody's goals, as it reaches them."""

    cycle: str
    manager: str
    mine: MyGoalsFacts


def word(facts: GoalWordFacts, words: Words) -> Card:
    """What the manager made of them, or why they came back; and what to do."""
    mine = facts.mine
    text = words(f"goal_cards.word_{mine.state}", manager=facts.manager, count=len(mine.changes))
    shown: list[CardPart] = [Paragraph(text)]
    if mine.state is GoalState.RETURNED:
        shown.append(Quote(mine.returned))
    else:
        shown += changed(mine.changes, words)
    return Card(plain(text), (*shown, Buttons(_buttons(mine, words))))


def stand(cycle: str, due: date, people: tuple[str, ...], words: Words) -> Card:
    """To a manager: whose goals stand as the cycle began with, for the deadline has passed."""
    shown = words(
        "goal_cards.stand",
        cycle=cycle,
        due=due,
        people=people[:MOST],
        more=max(0, len(people) - MOST),
    )
    return Card(plain(shown), (Paragraph(shown),))
