"""The audit trail: what happened to what, by whom. It is only ever added to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, insert, select, update

from review.people import EmployeeId
from storage import codec
from storage.store import Store, chunks
from storage.tables import AUDIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the trail, in the order of `seq`."""

    event: str
    subject: str
    """A record's id, mostly."""
    actor: EmployeeId | None
    """None: the clock, or the operator of the machine."""
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    """Anything that JSON knows; sealed."""
    seq: int = 0
    """Counted by the database; 0 until it is written."""


class AuditStore(Store):
    """The trail. The database itself refuses to delete a line, or to change what happened in it."""

    async def record(
        self,
        event: str,
        subject: str,
        actor: EmployeeId | None,
        at: datetime,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Add one line."""
        happened = Happened(event=event, subject=subject, actor=actor, at=at, details=details or {})
        await self.record_all([happened])

    async def record_all(self, lines: Iterable[Happened]) -> None:
        """Add lines, in that order, in one round."""
        await self._many(insert(AUDIT), [self._row(line) for line in lines])

    async def of(self, subject: str) -> tuple[Happened, ...]:
        """What happened to that, the first thing first."""
        return await self.of_all([subject])

    async def of_all(self, subjects: Collection[str]) -> tuple[Happened, ...]:
        """What happened to any of those, the first thing first."""
        found = [
            self._line(row)
            for chunk in chunks(subjects)
            for row in await self._all(select(AUDIT).where(AUDIT.c.subject.in_(chunk)))
        ]
        return tuple(sorted(found, key=lambda line: line.seq))

    async def all(self) -> tuple[Happened, ...]:
        """The whole trail, the first thing first."""
        found = await self._all(select(AUDIT).order_by(AUDIT.c.seq))
        return tuple(self._line(row) for row in found)

    async def empty(self, subjects: Collection[str]) -> None:
        """Of those, the trail keeps that it happened, not what it said (the scheme).

        The digests of seals stay: they say nothing, and a link that is taken away is missed by
        them.
        """
        for chunk in chunks(subjects):
            said = (AUDIT.c.subject.in_(chunk), AUDIT.c.event.not_like("seal.%"))
            await self._changes(update(AUDIT).where(*said).values(details=b""))

    def _row(self, line: Happened) -> dict[str, Any]:
        made = uuid4().hex
        details = codec.dump_plain(dict(line.details))
        return {
            "id": made,
            "event": line.event,
            "subject": line.subject,
            "actor": line.actor,
            "at": line.at,
            "details": self._seal(AUDIT, "details", made, details),
        }

    def _line(self, row: Row[Any]) -> Happened:
        said = row.details and self._open(AUDIT, "details", row.id, row.details)
        return Happened(
            event=row.event,
            subject=row.subject,
            actor=row.actor,
            at=row.at,
            details=codec.load_facts(said) if said else {},
            seq=row.seq,
        )
