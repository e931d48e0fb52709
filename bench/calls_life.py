"""What the people of a company on DingTalk do from day to day."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from typing import Any
from zlib import crc32

from bench.calls_bill import KIND, Client, Clock, Messenger, buttons_of
from bench.statements import Chat
from bot.platforms.dingtalk import batch, card_draw, metering
from bot.platforms.dingtalk.card_listen import CardListener
from bot.platforms.dingtalk.cards import Cards
from handlers import cycles
from handlers.answers import Answer, Asks, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Event, Pressed
from handlers.ports import Deps
from handlers.work import Work
from prompts.card import Card
from prompts.render import Words
from review.desks import desks
from review.record import Review
from review.roster import Roster
from review.signing import DESK_AT, lacks_gate_word
from review.stages import Desk, Stage
from scheduler.deliver import deliver_all
from scheduler.tick import tick

LOOKS = (hour(1, 30), hour(8, 30))
"""By UTC: morning and afternoon in Shanghai, the latter morning in Berlin."""
ROUNDS = 10
"""Each does what waits for them at one look in so many: within about a week."""
DAY = timedelta(days=1)
WEEKEND = {5, 6}


class Hands(Chat):
    """What people press and fill in."""

    def __init__(self, deps: Deps, client: Client, messenger: Messenger) -> None:
        """Begin."""
        super().__init__(deps, metering.PLATFORM)
        self._client, self._messenger = client, messenger
        self._cards = CardListener(
            self._dispatch,
            self._words,
            Cards(client, client.settings.groups),
            fault=self._fault,
            say=self._say,
            answering=messenger.answering,
        )

    async def tap(self, who: str, action: str, value: str) -> None:
        """Press, and fill in what opens; what is refused is counted.

        What is pressed on a card is answered there, and what is pressed in a message by the
        conversation's webhook.
        """
        me, token = self._account(who), KIND.set("form")
        track = self._messenger.on_cards.get((me.id, action, value), "")
        pressed = Pressed(who=me, action=action, value=value, identity=self._once())
        with self._messenger.answering.on(track):
            answer = await self._dispatch(pressed)
            if track:
                await deliver_all(self._deps)
        if isinstance(answer, Asks):
            await self._cards.ask(answer, me, chat_is_free=not track)
            try:
                await self.fill_in(who, answer.form)
            except (AssertionError, LookupError, RuntimeError):
                self._client.bill.refused[action] += 1
        elif isinstance(answer, Says) and track and card_draw.note(answer.card) is None:
            await self._say(answer.card, me)
        KIND.reset(token)

    async def _dispatch(self, event: Event) -> Answer:
        """As where forms are asked part by part, though they are sent as a whole."""
        self._deps.asked_in_parts = frozenset({metering.PLATFORM})
        try:
            return await dispatch(event, self._deps)
        finally:
            self._deps.asked_in_parts = frozenset()

    async def _words(self, _: Account) -> Words:
        return self._deps.company.words(self._deps.company.locale, metering.PLATFORM)

    async def _fault(self, fault: Exception, _: Account) -> Card:
        raise fault

    async def _say(self, _: Card, who: Account) -> None:
        await self._client.call("POST", batch.TO_PEOPLE, {"userIds": [who.id]})


@dataclass
class Life:
    """The company from day to day."""

    deps: Deps
    clock: Clock
    hands: Hands
    look: int = 0
    shown: dict[str, Card] = field(default_factory=dict)
    """To whom, and the last message of the day that they got."""

    async def open_cycle(self, name: str) -> None:
        """HR opens it now."""
        async with self.deps.database.begin() as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.clock.moment)
            await cycles.open_cycle(cycles.OpenCycle(name=name), "", work)

    async def through(self, first: date, weeks: int) -> None:
        """Day by day."""
        for number in range(7 * weeks):
            if (first + number * DAY).weekday() in WEEKEND:
                continue
            for at in LOOKS:
                self.clock.moment = datetime.combine(first + number * DAY, at, UTC)
                self.look += 1
                await tick(self.deps)
                await self._act()
                await deliver_all(self.deps)

    async def _act(self) -> None:
        for who, action, value in [*self._answers(), *[one async for one in self._due()]]:
            self.clock.moment += timedelta(milliseconds=20)
            await self.hands.tap(who, action, value)

    def _answers(self) -> Iterator[tuple[str, str, str]]:
        """Four of five answer the day's message: how each goal is, and whether a talk was held."""
        shown, self.shown = self.shown, {}
        for who, card in shown.items():
            if _luck(who, self.look) % 5 == 0:
                continue
            for number, button in enumerate(buttons_of(card)):
                if button.action in {"oneonone.log", "checkin:on_track", "interview.held"}:
                    ill = button.action == "checkin:on_track" and _luck(who, number) % 6 == 0
                    yield who, "checkin:at_risk" if ill else button.action, button.value

    async def _due(self) -> AsyncIterator[tuple[str, str, str]]:
        """What each record asks of whoever has it, by one in so many at each look."""
        async with self.deps.database.begin(write=False) as tx:
            around = Roster.of(await tx.people.all(), self.deps.company.hr_admins)
            found = [
                one
                for cycle in await tx.cycles.running()
                for one in await tx.reviews.in_cycle(cycle.id)
            ]
        today = self.clock.moment.date()
        for one in found:
            if _luck(one.id, one.stage) % ROUNDS != self.look % ROUNDS:
                continue
            seats = desks(around.people[one.employee_id], around, today)
            for who, action in _next(one, seats):
                if who is not None:
                    yield who, action, one.id


def _next(review: Review, seats: Any) -> Iterator[tuple[str | None, str]]:
    own = review.employee_id
    match review.stage:
        case Stage.GOALS:
            yield own, "goals.open"
        case Stage.GOALS_SUBMITTED:
            yield seats.manager, "goals.approve"
            yield own, "goals.confirm"
        case Stage.SELF_REVIEW:
            yield own, "self_review.open"
        case Stage.MANAGER_REVIEW:
            yield seats.manager, "rate:3.5"
        case Stage.SKIP_LEVEL | Stage.HR:
            desk = DESK_AT[review.stage]
            signer = seats.skip_level if desk is Desk.SKIP_LEVEL else seats.hr
            if lacks_gate_word(review, desk):
                yield signer, "gate.confirm"
            yield signer, "signoff.agree" if desk is Desk.SKIP_LEVEL else "hr.confirm"
        case Stage.INTERVIEW:
            yield seats.manager, "interview.times"
            yield own, "interview.first"
            yield seats.manager, "interview.held"
        case Stage.HELD:
            yield own, "review.acknowledge"
        case _:
            pass


def _luck(*of: object) -> int:
    return crc32(repr(of).encode())
