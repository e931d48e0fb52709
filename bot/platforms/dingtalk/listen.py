"""DingTalk's messages and presses in: parse, dispatch, commit, answer, then acknowledge."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.platforms.dingtalk import draw, organisation, parse
from bot.platforms.dingtalk.answering import Answering, Drawn, within
from bot.platforms.dingtalk.batch import TO_PEOPLE
from bot.platforms.dingtalk.card_listen import CardListener
from bot.platforms.dingtalk.cards import Cards
from bot.platforms.dingtalk.client import CallError, DingTalkClient
from bot.platforms.dingtalk.once import Handling, Once
from bot.platforms.dingtalk.outcomes import body_of
from bot.platforms.dingtalk.todo import Robot
from handlers import answers
from handlers.answers import Answer
from handlers.events import Account, Event, Pressed
from prompts.card import Card
from prompts.render import Words
from prompts.screens import common
from storage.errors import UnusableError

log = logging.getLogger(__name__)
Dispatch = Callable[[Event], Awaitable[Answer]]
WordsOf = Callable[[Account], Awaitable[Words]]
Payload = Mapping[str, Any]
ANSWER_WITHIN = 10.0
"""Seconds after which a message is acknowledged, though its answer is still on its way: DingTalk
sends it anew after 16."""


CHANGES_WITHIN = 1.0
"""Seconds that the answer to a press waits for what it changes (ours)."""


class Listener:
    """Says a neutral answer in DingTalk's way, and is the one place that maps errors to words."""

    def __init__(
        self,
        dispatch: Dispatch,
        words: WordsOf,
        client: DingTalkClient,
        robot: Robot | None = None,
        answering: Answering | None = None,
    ) -> None:
        """Take what handles an event, whose words a fault is said in, and what answers.

        `robot`: is told who it is by the messages to it; `answering`: what the outbox changes
        because of a press.
        """
        self._robot = robot or Robot()
        self._dispatch = dispatch
        self._words = words
        self._client = client
        self._once = Once()
        self._answering = answering or Answering()
        self._cards = CardListener(
            dispatch,
            words,
            Cards(client, client.settings.groups),
            fault=self._fault,
            say=self._tell,
            answering=self._answering,
        )

    async def message(self, data: Payload, frame: str) -> Payload:  # noqa: ARG002  as `card` has it
        """A text: a command, or a press on a button that sends one. Raises TimeoutError."""
        self._robot.id = str(data.get("chatbotUserId") or self._robot.id)
        found = parse.message(data)
        if found is not None:
            await self._once.do(f"message:{found.id}", partial(self._read, found), ANSWER_WITHIN)
        return {}

    async def card(self, data: Payload, frame: str) -> Payload:
        """What a press on a card, or a form that is sent, changes there. Raises TimeoutError."""
        return await self._cards.card(data, frame)

    async def event(self, told: organisation.Told) -> bool:
        """What DingTalk tells of the organisation. False: it is not kept, and has to come anew."""

        async def each(handling: Handling) -> None:
            for one in organisation.told(told):
                await self._dispatch(one)
            handling.committed.set()

        try:
            await self._once.do(f"event:{told.id}", each, ANSWER_WITHIN)
        except TimeoutError:
            return False
        except Exception:
            log.exception("an event of the organisation (%s) could not be kept", told.kind)
            return False
        return True

    async def ended(self) -> None:
        """What is still being handled, though its connection is closed, comes to its end soon."""
        await self._once.ended()
        await self._cards.ended()

    async def _read(self, found: parse.Message, handling: Handling) -> None:
        meant = found.pressed
        if meant is not None and meant.asks:
            handling.committed.set()
            words = await self._words(found.who)
            sure = common.sure(meant.label, meant.action, meant.value, words)
            await self._say(sure, found.who, found.webhook)
            return
        await self._answer(found.event(), found.webhook, handling)

    async def _answer(self, event: Event, webhook: str | None, handling: Handling) -> None:
        with self._answering.on(event.who.id) as handed:
            try:
                answer = await self._dispatch(event)
            except Exception as fault:  # noqa: BLE001  the one place that maps faults to words
                answer = answers.Says(await self._fault(fault, event.who))
            handling.committed.set()
            match answer:
                case answers.Says(card):
                    await self._say(card, event.who, webhook)
                case answers.Asks(card=card):
                    free = webhook is not None
                    if not await self._cards.ask(answer, event.who, chat_is_free=free):
                        await self._say(card, event.who, webhook)
                case _ if isinstance(event, Pressed):
                    await self._done(await within(CHANGES_WITHIN, handed), event.who, webhook)
                case _:
                    pass

    async def _done(self, changed: Drawn | None, who: Account, webhook: str | None) -> None:
        """A press was done: show what it changed, for the message itself stays as it was."""
        if changed is not None:
            await self._put(changed, who, webhook)
            return
        words = await self._words(who)
        await self._say(common.says(words, "dingtalk.done"), who, webhook)

    async def _fault(self, fault: Exception, who: Account) -> Card:
        return _card(fault, await self._words(who))

    async def _tell(self, card: Card, who: Account) -> None:
        await self._say(card, who, None)

    async def _say(self, card: Card, who: Account, webhook: str | None) -> None:
        """To whoever acted, alone; by their conversation's webhook, which costs no call."""
        await self._put(draw.message(card), who, webhook)

    async def _put(self, drawn: Drawn, who: Account, webhook: str | None) -> None:
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
