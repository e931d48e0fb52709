"""DingTalk's stream: one connection that messages and presses come in by."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from dingtalk_stream import (
    AckMessage,
    CallbackHandler,
    CallbackMessage,
    Credential,
    DingTalkStreamClient,
    EventHandler,
    EventMessage,
)

from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.organisation import Told
from bot.underway import Underway

MESSAGES, CARDS = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
TOPICS = (("EVENT", "*"), ("CALLBACK", MESSAGES), ("CALLBACK", CARDS))
LONGEST_OPEN = 25.0
"""Seconds that asking for a connection may take (ours)."""
ENDS_WITHIN = 3.0
"""Seconds that what is being handled may take when the connection is closed (ours)."""
SUCCESS, LATER = {"status": "SUCCESS"}, {"status": "LATER"}
"""What an event's acknowledgement says."""
log = logging.getLogger("dingtalk_stream.ours")
log.setLevel(logging.ERROR)  # its warnings show whole frames
Handle = Callable[[Mapping[str, Any], str], Awaitable[Mapping[str, Any]]]


class Hears(Protocol):
    """Handles what comes in."""

    async def message(self, data: Mapping[str, Any], frame: str) -> Mapping[str, Any]:
        """A text, and what to acknowledge it with. Raises TimeoutError."""

    async def card(self, data: Mapping[str, Any], frame: str) -> Mapping[str, Any]:
        """What is done with a card, and what that changes on it. Raises TimeoutError."""

    async def event(self, told: Told) -> bool:
        """Something of the organisation. False: it has to come anew."""


class Stream(DingTalkStreamClient):  # type: ignore[misc]
    """The SDK's client, which keeps the connection; the way in goes through our own calls."""

    def __init__(self, client: DingTalkClient, listener: Hears, underway: Underway) -> None:
        """Hand what comes in to the listener, counted by `underway`; nothing is open yet."""
        settings = client.settings
        super().__init__(Credential(settings.client_id, settings.client_secret), logger=log)
        self._client = client
        self._loop = asyncio.get_running_loop()
        self.heard_at = self._loop.time()
        """When the last frame came, on the loop's clock."""
        self.closing = False
        self.trouble: CallError | None = None
        """Why there is no connection, as far as asking for one told."""
        self.register_all_event_handler(_Events(listener, underway, self))
        self.register_callback_handler(MESSAGES, _Callback(listener.message, underway, self))
        self.register_callback_handler(CARDS, _Callback(listener.card, underway, self))

    def open_connection(self) -> dict[str, Any] | None:
        """Endpoint and ticket; None: there are none. The SDK calls it in another thread."""
        asked = asyncio.run_coroutine_threadsafe(self._opened(), self._loop)
        return asked.result(LONGEST_OPEN)

    async def background_task(self, json_message: dict[str, Any], websocket: Any = None) -> None:
        """One frame; what DingTalk sends by itself shows that the connection lives."""
        self.heard_at = self._loop.time()
        await super().background_task(json_message, websocket)

    def _cache_message_result(self, message_id: str, route_result: str, ack: AckMessage) -> None:
        """The SDK would say LATER again to every repeat, and the event would never be kept."""
        if ack.data != LATER:
            super()._cache_message_result(message_id, route_result, ack)

    async def _opened(self) -> dict[str, Any] | None:
        try:
            answer = await self._client.open_stream(TOPICS)
        except CallError as error:
            self.trouble = error
            return None
        self.trouble = None
        self.heard_at = self._loop.time()
        return dict(answer)


class _Callback(CallbackHandler):  # type: ignore[misc]
    """Acknowledges a frame once it is committed; what could not be handled comes anew."""

    def __init__(self, handle: Handle, underway: Underway, stream: Stream) -> None:
        super().__init__()
        self._handle = handle
        self._underway = underway
        self._stream = stream

    async def raw_process(self, callback_message: CallbackMessage) -> AckMessage | None:
        """None: no acknowledgement, for the program is about to end, or the time was too short."""
        if self._stream.closing:
            return None
        message_id = callback_message.headers.message_id
        with self._underway.one():
            try:
                response = await self._handle(callback_message.data, str(message_id))
            except TimeoutError:
                return None
        return _ack(message_id, {"response": dict(response)})


class _Events(EventHandler):  # type: ignore[misc]
    """The SDK would answer with the event itself, which DingTalk takes for no answer."""

    def __init__(self, listener: Hears, underway: Underway, stream: Stream) -> None:
        super().__init__()
        self._listener = listener
        self._underway = underway
        self._stream = stream

    async def raw_process(self, event_message: EventMessage) -> AckMessage | None:
        """SUCCESS once it is committed; LATER: it is to come anew."""
        if self._stream.closing:
            return None
        headers = event_message.headers
        told = Told(
            id=str(headers.event_id),
            kind=str(headers.event_type),
            born=int(headers.event_born_time or headers.time or 0),
            data=event_message.data or {},
        )
        with self._underway.one():
            kept = await self._listener.event(told)
        return _ack(headers.message_id, SUCCESS if kept else LATER)


def _ack(message_id: Any, data: dict[str, Any]) -> AckMessage:
    ack = AckMessage()
    ack.headers.message_id = message_id
    ack.headers.content_type = "application/json"
    ack.message = "OK"
    ack.data = data
    return ack
