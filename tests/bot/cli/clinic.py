"""A bot to be looked at by doctor, with a workspace and a database of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from commands import ROSTER

from bot.app import build
from bot.config import Settings, SlackSettings
from bot.doctor import examine
from bot.doctor.line import Line
from handlers import roster
from handlers.match_accounts import match_accounts
from handlers.work import Work
from review.policy import Calendar, Policy
from sandbox.slack.model import Channel
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

APP_ID = "A00000001"
APP_TOKEN = f"xapp-1-{APP_ID}-42-feed"
SECRET = "0123456789abcdef" * 2


class Shifted:
    """This machine's clock, off by so much."""

    def __init__(self, off: timedelta) -> None:
        self.off = off

    def now(self) -> datetime:
        return datetime.now(UTC) + self.off


@dataclass
class Clinic:
    """A bot that nothing ails: its settings, its workspace, its database."""

    settings: Settings
    server: SlackServer
    workspace: Workspace
    hr: Channel
    off: timedelta = field(default_factory=timedelta)

    async def lines(self, **changed: Any) -> dict[str, Line]:
        """Every line by its key, with some settings changed."""
        slack = self.settings.slack
        assert slack is not None
        own = {name: changed.pop(name) for name in list(changed) if hasattr(slack, name)}
        settings = replace(self.settings, **{"slack": replace(slack, **own)} | changed)
        found = await examine.examine(settings, Shifted(self.off))
        return {line.key: line for line in found}

    async def ails(self, **changed: Any) -> set[str]:
        """Keys of the lines that are not ok, with their marks."""
        found = await self.lines(**changed)
        return {f"{line.mark}{key}" for key, line in found.items() if line.mark not in "✓·"}


@asynccontextmanager
async def healthy() -> AsyncIterator[Clinic]:
    """A bot that nothing ails, in the folder we are in."""
    workspace = Workspace("Shop", app_name="nosurprise")
    workspace.app.app_token = APP_TOKEN
    people = [workspace.add_user(name, email=f"{name}@x.test") for name in "abc"]
    hr = workspace.add_channel("hr", members=people[:1], private=True)
    async with SlackServer(workspace) as server:
        settings = Settings(
            database_url="sqlite+aiosqlite:///d/x.db",
            policy=Policy(calendar=Calendar(countries=(("Europe/Berlin", "DE"),))),
            locale="en",
            time_zone="Europe/Berlin",
            hr_admins=("a",),
            slack=SlackSettings(
                bot_token=server.bot_token,
                app_token=APP_TOKEN,
                signing_secret=None,
                http_bind=None,
                api_url=server.api_url,
                hr_channel="hr",
            ),
        )
        async with build(settings) as deps:
            async with deps.database.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=deps.clock.now())
                found = await roster.check_roster(ROSTER.encode(), work)
                await roster.import_roster(found, None, work)
            await match_accounts(deps)
        yield Clinic(settings, server, workspace, hr)
