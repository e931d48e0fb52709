"""Actions that follow from interviews and one-on-ones: who and when plain, the words sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update

from review.interview import SHUT, Action, ActionWord, Going
from review.learning import ActionKind
from review.people import EmployeeId
from review.record import ReviewId
from storage.store import Store, chunks
from storage.tables import REVIEW
from storage.tables_interview import ACTION, ACTION_WORD
from storage.tables_one_on_one import ONE_ON_ONE

_PLAIN = ("id", "about", "owner", "due", "agreed_at", "changed_at", "mentor")
_SHUT = tuple(one.value for one in SHUT)


@dataclass(frozen=True, slots=True)
class Open:
    """An action that is to be done yet, without its text."""

    owner: EmployeeId
    about: EmployeeId
    due: date
    going: Going


@dataclass(frozen=True, slots=True)
class Head:
    """An action that is to be done yet, without its words: to list many, and open a few."""

    id: str
    owner: EmployeeId
    about: EmployeeId
    due: date
    talk: str | None
    """The one-on-one that it came from."""
    manager: EmployeeId | None
    """Who led that one-on-one."""
    mentor: EmployeeId | None


class ActionStore(Store):
    """All that was agreed."""

    async def put(self, action: Action) -> None:
        """Keep it, instead of what stood in its place."""
        text = self._seal(ACTION, "text", action.id, action.text.encode())
        row = {name: getattr(action, name) for name in _PLAIN}
        row |= {"review_id": action.review, "talk_id": action.talk}
        row |= {"going": action.going.value, "text": text}
        link = self._seal(ACTION, "link", action.id, action.link.encode()) if action.link else None
        row |= {"kind": action.kind.value, "link": link}
        await self._changes(self._upsert(ACTION), row)

    async def get(self, action: str) -> Action | None:
        """That one."""
        row = await self._first(select(ACTION).where(ACTION.c.id == action))
        return None if row is None else self._action(row)

    async def goes(
        self, action: str, going: Going, by: EmployeeId, at: datetime, words: str = ""
    ) -> ActionWord | None:
        """It goes so from now on, and who said so is kept. None: it did before, without a word."""
        await self._hold(ACTION, action)
        changed = update(ACTION).where(ACTION.c.id == action, ACTION.c.going != going.value)
        moved = await self._changes(changed.values(going=going.value, changed_at=at))
        if not moved and not words:
            return None
        last = select(func.max(ACTION_WORD.c.number)).where(ACTION_WORD.c.action_id == action)
        found = await self._first(last)
        number = (found[0] if found and found[0] else 0) + 1
        made = ActionWord(action=action, number=number, going=going, by=by, at=at, words=words)
        place = _place(action, number)
        sealed = self._seal(ACTION_WORD, "words", place, words.encode()) if words else None
        row = {"action_id": action, "number": number, "going": going.value, "by": by, "at": at}
        await self._changes(self._insert(ACTION_WORD), row | {"words": sealed})
        return made

    async def words_on(self, actions: Collection[str]) -> Mapping[str, tuple[ActionWord, ...]]:
        """All that was said of how those go, in the order of the saying."""
        found: dict[str, tuple[ActionWord, ...]] = {}
        for chunk in chunks(actions):
            wanted = select(ACTION_WORD).where(ACTION_WORD.c.action_id.in_(chunk))
            for row in await self._all(wanted.order_by(ACTION_WORD.c.number)):
                found[row.action_id] = (*found.get(row.action_id, ()), self._word(row))
        return found

    async def words_around(self, employee: EmployeeId) -> tuple[ActionWord, ...]:
        """All that somebody said, or that was said of what is theirs to `of`."""
        theirs = or_(
            *(column == employee for column in (ACTION.c.owner, ACTION.c.about, ACTION_WORD.c.by))
        )
        found = await self._all(
            select(ACTION_WORD)
            .join(ACTION, ACTION.c.id == ACTION_WORD.c.action_id)
            .where(theirs)
            .order_by(ACTION_WORD.c.action_id, ACTION_WORD.c.number)
        )
        return tuple(self._word(row) for row in found)

    async def agreed(self, review: ReviewId) -> tuple[Action, ...]:
        """What was agreed in that interview, in its order."""
        found = await self._all(
            select(ACTION).where(ACTION.c.review_id == review).order_by(ACTION.c.id)
        )
        return tuple(self._action(row) for row in found)

    async def agreed_in(self, talk: str) -> tuple[Action, ...]:
        """What was agreed in that one-on-one, in its order."""
        found = await self._all(
            select(ACTION).where(ACTION.c.talk_id == talk).order_by(ACTION.c.id)
        )
        return tuple(self._action(row) for row in found)

    async def since(self, owner: EmployeeId, moment: datetime) -> tuple[Action, ...]:
        """What somebody still has to do, or did from that moment on; the earliest due first."""
        shut = and_(ACTION.c.going == Going.DONE.value, ACTION.c.changed_at >= moment)
        wanted = select(ACTION).where(
            ACTION.c.owner == owner, or_(ACTION.c.going.not_in(_SHUT), shut)
        )
        found = await self._all(wanted.order_by(ACTION.c.due, ACTION.c.id))
        return tuple(self._action(row) for row in found)

    async def going(self, owners: Collection[EmployeeId]) -> tuple[Open, ...]:
        """How all that those people still have to do from interviews goes; opens no text."""
        columns = (ACTION.c.owner, ACTION.c.about, ACTION.c.due, ACTION.c.going)
        from_interview = (ACTION.c.going.not_in(_SHUT), ACTION.c.talk_id.is_(None))
        wanted = select(*columns).where(*from_interview)
        found = [
            row
            for chunk in chunks(owners)
            for row in await self._all(wanted.where(ACTION.c.owner.in_(chunk)))
        ]
        return tuple(Open(row.owner, row.about, row.due, Going(row.going)) for row in found)

    async def busy(self, owners: Collection[EmployeeId], before: datetime) -> frozenset[EmployeeId]:
        """Who of them has anything to do yet that was agreed before then."""
        which = (ACTION.c.going.not_in(_SHUT), ACTION.c.agreed_at < before)
        wanted = select(ACTION.c.owner).where(*which).distinct()
        return frozenset(
            [
                row.owner
                for chunk in chunks(owners)
                for row in await self._all(wanted.where(ACTION.c.owner.in_(chunk)))
            ]
        )

    async def shut(
        self, owners: Collection[EmployeeId], since: datetime, until: datetime
    ) -> Mapping[Going, int]:
        """How many of theirs, from interviews, were done and dropped in that time; no text."""
        found: Counter[Going] = Counter()
        for chunk in chunks(owners):
            rows = await self._all(
                select(ACTION.c.going, func.count().label("times"))
                .where(
                    ACTION.c.owner.in_(chunk),
                    ACTION.c.going.in_(_SHUT),
                    ACTION.c.talk_id.is_(None),
                    ACTION.c.changed_at >= since,
                    ACTION.c.changed_at < until,
                )
                .group_by(ACTION.c.going)
            )
            found.update({Going(row.going): row.times for row in rows})
        return found

    async def open_around(self, employee: EmployeeId) -> tuple[Action, ...]:
        """What somebody still has to do, or others from their talks; the earliest due first."""
        theirs = (ACTION.c.owner, ACTION.c.about, ONE_ON_ONE.c.manager)
        mine = or_(*(column == employee for column in theirs))
        from_talk = ONE_ON_ONE.c.id == ACTION.c.talk_id
        wanted = select(ACTION).outerjoin(ONE_ON_ONE, from_talk)
        wanted = wanted.where(mine, ACTION.c.going.not_in(_SHUT))
        found = await self._all(wanted.order_by(ACTION.c.due, ACTION.c.id))
        return tuple(self._action(row) for row in found)

    async def heads_around(self, employee: EmployeeId) -> tuple[Head, ...]:
        """What somebody still has to do, others from their talks, or others with them as mentor.

        The earliest due first.
        """
        theirs = (ACTION.c.owner, ACTION.c.about, ONE_ON_ONE.c.manager, ACTION.c.mentor)
        found = await self._all(_HEADS.where(or_(*(column == employee for column in theirs))))
        return tuple(map(_head, found))

    async def heads_of(self, owners: Collection[EmployeeId]) -> tuple[Head, ...]:
        """What those people still have to do, the earliest due first.

        What has a `talk` is shown to that pair alone.
        """
        found = [
            row
            for chunk in chunks(owners)
            for row in await self._all(_HEADS.where(ACTION.c.owner.in_(chunk)))
        ]
        return tuple(map(_head, sorted(found, key=lambda one: (one.due, one.id))))

    async def late(self, today: date) -> tuple[Head, ...]:
        """All that anybody should have done before that day, the earliest due first."""
        return tuple(map(_head, await self._all(_HEADS.where(ACTION.c.due < today))))

    async def many(self, actions: Collection[str]) -> Mapping[str, Action]:
        """Those of them that there are, with their words."""
        return {
            row.id: self._action(row)
            for chunk in chunks(actions)
            for row in await self._all(select(ACTION).where(ACTION.c.id.in_(chunk)))
        }

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
            talk=row.talk_id,
            going=Going(row.going),
            text=self._open(ACTION, "text", row.id, row.text).decode(),
            kind=ActionKind(row.kind),
            link=self._open(ACTION, "link", row.id, row.link).decode() if row.link else "",
        )

    def _word(self, row: Row[Any]) -> ActionWord:
        place = _place(row.action_id, row.number)
        said = row.words and self._open(ACTION_WORD, "words", place, row.words).decode()
        return ActionWord(
            action=row.action_id,
            number=row.number,
            going=Going(row.going),
            by=row.by,
            at=row.at,
            words=said or "",
        )


_HEADS = (
    select(
        *(ACTION.c[name] for name in ("id", "owner", "about", "due", "talk_id", "mentor")),
        ONE_ON_ONE.c.manager,
    )
    .outerjoin(ONE_ON_ONE, ONE_ON_ONE.c.id == ACTION.c.talk_id)
    .where(ACTION.c.going.not_in(_SHUT))
    .order_by(ACTION.c.due, ACTION.c.id)
)


def _head(row: Row[Any]) -> Head:
    return Head(row.id, row.owner, row.about, row.due, row.talk_id, row.manager, row.mentor)


def _place(action: str, number: int) -> str:
    return f"{action}/{number}"
