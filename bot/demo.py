"""The local workspace in a browser, with a sample company in mid-cycle and the real bot."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Bot, build, company_of
from bot.config import Settings, SlackSettings
from bot.demo_story import play
from handlers import cycles, roster
from handlers.hours import Hours
from handlers.match_accounts import match_accounts
from handlers.ports import Deps
from handlers.work import Work
from prompts.render import LOCALES
from review.people import Person
from review.policy import Policy
from sandbox.company import Person as Colleague
from sandbox.company import hr_admins, people, roster_csv
from sandbox.slack.people import Person as Member
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from scheduler.tick import plan

log = logging.getLogger(__name__)
HOME = "Asia/Shanghai"
GUIDE = "N0008"
"""Whose desk the page opens at: a manager with one rating to give, in too generous a team."""
OFFICE_HOURS = time(16, 30)
"""In Shanghai, when Berlin is at work too."""


class OfficeClock:
    """Runs like any clock, from an hour at which everybody in the sample company is at work."""

    def __init__(self, start: datetime) -> None:
        """Begin at that moment."""
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        """The present moment of the story."""
        return datetime.now(UTC) + self._shift

    async def sleep(self, seconds: float) -> None:
        """Wait as long as any clock."""
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Quarter:
    """The quarter under review: the last one that is over."""

    name: str
    ends: date


def last_quarter(today: date) -> Quarter:
    """The quarter before today's."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    ends = first - timedelta(days=1)
    return Quarter(f"{ends.year}Q{(ends.month - 1) // 3 + 1}", ends)


async def demo(*, port: int, people: int, seed: int, browser: bool) -> int:
    """Serve the sample company until Ctrl-C; 2 if the port can't be had."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    with tempfile.TemporaryDirectory(prefix="nosurprise-demo-") as folder:
        try:
            async with workspace_with_bot(Path(folder), port, people, seed, stop) as url:
                sys.stdout.write(f"NoSurprise is at {url}  (Ctrl-C ends it)\n")
                sys.stdout.flush()
                if browser:
                    await asyncio.to_thread(webbrowser.open, url)
                await stop.wait()
        except OSError as fault:
            sys.stderr.write(
                f"port {port} can't be used ({fault.strerror}); "
                f"end what runs there, or take another: --port {port + 1}\n"
            )
            return 2
    return 0


@asynccontextmanager
async def workspace_with_bot(
    folder: Path, port: int, count: int, seed: int, stop: asyncio.Event
) -> AsyncIterator[str]:
    """The workspace and the bot beside it, both running; yields the page's address."""
    now = _office_hours(datetime.now(ZoneInfo(HOME)).date())
    quarter = last_quarter(now.date())
    colleagues = people(count, seed, quarter.ends)
    clock = OfficeClock(now)
    workspace = Workspace("NoSurprise", app_name="NoSurprise", clock=clock)
    workspace.app.events = set()  # the manifest subscribes to none
    members = _move_in(workspace, colleagues)
    async with SlackServer(workspace, port=port) as server:
        settings = _settings(folder, server, colleagues)
        async with build(settings, clock) as deps:
            await _import(colleagues, deps)
            await _open(quarter, deps)
            bot = asyncio.create_task(Bot(deps, settings, plan_every=2).run(stop))
            story = asyncio.create_task(play(colleagues, members, deps, workspace))
            try:
                yield f"{server.url}?as={members[GUIDE].id}" if GUIDE in members else server.url
            finally:
                story.cancel()
                stop.set()
                await asyncio.gather(bot, story, return_exceptions=True)


def _office_hours(today: date) -> datetime:
    """The last moment up to today at which both offices are at work."""
    company = company_of(Settings(database_url="", policy=Policy(), time_zone=HOME))
    german = Person(employee_id="", name="", time_zone="Europe/Berlin")
    at_home, in_berlin = Hours(company), Hours(company, german)
    while not (at_home.is_working_day(today) and in_berlin.is_working_day(today)):
        today -= timedelta(days=1)
    return datetime.combine(today, OFFICE_HOURS, ZoneInfo(HOME))


def _move_in(workspace: Workspace, colleagues: tuple[Colleague, ...]) -> Mapping[str, Member]:
    members = {
        one.employee_id: workspace.add_user(
            one.email.split("@")[0],
            real_name=one.name,
            email=one.email,
            locale=one.locale,
            tz=one.time_zone,
            title=one.title,
        )
        for one in colleagues
        if one.left_on is None
    }
    partners = {one.hrbp_id for one in colleagues} | set(hr_admins(colleagues))
    in_hr = [members[one] for one in sorted(filter(None, partners)) if one in members]
    workspace.add_channel("hr", members=in_hr, private=True)
    return members


def _settings(folder: Path, server: SlackServer, colleagues: tuple[Colleague, ...]) -> Settings:
    locale = os.environ.get("LOCALE", "")
    return Settings(
        database_url=f"sqlite+aiosqlite:///{folder / 'demo.db'}",
        policy=Policy(),
        locale=locale if locale in LOCALES else "zh-CN",
        time_zone=HOME,
        hr_admins=hr_admins(colleagues),
        http_bind=("127.0.0.1", 0),
        slack=SlackSettings(
            bot_token=server.bot_token,
            app_token=server.app_token,
            signing_secret=None,
            http_bind=None,
            api_url=server.api_url,
            hr_channel="#hr",
        ),
    )


async def _import(colleagues: tuple[Colleague, ...], deps: Deps) -> None:
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        found = await roster.check_roster(roster_csv(colleagues).encode(), work)
        await roster.import_roster(found, None, work)
    await match_accounts(deps)


async def _open(quarter: Quarter, deps: Deps) -> None:
    """A cycle whose self-reviews have been open for some days."""
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        add = Hours(deps.company).add_working_days
        today = work.today()
        dates = {
            "self_open": add(today, -3),
            "self_due": add(today, 2),
            "manager_due": add(today, 7),
            "skip_due": add(today, 10),
            "hr_due": add(today, 12),
            "interview_due": add(today, 20),
        }
        await cycles.open_cycle(cycles.OpenCycle(name=quarter.name, dates=dates), "", work)
    await plan(deps)
