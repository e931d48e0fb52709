"""Cards and forms, free of any platform: what is said, asked and offered, not how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style; the text is shown exactly as it stands."""

    text: str
    bold: bool = False
    italic: bool = False


Text = tuple[Span, ...]


def plain(text: Text) -> str:
    """The words without their style."""
    return "".join(span.text for span in text)


@dataclass(frozen=True, slots=True)
class Confirm:
    """What is asked before a press counts."""

    title: str
    text: str
    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press. `value` names the review, cycle or action it is about."""

    action: str
    label: str
    value: str
    style: Literal["primary", "danger"] | None = None
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a card or form."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What the bot says, with at most one button beside it."""

    text: Text
    button: Button | None = None


@dataclass(frozen=True, slots=True)
class Small:
    """A side remark, drawn small."""

    text: Text


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's own words, shown as typed."""

    words: str
    fold_at: int | None = None
    """Show at most this many characters, then "…"; the whole is one press away."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two things."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons in one row."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its label and its figures, one for each series."""

    label: str
    figures: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A small native chart; the text beside it says the same."""

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as data (see bot.pictures), drawn when the card is sent."""

    data: str
    """JSON that the painter reads."""
    alt: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file at hand, such as a date for a calendar; the text beside it says the same."""

    name: str
    """With its ending: meeting.ics."""
    content: str
    label: str
    """What people press."""

    @property
    def key(self) -> str:
        """By which it is told apart from the other files of its card."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A time for the reader's calendar; the text beside it says the same.

    It says whom with, and nothing of a review.
    """

    uid: str
    """Stays the same when it is moved."""
    sequence: int
    """Counts the moves: a calendar keeps the highest (RFC 5545)."""
    title: str
    begins: datetime
    ends: datetime
    zone: str
    """By whose clock the reader lives: Asia/Shanghai."""
    at: datetime
    """When it was written."""
    name: str
    """Of a file that stands for it, with its ending: meeting.ics."""
    label: str
    """What people press to get that file."""
    off: bool = False
    """It does not take place."""

    @property
    def key(self) -> str:
        """By which it is told apart from the other files of its card."""
        return self.uid


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something for the reader's own list of what is to be done."""

    id: str
    """Another one where it was taken off the list and comes back."""
    text: str
    due: datetime
    done: bool = False
    off: bool = False
    """It is to stand on the list no longer."""


File = Attachment | Appointment
CardPart = (
    Heading | Paragraph | Small | Quote | Rule | Buttons | Chart | Picture | Attachment
    | Appointment | Task
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A message. `summary` is what a notification shows."""

    summary: str
    parts: tuple[CardPart, ...]
    withdraws: bool = False
    """It stands instead of what was said, which nobody is to read any more."""


class Ask(StrEnum):
    """The kind of answer a field takes."""

    SCORE = "score"
    LEVEL = "level"
    CHOICE = "choice"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PEOPLE = "people"
    """Several: their accounts, a comma between two."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form; `key` names the thing it is about, alike on every platform."""

    key: str
    ask: Ask
    label: str
    hint: str = ""
    placeholder: str = ""
    options: tuple[Option, ...] = ()
    folded: bool = False
    """Whether a choice takes one line until it is opened, and does not lie open."""
    value: str | None = None
    required: bool = True
    redraws: bool = False
    """Whether an answer changes what the form asks or says."""
    limit: int = 3000
    """Most characters of a text; most people."""
    version: int = 0
    """Raised when the value was changed elsewhere while this form was open."""
    problem: str | None = None
    """What is wrong with the answer, in the person's words."""


FormPart = Heading | Paragraph | Small | Quote | Rule | Buttons | Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One step of a form. Without `submit` there is nothing to send."""

    key: str
    subject: str
    title: str
    parts: tuple[FormPart, ...]
    step: int = 0
    steps: int = 1
    submit: str | None = None
    close: str = ""
    back: str | None = None
    """The label of the way back to the step before."""
    keep: str | None = None
    """The label of the button that keeps what is typed, and leaves the form open."""
    base: int = 0
    """Revision of the kept answers when this form was opened."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """The questions of this step."""
        return tuple(part for part in self.parts if isinstance(part, Field))

    @property
    def problems(self) -> tuple[Field, ...]:
        """The questions whose answers can't be taken."""
        return tuple(field for field in self.fields if field.problem is not None)
