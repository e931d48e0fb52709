"""Where the records of a cycle stand, read without opening a text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, literal, select

from review.people import EmployeeId, Person
from review.policy import Score
from review.record import ReviewId
from review.stages import Stage
from storage import lines
from storage.people import person_of
from storage.store import Store, chunks
from storage.tables import PERSON, REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a record stands, without opening a text."""

    id: ReviewId
    employee_id: EmployeeId
    stage: Stage
    rating: Score | None
    k: Fraction | None
    self_at: datetime | None
    rated_at: datetime | None
    excluded_reason: str | None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody's scores place them; the overall rating is not looked at."""

    id: ReviewId
    employee_id: EmployeeId
    stage: Stage
    k: Fraction
    v: Fraction


@dataclass(frozen=True, slots=True)
class Given:
    """How many records have that rating, and that K."""

    rating: Score
    k: Fraction | None
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprises:
    """How many ratings one manager gave in a cycle, and how many of them nobody had heard of."""

    rated_by: EmployeeId
    ratings: int
    surprises: int
    same_words: int
    """How many of them have a case that nearly repeats another person's."""


LIGHT = tuple(REVIEW.c[name] for name in Standing.__dataclass_fields__)


@lru_cache(maxsize=256)
def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _standing(row: Sequence[Any]) -> Standing:
    """Of the columns of LIGHT: many are read at a time, and by place is the fastest way."""
    review, employee, stage, rating, k, self_at, rated_at, reason = row
    return Standing(
        id=review,
        employee_id=employee,
        stage=Stage(stage),
        rating=_fraction(rating),
        k=_fraction(k),
        self_at=self_at,
        rated_at=rated_at,
        excluded_reason=reason,
    )


class StandingStore(Store):
    """Records, one a person and cycle, by what is plain in them."""

    async def standings(
        self, cycle_id: str, employee_ids: Collection[EmployeeId] | None = None
    ) -> tuple[Standing, ...]:
        """Where everybody's record (or theirs) stands, by employee; opens no text."""
        found = await self._in_cycle(select(*LIGHT), cycle_id, employee_ids)
        return tuple(_standing(row) for row in found)

    async def around_team(
        self,
        cycle_id: str,
        manager: EmployeeId,
        others: Collection[EmployeeId],
        *,
        unled: bool,
    ) -> tuple[tuple[Person, Standing | None], ...]:
        """All whom a manager may rate, with where their records stand, by id.

        With them come the manager, those others and everybody above any of them, who settle whom
        the manager does rate. `unled`: those without a manager may be among them, too.
        """
        ids = lines.around_team(manager, others, unled=unled)
        theirs = and_(REVIEW.c.employee_id == PERSON.c.employee_id, REVIEW.c.cycle_id == cycle_id)
        found = await self._all(
            select(*PERSON.columns, *LIGHT)
            .outerjoin(REVIEW, theirs)
            .where(PERSON.c.employee_id.in_(ids))
            .order_by(PERSON.c.employee_id)
        )
        size = len(PERSON.columns)
        return tuple(
            (person_of(row[:size]), None if row[size] is None else _standing(row[size:]))
            for row in found
        )

    async def given_below(
        self, cycle_id: str, head: EmployeeId, also: EmployeeId
    ) -> tuple[Given, ...]:
        """The ratings of everybody below somebody, and of one more, counted; opens no record.

        Whoever is left out of the cycle is not counted, nor the head.
        """
        below = lines.below(head)
        ids = select(below.c.id).union(select(literal(also)))
        found = await self._all(
            select(REVIEW.c.rating, REVIEW.c.k, func.count().label("times"))
            .where(
                REVIEW.c.cycle_id == cycle_id,
                REVIEW.c.employee_id.in_(ids),
                REVIEW.c.employee_id != head,
                REVIEW.c.stage != Stage.EXCLUDED.value,
                REVIEW.c.rating.is_not(None),
            )
            .group_by(REVIEW.c.rating, REVIEW.c.k)
        )
        return tuple(Given(Fraction(row.rating), _fraction(row.k), row.times) for row in found)

    async def placed(self, cycle_id: str) -> tuple[Placed, ...]:
        """K and V of everybody whose manager rated, by employee; opens no text."""
        found = await self._all(
            select(REVIEW.c.id, REVIEW.c.employee_id, REVIEW.c.stage, REVIEW.c.k, REVIEW.c.v)
            .where(
                REVIEW.c.cycle_id == cycle_id,
                REVIEW.c.stage != Stage.EXCLUDED.value,
                REVIEW.c.k.is_not(None),
                REVIEW.c.v.is_not(None),
            )
            .order_by(REVIEW.c.employee_id)
        )
        return tuple(
            Placed(row.id, row.employee_id, Stage(row.stage), Fraction(row.k), Fraction(row.v))
            for row in found
        )

    async def surprises(self, cycle_id: str) -> tuple[Surprises, ...]:
        """Of each manager who rated in that cycle, by id; opens no record."""
        kept = REVIEW.c
        found = await self._all(
            select(
                kept.rated_by,
                func.count().label("ratings"),
                func.sum(case((kept.surprise.is_(True), 1), else_=0)).label("surprises"),
                func.sum(case((kept.same_words.is_(True), 1), else_=0)).label("same_words"),
            )
            .where(
                kept.cycle_id == cycle_id,
                kept.rated_by.is_not(None),
                kept.stage != Stage.EXCLUDED.value,
            )
            .group_by(kept.rated_by)
            .order_by(kept.rated_by)
        )
        return tuple(
            Surprises(
                rated_by=row.rated_by,
                ratings=row.ratings,
                surprises=row.surprises,
                same_words=row.same_words,
            )
            for row in found
        )

    async def _in_cycle(
        self, wanted: Select[Any], cycle_id: str, employee_ids: Collection[EmployeeId] | None
    ) -> Sequence[Row[Any]]:
        all_of_it = wanted.where(REVIEW.c.cycle_id == cycle_id).order_by(REVIEW.c.employee_id)
        if employee_ids is None:
            return await self._all(all_of_it)
        return [
            row
            for chunk in chunks(employee_ids)
            for row in await self._all(all_of_it.where(REVIEW.c.employee_id.in_(chunk)))
        ]
