"""A quarter of a company on DingTalk: how many calls each month costs, counted one by one."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.figures import Figure
from bench.processes import answer_of
from bench.statements import Chat, account
from bot.config import DingTalkSettings
from bot.platforms.dingtalk import batch, card_draw, metering
from bot.platforms.dingtalk.card_listen import CardListener
from bot.platforms.dingtalk.cards import MESSAGE, Cards
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import COUNTED, DingTalkMessenger
from bot.tally import Tally
from handlers import cycles, roster
from handlers.answers import Answer, Asks, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Event, Pressed
from handlers.ports import Calls, Company, Deps, Outcome, Parcel, Quota
from handlers.work import Work
from prompts import library
from prompts.card import Button, Buttons, Card, Paragraph
from prompts.render import Words
from review.desks import desks
from review.policy import Policy
from review.record import Review
from review.roster import Roster
from review.signing import DESK_AT, lacks_gate_word
from review.stages import Desk, Stage
from sandbox.company import hr_admins, people, roster_csv
from scheduler.deliver import deliver_all
from scheduler.tick import tick
from storage import database
from storage.notice import State
from storage.seal import Keyring, new_key

PEOPLE, MEASURED, WEEKS, MONTHLY = 500, 50, 13, 5_000
FIRST = date(2026, 10, 5)
"""In the week of China's National Day; the review is of the quarter that just ended."""
LOOKS = (hour(1, 30), hour(8, 30))
"""By UTC: morning and afternoon in Shanghai, the latter morning in Berlin."""
ROUNDS = 10
"""Each does what waits for them at one look in so many: within about a week."""
DAY = timedelta(days=1)
WEEKEND = {5, 6}
GROUP, CARDS = "cidHR", "cards"
_KIND: ContextVar[str] = ContextVar("kind", default="?")


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
            self.bill.add(f"{what}: {kind or _KIND.get()}")
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
        for one in _buttons(card):
            if as_card or parcel.ts is None:
                track = parcel.ts or f"{MESSAGE}{parcel.delivery}"
                self.on_cards[parcel.to, one.action, one.value] = track if as_card else ""
        given = json.loads(drawn).get("msgParam")
        assert isinstance(self._client, Client)
        self._client.kinds[json.dumps(given, ensure_ascii=False)] = parcel.kind
        return drawn

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Send it as one of its kind."""
        token = _KIND.set(parcel.kind)
        try:
            assert isinstance(self._client, Client)
            bill = self._client.bill
            bill.messages[parcel.kind] += parcel.ts is None
            return await super().send(parcel, payload)
        finally:
            _KIND.reset(token)


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
        me, token = self._account(who), _KIND.set("form")
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
        _KIND.reset(token)

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
            for number, button in enumerate(_buttons(card)):
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


def _buttons(card: Card) -> Iterator[Button]:
    for part in card.parts:
        match part:
            case Buttons(buttons):
                yield from buttons
            case Paragraph(_, Button() as button):
                yield button


def _luck(*of: object) -> int:
    return crc32(repr(of).encode())


@asynccontextmanager
async def company(count: int, *, cards: bool) -> AsyncIterator[tuple[Life, Bill]]:
    """The sample company of that size, on DingTalk alone; `cards`: it has the card template.

    Then the month has the share of its calls that so many people are of all: what is done with
    fewer calls than are wanted is what is measured.
    """
    everybody = tuple(people(count, 1))
    clock = Clock(datetime.combine(FIRST, hour(1), UTC))
    bill = Bill(clock)
    settings = DingTalkSettings(
        client_id="a",
        client_secret="b",  # noqa: S106
        robot_code="a",
        api_url="http://127.0.0.1:9/",
        oapi_url="http://127.0.0.1:9/",
        hr_channel=GROUP,
        form_template="ours.schema" if cards else None,
    )
    calls_of_a_month = MONTHLY * count // PEOPLE if cards else 10**9
    with tempfile.TemporaryDirectory(prefix="nosurprise-bench-") as folder:
        opened = await database.open(
            f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}", Keyring.of(new_key())
        )
        async with session() as calls:
            client = Client(settings, calls, bill)
            messenger = Messenger(client, settings.groups)
            deps = Deps(
                database=opened,
                company=Company(
                    policy=Policy(),
                    library=library.load(),
                    locale="zh-CN",
                    time_zone="Asia/Shanghai",
                    hr_admins=hr_admins(everybody),
                    hr_channels=(("dingtalk", GROUP),),
                    planners=tuple(("dingtalk", kind) for kind in settings.entries),
                ),
                clock=clock,
                messengers={"dingtalk": messenger},
                quotas=(
                    Quota(platform=metering.PLATFORM, calls=calls_of_a_month, buckets=COUNTED),
                ),
            )
            client.tally = Tally(deps)
            life = Life(deps, clock, Hands(deps, client, messenger))
            _show(messenger, life)
            async with opened.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=clock.moment)
                found = await roster.check_roster(roster_csv(everybody).encode(), work)
                await roster.import_roster(found, None, work)
                pairs = [(account(one.employee_id), one.employee_id) for one in everybody]
                await tx.people.link_all("dingtalk", pairs)
            try:
                yield life, bill
            finally:
                await opened.close()


def _show(messenger: Messenger, life: Life) -> None:
    """Let people see the day's message that they are sent."""
    draw: Callable[[Card, Parcel], Any] = messenger.draw

    async def seen(card: Card, parcel: Parcel) -> bytes:
        if parcel.ts is None and parcel.kind == "reminder":
            life.shown[parcel.to.removeprefix("U")] = card
        drawn: bytes = await draw(card, parcel)
        return drawn

    messenger.draw = seen  # type: ignore[method-assign]


async def quarter(count: int, weeks: int = WEEKS, *, cards: bool = False) -> Mapping[str, Any]:
    """The quarter: a review of the one before, and goals for it a week later."""
    began = time.perf_counter()
    batch.QUIET = batch.QUIET_IF_URGENT = 0.02
    async with company(count, cards=cards) as (life, bill):
        await life.open_cycle("2026Q3")
        await life.through(FIRST, 1)
        await life.open_cycle("2026Q4")
        await life.through(FIRST + 7 * DAY, weeks - 1)
        async with life.deps.database.begin(write=False) as tx:
            stages: Counter[str] = Counter()
            for cycle in await tx.cycles.running():
                found = await tx.reviews.in_cycle(cycle.id)
                stages.update(f"{cycle.id} {one.stage.name}" for one in found)
            waiting = Counter(
                one.kind for one in await tx.outbox.ledger(states=[State.PENDING]) if not one.ts
            )
    return {
        "months": {month: dict(found.most_common()) for month, found in bill.calls.items()},
        "messages": dict(bill.messages.most_common()),
        "waiting": dict(waiting),
        "refused": dict(bill.refused),
        "stages": dict(stages),
        "seconds": time.perf_counter() - began,
    }


async def figures() -> list[Figure]:
    """Counted for fewer people, and so many times that for all: fewer share a call then."""
    told = await answer_of("bench.calls", str(MEASURED))
    with_cards = await answer_of("bench.calls", str(MEASURED), str(WEEKS), CARDS)
    times = PEOPLE // MEASURED
    chat, cards = (
        {month: sum(calls.values()) * times for month, calls in one["months"].items()}
        for one in (told, with_cards)
    )
    kinds: Counter[str] = Counter()
    for calls in told["months"].values():
        kinds.update(calls)
    most = ", ".join(f"{kind} {number * times:,}" for kind, number in kinds.most_common(8))
    sent = sum(told["messages"].values()) * times
    name = f"DingTalk calls of the fullest month, {PEOPLE} people"
    return [
        Figure(
            name=f"{name}, forms in the chat",
            value=max(chat.values()),
            limit=MONTHLY,
            means=f"{WEEKS} weeks, a review and a goals cycle, in which everybody answers what "
            f"they are asked; counted for {MEASURED} people, times {times}: {_spread(chat)}. "
            f"{sent:,} messages and entries went out in these calls; most were: {most}.",
        ),
        Figure(
            name=f"{name}, with the form template",
            value=max(cards.values()),
            limit=MONTHLY,
            means="The same, with cards while the month is on pace: forms and messages that "
            f"change, edited twice a day at most, of {MONTHLY // times} calls a month for "
            f"{MEASURED} people: {_spread(cards)}.",
        ),
    ]


def _spread(months: Mapping[str, int]) -> str:
    return ", ".join(f"{month} {number:,}" for month, number in sorted(months.items()))


if __name__ == "__main__":
    numbers, with_template = [one for one in sys.argv[1:] if one != CARDS], CARDS in sys.argv
    sys.stdout.write(json.dumps(asyncio.run(quarter(*map(int, numbers), cards=with_template))))
