"""The workspace and the bot beside it, both running, with the company on it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path as Folder

from bot.app import Bot, build, company_of
from bot.config import Settings
from bot.demo.cast import Cast, Quarter, come_back, move_into, roster_of
from bot.demo.chat import Chat
from bot.demo.clockwork import Clockwork
from bot.demo.colleagues import Colleagues
from bot.demo.kept import Keeper, Story, database_url, story
from bot.demo.on_dingtalk import OnDingTalk, OnDingTalkChat
from bot.demo.on_slack import OnSlack
from bot.demo.path import Path
from bot.demo.scene import HOME, Scene, opening, times_of
from prompts.render import LOCALES
from review.policy import Policy
from sandbox.changes import Change
from sandbox.clock import MovableClock
from sandbox.company import hr_admins
from sandbox.host import Landmark, Step
from scheduler.deliver import deliver_all
from scheduler.tick import plan

A_BREATH = 0.2
"""Seconds in which changes are taken together."""
CHATS: Mapping[str, type[OnSlack | OnDingTalk]] = {
    "slack": OnSlack,
    "dingtalk": OnDingTalk,
    "dingtalk-chat": OnDingTalkChat,
}
"""Where the sample company can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a start was asked for."""

    host: str
    port: int
    people: int
    seed: int
    quarter: Quarter
    locale: str
    """The language that HR and the company speak."""
    folder: Folder
    """Where it is kept."""
    platform: str = "slack"
    """One of CHATS."""
    kept: str | None = None
    """What is gone on with."""
    policy: Policy = field(default_factory=Policy)
    """The company's rules; another story than the demo's may have others."""

    @property
    def story(self) -> Story:
        """What was asked for, as far as a later start has to ask for the same."""
        return story(
            people=self.people,
            seed=self.seed,
            quarter=self.quarter.name,
            locale=self.locale,
            platform=self.platform,
            workspace=CHATS[self.platform].format,
        )


def locale() -> str:
    """The company's language: LOCALE, else the system's where that is English, else Chinese."""
    given = os.environ.get("LOCALE", "")
    if given in LOCALES:
        return given
    return "en" if os.environ.get("LANG", "").startswith("en") else "zh-CN"


class Stage:
    """What the page shows beside the chat; the host of the workspace."""

    def __init__(self, chat: Chat) -> None:
        """Nothing can be moved before the company is there."""
        self._chat = chat
        self._clockwork: Clockwork | None = None
        self._path: Path | None = None

    @property
    def busy(self) -> bool:
        """Whether the company is still moving in, or the clock is being moved."""
        return self._clockwork is None or self._clockwork.busy

    def landmarks(self) -> Sequence[Landmark]:
        """Where the clock can be moved to."""
        return () if self._clockwork is None else self._clockwork.landmarks()

    def move_to(self, landmark: Landmark) -> None:
        """Begin to move it there."""
        if self._clockwork is not None:
            self._clockwork.move_to(landmark)
            self.changed()

    def steps(self) -> Sequence[Step]:
        """The guided path."""
        return () if self._path is None else self._path.steps()

    def changed(self) -> None:
        """Let the pages look again."""
        self._chat.changes.tell("users")

    async def play(self, colleagues: Colleagues, scene: Scene) -> None:
        """Let the clock be moved and the path be walked, until cancelled."""
        deps, cycle = colleagues.deps, colleagues.cycle
        deeds = await scene.deeds(cycle)

        async def happen() -> None:
            nonlocal deeds
            await plan(deps)
            await deliver_all(deps)
            deeds = await colleagues.act(deeds)

        visit = times_of(cycle, deps.company).visit
        path = Path(colleagues.cast, cycle, deps, self._chat, visit)
        self._path = path
        self._clockwork = Clockwork(scene.clock, deps.company, cycle, happen, self.changed)
        stirred = asyncio.Event()
        forget = self._chat.changes.listen(lambda change: _stir(change, stirred))
        try:
            while True:
                before = path.steps()
                await path.look()
                if path.steps() != before:
                    self.changed()
                await stirred.wait()
                await asyncio.sleep(A_BREATH)
                stirred.clear()
        finally:
            forget()
            await self._clockwork.stop()


def _stir(change: Change, stirred: asyncio.Event) -> None:
    if change.what in {"messages", "users"}:
        stirred.set()


@asynccontextmanager
async def on_stage(asked: Asked) -> AsyncIterator[tuple[Chat, Cast, asyncio.Task[None]]]:
    """The workspace, who is there, and the task that plays; it ends only if it fails.

    Raises UnreadableError where what was kept is of another version.
    """
    company = company_of(Settings(database_url="", policy=asked.policy, time_zone=HOME))
    before = opening(Quarter.before(asked.quarter.starts), company)
    clock = MovableClock(before)
    chat: Chat = CHATS[asked.platform](clock, asked.kept)
    stage = Stage(chat)
    chat.welcome(stage)
    people = roster_of(asked.people, asked.seed, asked.quarter.ends, asked.locale)
    cast = (come_back if asked.kept else move_into)(chat, people)
    async with chat.served(asked.host, asked.port):
        playing = asyncio.create_task(_play(asked, stage, cast, clock, chat))
        try:
            yield chat, cast, playing
        finally:
            playing.cancel()
            await asyncio.gather(playing, return_exceptions=True)


async def _play(asked: Asked, stage: Stage, cast: Cast, clock: MovableClock, chat: Chat) -> None:
    """Arrange the scene, run the bot, and keep what happens."""
    stop = asyncio.Event()
    settings = _settings(asked, chat, cast)
    async with build(settings, clock) as deps:
        scene = Scene(cast, deps, clock)
        going_on = asked.kept is not None
        cycle = await (scene.under_way if going_on else scene.arrange)(asked.quarter)
        keeper = Keeper(chat, asked.folder, asked.story)
        bot = asyncio.create_task(Bot(deps, settings, plan_every=2).run(stop))
        colleagues = Colleagues(cast, cycle, deps, chat)
        playing = asyncio.create_task(stage.play(colleagues, scene))
        try:
            await asyncio.wait({bot, playing}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            playing.cancel()
            stop.set()
            await asyncio.gather(bot, playing, return_exceptions=True)
            await keeper.stop()
        for ended in (bot, playing):
            if not ended.cancelled():
                ended.result()


def _settings(asked: Asked, chat: Chat, cast: Cast) -> Settings:
    return Settings(
        database_url=database_url(asked.folder),
        policy=asked.policy,
        locale=asked.locale,
        time_zone=HOME,
        hr_admins=hr_admins(cast.people),
        http_bind=("127.0.0.1", 0),
        **chat.settings(),
    )
