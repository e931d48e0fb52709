"""What several sendings read or write, in one transaction: one sync to the disk for them all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from handlers.ports import Deps
from handlers.work import Work
from storage.errors import FaultError

Change = Callable[[Work], Awaitable[Any]]


@dataclass(slots=True, eq=False)
class Together:
    """Whoever comes while a transaction runs is in the next one, with all others that came."""

    deps: Deps
    write: bool = True
    """False: they only read."""
    _waiting: list[tuple[Change, asyncio.Future[Any]]] = field(default_factory=list)
    _rounds: asyncio.Task[None] | None = None

    async def keep(self, change: Change) -> Any:
        """What the change returns, once it is committed.

        Raises what the change raises, and FaultError if the database does; nothing of it is kept
        then. What another change raises is no matter of this one.
        """
        kept = asyncio.get_running_loop().create_future()
        self._waiting.append((change, kept))
        if self._rounds is None or self._rounds.done():
            self._rounds = asyncio.create_task(self._keep_all())
        return await kept

    async def end(self) -> None:
        """Return once nothing is being written."""
        if self._rounds is not None:
            await self._rounds

    async def _keep_all(self) -> None:
        while self._waiting:
            round_, self._waiting = self._waiting, []
            if not await self._kept(round_):
                for one in round_:
                    await self._kept([one])

    async def _kept(self, changes: list[tuple[Change, asyncio.Future[Any]]]) -> bool:
        """False: one of several failed, so none is kept, and each has to be tried alone."""
        try:
            async with self.deps.database.begin(write=self.write) as tx:
                work = Work(tx=tx, company=self.deps.company, now=self.deps.clock.now())
                results = [await change(work) for change, _ in changes]
        except Exception as fault:  # noqa: BLE001  it goes to whose change it is
            if len(changes) > 1 and not isinstance(fault, FaultError):
                return False
            for _, kept in changes:
                if not kept.done():
                    kept.set_exception(fault)
            return True
        for (_, kept), result in zip(changes, results, strict=True):
            if not kept.done():
                kept.set_result(result)
        return True
