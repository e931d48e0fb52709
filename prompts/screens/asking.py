"""A form that is asked part by part: one question a message, and all answers to look over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

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
    Paragraph,
    Quote,
    Small,
    Span,
    plain,
)
from prompts.render import Words

LISTED = 30
"""Choices that a question lists; others are found by how they begin (ours)."""
PRESSED = 12
"""Choices that have a button each (ours)."""
LONG = 40
"""Characters of a choice that a button shows whole; longer ones stand in the text (ours)."""
FOLD = 400
"""Characters of an answer given before that a question shows (ours)."""
LABEL, ANSWERS, SHORT = 60, 3000, 24
"""Characters of a question's label among all answers, of all answers together, and the fewest of
one (ours)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field of a form, and what the form says around it."""

    step: int
    field: Field
    before: tuple[FormPart, ...] = ()
    """What is said since the question before."""
    after: tuple[FormPart, ...] = ()
    """What is said below the last question of a step."""
    heading: str = ""
    """What it stands under."""

    @property
    def key(self) -> str:
        """The field's key."""
        return self.field.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Where a message's buttons lead, and what stands around its question."""

    surface: str
    turn: int
    words: Words
    names: Mapping[str, str] = field(default_factory=dict)
    """What people are called, by their accounts."""
    said: tuple[CardPart, ...] = ()
    """What is said before all else."""

    def button(self, does: str, label: str, value: str = "") -> Button:
        """A button that is over once another part is asked."""
        style: Literal["primary"] | None = "primary" if does == "send" else None
        return Button(f"asking.{does}", label, f"{self.surface}:{self.turn}:{value}", style)

    def nav(self, *does: str) -> Buttons:
        """Ways on, and back."""
        return Buttons(tuple(self.button(one, self.words.plain(f"asking.{one}")) for one in does))

    def drawn(self, parts: Iterable[FormPart]) -> Iterator[CardPart]:
        """What a form says, as a message says it: its buttons lead back to the form."""
        for part in parts:
            match part:
                case Buttons(buttons):
                    yield Buttons(tuple(self._pressed(one) for one in buttons))
                case Paragraph(text, button) if button is not None:
                    yield Paragraph(text, self._pressed(button))
                case Field():
                    pass
                case _:
                    yield part

    def _pressed(self, button: Button) -> Button:
        made = self.button("press", button.label, button.action)
        return replace(made, style=button.style, confirm=button.confirm)

    def answer(self, one: Field) -> str:
        """The answer as people read it."""
        value = (one.value or "").strip()
        if one.ask in {Ask.PERSON, Ask.PEOPLE}:
            return ", ".join(self.names.get(who, who) for who in value.split(",") if who)
        if one.ask is Ask.DATE and value:
            return f"{value} · {self.words.day(date.fromisoformat(value))}"
        return next((option.label for option in one.options if option.value == value), value)


def questions(forms: Sequence[Form], words: Words) -> tuple[Question, ...]:
    """All questions of all steps in their order; what is said before a step without any stays."""
    found: list[Question] = []
    said: list[FormPart] = []
    for form in forms:
        theirs, heading = 0, ""
        windows = _of_windows(form, words)
        for part in form.parts:
            if isinstance(part, Field):
                before = tuple(said)
                found.append(Question(step=form.step, field=part, before=before, heading=heading))
                said, theirs = [], theirs + 1
            elif part not in windows:
                said.append(part)
                heading = part.text if isinstance(part, Heading) else heading
        if theirs:
            found[-1] = replace(found[-1], after=tuple(said))
            said = []
    return tuple(found)


def _of_windows(form: Form, words: Words) -> tuple[FormPart, ...]:
    """What is only true of a form in a window of its own."""
    step = words("common.step", step=form.step + 1, steps=form.steps)
    return (Small(step), Small(words("common.typed_is_kept")))


def question(
    form: Form, asked: Sequence[Question], index: int, around: Around, *, opens: bool, again: bool
) -> Card:
    """One question. `opens`: the form's title stands above; `again`: what is around it does not."""
    one, words = asked[index], around.words
    label = one.field.label
    if not one.field.required:
        label = words.plain("asking.optional", label=label)
    number = words.plain("asking.question", number=index + 1, count=len(asked))
    above = any(isinstance(part, Heading) for part in one.before) and not again
    if one.heading and not above:
        number = f"{number} · {one.heading}"
    parts: list[CardPart] = [*around.said]
    if opens:
        parts.append(Heading(form.title))
    if not again:
        parts += around.drawn(one.before)
    parts += [Small((Span(number),)), Paragraph((Span(label, bold=True),))]
    if one.field.hint:
        parts.append(Small((Span(one.field.hint),)))
    if one.field.problem:
        parts.append(Paragraph((Span(one.field.problem),)))
    if one.field.value:
        parts += [
            Small(words("asking.now")),
            Quote(around.answer(one.field), fold_at=FOLD),
        ]
    parts += _choices(one.field, around)
    parts.append(Small(words(f"asking.how_{one.field.ask}", limit=one.field.limit)))
    parts += around.drawn(part for part in one.after if not again or isinstance(part, Buttons))
    back = ["back"] if index else []
    leave = ["leave"] if one.field.value else [] if one.field.required else ["skip"]
    parts.append(around.nav(*leave, *back, "later"))
    return Card(f"{form.title}: {one.field.label}", tuple(parts))


def _choices(one: Field, around: Around) -> Iterator[CardPart]:
    """The choices as buttons where they are few, and in the text where buttons can't hold them."""
    options, words = one.options, around.words
    if not options:
        return
    numbered = one.ask is not Ask.SCORE
    labels = [
        f"{number}. {option.label}" if numbered else option.label
        for number, option in enumerate(options, 1)
    ]
    few = len(options) <= PRESSED
    if not few or any(len(option.label) > LONG for option in options):
        room = max(LONG, ANSWERS // len(labels[:LISTED]))
        listed = "\n".join(_cut(" ".join(one.split()), room) for one in labels[:LISTED])
        if len(labels) > LISTED:
            more = words.plain("asking.more", more=len(labels) - LISTED)
            listed = f"{listed}\n{more}"
        yield Paragraph((Span(listed),))
    if few:
        yield Buttons(
            tuple(
                around.button("answer", label, option.value)
                for label, option in zip(labels, options, strict=True)
            )
        )


def overview(
    forms: Sequence[Form], asked: Sequence[Question], around: Around, *, left: bool = False
) -> Card:
    """All answers, numbered, and what the last step says; then it is sent, or changed.

    `left`: something is still to be asked.
    """
    words, last = around.words, forms[-1]
    numbers = {(one.step, one.key): number for number, one in enumerate(asked, 1)}
    room = max(SHORT, ANSWERS // max(1, len(asked)))
    parts: list[CardPart] = [*around.said, Heading(last.title)]
    if asked:
        parts.append(Paragraph((Span(words.plain("asking.overview"), bold=True),)))
    for form in forms:
        lines: list[CardPart] = []
        windows = _of_windows(form, words)
        for part in form.parts:
            if isinstance(part, Field):
                lines.append(_line(part, numbers[form.step, part.key], room, around))
            elif (form is last and part not in windows) or isinstance(part, Heading):
                lines += around.drawn([part])
        parts += lines
    if asked:
        key = "left" if left else "overview" if last.submit else "closed"
        parts.append(Small(words(f"asking.how_{key}", send=last.submit)))
    on = (around.button("go_on", words.plain("asking.go_on")),) if left else _sends(last, around)
    parts.append(Buttons((*on, *around.nav("back", "later").buttons)))
    return Card(last.title, tuple(parts))


def _sends(form: Form, around: Around) -> tuple[Button, ...]:
    return (around.button("send", form.submit),) if form.submit else ()


def _line(one: Field, number: int, room: int, around: Around) -> Paragraph:
    words = around.words
    answer = " ".join(around.answer(one).split()) or words.plain("asking.nothing")
    label = _cut(" ".join(one.label.split()), LABEL)
    text = words("asking.line", number=number, label=label, answer=_cut(answer, room))
    problem = (Span(f"\n{one.problem}"),) if one.problem else ()
    return Paragraph((*text, *problem))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def reading(form: Form, around: Around, under: str = "") -> Card:
    """A step that asks nothing, to be read, with its buttons and the way to the next.

    `under`: the form that goes on after it.
    """
    parts = [*around.said, Heading(form.title), *around.drawn(form.parts)]
    windows = _of_windows(form, around.words)
    ways = [*_sends(form, around)]
    if form.back:
        ways.append(around.button("back", form.back))
    if under:
        ways.append(Button("asking.go_on", around.words.plain("asking.go_on"), f"{under}::"))
    shown = tuple(one for one in parts if one not in windows)
    return Card(form.title, (*shown, *([Buttons(tuple(ways))] if ways else [])))


def shown(form: Form) -> Card:
    """A form of which nothing can be pressed, to be read."""
    parts = [part for part in form.parts if not isinstance(part, Buttons | Field)]
    kept = [Paragraph(one.text) if isinstance(one, Paragraph) else one for one in parts]
    return Card(form.title, (Heading(form.title), *kept))


def says(*parts: CardPart) -> Card:
    """Words alone."""
    first = next((one for one in parts if isinstance(one, Paragraph)), None)
    return Card(plain(first.text) if first else "", parts)


def line(words: Words, key: str, **facts: object) -> Paragraph:
    """One line of it."""
    return Paragraph(words(f"asking.{key}", **facts))


def aside(title: str, around: Around) -> Card:
    """What was put aside, and how it is taken up again."""
    text = around.words("asking.aside", title=title)
    return Card(plain(text), (Paragraph(text), around.nav("go_on")))


def heard(said: str, words: Words) -> tuple[CardPart, ...]:
    """What was understood of a spoken answer."""
    return (Small(words("asking.heard")), Quote(said, fold_at=FOLD))


def may_add(around: Around) -> tuple[CardPart, ...]:
    """Words that are no answer here may belong to the answer before."""
    text = around.words("asking.may_add")
    return (Small(text), around.nav("add"))
