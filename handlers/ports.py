"""What a handler may ask of the world."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from prompts.card import Card
from prompts.render import COMMAND, Words
from prompts.screens.deliveries import HR_CHANNEL, PRAISE_CHANNEL
from review.contacts import Contact
from review.library import Edition, Ladder, Library
from review.people import EmployeeId
from review.policy import Policy
from storage.database import Database


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware."""


@dataclass(frozen=True, slots=True)
class Company:
    """What a company settled for itself, read once at start."""

    policy: Policy
    library: Library
    locale: str
    time_zone: str
    hr_admins: tuple[EmployeeId, ...]
    hr_channels: tuple[tuple[str, str], ...] = ()
    """Platform and its HR channel."""
    praise_channels: tuple[tuple[str, str], ...] = ()
    """Platform and the channel where people praise each other."""
    planners: tuple[tuple[str, str], ...] = ()
    """Platform, and what the bot keeps of people's own there (INTERVIEW, TALK and TODO of
    handlers.entries)."""
    commands: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What stands before a command on that platform in that language, where it is not /review."""
    editions: tuple[Edition, ...] = ()
    """Every library that the company had, oldest first; none: `library` since ever."""

    def ladders(self, opened_at: datetime, policy: Policy) -> tuple[Ladder, ...]:
        """The ladders that a policy uses, as a cycle that was opened then asks them.

        A value that came into use after that is asked as it is now.
        """
        then = [one.library.ladders for one in self.editions if one.since <= opened_at][-1:]
        known = {**self.library.ladders, **(then[0] if then else {})}
        return tuple(known[key] for key in policy.values)

    def words(self, locale: str, platform: str) -> Words:
        """Words in that language, with commands as they are written on that platform."""
        return Words(locale, self.commands.get((platform, locale), COMMAND))

    def channel(self, receiver: str, platform: str) -> str | None:
        """The channel on that platform that a receiver stands for (storage.notice.is_channel)."""
        known = {HR_CHANNEL: self.hr_channels, PRAISE_CHANNEL: self.praise_channels}
        return dict(known.get(receiver, ())).get(platform)


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has it: where it stands now."""

    channel: str
    ts: str


Shut = Literal["archived", "not_found", "not_in"]
"""Why nobody can write in a channel, until somebody opens it to us."""


NOT_RECALLED = "not_recalled"
"""Reason of what was to be taken back, and can still be read."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """The platform surely does not have it."""

    reason: str
    retry_after: float | None = None
    """Seconds to keep away from this method."""
    final: bool = False
    """Trying again would not help."""
    gone: bool = False
    """The message to edit is not there any more: it may be posted anew."""
    shut: Shut | None = None
    """Set: the channel itself can't be written to."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody knows whether the platform has it: look back before sending again."""

    reason: str


@dataclass(frozen=True, slots=True)
class Removed:
    """It stands on the platform no longer, as was asked."""


Outcome = Sent | NotSent | Unknown | Removed


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One message on its way: where to, and where it stands if it has been sent before."""

    delivery: str
    kind: str
    to: str
    """Account or channel on the platform."""
    channel: str | None = None
    ts: str | None = None
    """Set: edit that message."""
    thread: str | None = None
    """Set: answer in the thread of that message."""
    page: bool = False
    """It is no message but the receiver's own page, shown instead of what stood there."""
    living: bool = False
    """It is to show what is true, so what stands there may be edited later."""
    plain: bool = False
    """Calls are few: it goes as a message that stays as it is, to many in one call where it says
    the same to them, rather than to each as one that can be edited."""
    drawn: bytes | None = None
    """What was to be sent, if it was tried before."""
    urgent: bool = False
    """It is not held back for a moment to go with others that say the same."""
    entry: bool = False
    """It is no message but an entry in the receiver's own calendar or to-do list."""
    in_time: Callable[[], bool] = field(default=_always, compare=False)
    """Whether the call may still begin: asked once more right before its first byte."""


class Messenger(Protocol):
    """Sends to one platform. Its calls are made by the deliverer alone."""

    platform: str

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """Names of the rate limits this call falls under, seconds a call, and burst."""

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        """The very bytes to send; uploads a picture where the card has one.

        Raises NotDrawnError.
        """

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Post or edit. Raises TooLateError."""

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:
        """The message with this delivery id, if the platform has it after all.

        Raises LookBackFailedError if the conversation can't be read now.
        """


class TooLateError(Exception):
    """The call did not begin: whoever made it slept, and another may be sending by now."""


class NotDrawnError(Exception):
    """The message could not be made ready, so it was surely not sent."""

    def __init__(self, outcome: NotSent) -> None:
        """Keep why, and when to try again."""
        super().__init__(outcome.reason)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Member:
    """An account on a chat platform."""

    id: str
    email: str | None


class Directory(Protocol):
    """Who has an account on one platform."""

    platform: str
    kept_there: frozenset[str]
    """Fields of the roster (review.contacts.FIELDS) that the company keeps in its contacts."""

    async def members(self) -> tuple[Member, ...]:
        """Everybody who is there."""

    async def contacts(self) -> tuple[Contact, ...]:
        """Everybody who is there, with all that is known of them."""

    async def is_there(self, account: str) -> bool:
        """Whether somebody whom `contacts` does not show is in the organisation all the same."""


class LookBackFailedError(Exception):
    """The conversation could not be read, so whether it was sent stays unknown."""

    def __init__(self, reason: str, *, passing: bool = False, shut: Shut | None = None) -> None:
        """Say why, and whether it will pass however long it takes."""
        super().__init__(reason)
        self.reason = reason
        self.passing = passing
        self.shut = shut


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """So many calls a calendar month, of a platform's whole organisation."""

    platform: str
    calls: int
    buckets: frozenset[str]
    """Whatever takes from one of these rate limits (Messenger.buckets) is counted."""
    free_channel: bool = False
    """Whether a message to HR's channel takes no call."""


class Calls(Protocol):
    """Counts the calls of which a platform has so many a month."""

    def made(self, platform: str, kind: str, outcome: str) -> None:
        """One was made, and how it ended.

        "done", "refused" and "unknown" count; "turned_away" (too fast, or without a valid token)
        and "used_up" do not.
        """

    async def keep(self) -> None:
        """Write down what was counted since the last time. Raises FaultError."""

    async def run(self) -> None:
        """Write it down for as long as the program runs."""


class Uncounted:
    """Nobody counts."""

    def made(self, platform: str, kind: str, outcome: str) -> None:
        """It is not counted."""

    async def keep(self) -> None:
        """There is nothing to write down."""

    async def run(self) -> None:
        """There is nothing to do."""


class Observer(Protocol):
    """Is told how things go, for whoever watches the program: never of whom, and never a text."""

    def delivered(self, kind: str, outcome: Outcome) -> None:
        """One call to a platform came to its end."""

    def called(self, platform: str, kind: str, outcome: str) -> None:
        """One call that counts against a month's quota came to its end; see Calls."""


class Unobserved:
    """Nobody watches."""

    def delivered(self, kind: str, outcome: Outcome) -> None:
        """Nobody is told."""

    def called(self, platform: str, kind: str, outcome: str) -> None:
        """Nobody is told."""


@dataclass(slots=True, kw_only=True)
class Deps:
    """Everything the program is made of, put together once by bot.app.build."""

    database: Database
    company: Company
    clock: Clock
    messengers: Mapping[str, Messenger] = field(default_factory=dict)
    directories: tuple[Directory, ...] = ()
    asked_in_parts: frozenset[str] = frozenset()
    """Platforms that have no form of their own: theirs are asked part by part (answers.Asks)."""
    quotas: tuple[Quota, ...] = ()
    calls: Calls = field(default_factory=Uncounted)
    looked: dict[EmployeeId, datetime] = field(default_factory=dict)
    """Who opened their own page in this process, and when: it may stand before them still."""
    stranger: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when somebody came whom no account is linked to: perhaps they can be matched now."""
    said: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there may be something new to send."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the program is told to end: what is being sent ends, and nothing more is begun."""
    observer: Observer = field(default_factory=Unobserved)
