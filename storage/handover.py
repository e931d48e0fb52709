"""What is due is handed to a runner of jobs, in the transaction that notes it (PostgreSQL)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, text, update

from storage import engine
from storage.looks import held
from storage.notice import State
from storage.store import Store
from storage.tables import OUTBOX

Enqueue = Callable[[Any, Sequence[tuple[str, int]]], Awaitable[None]]
"""Takes the driver's own connection, and id and priority of each delivery."""


def address(url: str) -> str:
    """The address as PostgreSQL's own library writes it, the password in it."""
    plain = engine.parsed(url).set(drivername="postgresql")
    return plain.render_as_string(hide_password=False)


class HandoverStore(Store):
    """Which deliveries a runner has; a job that was lost with its runner is made anew."""

    async def take(self, now: datetime, until: datetime, limit: int, enqueue: Enqueue) -> int:
        """Hand on what is due and was not handed on, the most urgent first; how many it were.

        What is not taken by `until` may be handed on again. Several may do this at once.
        """
        waits = (OUTBOX.c.state == State.PENDING.value) & (OUTBOX.c.due <= now) & ~held()
        lost = (OUTBOX.c.state == State.SENDING.value) & (OUTBOX.c.lease_until <= now)
        free = or_(OUTBOX.c.handed_until.is_(None), OUTBOX.c.handed_until <= now)
        found = await self._all(
            select(OUTBOX.c.id, OUTBOX.c.priority)
            .where(or_(waits, lost), free)
            .order_by(OUTBOX.c.priority, OUTBOX.c.due, OUTBOX.c.id)
            .limit(limit)
            .with_for_update(of=OUTBOX, skip_locked=True)
        )
        if not found:
            return 0
        ids = [row.id for row in found]
        await self._changes(update(OUTBOX).where(OUTBOX.c.id.in_(ids)).values(handed_until=until))
        raw = await self._connection.get_raw_connection()
        await enqueue(raw.driver_connection, [(row.id, row.priority) for row in found])
        return len(ids)

    async def wait(self, delivery_id: str, until: datetime) -> None:
        """A limit holds it back: it is not to be handed on before that moment."""
        await self._changes(
            update(OUTBOX).where(OUTBOX.c.id == delivery_id).values(handed_until=until)
        )

    async def bring_up(self, table: str, schema: str, steps: Mapping[str, str]) -> None:
        """Make the runner's own tables, or bring them up to date; two at once do it once.

        `steps`: its migrations by name, in order; the last one made is noted on `table`.
        """
        run = self._connection.exec_driver_sql
        await run("SELECT pg_advisory_xact_lock(hashtext('nosurprise runner'))")
        found = await self._first(
            text("SELECT obj_description(to_regclass(:table), 'pg_class')").bindparams(table=table)
        )
        there = await self._first(text("SELECT to_regclass(:table)").bindparams(table=table))
        names = list(steps)
        if there is None or there[0] is None:
            wanted = [schema]
        else:
            made = str(found[0]) if found and found[0] else names[-1]
            wanted = [steps[name] for name in names if name > made]
        for script in wanted:
            await run(script.replace("%", "%%"))
        if wanted:
            await run(f"COMMENT ON TABLE {table} IS '{names[-1]}'")
