"""What a platform hands in: who did what, free of any platform's payload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody as their chat platform knows them."""

    platform: str
    """"slack" or "dingtalk"."""
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Words sent to the bot, such as "status" of "/review status"."""

    who: Account
    text: str
    identity: str
    """What a repeat of the same event bears too."""
    place: str = ""
    """The group that it was said in, by the platform's own name; "": to the bot alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """A button in a message or on the home tab."""

    who: Account
    action: str
    value: str
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A form's answers so far, after one of them changed or a button in the form was pressed."""

    who: Account
    form: str
    subject: str
    step: int
    answers: Mapping[str, str]
    """Field key to answer; "" where it was emptied."""
    identity: str
    pressed: str | None = None
    """The button in the form that was pressed, if it was one."""
    changed: str | None = None
    """The field whose answer set this off."""
    order: str = ""
    """Later answers have later orders, whatever order they arrive in."""
    surface: str = ""
    """The open form on one device."""
    base: int = 0
    """Revision of the kept answers that this form was opened with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A step of a form, sent."""

    who: Account
    form: str
    subject: str
    step: int
    answers: Mapping[str, str]
    identity: str
    order: str = ""
    surface: str = ""
    base: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A message of the chat that somebody picked out: to keep it, or to say a word on it."""

    who: Account
    shortcut: str
    """What is to become of it: one of handlers.shortcuts.SHORTCUTS."""
    place: str
    """Which message it is, by the platform's own names."""
    text: str
    author: str
    """The account of whoever wrote it."""
    author_name: str
    """What the platform calls them, for one who is not in the roster."""
    link: str
    sent_at: datetime
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words typed to the bot alone, where forms are asked in the chat: an answer, or a command."""

    who: Account
    text: str
    """"" for what holds no words, such as a picture."""
    identity: str
    heard: bool = False
    """Whether it was spoken, and the platform wrote it down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Some answers of a form that is asked part by part (handlers.answers.Asks)."""

    who: Account
    surface: str
    """Where the form is asked: `Asks.surface`."""
    answers: Mapping[str, str]
    """Field key to answer, as the field's options have it."""
    identity: str
    pressed: str | None = None
    """The button beside the questions that was pressed, if it was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """The platform put a part of a form before somebody otherwise than the one before."""

    who: Account
    surface: str
    turn: int
    typed: bool
    """Whether what they type answers it: it stands in the chat, and not on a card."""
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Somebody came into the platform's organisation."""

    who: Account
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Somebody left the platform's organisation."""

    who: Account
    at: datetime
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """The organisation's contacts changed: somebody's details, or its departments."""

    who: Account
    """Whose; without an id: the departments."""
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """The platform could not open the form in time."""

    who: Account
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Somebody looks at the bot's own page, where the platform has one."""

    who: Account
    identity: str


Asked = Command | Pressed | Answered | Submitted | Noted | Said | Filled | Posed | Missed | Opened
"""What a person does."""
News = Joined | Left | Altered
"""What the platform tells of its contacts by itself."""
Event = Asked | News
