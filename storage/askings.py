"""Forms that are asked part by part, and how far each has come; their answers are drafts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select

from review.people import EmployeeId
from storage import codec
from storage.store import Store
from storage.tables_asking import ASKING


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a form somebody is."""

    at: str = ""
    """The field that is asked; "": none, all answers are looked over."""
    passed: tuple[str, ...] = ()
    """Fields that were left without an answer."""
    queue: tuple[str, ...] = ()
    """Fields that are asked before all others, though they have an answer."""
    begins: int = 0
    """Of earlier steps only what has to be answered is asked."""
    base: int = 0
    """Revision of the kept answers that were last shown."""
    before: str = ""
    """The field of the answer before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One form that somebody is asked, on one platform."""

    surface: str
    employee_id: EmployeeId
    platform: str
    form: str
    subject: str
    touched_at: datetime
    """The latest is the one that is asked now."""
    turn: int = 0
    """Counted up with each part that is asked."""
    reads: bool = False
    """It is only read: what is typed answers another."""
    aside: bool = False
    """It was put aside for later."""
    typed: bool = True
    """What is typed answers it: it is asked in the chat, and not on a card."""
    place: Place = field(default_factory=Place)


class AskingStore(Store):
    """Forms asked part by part, one a person, platform, form and subject."""

    async def of(self, employee_id: EmployeeId, platform: str) -> tuple[Asking, ...]:
        """Theirs there, the latest first; who reads them to write has them until the end."""
        await self._hold(ASKING, employee_id, platform)
        found = await self._all(
            select(ASKING)
            .where(ASKING.c.employee_id == employee_id, ASKING.c.platform == platform)
            .order_by(ASKING.c.touched_at.desc(), ASKING.c.turn.desc(), ASKING.c.surface)
        )
        return tuple(self._asking(row) for row in found)

    async def whole(self, employee_id: EmployeeId) -> tuple[Asking, ...]:
        """Theirs on every platform."""
        found = await self._all(
            select(ASKING)
            .where(ASKING.c.employee_id == employee_id)
            .order_by(ASKING.c.platform, ASKING.c.form, ASKING.c.subject)
        )
        return tuple(self._asking(row) for row in found)

    async def put(self, asking: Asking) -> None:
        """Keep where it stands."""
        await self._changes(self._upsert(ASKING), self._row(asking))

    async def drop(self, surface: str) -> None:
        """It is over."""
        await self._changes(delete(ASKING).where(ASKING.c.surface == surface))

    def _row(self, asking: Asking) -> dict[str, Any]:
        place = codec.dump(asking.place)
        return {
            "surface": asking.surface,
            "employee_id": asking.employee_id,
            "platform": asking.platform,
            "form": asking.form,
            "subject": asking.subject,
            "turn": asking.turn,
            "reads": asking.reads,
            "aside": asking.aside,
            "typed": asking.typed,
            "touched_at": asking.touched_at,
            "place": self._seal(ASKING, "place", asking.surface, place),
        }

    def _asking(self, row: Row[Any]) -> Asking:
        return Asking(
            surface=row.surface,
            employee_id=row.employee_id,
            platform=row.platform,
            form=row.form,
            subject=row.subject,
            touched_at=row.touched_at,
            turn=row.turn,
            reads=row.reads,
            aside=row.aside,
            typed=row.typed,
            place=codec.load(self._open(ASKING, "place", row.surface, row.place), Place),
        )
