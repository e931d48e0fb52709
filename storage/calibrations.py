"""Calibration sessions, what was moved in them, and what waits for one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, select, update

from review.calibration import Session, SessionId
from review.cycle import Cycle
from review.groups import GroupKind, GroupName
from review.people import EmployeeId, Person
from review.policy import Score
from review.record import ReviewId
from review.stages import Stage
from storage.cycles import cycle_of
from storage.people import person_of
from storage.store import Store
from storage.tables import CYCLE, PERSON, REVIEW
from storage.tables_calibration import CALIBRATION, CALIBRATION_MOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMade:
    """One rating that was moved once; the one that stands is in the review itself."""

    id: str
    session: SessionId
    review: ReviewId
    was: Score | None
    now: Score
    by: EmployeeId
    at: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What calibration looks at of one review, without opening a text."""

    id: ReviewId
    employee_id: EmployeeId
    stage: Stage
    rating: Score | None
    k: Fraction | None
    suggested: Score | None
    gate: str | None
    """review.score.GateState; None: not rated yet."""
    surprise: bool | None
    self_at: datetime | None
    rated_at: datetime | None
    led_by: EmployeeId | None = None
    """Who led them at the period's end, if that is another than leads them now."""
    moved: bool = False
    """Whether it was moved after its manager rated."""


_LIGHT = (
    "id",
    "employee_id",
    "stage",
    "rating",
    "k",
    "suggested",
    "gate",
    "surprise",
    "self_at",
    "rated_at",
    "led_by",
)
_OF_CYCLE = "of_cycle_"
_WITH_CYCLE = select(
    CALIBRATION, *(column.label(f"{_OF_CYCLE}{column.name}") for column in CYCLE.columns)
).join(CYCLE, CYCLE.c.id == CALIBRATION.c.cycle_id)


class CalibrationStore(Store):
    """Sessions, each once a group and turn."""

    async def add(self, session: Session) -> bool:
        """Open it. False: somebody opened that turn of the group's at the same moment."""
        row = {
            "id": session.id,
            "cycle_id": session.cycle,
            "kind": session.group.kind.value,
            "key": session.group.key,
            "turn": session.turn,
            "opened_by": session.opened_by,
            "opened_at": session.opened_at,
            "closed_by": session.closed_by,
            "closed_at": session.closed_at,
            "done_at": session.done_at,
        }
        return await self.add_if_new(CALIBRATION, row)

    async def with_cycle(self, session: SessionId) -> tuple[Session, Cycle] | None:
        """That one, and its cycle.

        Who reads it to write it has the session alone until the transaction ends.
        """
        await self._hold(CALIBRATION, session)
        row = await self._first(_WITH_CYCLE.where(CALIBRATION.c.id == session))
        return None if row is None else (_session(row), cycle_of(row, _OF_CYCLE))

    async def in_cycle(self, cycle: str) -> tuple[Session, ...]:
        """All of a cycle, by when they were opened."""
        found = await self._all(
            select(CALIBRATION)
            .where(CALIBRATION.c.cycle_id == cycle)
            .order_by(CALIBRATION.c.opened_at, CALIBRATION.c.id)
        )
        return tuple(_session(row) for row in found)

    async def unfinished(self) -> tuple[Session, ...]:
        """All that are open, or closed with reviews that have not gone on yet."""
        found = await self._all(
            select(CALIBRATION)
            .where(CALIBRATION.c.done_at.is_(None))
            .order_by(CALIBRATION.c.opened_at, CALIBRATION.c.id)
        )
        return tuple(_session(row) for row in found)

    async def close(self, session: SessionId, by: EmployeeId | None, at: datetime) -> bool:
        """Close it. False: it is closed already."""
        wanted = (
            update(CALIBRATION)
            .where(CALIBRATION.c.id == session, CALIBRATION.c.closed_at.is_(None))
            .values(closed_by=by, closed_at=at)
        )
        return bool(await self._changes(wanted))

    async def finished(self, session: SessionId, at: datetime) -> None:
        """All its reviews have gone on."""
        await self._changes(
            update(CALIBRATION).where(CALIBRATION.c.id == session).values(done_at=at)
        )

    async def newest_rating(self, cycle: str) -> datetime | None:
        """When somebody of that cycle was rated last."""
        row = await self._first(
            select(func.max(REVIEW.c.rated_at).label("at")).where(REVIEW.c.cycle_id == cycle)
        )
        return None if row is None else row.at

    async def add_move(self, move: MoveMade) -> None:
        """Keep it."""
        sealed = self._seal(CALIBRATION_MOVE, "because", move.id, move.because.encode())
        row = {
            "id": move.id,
            "session_id": move.session,
            "review_id": move.review,
            "was": None if move.was is None else str(move.was),
            "now": str(move.now),
            "by": move.by,
            "at": move.at,
            "because": sealed,
        }
        await self._changes(insert(CALIBRATION_MOVE), row)

    async def forget(self, review: ReviewId) -> int:
        """Nobody reads any more why the review's rating was moved, nor that it was; how many."""
        gone = delete(CALIBRATION_MOVE).where(CALIBRATION_MOVE.c.review_id == review)
        return await self._changes(gone)

    async def moved_in(self, session: SessionId) -> int:
        """How many people's ratings were moved in it."""
        row = await self._first(
            select(func.count(CALIBRATION_MOVE.c.review_id.distinct()).label("times")).where(
                CALIBRATION_MOVE.c.session_id == session
            )
        )
        return 0 if row is None else int(row.times)

    async def about(self, employee_id: EmployeeId) -> tuple[MoveMade, ...]:
        """Every move of that person's ratings, by time."""
        found = await self._all(
            select(CALIBRATION_MOVE)
            .join(REVIEW, REVIEW.c.id == CALIBRATION_MOVE.c.review_id)
            .where(REVIEW.c.employee_id == employee_id)
            .order_by(CALIBRATION_MOVE.c.at, CALIBRATION_MOVE.c.id)
        )
        return tuple(self._move(row) for row in found)

    async def looked_at(self, cycle: str, *, lying: bool = False) -> tuple[Looked, ...]:
        """Everybody in a cycle by employee, or whose review lies with calibration now."""
        kept = REVIEW.c
        last = func.max(CALIBRATION_MOVE.c.at)
        wanted = (
            select(*(kept[name] for name in _LIGHT), last.label("moved_at"))
            .outerjoin(CALIBRATION_MOVE, CALIBRATION_MOVE.c.review_id == kept.id)
            .where(kept.cycle_id == cycle, kept.stage != Stage.EXCLUDED.value)
            .group_by(*(kept[name] for name in _LIGHT))
            .order_by(kept.employee_id)
        )
        if lying:
            wanted = wanted.where(kept.stage == Stage.CALIBRATION.value)
        return tuple(_looked(row) for row in await self._all(wanted))

    async def everybody(self, cycle: str) -> tuple[tuple[Person, Looked | None], ...]:
        """The whole roster by employee, each with what calibration looks at of theirs."""
        kept, moves = REVIEW.c, CALIBRATION_MOVE.c
        moved = select(moves.review_id, func.max(moves.at).label("at")).group_by(moves.review_id)
        last = moved.subquery()
        theirs = and_(
            kept.employee_id == PERSON.c.employee_id,
            kept.cycle_id == cycle,
            kept.stage != Stage.EXCLUDED.value,
        )
        found = await self._all(
            select(*PERSON.columns, *(kept[name] for name in _LIGHT), last.c.at)
            .outerjoin(REVIEW, theirs)
            .outerjoin(last, last.c.review_id == kept.id)
            .order_by(PERSON.c.employee_id)
        )
        size = len(PERSON.columns)
        return tuple(
            (person_of(row[:size]), None if row[size] is None else _looked(row[size:]))
            for row in found
        )

    def _move(self, row: Row[Any]) -> MoveMade:
        return MoveMade(
            id=row.id,
            session=row.session_id,
            review=row.review_id,
            was=None if row.was is None else Fraction(row.was),
            now=Fraction(row.now),
            by=row.by,
            at=row.at,
            because=self._open(CALIBRATION_MOVE, "because", row.id, row.because).decode(),
        )


def _looked(row: Sequence[Any]) -> Looked:
    """Of the columns of _LIGHT, and when it was moved last."""
    review, employee, stage, rating, k, suggested, gate, surprise, *times = row
    self_at, rated_at, led_by, moved_at = times
    return Looked(
        id=review,
        employee_id=employee,
        stage=Stage(stage),
        rating=_fraction(rating),
        k=_fraction(k),
        suggested=_fraction(suggested),
        gate=gate,
        surprise=surprise,
        self_at=self_at,
        rated_at=rated_at,
        led_by=led_by,
        moved=moved_at is not None and rated_at is not None and moved_at > rated_at,
    )


@lru_cache(maxsize=256)
def _fraction(kept: str | None) -> Fraction | None:
    return None if kept is None else Fraction(kept)


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        cycle=row.cycle_id,
        group=GroupName(GroupKind(row.kind), row.key),
        turn=row.turn,
        opened_by=row.opened_by,
        opened_at=row.opened_at,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
        done_at=row.done_at,
    )
