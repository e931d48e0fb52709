"""A chat server that loses, delays and refuses as a real one does, and shows what it holds."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dice import LATE, TAKES, TIMES_OUT, UNSEEN, Dice
from life import Life
from text_chat import as_text

from handlers.ports import (
    LookBackFailedError,
    NotSent,
    Outcome,
    Parcel,
    Sent,
    Unknown,
)
from prompts.card import Card
from storage.buckets import Limit

POSTS: Limit = ("text/post", 1.0, 6)
EDITS: Limit = ("text/edit", 1.0, 4)
Judge = Callable[[Parcel, datetime], None]


@dataclass
class Message:
    """Something that stands in a channel."""

    delivery: str
    kind: str
    channel: str
    ts: str
    text: str
    posted: datetime
    seen: datetime
    """From when on the channel's history shows it."""


@dataclass
class Chat:
    """All channels, and how long each method asked to be left alone."""

    dice: Dice
    now: Callable[[], datetime]
    messages: list[Message] = field(default_factory=list)
    refused: dict[str, datetime] = field(default_factory=dict)
    """Until when each method answers nothing but 429."""
    shut: set[str] = field(default_factory=set)
    """Channels that somebody archived."""
    running: set[asyncio.Task[None]] = field(default_factory=set)
    log: list[str] = field(default_factory=list)

    def say(self, words: str) -> None:
        self.log.append(f"{self.now():%d %H:%M:%S.%f} {words}")

    def take(self, parcel: Parcel, payload: bytes) -> Message:
        """It is in the chat from now on."""
        text = json.loads(payload)
        for one in self.messages:
            if parcel.ts is not None and one.ts == parcel.ts:
                one.text = text
                self.say(f"chat: {parcel.kind} of {parcel.to} edited")
                return one
        now = self.now()
        made = Message(
            delivery=parcel.delivery,
            kind=parcel.kind,
            channel=parcel.channel or parcel.to,
            ts=f"{len(self.messages) + 1}.0",
            text=text,
            posted=now,
            seen=now + timedelta(seconds=self.dice.random.uniform(0, UNSEEN)),
        )
        self.messages.append(made)
        self.say(f"chat: {parcel.kind} for {parcel.to} posted ({parcel.delivery[:6]})")
        return made

    def take_later(self, after: float, parcel: Parcel, payload: bytes) -> asyncio.Task[None]:
        """It gets there whether or not its sender still lives."""

        async def arrives() -> None:
            await asyncio.sleep(after)
            self.take(parcel, payload)

        task = asyncio.create_task(arrives())
        self.running.add(task)
        task.add_done_callback(self.running.discard)
        return task

    def find(self, delivery: str) -> Message | None:
        return next((one for one in self.messages if one.delivery == delivery), None)


@dataclass
class FakeMessenger:
    """One process's way to the chat."""

    life: Life
    chat: Chat
    platform: str = "text"

    def buckets(self, parcel: Parcel) -> tuple[Limit, ...]:
        return (EDITS if parcel.ts else POSTS, (f"text/to/{parcel.to}", 1.0, 4))

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        await self.life.breathe("a picture", long=True)
        return json.dumps(as_text(card)).encode()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Whatever the dice say; each end that a call can come to."""
        await self.life.breathe("its call", long=False)
        method = self.buckets(parcel)[0][0]
        now = self.chat.now()
        if parcel.channel in self.chat.shut or parcel.to in self.chat.shut:
            self.chat.say(f"chat: {parcel.to} is archived")
            return NotSent("is_archived", shut="archived")
        if self.chat.refused.get(method, now) > now:
            wait = (self.chat.refused[method] - now).total_seconds()
            self.chat.say(f"chat: 429 on {method}, {wait:.1f} s")
            return NotSent("ratelimited", retry_after=wait)
        dice = self.chat.dice
        fault = dice.fault(parcel.delivery)
        if fault != "ok":
            self.chat.say(f"chat: {fault}: {parcel.kind} for {parcel.to}")
        outcome = await self._ends(fault, method, parcel, payload)
        posted = isinstance(outcome, Sent)
        late = 0.0 if parcel.ts else dice.hears_late(parcel.delivery, posted=posted)
        await self.life.breathe("what it hears", long=True, late=late)
        return outcome

    async def _ends(  # noqa: PLR0911  each end of a call
        self, fault: str, method: str, parcel: Parcel, payload: bytes
    ) -> Outcome:
        luck = self.chat.dice.random
        match fault:
            case "lost":
                await asyncio.sleep(TIMES_OUT)
                return Unknown("timeout")
            case "taken":
                self.chat.take(parcel, payload)
                await asyncio.sleep(TIMES_OUT)
                return Unknown("timeout")
            case "late":
                self.chat.take_later(TIMES_OUT + luck.uniform(0, LATE), parcel, payload)
                await asyncio.sleep(TIMES_OUT)
                return Unknown("timeout")
            case "broken":
                return Unknown("503")
            case "broken_taken":
                self.chat.take(parcel, payload)
                return Unknown("internal_error")
            case "limited":
                wait = luck.uniform(1, 40)
                until = self.chat.now() + timedelta(seconds=wait)
                self.chat.refused[method] = until
                return NotSent("ratelimited", retry_after=wait)
            case "refused":
                return NotSent("team_added_to_org")
        await self.chat.take_later(
            luck.uniform(0.05, TAKES if fault == "slow" else 0.3), parcel, payload
        )
        made = self.chat.find(parcel.delivery)
        standing = next((one for one in self.chat.messages if one.ts == parcel.ts), made)
        assert standing is not None
        return Sent(standing.channel, standing.ts)

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:
        await self.life.breathe("its look back", long=False)
        if self.chat.dice.chance(0.1):
            raise LookBackFailedError("timeout", passing=True)
        now = self.chat.now()
        for one in self.chat.messages:
            if one.delivery == parcel.delivery and one.posted >= since and one.seen <= now:
                self.chat.say(f"chat: {parcel.kind} for {parcel.to} found")
                return Sent(one.channel, one.ts)
        self.chat.say(f"chat: {parcel.kind} for {parcel.to} not found")
        return None
