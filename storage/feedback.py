"""Feedback between two people: its words sealed, what is counted plain."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, false, func, insert, literal, or_, select, true, union_all, update

from review.feedback import Feedback, FeedbackId, Heard, Kind, Said, about_value
from review.people import EmployeeId
from storage import codec
from storage.store import Store, chunks
from storage.tables import OUTBOX
from storage.tables_feedback import FEEDBACK
from storage.tables_praise import PRAISE

_HEARD = select(
    *(FEEDBACK.c[name] for name in ("id", "receiver", "giver", "kind", "about", "as_manager")),
    FEEDBACK.c.reached_at,
    false().label("public"),
)
_PRAISED = select(
    *(PRAISE.c.id, PRAISE.c.receiver, PRAISE.c.giver, literal(Kind.POSITIVE.value).label("kind")),
    literal(about_value("")).concat(PRAISE.c.value).label("about"),
    *(false().label("as_manager"), PRAISE.c.reached_at, true().label("public")),
).where(PRAISE.c.taken_at.is_(None))
"""Praise, as feedback that everybody may read."""
_PLAIN = (
    *("id", "giver", "receiver", "about", "as_manager", "wants_talk", "at"),
    *("reached_at", "thanked_at", "talk_asked_at", "answered_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """One that the receiver's chat has by now."""

    id: FeedbackId
    giver: EmployeeId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """How many of a kind somebody gave to somebody."""

    giver: EmployeeId
    receiver: EmployeeId
    kind: Kind
    times: int


def once_of(feedback: FeedbackId) -> str:
    """By which the outbox knows the message that brings it to its receiver."""
    return f"feedback/{feedback}"


class FeedbackStore(Store):
    """All feedback; an answer, a thank and a wish to talk happen once each."""

    async def add(self, feedback: Feedback) -> None:
        """Keep it."""
        said = self._seal(FEEDBACK, "said", feedback.id, codec.dump(feedback.said))
        row = {name: getattr(feedback, name) for name in _PLAIN}
        row |= {"kind": feedback.kind.value, "said": said, "answer": None}
        await self._changes(insert(FEEDBACK), row)

    async def get(self, feedback: FeedbackId) -> Feedback | None:
        """That one."""
        row = await self._first(select(FEEDBACK).where(FEEDBACK.c.id == feedback))
        return None if row is None else self._feedback(row)

    async def between(self, giver: EmployeeId, receiver: EmployeeId) -> tuple[Feedback, ...]:
        """All that one gave the other, the latest first."""
        found = await self._all(
            select(FEEDBACK)
            .where(FEEDBACK.c.giver == giver, FEEDBACK.c.receiver == receiver)
            .order_by(FEEDBACK.c.at.desc(), FEEDBACK.c.id)
        )
        return tuple(self._feedback(row) for row in found)

    async def of(self, employee: EmployeeId) -> tuple[Feedback, ...]:
        """All that somebody gave or received, by time."""
        found = await self._all(
            select(FEEDBACK)
            .where(or_(FEEDBACK.c.giver == employee, FEEDBACK.c.receiver == employee))
            .order_by(FEEDBACK.c.at, FEEDBACK.c.id)
        )
        return tuple(self._feedback(row) for row in found)

    async def heard(
        self, receivers: Collection[EmployeeId], since: datetime
    ) -> dict[EmployeeId, tuple[Heard, ...]]:
        """What reached each of them from then on, praise too, by time; opens no text."""
        found: dict[EmployeeId, list[Heard]] = {one: [] for one in receivers}
        for chunk in chunks(receivers):
            both = union_all(
                _HEARD.where(FEEDBACK.c.receiver.in_(chunk), FEEDBACK.c.reached_at >= since),
                _PRAISED.where(PRAISE.c.receiver.in_(chunk), PRAISE.c.reached_at >= since),
            )
            rows = await self._all(both.order_by("reached_at", "id"))
            for row in rows:
                found[row.receiver].append(
                    Heard(
                        giver=row.giver,
                        kind=Kind(row.kind),
                        about=row.about,
                        as_manager=row.as_manager,
                        reached_at=row.reached_at,
                        public=row.public,
                    )
                )
        return {one: tuple(heard) for one, heard in found.items()}

    async def last_words(
        self, giver: EmployeeId | None = None
    ) -> dict[tuple[EmployeeId, EmployeeId], datetime]:
        """When the last word of each giver, or of that one, reached each receiver; no text."""
        pair = (FEEDBACK.c.giver, FEEDBACK.c.receiver)
        wanted = select(*pair, func.max(FEEDBACK.c.reached_at).label("at")).group_by(*pair)
        if giver is not None:
            wanted = wanted.where(FEEDBACK.c.giver == giver)
        return {
            (row.giver, row.receiver): row.at
            for row in await self._all(wanted.where(FEEDBACK.c.reached_at.is_not(None)))
        }

    async def fresh(self) -> tuple[Reached, ...]:
        """What has reached its receiver since it was last asked, by time."""
        found = await self._all(
            select(FEEDBACK.c.id, FEEDBACK.c.giver, OUTBOX.c.sent_at)
            .join(OUTBOX, OUTBOX.c.once == literal(once_of("")).concat(FEEDBACK.c.id))
            .where(FEEDBACK.c.reached_at.is_(None), OUTBOX.c.sent_at.is_not(None))
            .order_by(OUTBOX.c.sent_at, FEEDBACK.c.id)
        )
        return tuple(Reached(id=row.id, giver=row.giver, at=row.sent_at) for row in found)

    async def reach(self, feedback: FeedbackId, at: datetime) -> bool:
        """It reached its receiver then. False: that was known."""
        return await self._once(feedback, "reached_at", at)

    async def thank(self, feedback: FeedbackId, at: datetime) -> bool:
        """The receiver said thank you. False: they did before."""
        return await self._once(feedback, "thanked_at", at)

    async def ask_talk(self, feedback: FeedbackId, at: datetime) -> bool:
        """The receiver asked for a talk. False: they did before."""
        return await self._once(feedback, "talk_asked_at", at)

    async def answer(self, feedback: FeedbackId, words: str, at: datetime) -> bool:
        """The receiver answered. False: they did before, and that stands."""
        sealed = self._seal(FEEDBACK, "answer", feedback, words.encode())
        return await self._once(feedback, "answered_at", at, answer=sealed)

    async def counts(
        self, since: datetime, until: datetime, giver: EmployeeId | None = None
    ) -> tuple[Given, ...]:
        """How many were given from then on and before that, by giver and receiver; no text.

        With a giver, those of theirs alone.
        """
        by = [FEEDBACK.c.giver == giver] if giver is not None else []
        found = await self._all(
            select(
                FEEDBACK.c.giver, FEEDBACK.c.receiver, FEEDBACK.c.kind, func.count().label("times")
            )
            .where(*by)
            .where(FEEDBACK.c.at >= since, FEEDBACK.c.at < until)
            .group_by(FEEDBACK.c.giver, FEEDBACK.c.receiver, FEEDBACK.c.kind)
            .order_by(FEEDBACK.c.giver, FEEDBACK.c.receiver, FEEDBACK.c.kind)
        )
        return tuple(
            Given(giver=row.giver, receiver=row.receiver, kind=Kind(row.kind), times=row.times)
            for row in found
        )

    async def _once(self, feedback: FeedbackId, column: str, at: datetime, **more: bytes) -> bool:
        changed = await self._changes(
            update(FEEDBACK)
            .where(FEEDBACK.c.id == feedback, FEEDBACK.c[column].is_(None))
            .values({column: at, **more})
        )
        return bool(changed)

    def _feedback(self, row: Row[Any]) -> Feedback:
        answer = row.answer and self._open(FEEDBACK, "answer", row.id, row.answer).decode()
        return Feedback(
            **{name: getattr(row, name) for name in _PLAIN},
            kind=Kind(row.kind),
            said=codec.load(self._open(FEEDBACK, "said", row.id, row.said), Said),
            answer=answer or "",
        )
