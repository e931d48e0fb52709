"""The weekly check-in: in the message of a day, and as a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    CardPart,
    Field,
    Form,
    FormPart,
    Heading,
    Paragraph,
    Quote,
    Small,
    Text,
)
from prompts.render import Words
from prompts.screens import scoring
from review.goal_progress import Outlook
from review.interview import SHUT, Going
from review.wording import Wording, say

FORM, OPEN = "checkin", "checkin.open"
GOINGS = (Going.DONE, Going.GOING, Going.STUCK)
IN_FORM = "check_in.mark:"
"""Buttons in the form: how, and what it is about."""
GOALS, TODOS, IN_VIEW = 5, 5, 20
"""Goals and actions in a message, and of each in the form (ours)."""
SHORT, FOLD = 100, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal that is asked about."""

    review: str
    row: str
    title: Wording
    look: Outlook | None
    """As it was said this week."""
    before: Outlook | None
    """As it was said last, in an earlier week."""

    @property
    def thing(self) -> str:
        """What its buttons name."""
        return f"{self.review}:{self.row}"


@dataclass(frozen=True, slots=True)
class Todo:
    """An action of theirs that is to be done, or was done this week."""

    id: str
    text: str
    due: date
    going: Going


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInFacts:
    """One person's week."""

    subject: str
    goals: tuple[Goal, ...]
    todos: tuple[Todo, ...]
    words: str
    revision: int
    """How often the text was changed."""
    answered: bool
    until: date
    """From that day on it is over."""
    today: date
    limit: int


def field(revision: int) -> str:
    """The text's field in the form that shows that revision of it."""
    return f"words:{revision}"


def marked(button: str) -> tuple[Outlook | Going, str] | None:
    """What a button in the form says, and of what; None: it is no such button."""
    how, _, thing = button.removeprefix(IN_FORM).partition(":")
    if not button.startswith(IN_FORM):
        return None
    if how in set(Outlook):
        return Outlook(how), thing
    return (Going(how), thing) if how in set(GOINGS) else None


def section(facts: CheckInFacts, words: Words) -> tuple[CardPart, ...]:
    """The question, a row of buttons for each goal and action, and the way to the text."""
    parts: list[CardPart] = [
        Heading(words.plain("check_in.title")),
        Paragraph(_intro(facts, words)),
    ]
    for goal in facts.goals[:GOALS]:
        parts += _goal(goal, facts, words)
    for todo in facts.todos[:TODOS]:
        parts += _todo(todo, facts, words)
    more = max(0, len(facts.goals) - GOALS) + max(0, len(facts.todos) - TODOS)
    label = "check_in.all" if more else "check_in.change" if facts.words else "check_in.add"
    about = words("check_in.more", count=more) if more else words("check_in.text")
    if facts.words and not more:
        about = words("check_in.written")
    parts.append(Paragraph(about, Button(OPEN, words.plain(label), facts.subject)))
    if facts.words:
        parts.append(Quote(facts.words, fold_at=FOLD))
    return tuple(parts)


def _intro(facts: CheckInFacts, words: Words) -> Text:
    if not facts.goals and not facts.todos:
        return words("check_in.nothing", until=facts.until)
    whole = facts.answered and all(goal.look for goal in facts.goals)
    return words("check_in.intro", answered=whole, until=facts.until)


def _goal(goal: Goal, facts: CheckInFacts, words: Words) -> Iterator[Paragraph | Buttons]:
    title = _cut(say(goal.title, words.locale))
    before = words.plain(f"goal_progress.{goal.before}") if goal.before else ""
    yield Paragraph(words("check_in.goal", title=title, before=before))
    yield Buttons(
        tuple(
            Button(
                f"checkin:{one}",
                _label(f"goal_progress.{one}", words, chosen=one is goal.look),
                f"{facts.subject}|{goal.thing}",
            )
            for one in Outlook
        )
    )


def _todo(todo: Todo, facts: CheckInFacts, words: Words) -> Iterator[Paragraph | Buttons]:
    late = todo.due < facts.today and todo.going not in SHUT
    yield Paragraph(words("check_in.todo", text=_cut(todo.text), due=todo.due, late=late))
    yield Buttons(
        tuple(
            Button(
                f"checkin:{one}",
                _label(f"actions.{one}", words, chosen=one is todo.going),
                f"{facts.subject}|{todo.id}",
            )
            for one in GOINGS
        )
    )


def form(facts: CheckInFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """All of it; the buttons count at once, sending is for the text."""
    parts: list[FormPart] = [Paragraph(_intro(facts, words))]
    for goal in facts.goals[:IN_VIEW]:
        parts += _in_form(_goal(goal, facts, words), goal.thing)
    for todo in facts.todos[:IN_VIEW]:
        parts += _in_form(_todo(todo, facts, words), todo.id)
    more = max(0, len(facts.goals) - IN_VIEW) + max(0, len(facts.todos) - IN_VIEW)
    if more:
        parts.append(Small(words("check_in.rest", count=more)))
    key = field(facts.revision)
    if facts.words and answers.get(key, facts.words) != facts.words:
        parts += [Small(words("check_in.sent_before")), Quote(facts.words)]
    text = Field(
        key=key,
        ask=Ask.TEXT,
        label=words.plain("check_in.words"),
        hint=words.plain("check_in.words_hint"),
        value=answers.get(key, facts.words) or None,
        required=False,
        limit=facts.limit,
    )
    parts.append(scoring.written(text, words, key="", required=False) if sent else text)
    presses = bool(facts.goals or facts.todos)
    parts.append(Small(words("check_in.who_sees", presses=presses)))
    return Form(
        key=FORM,
        subject=facts.subject,
        title=words.plain("check_in.form_title"),
        parts=tuple(parts),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )


def _in_form(parts: Iterator[Paragraph | Buttons], thing: str) -> Iterator[FormPart]:
    """The same rows, their buttons named as a form's are."""
    for part in parts:
        if isinstance(part, Buttons):
            how = (one.action.removeprefix("checkin:") for one in part.buttons)
            labels = (one.label for one in part.buttons)
            yield Buttons(
                tuple(
                    Button(f"{IN_FORM}{one}:{thing}", label, thing)
                    for one, label in zip(how, labels, strict=True)
                )
            )
        else:
            yield part


def _label(key: str, words: Words, *, chosen: bool) -> str:
    label = words.plain(key)
    return f"✓ {label}" if chosen else label


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[: SHORT - 1] + "…"
