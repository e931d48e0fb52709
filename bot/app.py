"""Puts everything together, starts it and drains it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.config import Settings
from bot.http import Health, serve
from bot.pictures import Painter
from bot.platforms.slack.connect import SlackConnection, client_for
from bot.platforms.slack.directory import SlackDirectory
from bot.platforms.slack.faults import CannotListenError
from bot.platforms.slack.send import SlackMessenger
from handlers.answers import Answer
from handlers.dispatch import dispatch
from handlers.events import Event
from handlers.match_accounts import match_accounts
from handlers.ports import Clock, Company, Deps
from prompts import library
from prompts.render import Words
from scheduler.timetable import Timetable
from storage import database
from storage.engine import file_of
from storage.seal import Keyring, key_file

log = logging.getLogger(__name__)
DRAIN = 8
"""Seconds that what is under way may take when the program is told to stop; it has ten (ours)."""
AT_ONCE = 32
"""Events handled at the same time; more wait their turn (ours)."""
MATCH_EVERY, MATCH_GAP = 600, 15
"""Seconds between two looks at who is in the workspace, and at least between them (ours)."""


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


def company_of(settings: Settings) -> Company:
    """What the company settled, out of its settings."""
    channels = []
    if settings.slack is not None and settings.slack.hr_channel:
        channels.append(("slack", settings.slack.hr_channel))
    return Company(
        policy=settings.policy,
        library=library.load(),
        locale=settings.locale,
        time_zone=settings.time_zone,
        hr_admins=settings.hr_admins,
        hr_channels=tuple(channels),
    )


@asynccontextmanager
async def build(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Deps]:
    """Everything the program is made of, on an open database; nothing runs yet.

    Raises what storage.database.open raises.
    """
    file = file_of(settings.database_url)
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
    keyring = Keyring.of(settings.data_key, file=key_file(settings.database_url))
    opened = await database.open(settings.database_url, keyring)
    deps = Deps(database=opened, company=company_of(settings), clock=clock or SystemClock())
    if settings.slack is not None:
        client = client_for(settings.slack)
        deps.messengers = {"slack": SlackMessenger(client, Painter())}
        deps.directories = (SlackDirectory(client),)
    try:
        yield deps
    finally:
        await opened.close()


@dataclass(slots=True)
class Bot:
    """The running program."""

    deps: Deps
    settings: Settings
    plan_every: float = 10

    async def run(self, stop: asyncio.Event) -> None:
        """Listen, plan and deliver until `stop` is set; then finish what is under way.

        Raises what SlackConnection.start raises, and CannotListenError.
        """
        timetable = Timetable(self.deps, plan_every=self.plan_every)
        turns = asyncio.Semaphore(AT_ONCE)

        async def handle(event: Event) -> Answer:
            async with turns:
                return await dispatch(event, self.deps)

        connection = None
        if self.settings.slack is not None:
            words = Words(self.settings.locale)
            client = client_for(self.settings.slack)
            connection = SlackConnection(self.settings.slack, client, handle, words)
            await connection.start()
        health = Health(self.deps.database, connection)
        try:
            server = await serve(health, *self.settings.http_bind)
        except OSError as fault:
            if connection is not None:
                await connection.stop()
            raise CannotListenError("HTTP_BIND", fault) from fault
        await self._match_once()
        matching = asyncio.create_task(self._match())
        timetable.start()
        log.info("running")
        try:
            await stop.wait()
        finally:
            log.info("stopping")
            matching.cancel()
            if connection is not None:
                await connection.stop()
            try:
                await asyncio.wait_for(timetable.stop(), DRAIN)
            except TimeoutError:
                log.warning("not all that was under way came to its end; the next start sees to it")
            await server.cleanup()

    async def _match(self) -> None:
        """Look who is there every now and then, and soon after a stranger came."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self.deps.stranger.wait(), MATCH_EVERY)
            self.deps.stranger.clear()
            await self._match_once()
            await asyncio.sleep(MATCH_GAP)

    async def _match_once(self) -> None:
        try:
            await match_accounts(self.deps)
        except Exception:
            log.exception("accounts could not be matched; tried again later")
