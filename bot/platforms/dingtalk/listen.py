"""DingTalk's messages and presses in: parse, dispatch, commit, answer, then acknowledge."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from typing import Any

from bot.platforms.dingtalk import draw, parse
from bot.platforms.dingtalk.batch import TO_PEOPLE
from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.outcomes import body_of
from handlers import answers
from handlers.answers import Answer
from handlers.events import Account, Event
from prompts.card import Card
from prompts.render import Words
from prompts.screens import common
from storage.errors import UnusableError

log = logging.getLogger(__name__)
Dispatch = Callable[[Event], Awaitable[Answer]]
WordsOf = Callable[[Account], Awaitable[Words]]
Payload = Mapping[str, Any]
Work = Callable[[asyncio.Event], Coroutine[Any, Any, None]]
"""Is given what it sets once nothing of it can be lost any more."""
KEPT = 1000
"""So many of the last events are known again when their frame comes anew (ours)."""
ANSWER_WITHIN = {"message": 10.0, "card": 1.5}
"""Seconds after which a frame is acknowledged, though its answer is still on its way: DingTalk
sends it anew after 16, and waits 2 for a card."""


ENDS_WITHIN = 1.0
"""Seconds that an answer may still take when the program ends (ours)."""


class Listener:
    """Says a neutral answer in DingTalk's way, and is the one place that maps errors to words."""

    def __init__(self, dispatch: Dispatch, words: WordsOf, client: DingTalkClient) -> None:
        """Take what handles an event, whose words a fault is said in, and what answers."""
        self._dispatch = dispatch
        self._words = words
        self._client = client
        self._handled: dict[str, tuple[asyncio.Event, asyncio.Task[None]]] = {}

    async def message(self, data: Payload, frame: str) -> None:  # noqa: ARG002  as `card` has it
        """A text: a command, or a press on a button that sends one. Raises TimeoutError."""
        found = parse.message(data)
        if found is not None:
            await self._once(f"message:{found.id}", "message", partial(self._read, found))

    async def card(self, data: Payload, frame: str) -> None:
        """A press on a card. Raises TimeoutError."""
        event = parse.pressed(data, frame)
        if event is not None:
            await self._once(event.identity, "card", partial(self._answer, event, None))

    async def ended(self) -> None:
        """What is still being handled, though its connection is closed, comes to its end soon."""
        tasks = [task for _, task in self._handled.values() if not task.done()]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=ENDS_WITHIN)
            for task in late:
                task.cancel()

    async def _once(self, identity: str, kind: str, work: Work) -> None:
        """Do it in a task of its own, which outlives the connection; a repeat waits for the first.

        The database knows a repeat for good; here it is answered only once as well. What is not
        committed in time is not acknowledged, so it comes anew.
        """
        known = self._handled.get(identity)
        if known is None:
            committed = asyncio.Event()
            known = committed, asyncio.create_task(work(committed))
            self._handled[identity] = known
            self._forget()
        committed, task = known
        await asyncio.wait({task}, timeout=ANSWER_WITHIN[kind])
        if not task.done():
            if not committed.is_set():
                raise TimeoutError
        elif task.cancelled() or task.exception() is not None:
            self._handled.pop(identity, None)
            task.result()

    def _forget(self) -> None:
        for old in list(self._handled)[:-KEPT]:
            if self._handled[old][1].done():
                del self._handled[old]

    async def _read(self, found: parse.Message, committed: asyncio.Event) -> None:
        meant = found.pressed
        if meant is not None and meant.asks:
            committed.set()
            words = await self._words(found.who)
            sure = common.sure(meant.label, meant.action, meant.value, words)
            await self._say(sure, found.who, found.webhook)
            return
        await self._answer(found.event, found.webhook, committed)

    async def _answer(self, event: Event, webhook: str | None, committed: asyncio.Event) -> None:
        try:
            answer = await self._dispatch(event)
        except Exception as fault:  # noqa: BLE001  the one place that maps faults to words
            answer = answers.Says(_card(fault, await self._words(event.who)))
        committed.set()
        match answer:
            case answers.Says(card):
                await self._say(card, event.who, webhook)
            case answers.Done():
                pass
            case _:
                words = await self._words(event.who)
                note = words.plain("common.forms_elsewhere")
                await self._say(draw.reading(answer.form, note), event.who, webhook)

    async def _say(self, card: Card, who: Account, webhook: str | None) -> None:
        """To whoever acted, alone; by their conversation's webhook, which costs no call."""
        drawn = draw.message(card)
        if webhook is not None and webhook.startswith(self._client.settings.oapi_url):
            try:
                await self._client.reply(webhook, draw.webhook(drawn))
            except CallError as error:
                log.info("a webhook took no answer: %s", error.reason)
            else:
                return
        body = body_of(drawn, self._client.settings.robot_code) | {"userIds": [who.id]}
        try:
            await self._client.call("POST", TO_PEOPLE, body)
        except CallError as error:
            log.warning("an answer could not be sent: %s", error.reason)


def _card(fault: Exception, words: Words) -> Card:
    """Log the fault, without the payload, and give it a number for the person."""
    number = secrets.token_hex(4)
    if isinstance(fault, UnusableError):
        log.error("fault %s in a message: %s", number, fault)
        return common.says(words, "storage.not_saved", number=number)
    log.error("fault %s in a message", number, exc_info=fault)
    return common.fault(number, words)
