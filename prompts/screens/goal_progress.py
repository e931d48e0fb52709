"""Progress on goals: the form of one note, and what was noted so far, for whoever may read it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Field,
    Form,
    FormPart,
    Heading,
    Option,
    Paragraph,
    Quote,
    Rule,
    Small,
    Text,
)
from prompts.render import Words
from prompts.screens import scoring
from review.goal_progress import Outlook, goals
from review.goals import MEETS, Row, RowId, Sheet
from review.wording import say

OUTLOOK, WORDS = "outlook", "words"
OPEN, READ = "progress.open", "progress.read"
"""Buttons: note something on a goal ("<review>:<row>"); read all of a review's."""
WHOLE, WHOLE_OF = "progress.whole", "progress.whole:"
"""Buttons in a form: all notes in full, on the form's goal or on the one of that number."""
SHOWN = 3
"""Notes that the form of the next one shows."""
READ_MOST, WHOLE_MOST = 3, 12
"""Notes on each goal in what others read, and where they are shown in full."""
MOST = 12
"""Goals that a message shows."""
SHORT, LINE, TEXT = 80, 120, 400
"""Characters of a title, of a note in a line, and of a measure or standard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note, on a day of its owner's."""

    outlook: Outlook
    on: date
    words: str


History = Mapping[RowId, tuple[Note, ...]]
"""The notes on each goal, the latest first."""


def value(review: str, row: RowId) -> str:
    """What the button of a goal names."""
    return f"{review}:{row}"


def line(note: Note, words: Words) -> Text:
    """A note in a line: how it looks, when, and its words."""
    said = _cut(" ".join(note.words.split()), LINE)
    look = words.plain(f"goal_progress.{note.outlook}")
    return words("goal_progress.line", look=look, on=note.on, said=said)


def last(notes: tuple[Note, ...], words: Words) -> Iterator[Small]:
    """The latest note of a goal, where there is one."""
    if notes:
        yield Small(line(notes[0], words))


def button(review: str, row: RowId, words: Words) -> Button:
    """The press by which the owner notes something on a goal."""
    return Button(OPEN, words.plain("goal_progress.button"), value(review, row))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressFacts:
    """What the form of one note is made of, answers aside."""

    review: str
    goal: Row
    notes: tuple[Note, ...]
    """The latest first."""
    limit: int


def form(facts: ProgressFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """The one step; once sent, with what is lacking said at its fields."""
    return Form(
        key="goal_progress",
        subject=value(facts.review, facts.goal.id),
        title=words.plain("goal_progress.form_title"),
        parts=tuple(_parts(facts, answers, words, sent=sent)),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


def _parts(
    facts: ProgressFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    goal = facts.goal
    yield Heading(_title(goal, words))
    yield from _aim(goal, words)
    yield from (Small(line(one, words)) for one in facts.notes[:SHOWN])
    if facts.notes:
        yield Buttons((Button(WHOLE, words.plain("goal_progress.whole"), facts.review),))
    outlook = Field(
        key=OUTLOOK,
        ask=Ask.CHOICE,
        label=words.plain("goal_progress.outlook"),
        options=tuple(Option(str(one), words.plain(f"goal_progress.{one}")) for one in Outlook),
        value=answers.get(OUTLOOK) or None,
    )
    said = Field(
        key=WORDS,
        ask=Ask.TEXT,
        label=words.plain("goal_progress.words"),
        hint=words.plain("goal_progress.words_hint"),
        value=answers.get(WORDS) or None,
        limit=facts.limit,
    )
    yield scoring.chosen(outlook, words) if sent else outlook
    lacking = "refused.missing_progress"
    yield scoring.written(said, words, key=lacking, required=True) if sent else said
    yield Small(words("goal_progress.who_sees"))


def _aim(goal: Row, words: Words) -> Iterator[Small]:
    """What it is to reach."""
    facts = {
        "target": f"{goal.target} {goal.unit}".strip(),
        "measure": _cut(say(goal.measure, words.locale), TEXT),
        "meets": _cut(say(goal.standards.get(MEETS, {}), words.locale), TEXT),
    }
    if any(facts.values()):
        yield Small(words("goal_progress.aim", **facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """Somebody's goals with what was noted, for whoever may read it."""

    review: str
    cycle: str
    person: str
    sheet: Sheet
    history: History


def reading(facts: ReadFacts, words: Words) -> Form:
    """All goals with the latest notes on each; there is nothing to send."""
    how = "goal_progress.read_whole" if facts.history else "goal_progress.read_none"
    return Form(
        key="goal_progress_read",
        subject=facts.review,
        title=words.plain("goal_progress.form_title"),
        parts=(
            Heading(words.plain("goal_progress.of", **_of(facts))),
            *_read(facts, words),
            Rule(),
            Small(words(how)),
            Small(words("goal_progress.who_reads")),
        ),
        close=words.plain("common.close"),
    )


def _read(facts: ReadFacts, words: Words) -> Iterator[FormPart]:
    for number, goal in enumerate(goals(facts.sheet)):
        notes = facts.history.get(goal.id, ())
        said = [
            {
                "look": words.plain(f"goal_progress.{one.outlook}"),
                "on": one.on,
                "said": _cut(" ".join(one.words.split()), LINE),
            }
            for one in notes[:READ_MOST]
        ]
        earlier = max(0, len(notes) - READ_MOST)
        title, target = _title(goal, words), f"{goal.target} {goal.unit}".strip()
        told = {"title": title, "target": target, "notes": said, "earlier": earlier}
        label = words.plain("goal_progress.whole")
        button = Button(f"{WHOLE_OF}{number}", label, facts.review) if notes else None
        yield Paragraph(words("goal_progress.goal", **told), button)


def whole(goal: Row, notes: tuple[Note, ...], words: Words) -> Form:
    """The notes on one goal in full, the latest first; of very many, the latest."""
    parts: list[FormPart] = [Heading(_title(goal, words))]
    for one in notes[:WHOLE_MOST]:
        look = words.plain(f"goal_progress.{one.outlook}")
        parts.append(Small(words("goal_progress.when", look=look, on=one.on)))
        parts += [Quote(one.words)] if one.words else []
    if len(notes) > WHOLE_MOST:
        parts.append(Small(words("goal_progress.earlier", count=len(notes) - WHOLE_MOST)))
    return Form(
        key="goal_progress_whole",
        subject="",
        title=words.plain("goal_progress.form_title"),
        parts=tuple(parts),
        close=words.plain("common.close"),
    )


def goal_of(button: str, facts: ReadFacts) -> Row | None:
    """The goal whose notes a button asks for in full; None: it is no such button."""
    number = button.removeprefix(WHOLE_OF)
    found = goals(facts.sheet)
    if number == button or not number.isdecimal() or int(number) >= len(found):
        return None
    return found[int(number)]


def of_person(facts: ReadFacts, words: Words) -> Iterator[CardPart]:
    """Their goals in a message: a line each, with the latest note; the rest is a press away."""
    yield Heading(words.plain("goal_progress.of", **_of(facts)))
    found = goals(facts.sheet)
    for goal in found[:MOST]:
        target = f"{goal.target} {goal.unit}".strip()
        about = {"title": _title(goal, words), "target": target, "weight": goal.weight}
        yield Paragraph(words("goal_progress.row", **about))
        yield from last(facts.history.get(goal.id, ()), words)
    if len(found) > MOST:
        yield Small(words("goal_cards.more", count=len(found) - MOST))
    if facts.history:
        label = words.plain("goal_progress.read")
        yield Paragraph(words("goal_progress.read_how"), Button(READ, label, facts.review))
    else:
        yield Small(words("goal_progress.nothing"))


def card(found: tuple[ReadFacts, ...], words: Words) -> Card:
    """Somebody's goals in each running period, as a message."""
    parts = tuple(part for one in found for part in of_person(one, words))
    return Card(words.plain("goal_progress.of", **_of(found[0])), parts)


def nobody(person: str, words: Words) -> Card:
    """That person has no goals in a running period."""
    text = words("goal_progress.no_goals", person=person)
    return Card(words.plain("goal_progress.no_goals", person=person), (Paragraph(text),))


def _of(facts: ReadFacts) -> dict[str, str]:
    return {"person": _cut(facts.person, SHORT), "cycle": facts.cycle}


def _title(goal: Row, words: Words) -> str:
    return _cut(say(goal.title, words.locale), SHORT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
