"""One history: processes that die and wake, a chat that fails, and people who press anyway."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

from chat import Chat, FakeMessenger, Message
from dice import TIMES_OUT, Dice
from life import Crash, Life, LivesDatabase
from start import Start
from virtual import VirtualClock
from watch import Watch
from world import NOON

from handlers.answers import Answer, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Event, Missed, Submitted
from handlers.ports import Deps
from scheduler.deliver import deliver_all
from storage.notice import BULK, URGENT, Notice

ACK = 3.0
"""Seconds after which the platform hands an event in again."""
BEGINNINGS = (NOON, NOON + timedelta(hours=6, minutes=59), NOON - timedelta(hours=3, minutes=1))
"""In the middle of the bot's hours, just before their end, just before they begin."""
FIRST_LOOK, IDLE = 1.0, 60.0
"""Seconds until the next look: for what a limit holds back, longer each time, or for nothing."""
MOST_REFUSED = 60
"""Tries after which somebody gives up."""
MOST_WAITS = 400
"""Looks at whether all is said; then it never will be."""


@dataclass
class Told:
    """An event and what was answered to it, each time."""

    event: Event
    answers: list[Answer] = field(default_factory=list)
    refused: int = 0
    """How often it was refused; whoever sent it sends it again, as the same event."""


@dataclass
class History:
    """Everything that happens after one start, by one seed."""

    start: Start
    seed: int
    quiet: bool = False
    """Nothing goes wrong, and nothing comes twice."""

    def __post_init__(self) -> None:
        self.dice = Dice(self.seed, calm=self.quiet)
        self.wrong: list[str] = []
        luck = self.dice.random
        self.clock = VirtualClock(luck.choice(BEGINNINGS))
        self.chat = Chat(self.dice, self.clock.now)
        self.watch = Watch(self.clock.now, self.chat.say, self.wrong)
        self.deps: dict[int, Deps] = {}
        self.told: list[Told] = []
        self.notes: list[Notice] = []
        self.names = count(1)
        self.lives: list[asyncio.Task[None]] = []
        self.acts: list[asyncio.Task[None]] = []

    async def play(self) -> None:
        """From the first event until all is said."""
        asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # the dead tell nobody
        self.start.again()
        for entry in self.start.standing:
            made = Message(
                entry.id, entry.kind, entry.channel or "", entry.ts or "", "", NOON, NOON
            )
            self.chat.messages.append(made)
        luck = self.dice.random
        self.lives = [
            asyncio.create_task(self._process(number)) for number in range(luck.choice((1, 2, 3)))
        ]
        self.acts = [asyncio.create_task(self._hand_in(told, at)) for at, told in self._events()]
        if luck.random() < 0.2:
            self.acts.append(asyncio.create_task(self._shut()))
        if luck.random() < 0.5 and any(isinstance(one.event, Submitted) for one in self.told):
            self.acts.append(asyncio.create_task(self._close_the_cycle()))
        self._plan_notes()
        await asyncio.sleep(luck.uniform(20, 60))
        await asyncio.gather(*self.acts)
        self.dice.calm = True
        await self._until_all_is_said()

    async def end(self) -> None:
        """Nobody is left."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _events(self) -> list[tuple[float, Told]]:
        luck = self.dice.random
        events: list[Event] = [
            Missed(who=Account("text", f"T-{luck.choice(('e1', 'e2', 'mia'))}"), identity=f"m:{n}")
            for n in range(luck.randint(0, 3))
        ]
        if luck.random() < 0.3:
            events += [self.start.sends[who] for who in luck.sample(("e1", "e2", "e3"), 2)]
        self.told = [Told(event) for event in events]
        return [(luck.uniform(0, 20), told) for told in self.told]

    def _plan_notes(self) -> None:
        luck = self.dice.random
        for number in range(luck.randint(1, 4)):
            once = f"note/{number}"
            due = self.clock.now() + timedelta(seconds=luck.choice((0, 0, 5, 15)))
            self.notes.append(
                Notice(
                    kind="note",
                    receiver=luck.choice(("e1", "e2", "e3", "mia", "boss")),
                    facts={"text": once},
                    once=once,
                    due=due,
                    priority=luck.choice((URGENT, BULK, BULK)),
                )
            )

    async def _hand_in(self, told: Told, after: float) -> None:
        """As a platform does: again until it is acknowledged, and sometimes after that."""
        await asyncio.sleep(after)
        tries: list[asyncio.Task[None]] = []
        while not told.answers and told.refused < MOST_REFUSED:
            tries.append(asyncio.create_task(self._once(told)))
            await asyncio.wait(tries[-1:], timeout=ACK)
            if tries[-1].done() and not told.answers:
                await asyncio.sleep(ACK)
        if self.dice.chance(0.4):
            await asyncio.sleep(self.dice.random.uniform(0, 30))
            tries.append(asyncio.create_task(self._once(told)))
        await asyncio.gather(*tries)

    async def _once(self, told: Told) -> None:
        if not self.deps:
            return
        deps = self.deps[self.dice.random.choice(sorted(self.deps))]
        try:
            answer = await handed_in(told.event, deps)
            if isinstance(answer, Says):
                told.refused += 1
                self.chat.say(f"refused: {told.event.identity}")
                return
            told.answers.append(answer)
            self.chat.say(f"acknowledged: {told.event.identity}")
        except Crash:
            self.chat.say(f"not acknowledged: {told.event.identity}")

    async def _process(self, number: int) -> None:
        """Started again whenever it died."""
        while True:
            life = Life(f"process {number}.{next(self.names)}", self.dice, self.chat.say)
            database = LivesDatabase(self.start.database, life, self.watch)
            deps = Deps(
                database=database,
                company=self.start.company,
                clock=self.clock,
                messengers={"text": FakeMessenger(life, self.chat)},
            )
            self.deps[number] = deps
            work = asyncio.create_task(self._live(deps))
            died = asyncio.create_task(life.died.wait())
            await asyncio.wait({work, died}, return_when=asyncio.FIRST_COMPLETED)
            if work.done() and not isinstance(work.exception(), Crash):
                self.wrong.append(f"{life.name} stopped: {work.exception()!r}")
                return
            work.cancel()
            del self.deps[number]
            await asyncio.sleep(self.dice.random.uniform(1, 20))

    async def _live(self, deps: Deps) -> None:
        """Each process plans the same when it starts, and then sends what there is."""
        async with deps.database.begin() as tx:
            for notice in self.notes:
                await tx.outbox.put(notice)
        vain = 0
        while True:
            vain = await self._work(deps, vain)

    async def _work(self, deps: Deps, vain: int) -> int:
        """Send what is due, or sleep; how often it looked in vain for what is held back."""
        deps.said.clear()
        async with deps.database.begin(write=False) as tx:
            due = await tx.outbox.next_due()
        wait = IDLE if due is None else (due - self.clock.now()).total_seconds()
        if wait <= 0:
            await deliver_all(deps)
            wait, vain = min(FIRST_LOOK * 3**vain, IDLE), vain + 1
        else:
            vain = 0
        try:
            async with asyncio.timeout(min(wait, 3600)):
                await deps.said.wait()
        except TimeoutError:
            return vain
        return 0

    async def _shut(self) -> None:
        """Somebody archives the HR channel, and opens it again."""
        await asyncio.sleep(self.dice.random.uniform(0, 20))
        if not self.quiet:
            self.chat.shut.add("#hr")
            await asyncio.sleep(self.dice.random.uniform(10, 900))
            self.chat.shut.clear()

    async def _close_the_cycle(self) -> None:
        """HR closes the cycle by mistake, and opens it again: what is sent meanwhile is refused."""
        for closed in (True, False):
            async with self.start.database.begin() as tx:
                cycle = await tx.cycles.get(self.start.cycle)
                assert cycle is not None
                at = self.clock.now() if closed else None
                await tx.cycles.save(replace(cycle, closed_at=at))
            self.chat.say("the cycle is closed" if closed else "the cycle is open again")
            await asyncio.sleep(self.dice.random.uniform(5, 20))

    async def _until_all_is_said(self) -> None:
        for _ in range(MOST_WAITS):
            async with self.start.database.begin(write=False) as tx:
                due = await tx.outbox.next_due()
                written = [await tx.outbox.find(one.once) for one in self.notes]
            asleep = self.dice.all_awake - asyncio.get_running_loop().time()
            if due is None and None not in written and asleep < -2 * TIMES_OUT:
                return
            wait = IDLE if due is None else (due - self.clock.now()).total_seconds()
            await asyncio.sleep(max(wait + 5, asleep + 2 * TIMES_OUT, 5))
        self.wrong.append("it never came to rest")


async def handed_in(event: Event, deps: Deps) -> Answer:
    """The one way in; the acknowledgement follows when it returns."""
    return await dispatch(event, deps)
