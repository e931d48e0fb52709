"""What was answered to each event, so that a repeat of it gets the same answer and does nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from storage.errors import AlreadyThereError
from storage.store import Store
from storage.tables import INBOUND

# Asked with each event, so built once: building costs more than running does.
_OF = select(INBOUND).where(INBOUND.c.identity == bindparam("identity"))


class InboundStore(Store):
    """Answers by the identity of their event."""

    async def answer_to(self, identity: str) -> bytes | None:
        """What was answered to that event; None: it is new.

        A transaction that writes claims it so: the same event waits elsewhere until it ends.
        """
        await self._hold(INBOUND, identity)
        row = await self._first(_OF, identity=identity)
        return None if row is None else self._open(INBOUND, "answer", identity, row.answer)

    async def remember(self, identity: str, answer: bytes, at: datetime) -> None:
        """Keep the answer to an event.

        Raises AlreadyThereError if another transaction answered it meanwhile: roll back.
        """
        sealed = self._seal(INBOUND, "answer", identity, answer)
        row = {"identity": identity, "answer": sealed, "at": at}
        if not await self.add_if_new(INBOUND, row):
            raise AlreadyThereError("this event was answered already")

    async def forget_before(self, at: datetime) -> int:
        """Drop the answers given before that moment; how many there were."""
        return await self._changes(delete(INBOUND).where(INBOUND.c.at < at))
