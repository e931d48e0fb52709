"""Messages that tell of a person who is erased: taken back where they stand, or never sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, null, or_, select, update

from review.people import EmployeeId
from storage.deliveries import OVER
from storage.notice import BULK, State
from storage.store import Store, chunks
from storage.tables import ACCOUNT, OUTBOX
from storage.traces import Traces

UNSAID = "unsaid"
"""Kind of a message that stands in a chat and is edited to say nothing; it is forgotten after."""
PAGE = 2_000
"""Rows that are opened at a time (ours)."""
_LOOKED_AT = tuple(
    OUTBOX.c[name]
    for name in (
        *("id", "once", "kind", "receiver", "subject", "state", "lease_until"),
        *("ts", "channel", "facts"),
    )
)


@dataclass(slots=True)
class Found:
    """Messages by what becomes of them, as ids."""

    unsaid: dict[str | None, list[str]] = field(default_factory=dict)
    """They stand in a chat and tell of the person; by the one platform to edit them on, if any."""
    gone: list[str] = field(default_factory=list)
    """They stand nowhere, or on a page that is made anew when it is opened."""
    renamed: list[str] = field(default_factory=list)
    """They name the person beside others' words, and are said again, without the name."""
    clean: set[str] = field(default_factory=set)
    """They say nothing of the person, and never will: what a message is of is never changed."""
    busy: bool = False
    """Whether one of them is being sent at this moment."""

    @property
    def ids(self) -> tuple[str, ...]:
        """All that were found to tell of the person."""
        return (*self.gone, *(one for some in self.unsaid.values() for one in some))


class UnsayingStore(Store):
    """The outbox, looked through once for one person."""

    async def look(
        self,
        traces: Traces,
        pages: Collection[str],
        now: datetime,
        clean: Collection[str] = (),
    ) -> Found:
        """All that tells of them. `pages`: kinds of message that are a page, and no message.

        `clean`: what an earlier look found to be so; it is not opened again.
        """
        found = Found()
        home = await self._platform(traces)
        async for row in self._rows(clean):
            own = row.receiver == traces.employee_id
            if not own and row.once in traces.named:
                found.renamed += [row.id] if row.ts else []
            elif own or self._tells(row, traces):
                busy = row.state == State.SENDING.value and row.lease_until > now
                found.busy = found.busy or busy
                if row.ts and row.channel and row.kind not in pages:
                    found.unsaid.setdefault(home if own else None, []).append(row.id)
                else:
                    found.gone.append(row.id)
            else:
                found.clean.add(row.id)
        return found

    async def unsay(self, found: Found, now: datetime) -> None:
        """What stands is due to be edited, what does not is gone, and nothing of it is kept."""
        for ids in chunks(found.gone):
            await self._changes(delete(OUTBOX).where(OUTBOX.c.id.in_(ids)))
        nothing: dict[str, Any] = {
            **OVER,
            "kind": UNSAID,
            "subject": None,
            "facts": null(),
            "state": State.PENDING.value,
            "fence": OUTBOX.c.fence + 1,
            "attempts": 0,
            "priority": BULK,
            "due": now,
            "since": now,
            "reason": None,
            "thread_of": None,
        }
        for platform, some in found.unsaid.items():
            home = func.coalesce(OUTBOX.c.stands_on, platform)
            where = {} if platform is None else {"platform": home}
            for ids in chunks(some):
                edit = update(OUTBOX).where(OUTBOX.c.id.in_(ids))
                await self._changes(edit.values(nothing | where))
        for ids in chunks(found.renamed):
            await self._again(OUTBOX.c.id.in_(ids), now)

    async def repaint(
        self, receivers: Collection[EmployeeId], cycles: Collection[str], now: datetime
    ) -> None:
        """Living messages of those people that show a cycle are drawn anew where they stand."""
        for ids in chunks(receivers):
            for cycle in cycles:
                shows = or_(
                    OUTBOX.c.subject == cycle,
                    OUTBOX.c.subject.startswith(f"{cycle}#", autoescape=True),
                    OUTBOX.c.subject == "",
                )
                await self._again(OUTBOX.c.receiver.in_(ids) & shows, now)

    async def forget(self, delivery: str, fence: int) -> None:
        """It says nothing any more, or is not there any more: so it is known no longer."""
        await self._changes(delete(OUTBOX).where(OUTBOX.c.id == delivery, OUTBOX.c.fence == fence))

    async def _again(self, which: Any, now: datetime) -> None:
        """What was sent, and stands, is due once more."""
        sent = (OUTBOX.c.state == State.SENT.value, OUTBOX.c.ts.is_not(None))
        due = {"state": State.PENDING.value, "due": now, "since": now}
        await self._changes(update(OUTBOX).where(which, *sent).values(due))

    def _tells(self, row: Row[Any], traces: Traces) -> bool:
        if traces.in_name(row.once) or traces.in_name(row.subject):
            return True
        if row.facts is None:
            return False
        return traces.in_json(self._open(OUTBOX, "facts", row.id, row.facts))

    async def _platform(self, traces: Traces) -> str | None:
        """Where the person's own messages stand, if they have an account."""
        row = await self._first(
            select(ACCOUNT.c.platform)
            .where(ACCOUNT.c.employee_id == traces.employee_id)
            .order_by(ACCOUNT.c.channel.is_(None), ACCOUNT.c.platform)
        )
        return None if row is None else str(row.platform)

    async def _rows(self, clean: Collection[str]) -> AsyncIterator[Row[Any]]:
        """All, or after an earlier look those that it did not see, or that tell of the person."""
        if clean:
            every = {row.id for row in await self._all(select(OUTBOX.c.id))}
            for ids in chunks(every - set(clean)):
                for row in await self._all(select(*_LOOKED_AT).where(OUTBOX.c.id.in_(ids))):
                    yield row
            return
        last = ""
        while True:
            found = await self._all(
                select(*_LOOKED_AT).where(OUTBOX.c.id > last).order_by(OUTBOX.c.id).limit(PAGE)
            )
            for row in found:
                yield row
            if len(found) < PAGE:
                return
            last = found[-1].id
