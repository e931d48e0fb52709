"""One process from its start to its crash: whatever it touches may be the last thing it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from dice import Dice

from storage.database import Database
from storage.transaction import Transaction


class Crash(BaseException):
    """The process is gone, in the middle of whatever it did."""


@dataclass
class Life:
    """One process."""

    name: str
    dice: Dice
    say: Callable[[str], None]
    died: asyncio.Event = field(default_factory=asyncio.Event)
    looked: dict[asyncio.Task[Any] | None, datetime] = field(default_factory=dict)
    """When each task last began to look at the database."""

    async def breathe(self, before: str, *, long: bool, late: float = 0.0) -> None:
        """A moment at which the process may die or be overtaken, `late` s later. Raises Crash."""
        self.may_die(f"before {before}")
        pause = late or self.dice.pause(long=long)
        if pause:
            if pause > 1:
                self.say(f"{self.name} sleeps {pause:.0f} s before {before}")
            until = asyncio.get_running_loop().time() + pause
            self.dice.all_awake = max(self.dice.all_awake, until)
            await asyncio.sleep(pause)
            self.may_die(f"before {before}")

    def may_die(self, where: str) -> None:
        """Raises Crash."""
        if not self.died.is_set() and self.dice.crash():
            self.say(f"{self.name} dies {where}")
            self.died.set()
        if self.died.is_set():
            raise Crash(self.name)


class Watches(Protocol):
    """Sees what is claimed; see watch.Watch."""

    @property
    def clock(self) -> Callable[[], datetime]:
        """Tells the time."""

    def over(self, tx: Transaction, life: Life) -> None:
        """See to the claims of that transaction."""

    def kept(self, tx: Transaction) -> None:
        """That transaction is committed."""

    def undone(self, tx: Transaction) -> None:
        """That transaction is rolled back."""


class LivesDatabase(Database):
    """The real database as one process reaches it."""

    def __init__(self, real: Database, life: Life, watch: Watches) -> None:
        self._real = real
        self._life = life
        self._watch = watch

    @asynccontextmanager
    async def begin(
        self, *, write: bool = True, patience: float | None = None
    ) -> AsyncIterator[Transaction]:
        life, task = self._life, asyncio.current_task()
        await life.breathe("a transaction", long=True)
        if not write:
            life.looked[task] = self._watch.clock()
        async with self._real.begin(write=write, patience=patience) as tx:
            if write:
                self._watch.over(tx, life)
            try:
                yield tx
                if write:
                    life.may_die("before its commit")
            except BaseException:
                self._watch.undone(tx)
                raise
        if write:
            self._watch.kept(tx)
            life.may_die("after its commit")
