"""What somebody did with a card, out of DingTalk's callback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from bot.platforms.dingtalk import card_form, cards, template
from bot.platforms.dingtalk.card_form import Sent
from handlers.events import Account, Filled, Pressed

Payload = Mapping[str, Any]
NO = "card.no"
"""The button that takes a press back which was asked about once more; it is ours alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPress:
    """A press on a card, or a form on it that was sent."""

    who: Account
    track: str
    """Which card: outTrackId."""
    action: str
    value: str = ""
    asks: str | None = None
    """The label of a button that is to be asked about once more."""
    sent: Sent | None = None

    @property
    def on_form(self) -> bool:
        """Whether the card is one of a form, and its person's alone."""
        return self.track.startswith(cards.FORM)

    @property
    def likeness(self) -> str:
        """What a repeat of the same frame has in common with it, whatever the frame is named."""
        given = (self.who.id, self.track, self.action, self.value, self.asks, repr(self.sent))
        return sha256("\0".join(map(str, given)).encode()).hexdigest()

    def event(self, frame: str) -> Pressed | Filled:
        """As what it means. A form bears which turn it is the answer to; a press has its frame."""
        if self.sent is not None:
            return Filled(
                who=self.who,
                surface=self.sent.surface,
                answers=self.sent.answers,
                identity=f"fill:{self.likeness}",
            )
        return Pressed(
            who=self.who, action=self.action, value=self.value, identity=f"press:{frame}"
        )


def read(data: Payload) -> CardPress | None:
    """What was done with a card; None: it says nothing."""
    private = _object(_object(data.get("content")).get("cardPrivateData"))
    params = _object(private.get("params"))
    actions = private.get("actionIds")
    action = params.get("action") or next(iter(actions if isinstance(actions, list) else ()), "")
    who, track = data.get("userId"), str(data.get("outTrackId") or "")
    if not who:
        return None
    account = Account("dingtalk", str(who))
    if isinstance(form := params.get("form"), Mapping):
        sent = card_form.read(form, _object(params.get(template.CURRENT)))
        return None if sent is None else CardPress(who=account, track=track, action="", sent=sent)
    if not action:
        return None
    asks = params.get(template.ASK)
    return CardPress(
        who=account,
        track=track,
        action=str(action),
        value=str(params.get("value") or ""),
        asks=None if asks is None else str(asks),
    )


def _object(given: Any) -> Payload:
    """An object, which DingTalk may also write as a text."""
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            return {}
    return given if isinstance(given, Mapping) else {}
