"""The real bot beside the stand-in for Slack, in one process, with people in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.app import Bot, build
from bot.config import Settings, SlackSettings
from handlers import cycles, roster
from handlers.match_accounts import match_accounts
from handlers.ports import Deps
from handlers.work import Work
from review.cycle import Cycle
from review.policy import Policy
from sandbox.company import hr_admins, people, rating, roster_csv, story
from sandbox.company import Person as Colleague
from sandbox.slack.people import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace
from scheduler.tick import tick
from storage.seal import new_key


class RunningClock:
    """The wall clock, shifted to a day in the story and moved on at will."""

    def __init__(self, start: datetime) -> None:
        self._shift = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def move(self, by: timedelta) -> None:
        self._shift += by


MORNING = datetime(2026, 10, 12, 3, 0, tzinfo=UTC)
"""A Monday: 11:00 in Shanghai, and not yet morning in Berlin."""
OPEN = {
    "self_open": date(2026, 10, 12),
    "self_due": date(2026, 10, 16),
    "manager_due": date(2026, 10, 23),
}


@dataclass
class Place:
    """A company of the sample, in a workspace."""

    deps: Deps
    settings: Settings
    server: SlackServer
    workspace: Workspace
    clock: RunningClock
    colleagues: tuple[Colleague, ...]
    who: dict[str, Person] = field(default_factory=dict)
    """Employee id to the person in the workspace."""

    async def tick(self) -> None:
        await tick(self.deps)

    def of_track(self, track: str) -> list[Colleague]:
        return [one for one in self.colleagues if one.track == track]

    async def open_cycle(self, name: str = "2026Q3", **dates: date) -> Cycle:
        async with self.deps.database.begin() as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.clock.now())
            wanted = cycles.OpenCycle(name=name, dates=OPEN | dates)
            cycle, _, _ = await cycles.open_cycle(wanted, "", work)
        await self.tick()
        return cycle

    async def review_id(self, cycle: Cycle, employee: str) -> str:
        async with self.deps.database.begin(write=False) as tx:
            found = await tx.reviews.of(cycle.id, employee)
        assert found is not None, employee
        return found.id


@asynccontextmanager
async def place(
    folder: Path,
    *,
    count: int = 12,
    policy: Policy | None = None,
    running: bool = True,
    start: datetime = MORNING,
) -> AsyncIterator[Place]:
    """The sample company, matched to its accounts; with `running`, the bot listens."""
    everybody = people(count, 1)
    workspace = Workspace("Sample", file_delay=0.0)
    who = {
        one.employee_id: workspace.add_user(
            one.employee_id.lower(),
            real_name=one.name,
            email=one.email,
            locale=one.locale,
            tz=one.time_zone,
            title=one.title,
        )
        for one in everybody
    }
    workspace.add_channel("hr", members=[who[one] for one in hr_admins(everybody)])
    async with SlackServer(workspace) as server:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{folder / 'bot.db'}",
            policy=policy or Policy(),
            locale="en",
            hr_admins=hr_admins(everybody),
            http_bind=("127.0.0.1", 0),
            data_key=new_key(),
            slack=SlackSettings(
                bot_token=server.bot_token,
                app_token=server.app_token,
                signing_secret=None,
                http_bind=None,
                api_url=server.api_url,
                hr_channel="#hr",
            ),
        )
        clock = RunningClock(start)
        async with build(settings, clock) as deps:
            async with deps.database.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=clock.now())
                found = await roster.check_roster(roster_csv(everybody).encode(), work)
                assert found.faults == ()
                await roster.import_roster(found, None, work)
            await match_accounts(deps)
            home = Place(deps, settings, server, workspace, clock, everybody, who)
            if not running:
                yield home
                return
            stop = asyncio.Event()
            bot = asyncio.create_task(Bot(deps, settings, plan_every=3600).run(stop))
            while not server.sockets.connections:
                await asyncio.sleep(0.01)
            try:
                yield home
            finally:
                stop.set()
                await bot


async def fill_to_the_end(person: Person, answers: dict[str, str]) -> int:
    """Fill in every step of the open form and send it; how many steps there were.

    Required fields that `answers` does not name fail the test.
    """
    for steps in range(1, 30):
        form = person.form
        assert form is not None
        first = form.view["private_metadata"]
        await _fill_step(person, answers)
        errors = await person.submit()
        assert not errors, errors
        if person.form is None:
            return steps
        assert person.form.view["private_metadata"] != first or person.form.errors == {}
    raise AssertionError("the form has no end")


async def _fill_step(person: Person, answers: dict[str, str]) -> None:
    done: set[str] = set()
    while True:
        form = person.form
        assert form is not None
        blocks = [block["block_id"] for block in form.blocks if block["type"] == "input"]
        todo = [one for one in blocks if one not in done and one.split("#")[0] in answers]
        if not todo:
            return
        done.add(todo[0])
        await person.fill({todo[0]: answers[todo[0].split("#")[0]]})


def self_answers(colleague: Colleague, rows: list[tuple[str, str]]) -> dict[str, str]:
    """What a colleague of the sample company writes; `rows` are id and title."""
    told = story(colleague)
    answers = {"overall": told.overall}
    for row, title in rows:
        one = told.conduct if row == "conduct" else told.row(title)
        answers |= {f"goal:{row}": one.score, f"comment:{row}": one.comment}
    return answers | ladders(told.levels, told.evidence)


def rating_answers(colleague: Colleague, rows: list[tuple[str, str]]) -> dict[str, str]:
    """What their manager writes about them."""
    told = rating(colleague)
    answers = {
        "overall": told.overall,
        "case:overall": told.case,
        "case:missed": told.missed,
        "reason": told.reason,
    }
    for row, title in rows:
        one = told.conduct if row == "conduct" else told.row(title)
        answers |= {f"goal:{row}": one.score, f"comment:{row}": one.comment}
    return answers | ladders(told.levels, told.evidence)


def ladders(levels, evidence) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """Answers to the ladders, and the case of each."""
    answers = {f"case:value:{key}": words for key, words in evidence.items()}
    for key, climbed in levels.items():
        for number, level in enumerate(climbed, start=1):
            if level is not None:
                answers[f"value:{key}:{number}"] = str(level)
    return answers
