"""DingTalk's calls, written on a bill instead of made."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.config import DingTalkSettings
from bot.platforms.dingtalk import metering
from bot.platforms.dingtalk.cards import MESSAGE
from bot.platforms.dingtalk.client import DingTalkClient
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.ports import Calls, Outcome, Parcel
from prompts.card import Button, Buttons, Card, Paragraph

KIND: ContextVar[str] = ContextVar("kind", default="?")
"""What the calls are for that are being made."""


@dataclass
class Clock:
    """Stands until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        """That moment."""
        return self.moment


@dataclass
class Bill:
    """The calls of each month, by what they are for."""

    clock: Clock
    calls: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    messages: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, what: str) -> None:
        """One more."""
        self.calls[f"{self.clock.moment:%Y-%m}"][what] += 1


class Client(DingTalkClient):
    """Takes every call, and writes it on the bill."""

    def __init__(self, settings: DingTalkSettings, calls: Any, bill: Bill) -> None:
        """No call leaves the process."""
        super().__init__(settings, calls)
        self.bill = bill
        self.tally: Calls | None = None
        self.kinds: dict[str, str] = {}
        """Message parameters to the kind of the message that has them."""

    async def _with_token(  # type: ignore[override]  # of which it needs no more
        self, _: str, path: str, body: Any, **__: Any
    ) -> dict[str, Any]:
        what = metering.kind_of(path)
        kind = self.kinds.get(body.get("msgParam", "")) if isinstance(body, dict) else None
        if what is not None:
            self.bill.add(f"{what}: {kind or KIND.get()}")
            assert self.tally is not None
            self.tally.made(metering.PLATFORM, what, "done")
            await self.tally.keep()
        name = f"{len(self.bill.messages)}-{self.bill.messages.total()}"
        said = {"unionid": name, "success": True}
        return {"processQueryKey": name, "id": name, "media_id": name, "result": said}


class Messenger(DingTalkMessenger):
    """The bot's own, without the limits of a second: the clock stands."""

    def __init__(self, client: Client, groups: Collection[str]) -> None:
        """Nothing stands anywhere as yet."""
        super().__init__(client, groups)
        self.on_cards: dict[tuple[str, str, str], str] = {}
        """The card on which a button was last sent, by account, action and value."""

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """An edit's limit, and that the call counts."""
        found = super().buckets(parcel)
        return tuple(one if "card:" in one[0] else (one[0], 0.0, 100) for one in found)

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        """Keep in mind what it is."""
        drawn = await super().draw(card, parcel)
        as_card = "card" in json.loads(drawn)
        for one in buttons_of(card):
            if as_card or parcel.ts is None:
                track = parcel.ts or f"{MESSAGE}{parcel.delivery}"
                self.on_cards[parcel.to, one.action, one.value] = track if as_card else ""
        given = json.loads(drawn).get("msgParam")
        assert isinstance(self._client, Client)
        self._client.kinds[json.dumps(given, ensure_ascii=False)] = parcel.kind
        return drawn

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Send it as one of its kind."""
        token = KIND.set(parcel.kind)
        try:
            assert isinstance(self._client, Client)
            bill = self._client.bill
            bill.messages[parcel.kind] += parcel.ts is None
            return await super().send(parcel, payload)
        finally:
            KIND.reset(token)


def buttons_of(card: Card) -> Iterator[Button]:
    """All that can be pressed."""
    for part in card.parts:
        match part:
            case Buttons(buttons):
                yield from buttons
            case Paragraph(_, Button() as button):
                yield button
