"""Mentors and whom they go along with, and whether the two met."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select, update

from review.interview import SHUT
from review.learning import Met, Pairing
from review.people import EmployeeId
from storage.store import Store, chunks
from storage.tables_interview import ACTION
from storage.tables_learning import PAIRING, PAIRING_MET

_SHUT = tuple(one.value for one in SHUT)


@dataclass(frozen=True, slots=True)
class Running:
    """A pairing under way, and who does the action."""

    pairing: Pairing
    owner: EmployeeId


class PairingStore(Store):
    """Every pairing there is or was."""

    async def begin(self, action: str, mentor: EmployeeId, at: datetime) -> bool:
        """The two are a pair from now on. False: they were before."""
        row = {"action_id": action, "mentor": mentor, "began_at": at}
        blank = dict.fromkeys(("declined_at", "closed_at", "mentor_word", "owner_word"))
        return await self.add_if_new(PAIRING, row | blank)

    async def get(self, action: str, mentor: EmployeeId) -> Pairing | None:
        """That one."""
        row = await self._first(select(PAIRING).where(*_is(action, mentor)))
        return None if row is None else self._pairing(row)

    async def decline(self, action: str, mentor: EmployeeId, at: datetime, word: str) -> bool:
        """The mentor can't. The action is nobody's to go along with. False: it was said before."""
        changed = {
            "declined_at": at,
            "mentor_word": self._word("mentor_word", action, mentor, word),
        }
        said = update(PAIRING).where(*_is(action, mentor), PAIRING.c.declined_at.is_(None))
        if not await self._changes(said.values(changed)):
            return False
        free = update(ACTION).where(ACTION.c.id == action, ACTION.c.mentor == mentor)
        await self._changes(free.values(mentor=None))
        return True

    async def close(self, action: str, mentor: EmployeeId, at: datetime, word: str) -> bool:
        """The mentor says that it is complete. False: it was said before."""
        changed = {"closed_at": at, "mentor_word": self._word("mentor_word", action, mentor, word)}
        said = update(PAIRING).where(*_is(action, mentor), PAIRING.c.closed_at.is_(None))
        return bool(await self._changes(said.values(changed)))

    async def owner_said(self, action: str, mentor: EmployeeId, word: str) -> None:
        """What the owner says when it is done."""
        changed = {"owner_word": self._word("owner_word", action, mentor, word)}
        await self._changes(update(PAIRING).where(*_is(action, mentor)).values(changed))

    async def running(self, employee: EmployeeId | None = None) -> tuple[Running, ...]:
        """All that are under way, or those that somebody is one of the two of; the oldest first."""
        wanted = _running()
        if employee is not None:
            wanted = wanted.where(or_(PAIRING.c.mentor == employee, ACTION.c.owner == employee))
        return tuple(Running(self._pairing(row), row.owner) for row in await self._all(wanted))

    async def meets(self, met: Met) -> None:
        """Whether they met, as one of the two says it; the later word counts."""
        row = {"action_id": met.action, "number": met.number, "by": met.by}
        await self._changes(self._upsert(PAIRING_MET), row | {"met": met.met, "at": met.at})

    async def met(self, actions: Collection[str]) -> tuple[Met, ...]:
        """All that was said of meeting for those actions, in order."""
        found = [
            row
            for chunk in chunks(actions)
            for row in await self._all(
                select(PAIRING_MET)
                .where(PAIRING_MET.c.action_id.in_(chunk))
                .order_by(PAIRING_MET.c.action_id, PAIRING_MET.c.number, PAIRING_MET.c.by)
            )
        ]
        return tuple(map(_met, found))

    async def of(self, employee: EmployeeId) -> tuple[Pairing, ...]:
        """All that somebody is or was one of the two of."""
        theirs = or_(PAIRING.c.mentor == employee, ACTION.c.owner == employee)
        wanted = select(PAIRING).join(ACTION, ACTION.c.id == PAIRING.c.action_id).where(theirs)
        found = await self._all(wanted.order_by(PAIRING.c.action_id, PAIRING.c.mentor))
        return tuple(self._pairing(row) for row in found)

    async def met_by(self, employee: EmployeeId) -> tuple[Met, ...]:
        """All that somebody said of meeting."""
        wanted = select(PAIRING_MET).where(PAIRING_MET.c.by == employee)
        found = await self._all(wanted.order_by(PAIRING_MET.c.action_id, PAIRING_MET.c.number))
        return tuple(_met(row) for row in found)

    def _word(self, column: str, action: str, mentor: EmployeeId, word: str) -> bytes | None:
        return self._seal(PAIRING, column, _place(action, mentor), word.encode()) if word else None

    def _pairing(self, row: Row[Any]) -> Pairing:
        return Pairing(
            action=row.action_id,
            mentor=row.mentor,
            began_at=row.began_at,
            declined_at=row.declined_at,
            closed_at=row.closed_at,
            mentor_word=self._said("mentor_word", row),
            owner_word=self._said("owner_word", row),
        )

    def _said(self, column: str, row: Row[Any]) -> str:
        sealed = getattr(row, column)
        place = _place(row.action_id, row.mentor)
        return self._open(PAIRING, column, place, sealed).decode() if sealed else ""


def _running() -> Select[Any]:
    """Those whose action is open, and whose mentor is still the one agreed."""
    same = and_(ACTION.c.id == PAIRING.c.action_id, ACTION.c.mentor == PAIRING.c.mentor)
    return (
        select(PAIRING, ACTION.c.owner)
        .join(ACTION, same)
        .where(ACTION.c.going.not_in(_SHUT), PAIRING.c.declined_at.is_(None))
        .order_by(PAIRING.c.began_at, PAIRING.c.action_id)
    )


def _is(action: str, mentor: EmployeeId) -> tuple[Any, Any]:
    return PAIRING.c.action_id == action, PAIRING.c.mentor == mentor


def _met(row: Row[Any]) -> Met:
    return Met(action=row.action_id, number=row.number, by=row.by, met=row.met, at=row.at)


def _place(action: str, mentor: EmployeeId) -> str:
    return f"{action}/{mentor}"
