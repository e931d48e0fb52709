"""The real bot beside the stand-in for Slack, in one process, with people in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import fresh_file
from story_clock import StoryClock

from bot.app import Bot, build
from bot.config import Settings, SlackSettings
from handlers import cycles, export, roster
from handlers.match_accounts import match_accounts
from handlers.ports import Deps
from handlers.work import Work
from review.cycle import Cycle
from review.policy import OneOnOnes, Policy
from review.record import Review
from sandbox.company import Person as Colleague
from sandbox.company import hr_admins, people, roster_csv
from sandbox.slack import payloads
from sandbox.slack.model import Message, OpenView, texts_of
from sandbox.slack.people import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from scheduler.claim import LEASE
from scheduler.deliver import deliver_all
from scheduler.tick import look_back, plan, tick
from storage.audit import Happened
from storage.notice import State
from storage.seal import new_key

MORNING = datetime(2026, 10, 12, 3, 0, tzinfo=UTC)
"""A Monday: 11:00 in Shanghai, and not yet morning in Berlin."""
AFTERNOON = datetime(2026, 10, 12, 8, 0, tzinfo=UTC)
"""The same day: 16:00 in Shanghai, 10:00 in Berlin."""
OPEN = {
    "self_open": date(2026, 10, 12),
    "self_due": date(2026, 10, 16),
    "manager_due": date(2026, 10, 23),
}
CALLS_END = 500
"""Looks, a fiftieth of a second apart, until a call counts as one that never ends."""
SOON = timedelta(minutes=2)
"""What falls due within this time is waited for by `settle`."""
A_WHILE = timedelta(seconds=10)
"""How far `settle` moves the clock where the platform's limits hold something back."""


@dataclass
class Place:
    """A company of the sample, in a workspace."""

    deps: Deps
    settings: Settings
    server: SlackServer
    workspace: Workspace
    clock: StoryClock
    colleagues: tuple[Colleague, ...]
    who: dict[str, Person]
    """Employee id to the person in the workspace."""
    _open: AsyncExitStack = field(default_factory=AsyncExitStack)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _bot: asyncio.Task[None] | None = None

    async def tick(self, at: datetime | None = None) -> None:
        if at is not None:
            self.clock.moment = at
        await tick(self.deps)

    async def settle(self) -> None:
        """Move the clock on until all that is due by now, or soon, has been sent."""
        while True:
            await deliver_all(self.deps)
            await look_back(self.deps)
            await self._calls_end()
            now = self.clock.now()
            async with self.deps.database.begin(write=False) as tx:
                due = await tx.outbox.next_due()
            if due is None or due > now + SOON:
                return
            self.clock.moment = due if due > now else now + A_WHILE

    async def _calls_end(self) -> None:
        """Wait for what the bot's own loop is sending; a call of unknown end stays as it is.

        A picture takes a while, however far the story's clock moves: on a busy machine seconds.
        """
        for _ in range(CALLS_END):
            async with self.deps.database.begin(write=False) as tx:
                sending = await tx.outbox.ledger(states=[State.SENDING])
            fresh = self.clock.now() + LEASE / 2
            begun = any(one.lease_until >= fresh for one in sending if one.lease_until)
            if not begun or not _at_work():
                return
            await asyncio.sleep(0.02)

    async def open_cycle(self, name: str = "2026Q3", **dates: date) -> Cycle:
        """Open a cycle and let everybody hear of it."""
        cycle = await self.plan_cycle(name, **dates)
        await self.tick()
        await self.settle()
        return cycle

    async def plan_cycle(self, name: str = "2026Q3", **dates: date) -> Cycle:
        """Open a cycle; what is to be said of it is written down and not sent."""
        async with self.deps.database.begin() as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.clock.now())
            wanted = cycles.OpenCycle(name=name, dates=OPEN | dates)
            cycle, _, _ = await cycles.open_cycle(wanted, "", work)
        await plan(self.deps)
        return cycle

    async def review(self, cycle: Cycle, employee: str) -> Review:
        async with self.deps.database.begin(write=False) as tx:
            found = await tx.reviews.of(cycle.id, employee)
        assert found is not None, employee
        return found

    async def review_id(self, cycle: Cycle, employee: str) -> str:
        return (await self.review(cycle, employee)).id

    async def exported(self, cycle: Cycle) -> dict[str, dict[str, Any]]:
        """The export of a cycle's reviews, by employee."""
        async with self.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.clock.now())
            return {one["employee_id"]: one for one in await export.reviews(cycle, work)}

    async def trail(self) -> tuple[Happened, ...]:
        """The whole audit trail."""
        async with self.deps.database.begin(write=False) as tx:
            return await tx.audit.all()

    async def start(self) -> None:
        """Let a new program, on the database that is there, listen."""
        self.deps = await self._open.enter_async_context(build(self.settings, self.clock))
        self._stop = asyncio.Event()
        bot = Bot(self.deps, self.settings, plan_every=3600)
        self._bot = asyncio.create_task(bot.run(self._stop))
        await self._listens()

    async def _listens(self) -> None:
        await self.workspace.until(lambda: self.server.sockets.connections > 0)

    async def stop(self) -> None:
        """End it as SIGTERM would."""
        self._stop.set()
        if self._bot is not None:
            await self._bot
        self._bot = None
        await self._open.aclose()

    async def kill(self) -> None:
        """Drop the program without letting it finish anything, and start another."""
        assert self._bot is not None
        self._bot.cancel()
        await asyncio.gather(self._bot, return_exceptions=True)
        await self._open.aclose()
        await self.start()

    def employee(self, wanted: str) -> Colleague:
        return next(one for one in self.colleagues if one.employee_id == wanted)

    def dms(self, employee: str, kind: str | None = None) -> list[Message]:
        """What the bot sent somebody, of one kind or all."""
        mine = [m for m in self.who[employee].dms() if m.by_bot and not m.ephemeral]
        return [m for m in mine if kind is None or kind_of(m) == kind]

    def kind_of(self, message: Message) -> str | None:
        """The name of the prompt that a message of the bot was made from; None: an answer."""
        return kind_of(message)

    def troubles(self) -> list[str]:
        """What did not work, as people's screens told them."""
        return [one for found in self.workspace.troubles.values() for one in found]

    async def forge(self, employee: str, action: str, value: str) -> None:
        """Send what a button would that no message has; no form may open."""
        who = self.who[employee]
        message = await who.say("hello")
        button = {"type": "button", "action_id": action, "value": value, "block_id": "b"}
        body = payloads.block_actions_in_message(
            self.workspace,
            who.id,
            message,
            button | {"action_ts": self.workspace.next_ts()},
        )
        await self.workspace.wire.deliver("interactive", body)
        if who.form is not None:
            assert who.form.callback_id == "notice"
            await who.close()

    def board(self) -> list[Message]:
        """Everything in the HR channel, oldest first."""
        channel = self.workspace.channel("#hr")
        assert channel is not None
        return channel.messages


def _at_work() -> bool:
    """Whether a sending is under way in this process, by the timetable's loop or a worker."""
    names = {getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()}
    return not names.isdisjoint({"_send", "Worker._process_job"})


def kind_of(message: Message) -> str:
    """The name of the prompt that a message of the bot was made from."""
    return str((message.metadata or {})["event_payload"]["kind"])


WITHOUT_TALKS = Policy(one_on_one=OneOnOnes(on=False))
"""One-on-ones would come into everybody's message of a day, whatever a test is about."""


def settings_for(server: SlackServer, folder: Path, **changed: Any) -> Settings:
    """Settings of a bot on that server, with a database in that folder."""
    slack = SlackSettings(
        bot_token=server.bot_token,
        app_token=server.app_token,
        signing_secret=None,
        http_bind=None,
        api_url=server.api_url,
        hr_channel=changed.pop("hr_channel", "#hr"),
    )
    given: dict[str, Any] = {
        "policy": WITHOUT_TALKS,
        "locale": "en",
        "http_bind": ("127.0.0.1", 0),
        "data_key": new_key(),
    }
    file = folder / "bot.db"
    fresh_file.lay(file)
    url = changed.pop("database_url", f"sqlite+aiosqlite:///{file}")
    return Settings(database_url=url, slack=slack, **given | changed)


@asynccontextmanager
async def place(
    folder: Path,
    *,
    count: int = 12,
    colleagues: Sequence[Colleague] | None = None,
    start: datetime = AFTERNOON,
    hr_with_bot: bool = True,
    running: bool = True,
    **settings: Any,
) -> AsyncIterator[Place]:
    """The sample company, matched to its accounts, and (if `running`) the bot that listens."""
    everybody = tuple(people(count, 1) if colleagues is None else colleagues)
    admins = hr_admins(everybody)
    clock = StoryClock(start)
    workspace = Workspace("Sample", clock=clock, file_delay=0.0, ack_seconds=30)
    workspace.app.events = {"app_home_opened"}  # what the manifest subscribes to
    who = {one.employee_id: slack_user(workspace, one) for one in everybody}
    workspace.add_channel("hr", members=[who[one] for one in admins], with_bot=hr_with_bot)
    async with SlackServer(workspace) as server:
        made = settings_for(server, folder, **{"hr_admins": admins} | settings)
        async with build(made, clock) as deps:
            await fill(deps, clock, everybody)
            home = Place(deps, made, server, workspace, clock, everybody, who)
            if not running:
                yield home
                return
        await home.start()
        try:
            yield home
        finally:
            await home.stop()


def slack_user(workspace: Workspace, one: Colleague) -> Person:
    """Add somebody to a workspace."""
    return workspace.add_user(
        one.employee_id.lower(),
        real_name=one.name,
        email=one.email,
        locale=one.locale,
        tz=one.time_zone,
        title=one.title,
    )


async def fill(deps: Deps, clock: StoryClock, everybody: tuple[Colleague, ...]) -> None:
    """Take those people into the roster, each with their account."""
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=clock.now())
        found = await roster.check_roster(roster_csv(everybody).encode(), work)
        assert found.faults == ()
        await roster.import_roster(found, None, work)
    await match_accounts(deps)


def lines(shown: Message | OpenView) -> list[str]:
    """What can be read, a line a block, whatever is bold in it."""
    return [line for block in shown.blocks if (line := _line(block))]


def _line(block: dict[str, Any]) -> str:
    if block["type"] == "rich_text":
        parts = [part for element in block["elements"] for part in element["elements"]]
        return "".join(part.get("text", "") for part in parts)
    return "\n".join(texts_of(block)).replace("*", "")
