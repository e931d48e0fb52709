"""Presses on cards and forms that are sent: dispatched, and answered by changing the card itself.

What the acknowledgement changes costs no call; DingTalk waits two seconds for it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from hashlib import sha256
from typing import Any

from bot.platforms.dingtalk import card_draw, card_form, card_press, cards, template
from bot.platforms.dingtalk.answering import Answering, Drawn, within
from bot.platforms.dingtalk.card_press import CardPress
from bot.platforms.dingtalk.cards import Cards
from bot.platforms.dingtalk.once import Handling, Once
from bot.platforms.dingtalk.template import NO_NOTE, Values
from handlers import answers, presses
from handlers.answers import Answer, Asks
from handlers.events import Account, Event, Filled, Posed, Pressed
from handlers.ports import NotSent, Sent, Unknown
from prompts.card import Button, Buttons, Card
from prompts.render import Words
from prompts.screens import common
from storage.errors import FaultError

log = logging.getLogger(__name__)
Payload = Mapping[str, Any]
ANSWER_WITHIN = 1.5
"""Seconds after which a press is acknowledged without its answer: DingTalk waits two."""
OVER = 2.5
"""Seconds after which DingTalk waits no longer, so that a call may change the card (ours)."""
CHANGES_WITHIN, A_MOMENT = 0.5, 0.1
"""Seconds that an answer waits for what its press changes on the card, and that are left then for
the acknowledgement (ours)."""
AGAIN_WITHIN = 120.0
"""Seconds for which a press that was not acknowledged may come anew (ours: seen are 16)."""
Fault = Callable[[Exception, Account], Awaitable[Card]]
Say = Callable[[Card, Account], Awaitable[None]]


class CardListener:
    """Says a neutral answer on the card that was pressed."""

    def __init__(
        self,
        dispatch: Callable[[Event], Awaitable[Answer]],
        words: Callable[[Account], Awaitable[Words]],
        made: Cards,
        *,
        fault: Fault,
        say: Say,
        answering: Answering,
    ) -> None:
        """Take what handles an event, whose words are used, and what makes cards.

        `fault`: how a fault is told; `say`: a message to somebody alone; `answering`: what the
        outbox would change meanwhile.
        """
        self._dispatch = dispatch
        self._words = words
        self._cards = made
        self._fault = fault
        self._say = say
        self._answering = answering
        self._once = Once()
        self._unanswered: dict[str, tuple[str, float]] = {}

    async def card(self, data: Payload, frame: str) -> Payload:
        """What the acknowledgement of a press changes on its card. Raises TimeoutError."""
        press = card_press.read(data)
        if press is None:
            return {}
        event = press.event(self._first(press, frame))
        work = partial(self._answer, press, event)
        response = await self._once.do(event.identity, work, ANSWER_WITHIN, whole=False)
        self._unanswered.pop(press.likeness, None)
        return response or {}

    def _first(self, press: CardPress, frame: str) -> str:
        """The frame that it came in first.

        While a press is not acknowledged nobody can make it a second time, so the same under
        another frame's name is its repeat.
        """
        now = asyncio.get_running_loop().time()
        for likeness, (_, at) in list(self._unanswered.items()):
            if now - at > AGAIN_WITHIN:
                del self._unanswered[likeness]
        return self._unanswered.setdefault(press.likeness, (frame, now))[0]

    async def ended(self) -> None:
        """What is still being handled comes to its end soon."""
        await self._once.ended()

    async def ask(self, asks: Asks, who: Account, *, chat_is_free: bool) -> bool:
        """Put the questions before them as a card; False: they are to be asked in the chat.

        `chat_is_free`: there they cost no call, as a card does.
        """
        if self._cards.work and (asks.spare or not chat_is_free):
            values = card_form.values(asks, await self._words(who))
            match await self._cards.make(_track(asks, who), who.id, values):
                case Sent():
                    await self._posed(asks, who, typed=not _in_form(values))
                    if (beside := card_form.beside_it(asks)) is not None:
                        await self._say(beside, who)
                    return True
                case NotSent(reason) | Unknown(reason):
                    log.warning("a form could not be put on a card: %s", reason)
                case None:
                    pass
        await self._posed(asks, who, typed=True)
        return False

    async def _posed(self, asks: Asks, who: Account, *, typed: bool) -> None:
        """Say whether what they type answers it, where that is not as it was."""
        if typed == asks.typed:
            return
        posed = Posed(
            who=who,
            surface=asks.surface,
            turn=asks.turn,
            typed=typed,
            identity=f"posed:{asks.surface}:{asks.turn}:{typed:d}",
        )
        try:
            await self._dispatch(posed)
        except FaultError as fault:
            log.warning("where a form is asked could not be kept: %s", fault)

    async def _answer(self, press: CardPress, event: Pressed | Filled, handling: Handling) -> None:
        if press.asks is not None or press.action == card_press.NO:
            handling.response = _own(await self._sure(press))
            handling.committed.set()
            return
        with self._answering.on(press.track) as handed:
            after = await self._done(press, event, handling, handed)
            if handed.done():
                changed = {"cardData": {"cardParamMap": handed.result()["card"]}}
                handling.response = {**handling.response, **changed}
        handling.committed.set()
        await self._late(press, handling)
        if isinstance(after, Asks) and not await self.ask(after, press.who, chat_is_free=False):
            after = after.card
        if isinstance(after, Card):
            await self._say(after, press.who)

    async def _done(
        self,
        press: CardPress,
        event: Pressed | Filled,
        handling: Handling,
        handed: asyncio.Future[Drawn],
    ) -> Asks | Card | None:
        """Dispatch it, and draw its answer; what it changes on this card is waited for."""
        after: Asks | Card | None
        try:
            answer = await self._dispatch(event)
        except Exception as fault:  # noqa: BLE001  the one place that maps faults to words
            handling.response, after = self._noted(await self._fault(fault, press.who))
            return after
        handling.response, after = await self._drawn(answer, press)
        wrote = isinstance(event, Pressed) and not presses.only_shows(event)
        if wrote and not press.on_form and not isinstance(answer, Asks):
            left = handling.begun + ANSWER_WITHIN - A_MOMENT - asyncio.get_running_loop().time()
            await within(min(CHANGES_WITHIN, left), handed)
        return after

    async def _drawn(self, answer: Answer, press: CardPress) -> tuple[Payload, Asks | Card | None]:
        """What changes on the card, and what is to be said beside it."""
        match answer:
            case Asks() if press.on_form:
                values = card_form.values(answer, await self._words(press.who))
                await self._posed(answer, press.who, typed=not _in_form(values))
                return _all(values), card_form.beside_it(answer)
            case answers.Says(card) if press.on_form:
                return _all(card_draw.message(card)), None
            case Asks():
                return _own(NO_NOTE), answer
            case answers.Says(card):
                return self._noted(card)
            case _:
                return _own(NO_NOTE), None

    def _noted(self, card: Card) -> tuple[Payload, Card | None]:
        note = card_draw.note(card)
        return (_own(NO_NOTE), card) if note is None else (_own(note), None)

    async def _sure(self, press: CardPress) -> Values:
        """The question whether it is meant, with both answers; after "no" nothing of it stays."""
        if press.asks is None:
            return NO_NOTE
        words = await self._words(press.who)
        sure = common.sure(press.asks, press.action, press.value, words)
        no = Button(card_press.NO, words.plain("dingtalk.card_no"), "")
        parts = (*sure.parts, Buttons((no,)))
        return card_draw.note(Card(sure.summary, parts)) or NO_NOTE

    async def _late(self, press: CardPress, handling: Handling) -> None:
        """A card whose client waits no longer is put right by a call."""
        now = asyncio.get_running_loop().time()
        if now - handling.begun < ANSWER_WITHIN or not press.track:
            return
        await asyncio.sleep(max(handling.begun + OVER - now, 0))
        public = handling.response.get("cardData", {}).get("cardParamMap", {})
        own = handling.response.get("userPrivateData", {}).get("cardParamMap")
        await self._cards.change(press.track, public, {press.who.id: own} if own else None)


def _track(asks: Asks, who: Account) -> str:
    """The card's name: the same for a repeat, another for each part and person."""
    whose = sha256(who.id.encode()).hexdigest()[:8]
    return f"{cards.FORM}{asks.surface}-{asks.turn}-{whose}"


def _in_form(values: Values) -> bool:
    """Whether the card's form takes the answer; what it does not take is answered in the chat.

    That is a question that has no room in it, and which of all answers is to be changed.
    """
    return values[template.STATUS] == template.OPEN


def _all(values: Values) -> Payload:
    return {**_own(NO_NOTE), "cardData": {"cardParamMap": values}}


def _own(values: Values) -> Payload:
    return {"cardUpdateOptions": cards.BY_KEY, "userPrivateData": {"cardParamMap": values}}
