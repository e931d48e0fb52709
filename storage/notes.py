"""What is said in somebody's message of a day, and not in a message of its own."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from review.people import EmployeeId
from storage.deliveries import DeliveryStore
from storage.notice import Delivery, State
from storage.store import chunks
from storage.tables import OUTBOX

_NOTED = OUTBOX.c.state == State.NOTED.value
_UNSAID = (
    OUTBOX.c.state == State.PENDING.value,
    OUTBOX.c.ts.is_(None),
    OUTBOX.c.intent_at.is_(None),
)
_TOLD = "told/"


class NoteStore(DeliveryStore):
    """Notes wait until a message of the day says them, and are known by that message from then."""

    async def noted(self) -> frozenset[EmployeeId]:
        """For whom something waits to be said."""
        found = await self._all(select(OUTBOX.c.receiver).where(_NOTED).distinct())
        return frozenset(row.receiver for row in found)

    async def tell(self, messages: Mapping[EmployeeId, str]) -> None:
        """What waits for each of them is said in that message of theirs."""
        receivers: dict[str, list[EmployeeId]] = {}
        for receiver, message in messages.items():
            receivers.setdefault(message, []).append(receiver)
        for message, asked in receivers.items():
            for chunk in chunks(asked):
                said = {"subject": _TOLD + message, "state": State.SENT.value}
                await self._changes(
                    update(OUTBOX).where(_NOTED, OUTBOX.c.receiver.in_(chunk)).values(said)
                )

    async def told(self, receiver: EmployeeId, message: str) -> tuple[Delivery, ...]:
        """What that message of theirs says, in the order in which it came up."""
        found = await self._all(
            select(OUTBOX)
            .where(OUTBOX.c.receiver == receiver, OUTBOX.c.subject == _TOLD + message)
            .order_by(OUTBOX.c.since, OUTBOX.c.id)
        )
        return tuple(self._delivery(row, None, None) for row in found)

    async def tell_again(self, receiver: EmployeeId, messages: str) -> None:
        """What their messages whose names begin so said is to be said again."""
        begins = OUTBOX.c.subject.startswith(_TOLD + messages, autoescape=True)
        again = {"subject": None, "state": State.NOTED.value}
        await self._changes(
            update(OUTBOX).where(OUTBOX.c.receiver == receiver, begins).values(again)
        )

    async def unsaid(self, kind: str, before: str) -> Mapping[str, tuple[EmployeeId, str]]:
        """Messages of that kind whose names come before that and that nobody began to send.

        By id: whose they are, and their names.
        """
        found = await self._all(
            select(OUTBOX.c.id, OUTBOX.c.receiver, OUTBOX.c.subject).where(
                OUTBOX.c.kind == kind, OUTBOX.c.subject < before, *_UNSAID
            )
        )
        return {row.id: (row.receiver, row.subject) for row in found}

    async def take_back(
        self, messages: Mapping[str, tuple[EmployeeId, str]]
    ) -> tuple[tuple[EmployeeId, str], ...]:
        """Those of them that still wait are not sent, and what they said is to be said again."""
        taken = []
        for one, (receiver, message) in messages.items():
            given_up = {"state": State.DROPPED.value, "reason": "said by a later one"}
            waits = update(OUTBOX).where(OUTBOX.c.id == one, *_UNSAID).values(given_up)
            if await self._changes(waits):
                await self.tell_again(receiver, message)
                taken.append((receiver, message))
        return tuple(taken)

    async def told_in(self, once: str) -> str | None:
        """The message of a day that said what is known by that; None: none did."""
        found = await self._first(
            select(OUTBOX.c.subject).where(OUTBOX.c.once == once, OUTBOX.c.subject.is_not(None))
        )
        return found and str(found.subject).removeprefix(_TOLD)
