"""Actions that follow from interviews: who, when and how it goes plain, the words sealed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, or_, select, update

from review.interview import Action, Going
from review.people import EmployeeId
from review.record import ReviewId
from storage.store import Store, chunks
from storage.tables import REVIEW
from storage.tables_interview import ACTION

_PLAIN = ("id", "about", "owner", "due", "agreed_at", "changed_at")
SHUT = (Going.DONE.value, Going.DROPPED.value)


class ActionStore(Store):
    """All that was agreed."""

    async def put(self, action: Action) -> None:
        """Keep it, instead of what stood in its place."""
        text = self._seal(ACTION, "text", action.id, action.text.encode())
        row = {name: getattr(action, name) for name in _PLAIN}
        row |= {"review_id": action.review, "going": action.going.value, "text": text}
        await self._changes(self._upsert(ACTION), row)

    async def get(self, action: str) -> Action | None:
        """That one."""
        row = await self._first(select(ACTION).where(ACTION.c.id == action))
        return None if row is None else self._action(row)

    async def goes(self, action: str, going: Going, at: datetime) -> bool:
        """It goes so from now on. False: it did before."""
        changed = update(ACTION).where(ACTION.c.id == action, ACTION.c.going != going.value)
        return bool(await self._changes(changed.values(going=going.value, changed_at=at)))

    async def agreed(self, review: ReviewId) -> tuple[Action, ...]:
        """What was agreed in that interview, in its order."""
        found = await self._all(
            select(ACTION).where(ACTION.c.review_id == review).order_by(ACTION.c.id)
        )
        return tuple(self._action(row) for row in found)

    async def open_of(self, owners: Collection[EmployeeId]) -> tuple[Action, ...]:
        """What those people still have to do, the earliest due first."""
        found = [
            row
            for chunk in chunks(owners)
            for row in await self._all(
                select(ACTION).where(ACTION.c.owner.in_(chunk), ACTION.c.going.not_in(SHUT))
            )
        ]
        return tuple(self._action(row) for row in sorted(found, key=lambda one: (one.due, one.id)))

    async def in_cycle(self, cycle: str) -> tuple[Action, ...]:
        """All that was agreed about a cycle, by whose review it came from."""
        found = await self._all(
            select(ACTION)
            .join(REVIEW, REVIEW.c.id == ACTION.c.review_id)
            .where(REVIEW.c.cycle_id == cycle)
            .order_by(ACTION.c.about, ACTION.c.id)
        )
        return tuple(self._action(row) for row in found)

    async def of(self, employee: EmployeeId) -> tuple[Action, ...]:
        """All that somebody does, or that came from their interview, by id."""
        mine = or_(ACTION.c.owner == employee, ACTION.c.about == employee)
        found = await self._all(select(ACTION).where(mine).order_by(ACTION.c.id))
        return tuple(self._action(row) for row in found)

    def _action(self, row: Row[Any]) -> Action:
        return Action(
            **{name: getattr(row, name) for name in _PLAIN},
            review=row.review_id,
            going=Going(row.going),
            text=self._open(ACTION, "text", row.id, row.text).decode(),
        )
