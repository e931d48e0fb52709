"""One-on-ones of each pair, what both wrote on their sheets, and the pairs' own rhythms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, and_, func, or_, select, update

from review.one_on_one import OneOnOne, Rhythm, Sheet, State
from review.people import EmployeeId
from storage import codec
from storage.store import Store
from storage.tables_one_on_one import ONE_ON_ONE, ONE_ON_ONE_SHEET, RHYTHM

PairIds = tuple[EmployeeId, EmployeeId]
"""The person and their manager."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What one of the two wrote on the sheet of a talk."""

    talk: str
    employee_id: EmployeeId
    at: datetime
    sheet: Sheet


class OneOnOneStore(Store):
    """All talks of all pairs."""

    async def get(self, talk: str) -> OneOnOne | None:
        """That one; nobody else changes it until this transaction ends, if it may write."""
        await self._hold(ONE_ON_ONE, talk)
        row = await self._first(select(ONE_ON_ONE).where(ONE_ON_ONE.c.id == talk))
        return None if row is None else _talk(row)

    async def last_of(self, person: EmployeeId, manager: EmployeeId) -> OneOnOne | None:
        """The pair's latest, whatever became of it."""
        wanted = select(ONE_ON_ONE).where(_of_pair(person, manager))
        row = await self._first(wanted.order_by(ONE_ON_ONE.c.number.desc()).limit(1))
        return None if row is None else _talk(row)

    async def of_pair(self, person: EmployeeId, manager: EmployeeId) -> tuple[OneOnOne, ...]:
        """All of a pair, the latest first."""
        wanted = select(ONE_ON_ONE).where(_of_pair(person, manager))
        found = await self._all(wanted.order_by(ONE_ON_ONE.c.number.desc()))
        return tuple(_talk(row) for row in found)

    async def last(self) -> Mapping[PairIds, OneOnOne]:
        """The latest of every pair."""
        pair = (ONE_ON_ONE.c.person, ONE_ON_ONE.c.manager)
        newest = select(*pair, func.max(ONE_ON_ONE.c.number).label("number")).group_by(*pair)
        top = newest.subquery()
        found = await self._all(
            select(ONE_ON_ONE).join(
                top,
                and_(
                    top.c.person == ONE_ON_ONE.c.person,
                    top.c.manager == ONE_ON_ONE.c.manager,
                    top.c.number == ONE_ON_ONE.c.number,
                ),
            )
        )
        return {(row.person, row.manager): _talk(row) for row in found}

    async def last_day(self, *states: State) -> Mapping[PairIds, datetime]:
        """The moment of each pair's latest talk that stands so, of those that have one."""
        held = ONE_ON_ONE.c.state.in_([one.value for one in states])
        at = func.coalesce(ONE_ON_ONE.c.starts_at, ONE_ON_ONE.c.settled_at)
        pair = (ONE_ON_ONE.c.person, ONE_ON_ONE.c.manager)
        found = await self._all(select(*pair, func.max(at).label("at")).where(held).group_by(*pair))
        return {(row.person, row.manager): row.at for row in found}

    async def ahead(self, *people: EmployeeId) -> tuple[OneOnOne, ...]:
        """Those that are to come, of these people or of everybody; the earliest first."""
        wanted = select(ONE_ON_ONE).where(ONE_ON_ONE.c.state == State.AHEAD.value)
        if people:
            theirs = (ONE_ON_ONE.c.person.in_(people), ONE_ON_ONE.c.manager.in_(people))
            wanted = wanted.where(or_(*theirs))
        found = await self._all(wanted.order_by(ONE_ON_ONE.c.starts_at, ONE_ON_ONE.c.id))
        return tuple(_talk(row) for row in found)

    async def next_of(self, person: EmployeeId, manager: EmployeeId, minutes: int) -> OneOnOne:
        """The pair's next talk, made if there is none; its time may be settled or not."""
        await self._hold(RHYTHM, person, manager)
        last = await self.last_of(person, manager)
        if last is not None and last.state is State.AHEAD:
            return last
        number = 1 if last is None else last.number + 1
        made = OneOnOne(
            id=uuid4().hex, person=person, manager=manager, number=number, minutes=minutes
        )
        await self._changes(self._insert(ONE_ON_ONE), _row(made))
        return made

    async def save(self, talk: OneOnOne) -> None:
        """Keep it as it is now."""
        await self._changes(self._upsert(ONE_ON_ONE), _row(talk))

    async def plan(self, talks: Sequence[OneOnOne]) -> tuple[OneOnOne, ...]:
        """Keep what the bot planned: new ones without an id, and others as they follow.

        What one of the two did meanwhile stands. All of them, with their ids.
        """
        new = [replace(one, id=uuid4().hex) for one in talks if not one.id]
        await self._many(self._insert_new(ONE_ON_ONE), [_row(one) for one in new])
        for one in talks:
            if one.id:
                same = (ONE_ON_ONE.c.id == one.id, ONE_ON_ONE.c.state == State.AHEAD.value)
                before = ONE_ON_ONE.c.sequence.in_([one.sequence, one.sequence - 1])
                await self._changes(update(ONE_ON_ONE).where(*same, before).values(_row(one)))
        return (*new, *(one for one in talks if one.id))

    async def of(self, employee: EmployeeId) -> tuple[OneOnOne, ...]:
        """All of somebody, with their manager and with their reports, by id."""
        theirs = or_(ONE_ON_ONE.c.person == employee, ONE_ON_ONE.c.manager == employee)
        found = await self._all(select(ONE_ON_ONE).where(theirs).order_by(ONE_ON_ONE.c.id))
        return tuple(_talk(row) for row in found)

    async def write(self, made: Written) -> None:
        """Keep what one of the two wrote, instead of what they had before."""
        place = _place(made.talk, made.employee_id)
        words = self._seal(ONE_ON_ONE_SHEET, "words", place, codec.dump(made.sheet))
        row = {"talk_id": made.talk, "employee_id": made.employee_id, "at": made.at}
        await self._changes(self._upsert(ONE_ON_ONE_SHEET), row | {"words": words})

    async def written(self, talk: str) -> Mapping[EmployeeId, Sheet]:
        """What the two wrote on that talk's sheet, by who did."""
        wanted = select(ONE_ON_ONE_SHEET).where(ONE_ON_ONE_SHEET.c.talk_id == talk)
        found = [self._written(row) for row in await self._all(wanted)]
        return {one.employee_id: one.sheet for one in found}

    async def written_around(self, employee: EmployeeId) -> tuple[Written, ...]:
        """All that stands on the sheets of somebody's talks, whoever of the two wrote it."""
        theirs = or_(ONE_ON_ONE.c.person == employee, ONE_ON_ONE.c.manager == employee)
        found = await self._all(
            select(ONE_ON_ONE_SHEET)
            .join(ONE_ON_ONE, ONE_ON_ONE.c.id == ONE_ON_ONE_SHEET.c.talk_id)
            .where(theirs)
            .order_by(ONE_ON_ONE_SHEET.c.talk_id, ONE_ON_ONE_SHEET.c.employee_id)
        )
        return tuple(self._written(row) for row in found)

    async def rhythm(self, person: EmployeeId, manager: EmployeeId) -> Rhythm | None:
        """What that pair wants otherwise."""
        pair = (RHYTHM.c.person == person, RHYTHM.c.manager == manager)
        row = await self._first(select(RHYTHM).where(*pair))
        return None if row is None else _rhythm(row)

    async def rhythms(self) -> Mapping[PairIds, Rhythm]:
        """What each pair wants otherwise."""
        return {(row.person, row.manager): _rhythm(row) for row in await self._all(select(RHYTHM))}

    async def rhythms_of(self, employee: EmployeeId) -> tuple[Rhythm, ...]:
        """Those of somebody's pairs, by pair."""
        theirs = or_(RHYTHM.c.person == employee, RHYTHM.c.manager == employee)
        found = await self._all(
            select(RHYTHM).where(theirs).order_by(RHYTHM.c.person, RHYTHM.c.manager)
        )
        return tuple(_rhythm(row) for row in found)

    async def set_rhythm(self, rhythm: Rhythm) -> None:
        """It is so from now on."""
        await self._changes(self._upsert(RHYTHM), asdict(rhythm))

    def _written(self, row: Row[Any]) -> Written:
        place = _place(row.talk_id, row.employee_id)
        words = self._open(ONE_ON_ONE_SHEET, "words", place, row.words)
        return Written(
            talk=row.talk_id,
            employee_id=row.employee_id,
            at=row.at,
            sheet=codec.load(words, Sheet),
        )


def _of_pair(person: EmployeeId, manager: EmployeeId) -> ColumnElement[bool]:
    return and_(ONE_ON_ONE.c.person == person, ONE_ON_ONE.c.manager == manager)


def _place(talk: str, employee: EmployeeId) -> str:
    return codec.dump_plain([talk, employee]).decode()


def _row(talk: OneOnOne) -> dict[str, Any]:
    return {**asdict(talk), "state": talk.state.value}


def _talk(row: Row[Any]) -> OneOnOne:
    facts = {name: getattr(row, name) for name in OneOnOne.__dataclass_fields__}
    return OneOnOne(**{**facts, "state": State(row.state)})


def _rhythm(row: Row[Any]) -> Rhythm:
    return Rhythm(**{name: getattr(row, name) for name in Rhythm.__dataclass_fields__})
