"""Requests for feedback, a row for each who is asked; the question sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, update

from review.feedback_request import Question, Request, RequestId
from review.people import EmployeeId
from storage import codec
from storage.notice import living
from storage.store import Store
from storage.tables_request import FEEDBACK_REQUEST as TABLE

LIST = "feedback_request"
"""Kind of the living message in which an asker sees who answered."""
_PLAIN = ("id", "together", "asker", "asked", "about", "at", "answered_at", "declined_at")


def once_of_list(asker: EmployeeId, together: str) -> str:
    """By which the outbox knows that message."""
    return living(LIST, asker, together)


class FeedbackRequestStore(Store):
    """All of them; an answer and a "not now" count once each."""

    async def add(self, requests: Iterable[Request]) -> None:
        """Keep them."""
        for one in requests:
            said = self._seal(TABLE, "said", one.id, codec.dump(one.said))
            row = {name: getattr(one, name) for name in _PLAIN}
            await self._changes(insert(TABLE), row | {"said": said})

    async def get(self, request: RequestId) -> Request | None:
        """That one."""
        found = await self._many_of(TABLE.c.id == request)
        return found[0] if found else None

    async def together(self, together: str) -> tuple[Request, ...]:
        """Everybody who was asked at that time."""
        return await self._many_of(TABLE.c.together == together)

    async def lately(self, asker: EmployeeId, since: datetime) -> tuple[Request, ...]:
        """Whom somebody asked since then; until this transaction ends nobody asks in their name."""
        await self._hold(TABLE, asker)
        return await self._many_of(TABLE.c.asker == asker, TABLE.c.at > since)

    async def waiting(self, asker: EmployeeId, asked: EmployeeId) -> tuple[Request, ...]:
        """What one asked the other that has no answer yet."""
        pair = (TABLE.c.asker == asker, TABLE.c.asked == asked)
        return await self._many_of(*pair, TABLE.c.answered_at.is_(None))

    async def asked_of(self, asked: EmployeeId) -> tuple[Request, ...]:
        """What somebody is asked, has not answered, and did not put off."""
        ahead = (TABLE.c.answered_at.is_(None), TABLE.c.declined_at.is_(None))
        return await self._many_of(TABLE.c.asked == asked, *ahead)

    async def of(self, employee: EmployeeId) -> tuple[Request, ...]:
        """All that somebody asked or was asked."""
        return await self._many_of(or_(TABLE.c.asker == employee, TABLE.c.asked == employee))

    async def answer(self, request: RequestId, at: datetime) -> bool:
        """It has its answer. False: it had before."""
        return await self._once(request, "answered_at", at)

    async def decline(self, request: RequestId, at: datetime) -> bool:
        """Whoever is asked would rather not now. False: they said so before."""
        return await self._once(request, "declined_at", at)

    async def _once(self, request: RequestId, column: str, at: datetime) -> bool:
        which = (TABLE.c.id == request, TABLE.c[column].is_(None))
        return bool(await self._changes(update(TABLE).where(*which).values({column: at})))

    async def _many_of(self, *which: ColumnElement[bool]) -> tuple[Request, ...]:
        wanted = select(TABLE).where(*which).order_by(TABLE.c.at, TABLE.c.together, TABLE.c.id)
        return tuple(self._request(row) for row in await self._all(wanted))

    def _request(self, row: Row[Any]) -> Request:
        said = codec.load(self._open(TABLE, "said", row.id, row.said), Question)
        return Request(**{name: getattr(row, name) for name in _PLAIN}, said=said)
