"""The records of a cycle: texts sealed, numbers plain."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from review.annual import Part
from review.cycle import Cycle
from review.errors import StaleReview
from review.flow import Stage
from review.goals import Sheet
from review.people import EmployeeId, Track
from review.record import Assessment, Review, ReviewId, SignOff
from review.score import Outcome
from storage import codec
from storage.cycles import cycle_of
from storage.errors import AlreadyThereError
from storage.standings import KEPT, StandingStore
from storage.store import chunks
from storage.tables import CYCLE, PERSON, REVIEW

SEALED: dict[str, Any] = {
    "sheet": Sheet,
    "self_part": Assessment,
    "manager_part": Assessment,
    "outcome": Outcome,
    "year": tuple[Part, ...],
    "actuals": Mapping[str, str],
    "sign_offs": tuple[SignOff, ...],
}
"""Columns that hold texts, and what is in them."""


YEAR = 4
"""Characters of a whole year's name; any other cycle's is longer."""
_OF_CYCLE = "of_cycle_"
_WITH_CYCLE = (
    select(REVIEW, *(column.label(f"{_OF_CYCLE}{column.name}") for column in CYCLE.columns))
    .join(CYCLE, CYCLE.c.id == REVIEW.c.cycle_id)
    .where(KEPT)
)
# Asked with nearly each event, so built once: building costs more than running does.
_ONE = select(REVIEW).where(REVIEW.c.id == bindparam("review"))
_ONE_WITH_CYCLE = _WITH_CYCLE.where(REVIEW.c.id == bindparam("review"))
_HELD_WITH_CYCLE = _ONE_WITH_CYCLE.with_for_update(read=True, of=CYCLE)
_SAVE = update(REVIEW).where(
    REVIEW.c.id == bindparam("review"), REVIEW.c.revision == bindparam("was")
)
Dump = Callable[[Any], bytes]


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _numbers(review: Review) -> dict[str, str | None]:
    outcome = review.outcome
    return {
        "rating": _text(review.rating),
        "k": _text(None if outcome is None else outcome.k),
        "v": _text(None if outcome is None else outcome.v),
        "total": _text(None if outcome is None else outcome.total),
        "suggested": _text(None if outcome is None else outcome.suggested),
        "gate": None if outcome is None else outcome.gate.value,
    }


def _each_once() -> Dump:
    """Dumps a record once however often it comes: all of a role begin with one sheet."""
    seen: dict[int, tuple[Any, bytes]] = {}

    def dump(record: Any) -> bytes:
        if id(record) not in seen:
            seen[id(record)] = record, codec.dump(record)  # kept, so that its id stays its own
        return seen[id(record)][1]

    return dump


class ReviewStore(StandingStore):
    """Records, one a person and cycle."""

    async def add_all(self, reviews: Iterable[Review]) -> None:
        """Add them all.

        Raises AlreadyThereError if a person has a record in that cycle, or isn't in the roster:
        roll back then.
        """
        dump = _each_once()
        try:
            await self._many(insert(REVIEW), [self._row(review, dump) for review in reviews])
        except IntegrityError as error:
            raise AlreadyThereError(
                "a person's record is there, or person or cycle is not"
            ) from error

    async def get(self, review_id: ReviewId) -> Review | None:
        """That record."""
        row = await self._first(_ONE, review=review_id)
        return None if row is None else self._review(row)

    async def checked(self, review_id: ReviewId) -> Review | None:
        """That record; None if the numbers that stand plain beside it are not its own.

        Raises BrokenSealError for a text that was altered or moved.
        """
        row = await self._first(select(REVIEW).where(REVIEW.c.id == review_id))
        if row is None:
            return None
        review = self._review(row)
        own = _numbers(review).items()
        return review if all(getattr(row, name) == value for name, value in own) else None

    async def with_cycle(self, review_id: ReviewId) -> tuple[Review, Cycle] | None:
        """That record, and the cycle it belongs to; None, too, for one that was emptied.

        Who reads it to write it has the record alone until the transaction ends, and nobody
        closes the cycle.
        """
        await self._hold(REVIEW, review_id)
        wanted = _HELD_WITH_CYCLE if self._locks else _ONE_WITH_CYCLE
        row = await self._first(wanted, review=review_id)
        return None if row is None else (self._review(row), cycle_of(row, _OF_CYCLE))

    async def of(self, cycle_id: str, employee_id: EmployeeId) -> Review | None:
        """That person's record in that cycle."""
        row = await self._first(
            select(REVIEW).where(REVIEW.c.cycle_id == cycle_id, REVIEW.c.employee_id == employee_id)
        )
        return None if row is None else self._review(row)

    async def about(self, employee_id: EmployeeId) -> tuple[Review, ...]:
        """All records of that person, by cycle."""
        found = await self._all(
            select(REVIEW).where(REVIEW.c.employee_id == employee_id).order_by(REVIEW.c.cycle_id)
        )
        return tuple(self._review(row) for row in found)

    async def latest_sheet(self, employee_id: EmployeeId) -> Sheet | None:
        """What that person is scored on in the cycle that was opened last, a year's left aside."""
        row = await self._first(
            select(REVIEW.c.id, REVIEW.c.sheet)
            .join(CYCLE, CYCLE.c.id == REVIEW.c.cycle_id)
            .where(REVIEW.c.employee_id == employee_id, func.length(CYCLE.c.name) > YEAR)
            .order_by(CYCLE.c.opened_at.desc(), CYCLE.c.id)
            .limit(1)
        )
        if row is None:
            return None
        sheet: Sheet = codec.load(self._open(REVIEW, "sheet", row.id, row.sheet), Sheet)
        return sheet

    async def rated_with(
        self, cycle_id: str, rated_by: EmployeeId
    ) -> tuple[tuple[EmployeeId, str, Assessment], ...]:
        """What a manager has written in that cycle: whom of, their name, and the rating itself."""
        found = await self._all(
            select(REVIEW.c.id, REVIEW.c.employee_id, REVIEW.c.manager_part, PERSON.c.name)
            .join(PERSON, PERSON.c.employee_id == REVIEW.c.employee_id)
            .where(
                REVIEW.c.cycle_id == cycle_id,
                REVIEW.c.rated_by == rated_by,
                REVIEW.c.manager_part.is_not(None),
            )
            .order_by(REVIEW.c.employee_id)
        )
        return tuple(
            (
                row.employee_id,
                row.name,
                codec.load(
                    self._open(REVIEW, "manager_part", row.id, row.manager_part), Assessment
                ),
            )
            for row in found
        )

    async def in_cycle(
        self, cycle_id: str, employee_ids: Collection[EmployeeId] | None = None
    ) -> tuple[Review, ...]:
        """Everybody's record (or theirs) by employee, with all texts opened."""
        found = await self._in_cycle(select(REVIEW), cycle_id, employee_ids)
        return tuple(self._review(row) for row in found)

    async def save(self, review: Review) -> Review:
        """Keep the change; the record that stands now is returned.

        Raises StaleReview if it was changed, or removed, after it was read.
        """
        saved = replace(review, revision=review.revision + 1)
        was = {"review": review.id, "was": review.revision}
        changed = await self._changes(_SAVE, self._row(saved) | was)
        if not changed:
            row = await self._first(select(REVIEW.c.revision).where(REVIEW.c.id == review.id))
            raise StaleReview(review.revision, -1 if row is None else row.revision)
        return saved

    async def lead(self, cycle_id: str, led: Mapping[EmployeeId, EmployeeId | None]) -> None:
        """Say who led each of them at the period's end; None: as the roster says.

        Each record gets a new revision, so that a change begun before is refused as stale.
        """
        for head in sorted({*led.values()}, key=str):
            change = (
                update(REVIEW)
                .where(REVIEW.c.cycle_id == cycle_id)
                .values(led_by=head, revision=REVIEW.c.revision + 1)
            )
            for chunk in chunks([one for one, by in led.items() if by == head]):
                await self._changes(change.where(REVIEW.c.employee_id.in_(chunk)))

    async def move_all(
        self,
        cycle_id: str,
        from_stage: Stage,
        to_stage: Stage,
        employee_ids: Collection[EmployeeId] | None = None,
    ) -> tuple[EmployeeId, ...]:
        """Move all records of that stage (or theirs) to the next; who was moved, by id.

        Each gets a new revision, so that a change begun before is refused as stale.
        """
        move = (
            update(REVIEW)
            .where(REVIEW.c.cycle_id == cycle_id, REVIEW.c.stage == from_stage.value)
            .values(stage=to_stage.value, revision=REVIEW.c.revision + 1)
            .returning(REVIEW.c.employee_id)
        )
        if employee_ids is None:
            moved = list(await self._all(move))
        else:
            moved = [
                row
                for chunk in chunks(employee_ids)
                for row in await self._all(move.where(REVIEW.c.employee_id.in_(chunk)))
            ]
        return tuple(sorted(row.employee_id for row in moved))

    def _row(self, review: Review, dump: Dump = codec.dump) -> dict[str, Any]:
        sealed = {
            name: None
            if getattr(review, name) is None
            else self._seal(REVIEW, name, review.id, dump(getattr(review, name)))
            for name in SEALED
        }
        return {
            "id": review.id,
            "cycle_id": review.cycle,
            "track": review.track.value,
            "employee_id": review.employee_id,
            "stage": review.stage.value,
            "excluded_reason": review.excluded_reason,
            "self_at": review.self_at,
            "rated_at": review.rated_at,
            "rated_by": review.rated_by,
            "led_by": review.led_by,
            "surprise": review.surprise,
            "same_words": review.same_words,
            "revision": review.revision,
            **_numbers(review),
            **sealed,
        }

    def _review(self, row: Row[Any]) -> Review:
        texts: dict[str, Any] = {
            name: None
            if getattr(row, name) is None
            else codec.load(self._open(REVIEW, name, row.id, getattr(row, name)), shape)
            for name, shape in SEALED.items()
        }
        return Review(
            id=row.id,
            cycle=row.cycle_id,
            track=Track(row.track),
            employee_id=row.employee_id,
            stage=Stage(row.stage),
            excluded_reason=row.excluded_reason,
            self_at=row.self_at,
            rated_at=row.rated_at,
            rated_by=row.rated_by,
            led_by=row.led_by,
            surprise=row.surprise,
            same_words=row.same_words,
            revision=row.revision,
            **texts,
        )
