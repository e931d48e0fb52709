"""The bot's side of a conversation with the local DingTalk, without a database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.config import DingTalkSettings
from bot.platforms.dingtalk import template
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.listen import Listener
from bot.platforms.dingtalk.watch import DingTalkWatch
from bot.underway import Underway
from handlers.answers import Answer, Done
from handlers.events import Account, Event, Posed
from prompts.render import Words
from sandbox.dingtalk import DingTalkServer, Organisation, Template

OURS = Template(
    "ours.schema",
    texts=template.TEXTS,
    current=template.CURRENT,
    notes=template.NOTES,
)
"""The template that is shipped."""


def settings_of(server: DingTalkServer) -> DingTalkSettings:
    """What the bot has to know of that organisation."""
    app = server.organisation.app
    return DingTalkSettings(
        client_id=app.key,
        client_secret=app.secret,
        robot_code=app.robot_code,
        api_url=f"{server.api_url}/",
        oapi_url=f"{server.oapi_url}/",
        form_template=OURS.id if OURS.id in server.organisation.templates else None,
    )


@dataclass
class Told:
    """Keeps what was dispatched, and answers as it is told to.

    Where a form is asked is no event of a person, and is kept aside.
    """

    answer: Callable[[Event], Answer] = lambda _: Done()
    events: list[Event] = field(default_factory=list)
    posed: list[tuple[int, bool]] = field(default_factory=list)
    """The part, and whether what is typed answers it."""
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def dispatch(self, event: Event) -> Answer:
        if isinstance(event, Posed):
            self.posed.append((event.turn, event.typed))
            return Done()
        self.events.append(event)
        await self.gate.wait()
        return self.answer(event)


async def words_of(_: Account) -> Words:
    return Words("en")


def watch_of(settings: DingTalkSettings, told: Told) -> DingTalkWatch:
    """Not connected yet."""
    client = DingTalkClient(settings, session())
    listener = Listener(told.dispatch, words_of, client)
    return DingTalkWatch(client, listener, Underway(), Words("en"))


@asynccontextmanager
async def listening(
    organisation: Organisation, answer: Callable[[Event], Answer] = lambda _: Done()
) -> AsyncIterator[tuple[Told, DingTalkWatch, DingTalkServer]]:
    """A bot that is connected to that organisation."""
    told = Told(answer)
    told.gate.set()
    async with DingTalkServer(organisation) as server:
        watch = watch_of(settings_of(server), told)
        try:
            await watch.start()
            yield told, watch, server
        finally:
            await watch.stop()
