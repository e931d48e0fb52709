"""A company of any size, and a database with it in it."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from handlers import cycles
from handlers.ports import Company, Deps
from handlers.work import Work
from prompts import library
from review.cycle import Cycle
from review.people import Person
from review.policy import Policy
from storage import database
from storage.seal import Keyring, new_key

SPAN = 9
"""Reports of each manager."""
DEPARTMENTS = 20
CYCLE = "2026Q3"
MORNING = datetime(2026, 10, 8, 3, tzinfo=UTC)
"""11:00 in Shanghai, on the working day on which that quarter's self-review opens."""


class Clock:
    """Stands at a working hour."""

    def now(self) -> datetime:
        """That hour."""
        return MORNING


def tree(count: int) -> list[Person]:
    """Everybody below p0, who is the HR admin too."""
    return [
        Person(
            employee_id=f"p{number}",
            name=f"Person {number}",
            email=f"p{number}@example.com",
            manager_id=f"p{(number - 1) // SPAN}" if number else None,
            department=f"D{number % DEPARTMENTS}",
        )
        for number in range(count)
    ]


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a database is, and the key to its texts."""

    folder: Path
    key: str
    server: str | None = None
    """The address of a database on a server; None: it is a file of SQLite in the folder."""

    @property
    def url(self) -> str:
        """Its address."""
        return self.server or f"sqlite+aiosqlite:///{self.folder / 'bench.db'}"

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Deps]:
        """The database with all that handlers ask for."""
        found = await database.open(self.url, Keyring.of(self.key))
        try:
            yield Deps(database=found, company=_company(), clock=Clock())
        finally:
            await found.close()


@asynccontextmanager
async def with_people(count: int, server: str | None = None) -> AsyncIterator[Kept]:
    """A database that has that many people in it, for as long as it is used."""
    with tempfile.TemporaryDirectory(prefix="nosurprise-bench-") as folder:
        kept = Kept(Path(folder), new_key(), server)
        async with kept.opened() as deps, deps.database.begin() as tx:
            await tx.people.put_all(tree(count))
        yield kept


async def open_cycle(deps: Deps) -> Cycle:
    """Open the cycle for everybody, in one transaction."""
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        wanted = cycles.OpenCycle(name=CYCLE)
        cycle, _, _ = await cycles.open_cycle(wanted, "", work)
    return cycle


def _company() -> Company:
    return Company(
        policy=Policy(),
        library=library.load(),
        locale="en",
        time_zone="Asia/Shanghai",
        hr_admins=("p0",),
        hr_channels=(("slack", "#hr"),),
    )
