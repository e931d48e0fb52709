"""The talk about each review, and what both prepared for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, or_, select

from review.interview import Interview, Part
from review.people import EmployeeId
from review.record import ReviewId
from review.stages import Stage
from storage import codec
from storage.store import Store, chunks
from storage.tables import REVIEW
from storage.tables_interview import INTERVIEW, INTERVIEW_PART

_PLAIN = (
    *("began_at", "told_at", "starts_at", "minutes", "sequence"),
    *("asked_at", "late_at", "held_at", "ends_on"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """An interview, and whose it is."""

    interview: Interview
    employee_id: EmployeeId
    cycle: str
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What somebody prepared, and when they last did."""

    review: ReviewId
    employee_id: EmployeeId
    at: datetime
    part: Part


class InterviewStore(Store):
    """Interviews, one a review, and the parts of those who prepare them."""

    async def unbegun(self) -> tuple[tuple[ReviewId, EmployeeId], ...]:
        """Reviews that have come to the interview, and nobody was asked to prepare it.

        One that was held, and is opened anew, comes to it again.
        """
        found = await self._all(
            select(REVIEW.c.id, REVIEW.c.employee_id)
            .outerjoin(INTERVIEW, INTERVIEW.c.review_id == REVIEW.c.id)
            .where(
                REVIEW.c.stage == Stage.INTERVIEW.value,
                or_(INTERVIEW.c.review_id.is_(None), INTERVIEW.c.held_at.is_not(None)),
            )
            .order_by(REVIEW.c.id)
        )
        return tuple((row.id, row.employee_id) for row in found)

    async def begin(self, review: ReviewId, at: datetime, minutes: int) -> Interview | None:
        """It is to be prepared from now on. None: it was before, and is not held yet."""
        before = await self.get(review)
        if before is not None and before.held_at is None:
            return None
        sequence = 0 if before is None else before.sequence + 1
        made = Interview(review=review, began_at=at, minutes=minutes, sequence=sequence)
        await self.save(made)
        return made

    async def get(self, review: ReviewId) -> Interview | None:
        """That one."""
        row = await self._first(select(INTERVIEW).where(INTERVIEW.c.review_id == review))
        return None if row is None else _interview(row)

    async def many(self, reviews: Collection[ReviewId]) -> dict[ReviewId, Interview]:
        """Those of them that there are."""
        return {
            row.review_id: _interview(row)
            for chunk in chunks(reviews)
            for row in await self._all(select(INTERVIEW).where(INTERVIEW.c.review_id.in_(chunk)))
        }

    async def save(self, interview: Interview) -> None:
        """Keep it as it is now, whether it had begun or not."""
        await self._changes(self._upsert(INTERVIEW), _row(interview))

    async def ahead(self) -> tuple[Talk, ...]:
        """All that are yet to be held, by review."""
        return await self._talks(REVIEW.c.stage == Stage.INTERVIEW.value)

    async def held_until(self, before: date) -> tuple[Talk, ...]:
        """Those held and neither closed nor appealed, whose last day to appeal is before then."""
        stages = [Stage.HELD.value, Stage.ACKNOWLEDGED.value]
        return await self._talks(REVIEW.c.stage.in_(stages), INTERVIEW.c.ends_on < before)

    async def prepare(self, made: Prepared) -> None:
        """Keep what somebody prepared, instead of what they had before."""
        place = _place(made.review, made.employee_id)
        await self._changes(
            self._upsert(INTERVIEW_PART),
            {
                "review_id": made.review,
                "employee_id": made.employee_id,
                "at": made.at,
                "words": self._seal(INTERVIEW_PART, "words", place, codec.dump(made.part)),
            },
        )

    async def prepared(self, review: ReviewId) -> tuple[Prepared, ...]:
        """What was prepared for that review, by who did it."""
        found = await self._all(
            select(INTERVIEW_PART)
            .where(INTERVIEW_PART.c.review_id == review)
            .order_by(INTERVIEW_PART.c.employee_id)
        )
        return tuple(self._prepared(row) for row in found)

    async def prepared_by(self, employee: EmployeeId) -> tuple[Prepared, ...]:
        """All that somebody prepared, by review."""
        found = await self._all(
            select(INTERVIEW_PART)
            .where(INTERVIEW_PART.c.employee_id == employee)
            .order_by(INTERVIEW_PART.c.review_id)
        )
        return tuple(self._prepared(row) for row in found)

    async def _talks(self, *which: Any) -> tuple[Talk, ...]:
        found = await self._all(
            select(INTERVIEW, REVIEW.c.employee_id, REVIEW.c.cycle_id, REVIEW.c.stage)
            .join(REVIEW, REVIEW.c.id == INTERVIEW.c.review_id)
            .where(*which)
            .order_by(INTERVIEW.c.review_id)
        )
        return tuple(
            Talk(
                interview=_interview(row),
                employee_id=row.employee_id,
                cycle=row.cycle_id,
                stage=Stage(row.stage),
            )
            for row in found
        )

    def _prepared(self, row: Row[Any]) -> Prepared:
        place = _place(row.review_id, row.employee_id)
        words = self._open(INTERVIEW_PART, "words", place, row.words)
        return Prepared(
            review=row.review_id,
            employee_id=row.employee_id,
            at=row.at,
            part=codec.load(words, Part),
        )


def _place(review: ReviewId, employee: EmployeeId) -> str:
    return codec.dump_plain([review, employee]).decode()


def _row(interview: Interview) -> dict[str, Any]:
    first, second, *_ = (*interview.slots, None, None)
    row = {name: getattr(interview, name) for name in _PLAIN}
    return row | {"review_id": interview.review, "first_slot": first, "second_slot": second}


def _interview(row: Row[Any]) -> Interview:
    slots = tuple(slot for slot in (row.first_slot, row.second_slot) if slot is not None)
    plain = {name: getattr(row, name) for name in _PLAIN}
    return Interview(review=row.review_id, slots=slots, **plain)
