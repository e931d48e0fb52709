"""Where the records of a cycle stand, read without opening a text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, literal, or_, select

from review.erasing import ERASED
from review.people import EmployeeId, Person
from review.policy import Score
from review.record import ReviewId, in_review
from review.stages import Stage
from storage import lines
from storage.people import person_of
from storage.store import Store, chunks
from storage.tables import CYCLE, PERSON, REVIEW
from storage.tables_erasing import RATING_COUNT


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
    led_by: EmployeeId | None = None


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


KEPT = REVIEW.c.excluded_reason.is_distinct_from(ERASED)
"""Of the emptied records of people who were erased nothing is shown or counted."""
LIGHT = tuple(REVIEW.c[name] for name in Standing.__dataclass_fields__)


@lru_cache(maxsize=256)
def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _standing(row: Sequence[Any]) -> Standing:
    """Of the columns of LIGHT: many are read at a time, and by place is the fastest way."""
    review, employee, stage, rating, k, self_at, rated_at, reason, led_by = row
    return Standing(
        id=review,
        employee_id=employee,
        stage=Stage(stage),
        rating=_fraction(rating),
        k=_fraction(k),
        self_at=self_at,
        rated_at=rated_at,
        excluded_reason=reason,
        led_by=led_by,
    )


class StandingStore(Store):
    """Records, one a person and cycle, by what is plain in them."""

    async def cycles_of(self, employee: EmployeeId) -> Mapping[ReviewId, str]:
        """Their records of all running cycles, each with its cycle."""
        found = await self._all(
            select(REVIEW.c.id, REVIEW.c.cycle_id)
            .join(CYCLE, CYCLE.c.id == REVIEW.c.cycle_id)
            .where(REVIEW.c.employee_id == employee, CYCLE.c.closed_at.is_(None))
        )
        return {row.id: row.cycle_id for row in found}

    async def standings(
        self, cycle_id: str, employee_ids: Collection[EmployeeId] | None = None
    ) -> tuple[Standing, ...]:
        """Where everybody's record (or theirs) stands, by employee; opens no text."""
        found = await self._in_cycle(select(*LIGHT), cycle_id, employee_ids)
        return tuple(_standing(row) for row in found)

    async def records(self, cycle_id: str) -> tuple[tuple[ReviewId, EmployeeId], ...]:
        """Every record there ever was, the emptied ones too, and whose, by employee."""
        found = await self._all(
            select(REVIEW.c.id, REVIEW.c.employee_id)
            .where(REVIEW.c.cycle_id == cycle_id)
            .order_by(REVIEW.c.employee_id)
        )
        return tuple((row.id, row.employee_id) for row in found)

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
        the manager does rate. `unled`: those without a manager may be among them, too. Each
        person is as their record sees them (review.record.in_review).
        """
        ids = lines.around_team(manager, others, cycle_id, unled=unled)
        theirs = and_(
            REVIEW.c.employee_id == PERSON.c.employee_id, REVIEW.c.cycle_id == cycle_id, KEPT
        )
        found = await self._all(
            select(*PERSON.columns, *LIGHT)
            .outerjoin(REVIEW, theirs)
            .where(PERSON.c.employee_id.in_(ids))
            .order_by(PERSON.c.employee_id)
        )
        size = len(PERSON.columns)
        pairs = [
            (person_of(row[:size]), None if row[size] is None else _standing(row[size:]))
            for row in found
        ]
        return tuple((in_review(one, at.led_by) if at else one, at) for one, at in pairs)

    async def given_below(
        self, cycle_id: str, head: EmployeeId, also: EmployeeId
    ) -> tuple[Given, ...]:
        """The ratings of everybody below somebody, and of one more, counted; opens no record.

        Whoever is left out of the cycle is not counted, nor the head.
        """
        below = lines.below(head)
        ids = select(below.c.id).union(select(literal(also)))
        standing = (
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
        gone = RATING_COUNT.c
        erased = select(gone.rating, gone.k, gone.times).where(
            gone.cycle_id == cycle_id,
            or_(gone.manager == head, gone.manager.in_(select(below.c.id))),
        )
        found = await self._all(standing.union_all(erased))
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
        kept, gone = REVIEW.c, RATING_COUNT.c
        each = (
            select(kept.rated_by, literal(1).label("times"), kept.surprise, kept.same_words)
            .where(
                kept.cycle_id == cycle_id,
                kept.rated_by.is_not(None),
                kept.stage != Stage.EXCLUDED.value,
            )
            .union_all(
                select(gone.rated_by, gone.times, gone.surprise, gone.same_words).where(
                    gone.cycle_id == cycle_id, gone.rated_by.is_not(None)
                )
            )
            .subquery()
        )
        one = each.c
        found = await self._all(
            select(
                one.rated_by,
                func.sum(one.times).label("ratings"),
                func.sum(case((one.surprise.is_(True), one.times), else_=0)).label("surprises"),
                func.sum(case((one.same_words.is_(True), one.times), else_=0)).label("same_words"),
            )
            .group_by(one.rated_by)
            .order_by(one.rated_by)
        )
        return tuple(
            Surprises(
                rated_by=row.rated_by,
                ratings=int(row.ratings),
                surprises=int(row.surprises),
                same_words=int(row.same_words),
            )
            for row in found
        )

    async def _in_cycle(
        self, wanted: Select[Any], cycle_id: str, employee_ids: Collection[EmployeeId] | None
    ) -> Sequence[Row[Any]]:
        of_it = wanted.where(REVIEW.c.cycle_id == cycle_id, KEPT)
        all_of_it = of_it.order_by(REVIEW.c.employee_id)
        if employee_ids is None:
            return await self._all(all_of_it)
        return [
            row
            for chunk in chunks(employee_ids)
            for row in await self._all(all_of_it.where(REVIEW.c.employee_id.in_(chunk)))
        ]
