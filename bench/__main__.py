"""Measures what is claimed: `make bench`. Figures are comparable within one run only."""

from __future__ import annotations

import asyncio
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from handlers import cycles
from handlers.dispatch import dispatch
from handlers.events import Account, Pressed
from handlers.ports import Company, Deps
from handlers.work import Work
from prompts import library
from review import distribution
from review.people import Person
from review.policy import Policy
from review.roster import Roster
from scheduler.tick import plan
from storage import database
from storage.seal import Keyring, new_key

SPAN = 9
"""Reports of each manager."""


class Clock:
    """A working day."""

    def now(self) -> datetime:
        return datetime(2026, 10, 12, 4, tzinfo=UTC)


def company() -> Company:
    return Company(
        policy=Policy(),
        library=library.load(),
        locale="en",
        time_zone="Asia/Shanghai",
        hr_admins=("p0",),
    )


def tree(count: int) -> list[Person]:
    return [
        Person(
            employee_id=f"p{number}",
            name=f"Person {number}",
            email=f"p{number}@example.com",
            manager_id=f"p{(number - 1) // SPAN}" if number else None,
            department=f"D{number % 20}",
        )
        for number in range(count)
    ]


async def opening(deps: Deps, people: int) -> None:
    async with deps.database.begin() as tx:
        await tx.people.put_all(tree(people))
    started = time.perf_counter()
    with deps.database.count_statements() as counted:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            wanted = cycles.OpenCycle(name="2026Q3", dates={"self_open": date(2026, 10, 12)})
            await cycles.open_cycle(wanted, "", work)
    took = time.perf_counter() - started
    say(
        f"open a cycle, {people} people",
        f"{took:.2f} s, {counted.count / people:.3f} statements each",
    )


async def presses(deps: Deps, people: int) -> None:
    await plan(deps)
    async with deps.database.begin() as tx:
        await tx.people.link_all("slack", [(f"U{n}", f"p{n}") for n in range(people)])
        records = await tx.reviews.standings("2026Q3")
    took: list[float] = []
    statements = 0
    for number, record in enumerate(records[:200]):
        who = Account("slack", f"U{record.employee_id[1:]}")
        event = Pressed(
            who=who, action="self_review.open", value=record.id, identity=f"press:{number}"
        )
        started = time.perf_counter()
        with deps.database.count_statements() as counted:
            await dispatch(event, deps)
        took.append(time.perf_counter() - started)
        statements = max(statements, counted.count)
    p50, p99 = statistics.median(took), statistics.quantiles(took, n=100)[98]
    say(
        f"press to answer, {people} people",
        f"p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, at most {statements} statements",
    )


def spread(count: int) -> None:
    people = tree(count)
    steps = [step.score for step in Policy().scale]
    ratings: dict[str, Fraction | None] = {
        person.employee_id: steps[number % len(steps)] for number, person in enumerate(people)
    }
    started = time.perf_counter()
    distribution.board(ratings, Roster.of(people), Policy())
    say(f"distribution, {count} people", f"{time.perf_counter() - started:.2f} s")


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:38} {figure}\n")
    sys.stdout.flush()


async def with_database(run: Callable[[Deps, int], Awaitable[None]], *sizes: int) -> None:
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
            opened = await database.open(url, Keyring.of(new_key()))
            try:
                await run(Deps(database=opened, company=company(), clock=Clock()), size)
            finally:
                await opened.close()


async def both(deps: Deps, size: int) -> None:
    await opening(deps, size)
    await presses(deps, size)


def main() -> None:
    say("machine", f"{platform.machine()}, Python {platform.python_version()}")
    asyncio.run(with_database(both, 100, 1000))
    spread(10_000)
    spread(100_000)


if __name__ == "__main__":
    main()
