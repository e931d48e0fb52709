"""Rated records as somebody who signs them sees them in a list; no text is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, tuple_

from review.people import EmployeeId, Person
from review.policy import Score
from review.record import ReviewId
from review.stages import Stage
from storage import lines
from storage.notice import State
from storage.people import person_of
from storage.store import CHUNK, Store
from storage.tables import OUTBOX, PERSON, REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A record that was rated, by what is plain in it."""

    id: ReviewId
    employee_id: EmployeeId
    stage: Stage
    rating: Score | None
    suggested: Score | None
    gate: str | None
    surprise: bool | None
    led_by: EmployeeId | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody's chat has of a list of pages."""

    since: datetime
    """When the oldest page was last sent."""
    newest: datetime
    """When the newest was."""
    pages: int


_LIGHT = tuple(REVIEW.c[name] for name in Signing.__dataclass_fields__)
_UP = (State.SENT.value, State.PENDING.value, State.SENDING.value)


class SigningStore(Store):
    """Who may sign what."""

    async def below(
        self, cycle: str, heads: Collection[EmployeeId], *, everybody: bool
    ) -> tuple[Signing, ...]:
        """The rated records that those heads, or partners, may have to sign, by employee.

        Everybody below them, and whom they or their reports are HR partner of. Who does sign is
        for the rules to say. `everybody`: of the whole cycle.
        """
        wanted: list[ColumnElement[bool]] = [
            REVIEW.c.cycle_id == cycle,
            REVIEW.c.rated_at.is_not(None),
            REVIEW.c.stage != Stage.EXCLUDED.value,
        ]
        if not everybody:
            wanted.append(REVIEW.c.employee_id.in_(lines.to_sign(heads, cycle)))
        found = await self._all(select(*_LIGHT).where(*wanted).order_by(REVIEW.c.employee_id))
        return tuple(_signing(row) for row in found)

    async def around(
        self, ids: Collection[EmployeeId], others: Collection[EmployeeId]
    ) -> tuple[Person, ...]:
        """Those people with all who may have a say in their reviews, by id."""
        wanted = select(PERSON).order_by(PERSON.c.employee_id)
        if len(ids) + len(others) < CHUNK:
            wanted = wanted.where(PERSON.c.employee_id.in_(lines.around_all(ids, others)))
        return tuple(person_of(row) for row in await self._all(wanted))

    async def shown(
        self, kind: str, receivers: Collection[EmployeeId] | None, cycle: str
    ) -> Mapping[EmployeeId, Shown]:
        """What each chat (or theirs) has of a list of pages; whose has none is left out."""
        wanted = [OUTBOX.c.kind == kind]
        if receivers is not None:
            wanted.append(OUTBOX.c.receiver.in_(receivers))
        return {receiver: at for (_, receiver), at in (await self._shown(wanted, cycle)).items()}

    async def lists(
        self, wanted: Collection[tuple[str, EmployeeId]], cycle: str
    ) -> Mapping[tuple[str, EmployeeId], Shown]:
        """What those chats have of lists of several kinds; what has none is left out."""
        pairs = tuple_(OUTBOX.c.kind, OUTBOX.c.receiver).in_(wanted)
        return await self._shown([pairs], cycle)

    async def _shown(
        self, which: Iterable[ColumnElement[bool]], cycle: str
    ) -> Mapping[tuple[str, EmployeeId], Shown]:
        sent = OUTBOX.c.sent_at
        wanted = (
            select(
                OUTBOX.c.kind,
                OUTBOX.c.receiver,
                func.min(sent).label("since"),
                func.max(sent).label("newest"),
                func.count().label("pages"),
            )
            .where(
                *which,
                OUTBOX.c.subject.startswith(f"{cycle}#", autoescape=True),
                OUTBOX.c.state.in_(_UP),
                sent.is_not(None),
            )
            .group_by(OUTBOX.c.kind, OUTBOX.c.receiver)
        )
        return {
            (row.kind, row.receiver): Shown(row.since, row.newest, row.pages)
            for row in await self._all(wanted)
        }


def _signing(row: Row[Any]) -> Signing:
    return Signing(
        id=row.id,
        employee_id=row.employee_id,
        stage=Stage(row.stage),
        rating=None if row.rating is None else Fraction(row.rating),
        suggested=None if row.suggested is None else Fraction(row.suggested),
        gate=row.gate,
        surprise=row.surprise,
        led_by=row.led_by,
    )
