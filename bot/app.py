"""Puts everything together, starts it and drains it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.config import Settings
from bot.connections import Chat, Connections
from bot.faults import Fault
from bot.http import Health, serve
from bot.matching import PATIENCE, Matching
from bot.metrics import Metrics
from bot.pictures import Painter
from bot.platforms.dingtalk.client import DingTalkClient
from bot.platforms.dingtalk.client import session as dingtalk_session
from bot.platforms.dingtalk.directory import DingTalkDirectory
from bot.platforms.dingtalk.listen import Listener
from bot.platforms.dingtalk.send import COUNTED, DingTalkMessenger
from bot.platforms.slack.connect import SlackConnection, client_for, session
from bot.platforms.slack.directory import SlackDirectory
from bot.platforms.slack.faults import CannotListenError
from bot.platforms.slack.send import SlackMessenger
from bot.platforms.slack.watch import Watch
from bot.tally import Tally
from bot.underway import Underway
from handlers import channels, living
from handlers.answers import Answer
from handlers.dispatch import dispatch, words_for
from handlers.events import Account, Answered, Event, Pressed, Submitted
from handlers.library import take_up
from handlers.ports import Clock, Company, Deps, Messenger, Quota
from handlers.work import Work
from prompts import library
from prompts.render import Words
from review.library import has
from scheduler.timetable import Timetable, sender_for
from storage import database
from storage.engine import file_of
from storage.errors import FaultError
from storage.seal import Keyring, key_file

log = logging.getLogger(__name__)
DRAIN = 5
"""Seconds that what is being sent may take when the program is told to stop, after what is being
answered has had its three; it has ten in all (ours)."""
AT_ONCE = 32
"""Events handled at the same time; more wait their turn (ours)."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


def company_of(settings: Settings) -> Company:
    """What the company settled, out of its settings."""
    hr, praise, dingtalk = [], [], settings.dingtalk
    for platform, chat in (("slack", settings.slack), ("dingtalk", settings.dingtalk)):
        if chat is not None and chat.hr_place:
            hr.append((platform, chat.hr_place))
        if chat is not None and chat.praise_channel:
            praise.append((platform, chat.praise_channel))
    return Company(
        policy=settings.policy,
        library=library.load(),
        locale=settings.locale,
        time_zone=settings.time_zone,
        hr_admins=settings.hr_admins,
        hr_channels=tuple(hr),
        praise_channels=tuple(praise),
        commands={("dingtalk", "zh-CN"): "绩效", ("dingtalk", "en"): "review"},
        planners=tuple(("dingtalk", kind) for kind in dingtalk.entries) if dingtalk else (),
    )


def quotas_of(settings: Settings) -> tuple[Quota, ...]:
    """Of which platform a month has so many calls."""
    ding = settings.dingtalk
    if ding is None or not ding.monthly_calls:
        return ()
    return (
        Quota(
            platform="dingtalk",
            calls=ding.monthly_calls,
            buckets=COUNTED,
            free_channel=ding.hr_webhook is not None,
        ),
    )


@asynccontextmanager
async def build(
    settings: Settings, clock: Clock | None = None, *, edits: bool = False
) -> AsyncIterator[Deps]:
    """Everything the program is made of, on an open database; nothing runs yet.

    `edits`: the library is what is worked on, so a ladder may be lacking as yet.
    Raises what storage.database.open raises, and Fault for a value that has no ladder.
    """
    file = file_of(settings.database_url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    keyring = Keyring.of(settings.data_key, file=key_file(settings.database_url))
    opened = await database.open(settings.database_url, keyring)
    deps = Deps(database=opened, company=company_of(settings), clock=clock or SystemClock())
    deps.quotas, deps.calls = quotas_of(settings), Tally(deps)
    try:
        await take_up(deps)
        library_of = deps.company.library
        for name in settings.policy.values:
            if not edits and not has(library_of, name):
                raise Fault("library.lacks", name=name, known=tuple(library_of.ladders))
        messengers: dict[str, Messenger] = {}
        async with AsyncExitStack() as stack:
            if settings.slack is not None:
                client = client_for(settings.slack)
                client.session = await stack.enter_async_context(session())
                messengers["slack"] = SlackMessenger(client, Painter())
                deps.directories = (SlackDirectory(client),)
            if settings.dingtalk is not None:
                calls = await stack.enter_async_context(dingtalk_session())
                ding = DingTalkClient(settings.dingtalk, calls, deps.calls)
                messengers["dingtalk"] = DingTalkMessenger(
                    ding, settings.dingtalk.groups, now=lambda: deps.clock.now().timestamp()
                )
                deps.directories = (*deps.directories, DingTalkDirectory(ding))
                deps.asked_in_parts = frozenset({"dingtalk"})
            deps.messengers = messengers
            try:
                yield deps
            finally:
                with suppress(FaultError):
                    await deps.calls.keep()
    finally:
        await opened.close()


@dataclass(slots=True)
class Bot:
    """The running program."""

    deps: Deps
    settings: Settings
    plan_every: float = 10
    machine: Clock = field(default_factory=SystemClock)
    """The clock that Slack's is compared with."""
    listens: bool = True
    """Else it neither listens nor plans: one more pair of hands that send (PostgreSQL)."""
    metrics: Metrics = field(default_factory=Metrics)
    _turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def run(self, stop: asyncio.Event) -> None:
        """Listen, plan and deliver until `stop` is set; then finish what is under way.

        It begins as soon as one platform is connected. While another can't be reached it is waited
        for. Raises SlackRefusedError, DingTalkRefusedError and CannotListenError.
        """
        slack = self._slack() if self.listens else None
        dingtalk = self._dingtalk() if self.listens else None
        both: dict[str, Chat | None] = {"slack": slack, "dingtalk": dingtalk}
        chats = {name: one for name, one in both.items() if one is not None}
        watch = Connections(chats, Words(self.settings.locale)) if chats else None
        self.deps.observer = self.metrics
        self.deps.database.waited = self.metrics.waited
        health = Health(self.deps, watch, Words(self.settings.locale))
        try:
            server = await serve(health, self.metrics, *self.settings.http_bind)
        except OSError as fault:
            raise CannotListenError("HTTP_BIND", fault) from fault
        try:
            if watch is None or await _before(stop, watch.connect()):
                await self._work(stop, watch, slack)
        finally:
            if watch is not None:
                await watch.stop()
            await server.cleanup()

    async def _work(
        self, stop: asyncio.Event, watch: Connections | None, slack: Watch | None
    ) -> None:
        sender = sender_for(self.deps, self.settings.database_url)
        timetable = Timetable(
            self.deps, plan_every=self.plan_every, plans=self.listens, sender=sender
        )
        beside = []
        if self.listens:
            slack_url = "" if self.settings.slack is None else self.settings.slack.api_url
            matching = Matching(self.deps, slack_url)
            first = asyncio.create_task(matching.once())
            await asyncio.wait({first}, timeout=PATIENCE)
            beside += [first, asyncio.create_task(matching.run())]
        beside.append(asyncio.create_task(self._take_up()))
        beside.append(asyncio.create_task(self.deps.calls.run()))
        if slack is not None:
            await self._look_at_channels(slack)
        if watch is not None:
            beside.append(asyncio.create_task(watch.run()))
        timetable.start()
        log.info("running")
        try:
            await stop.wait()
        finally:
            log.info("stopping")
            self.deps.stopping.set()
            for task in beside:
                task.cancel()
            if watch is not None:
                await watch.stop()
            try:
                await asyncio.wait_for(timetable.stop(), DRAIN)
            except TimeoutError:
                log.warning("not all that was under way came to its end; the next start sees to it")

    def _slack(self) -> Watch | None:
        if self.settings.slack is None:
            return None
        client = client_for(self.settings.slack)
        connection = SlackConnection(
            self.settings.slack,
            client,
            self._handle,
            self._words_of,
            Underway(self.metrics.acknowledged),
        )
        alone = file_of(self.settings.database_url) is not None
        return Watch(connection, self.machine, Words(self.settings.locale), alone=alone)

    def _dingtalk(self) -> Chat | None:
        if self.settings.dingtalk is None:
            return None
        from bot.platforms.dingtalk.watch import DingTalkWatch

        client = DingTalkClient(self.settings.dingtalk, dingtalk_session(), self.deps.calls)
        sender = self.deps.messengers.get("dingtalk")
        ours = sender if isinstance(sender, DingTalkMessenger) else None
        robot, answering = (ours.entries.robot, ours.answering) if ours else (None, None)
        listener = Listener(self._handle, self._words_of, client, robot, answering)
        underway = Underway(self.metrics.acknowledged)
        return DingTalkWatch(client, listener, underway, Words(self.settings.locale))

    async def _handle(self, event: Event) -> Answer:
        async with self._turns:
            answer = await dispatch(event, self.deps)
        log.info("%s: %s", _named(event), type(answer).__name__)
        return answer

    async def _words_of(self, who: Account) -> Words:
        return await words_for(who, self.deps)

    async def _look_at_channels(self, watch: Watch) -> None:
        """Whether they can be written in; if not, HR is told before anything is to stand there."""
        for one in (living.HR, living.PRAISE):
            try:
                shut = await watch.shut(self.deps.company.channel(one, "slack"))
                if shut is not None:
                    async with self.deps.database.begin() as tx:
                        work = Work(tx=tx, company=self.deps.company, now=self.deps.clock.now())
                        await channels.is_shut(one, "slack", shut, work)
            except (Fault, FaultError) as fault:
                log.warning("the channel %s could not be looked at: %s", one, fault)

    async def _take_up(self) -> None:
        """Look every now and then whether HR imported a library."""
        while True:
            await asyncio.sleep(self.plan_every)
            try:
                await take_up(self.deps)
            except FaultError as fault:
                log.warning("the library could not be looked at; tried again later: %s", fault)


def _named(event: Event) -> str:
    """What came, for the log: never by whom, of whom, or what was answered."""
    match event:
        case Pressed(action=action):
            return f"press {action.partition(':')[0]}"
        case Answered(form=form):
            return f"choice in {form}"
        case Submitted(form=form, step=step):
            return f"step {step} of {form}"
        case _:
            return type(event).__name__.lower()


async def _before(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work unless `stop` is set before it ends; whether it was done."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            await working
        return working.done()
    finally:
        for task in (working, stopping):
            task.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
