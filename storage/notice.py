"""What is to be said to somebody, and how far it got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, unquote

URGENT = 0
CLOSING = 1
"""What the bot itself wants to say, and may not wait for another day: a deadline of today."""
BULK = 10


class State(StrEnum):
    """How far a delivery got."""

    PENDING = "pending"
    SENDING = "sending"
    """Somebody has claimed it; with an intent, the platform may have it already."""
    SENT = "sent"
    PARKED = "parked"
    """It can't be sent; an operator looks at it."""
    DROPPED = "dropped"
    """It need not be sent any more."""
    NOTED = "noted"
    """It waits to be said in its receiver's next message of the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something to say, written in the transaction of the change that causes it."""

    kind: str
    """Name of the prompt that words it."""
    receiver: str
    """An employee's id, "#hr" or "#praise" for a channel of the company (`is_channel`), or several
    people (`together`); no employee's id begins with "#"."""
    facts: Mapping[str, Any] = field(default_factory=dict)
    """What the words speak of: texts, whole numbers, truths, lists and mappings of them."""
    facts_version: int = 1
    """Shape of the facts, for a notice that outlives an update of the program."""
    once: str
    """Of two notices with the same text here, the first counts."""
    platform: str | None = None
    """None: where the receiver is."""
    priority: int = BULK
    """From URGENT to BULK."""
    due: datetime
    thread_of: str | None = None
    """`once` of the message that this one answers; it waits until that one is sent."""
    person: bool = False
    """Words from a person to a person, which keep no hours."""
    daily: bool = False
    """What the bot itself wants to say: in the message of a day, not in one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Painting:
    """A living message that is to show what is true by then."""

    kind: str
    """Name of the prompt that words it."""
    receiver: str
    subject: str
    """What it shows."""
    due: datetime
    gap: timedelta = timedelta(0)
    """Time to keep between two sendings, in whole seconds."""
    platform: str | None = None
    priority: int = BULK

    @property
    def once(self) -> str:
        """What it is known by."""
        return living(self.kind, self.receiver, self.subject, self.platform)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A delivery as a ledger shows it: no text in it."""

    id: str
    once: str
    kind: str
    receiver: str
    subject: str | None
    """Of a living message: what it shows."""
    platform: str | None
    priority: int
    due: datetime
    thread_of: str | None
    person: bool
    state: State
    fence: int
    """Number of the claim; a write with an older one is refused."""
    attempts: int
    """Claims since it was last sent."""
    lease_until: datetime | None
    intent_at: datetime | None
    """Set: it may have been sent from that moment on, so look back before sending again."""
    channel: str | None
    ts: str | None
    """Set: it stands there, and sending means editing it."""
    stands_on: str | None = None
    """Platform that it was last sent to; None: an older version did not write that down."""
    sent_at: datetime | None
    again: bool
    """It changed while it was being sent."""
    reason: str | None
    """Why it waits, or is parked."""
    trace: str | None
    """What set it off; None: the clock."""
    since: datetime
    """When it was first due: for how long it could not be sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Entry):
    """A delivery with what it says, and where the message that it answers stands."""

    facts: Mapping[str, Any]
    facts_version: int
    payload: bytes | None
    """The bytes of an attempt whose end is unknown: send these again, and no others."""
    thread_channel: str | None
    thread_ts: str | None
    thread_on: str | None = None
    """Platform that it stands on, as `stands_on`."""


def living(kind: str, receiver: str, subject: str, platform: str | None = None) -> str:
    """`once` of a living message, to answer in its thread."""
    parts = ("paint", kind, platform or "", receiver, subject)
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


_TOGETHER = "#with:"


def is_channel(receiver: str) -> bool:
    """Whether it stands for a channel of the company, by the name that its setting has here."""
    return receiver.startswith("#") and not receiver.startswith(_TOGETHER)


def together(employees: Iterable[str]) -> str:
    """The receiver that several people are in one conversation with the bot."""
    return _TOGETHER + ",".join(sorted(quote(one, safe="") for one in employees))


def members(receiver: str) -> tuple[str, ...]:
    """The employees that `together` made a receiver of; nobody for any other."""
    if not receiver.startswith(_TOGETHER):
        return ()
    return tuple(unquote(one) for one in receiver.removeprefix(_TOGETHER).split(","))
