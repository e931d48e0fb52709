"""Messages kept for a review: every word sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, or_, select, update

from review.evidence import Evidence, EvidenceId, Message
from review.people import EmployeeId
from storage import codec
from storage.store import Store
from storage.tables import REVIEW
from storage.tables_evidence import EVIDENCE


class EvidenceStore(Store):
    """Kept messages, each once a keeper."""

    async def keep(self, evidence: Evidence) -> Evidence:
        """Keep it; what stands is returned: the first one, if they kept that message before."""
        await self.add_if_new(EVIDENCE, self._row(evidence))
        row = await self._first(
            select(EVIDENCE).where(
                EVIDENCE.c.keeper == evidence.keeper, EVIDENCE.c.place == evidence.place
            )
        )
        return evidence if row is None else self._evidence(row)

    async def get(self, evidence: EvidenceId) -> Evidence | None:
        """That one."""
        row = await self._first(select(EVIDENCE).where(EVIDENCE.c.id == evidence))
        return None if row is None else self._evidence(row)

    async def change(self, evidence: Evidence) -> None:
        """Whom it is for, and the note, are these from now on."""
        row = self._row(evidence)
        await self._changes(
            update(EVIDENCE)
            .where(EVIDENCE.c.id == evidence.id)
            .values(about=row["about"], message=row["message"])
        )

    async def kept(
        self, keeper: EmployeeId, about: EmployeeId, since: datetime
    ) -> tuple[Evidence, ...]:
        """What somebody keeps for a person's review, of messages from then on, the latest first."""
        found = await self._all(
            select(EVIDENCE)
            .where(
                EVIDENCE.c.keeper == keeper, EVIDENCE.c.about == about, EVIDENCE.c.sent_at >= since
            )
            .order_by(EVIDENCE.c.sent_at.desc(), EVIDENCE.c.id)
        )
        return tuple(self._evidence(row) for row in found)

    async def of(self, employee: EmployeeId) -> tuple[Evidence, ...]:
        """All that somebody keeps, or that is kept for their review, by time."""
        found = await self._all(
            select(EVIDENCE)
            .where(or_(EVIDENCE.c.keeper == employee, EVIDENCE.c.about == employee))
            .order_by(EVIDENCE.c.kept_at, EVIDENCE.c.id)
        )
        return tuple(self._evidence(row) for row in found)

    async def erase(self, cycle_id: str, until: datetime) -> int:
        """Forget all that was sent before then and kept for somebody of that cycle; how many."""
        people = select(REVIEW.c.employee_id).where(REVIEW.c.cycle_id == cycle_id)
        return await self._changes(
            delete(EVIDENCE).where(EVIDENCE.c.about.in_(people), EVIDENCE.c.sent_at < until)
        )

    def _row(self, evidence: Evidence) -> dict[str, Any]:
        sealed = self._seal(EVIDENCE, "message", evidence.id, codec.dump(evidence.message))
        return {
            "id": evidence.id,
            "keeper": evidence.keeper,
            "about": evidence.about,
            "place": evidence.place,
            "sent_at": evidence.sent_at,
            "kept_at": evidence.kept_at,
            "message": sealed,
        }

    def _evidence(self, row: Row[Any]) -> Evidence:
        sealed = self._open(EVIDENCE, "message", row.id, row.message)
        return Evidence(
            id=row.id,
            keeper=row.keeper,
            about=row.about,
            place=row.place,
            sent_at=row.sent_at,
            kept_at=row.kept_at,
            message=codec.load(sealed, Message),
        )
