"""What a platform's contacts said last, field by field, and what they told since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select

from review.contacts import Said
from review.people import EmployeeId
from storage.store import Store
from storage.tables_contacts import CONTACT_NEWS, CONTACT_SAID


class Told(StrEnum):
    """What a platform tells of its contacts by itself."""

    JOINED = "joined"
    LEFT = "left"
    CHANGED = "changed"
    """Somebody's details, or a department."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that the roster was not compared with yet."""

    platform: str
    account_id: str
    """"" stands for the departments."""
    kind: Told
    at: datetime
    employee_id: EmployeeId | None = None
    """None: nobody whom the roster knows."""


class ContactStore(Store):
    """The contacts' last word, and their news."""

    async def said(self, platform: str) -> Said:
        """What those contacts said last, by person and field."""
        found: dict[EmployeeId, dict[str, str]] = {}
        wanted = select(CONTACT_SAID).where(CONTACT_SAID.c.platform == platform)
        for row in await self._all(wanted):
            found.setdefault(row.employee_id, {})[row.field] = row.value
        return found

    async def said_of(self, employee: EmployeeId) -> Mapping[str, Mapping[str, str]]:
        """What each platform's contacts said last of that person."""
        found: dict[str, dict[str, str]] = {}
        wanted = select(CONTACT_SAID).where(CONTACT_SAID.c.employee_id == employee)
        for row in await self._all(wanted.order_by(CONTACT_SAID.c.platform, CONTACT_SAID.c.field)):
            found.setdefault(row.platform, {})[row.field] = row.value
        return found

    async def say(self, platform: str, said: Said) -> None:
        """Their last word from now on; a field that they say nothing of stays."""
        rows = [
            {"platform": platform, "employee_id": employee, "field": name, "value": value}
            for employee, fields in said.items()
            for name, value in fields.items()
        ]
        await self._many(self._upsert(CONTACT_SAID), rows)

    async def tell(self, news: News) -> None:
        """It is to be looked at; of one account the last news counts."""
        await self._changes(self._upsert(CONTACT_NEWS), _row(news))

    async def news(self, platform: str | None = None) -> tuple[News, ...]:
        """What the roster was not compared with yet, the oldest first."""
        wanted = select(CONTACT_NEWS).order_by(CONTACT_NEWS.c.at, CONTACT_NEWS.c.account_id)
        if platform is not None:
            wanted = wanted.where(CONTACT_NEWS.c.platform == platform)
        return tuple(_news(row) for row in await self._all(wanted))

    async def forget(self, platform: str, account: str) -> None:
        """What was told of that account is of no matter any more."""
        there = (CONTACT_NEWS.c.platform == platform, CONTACT_NEWS.c.account_id == account)
        await self._changes(delete(CONTACT_NEWS).where(*there))

    async def compared(self, platform: str, at: datetime) -> None:
        """The roster was compared with those contacts as they were at that moment."""
        there = (CONTACT_NEWS.c.platform == platform, CONTACT_NEWS.c.at <= at)
        await self._changes(delete(CONTACT_NEWS).where(*there))


def _row(news: News) -> dict[str, Any]:
    return {
        "platform": news.platform,
        "account_id": news.account_id,
        "kind": news.kind.value,
        "at": news.at,
        "employee_id": news.employee_id,
    }


def _news(row: Any) -> News:
    return News(
        platform=row.platform,
        account_id=row.account_id,
        kind=Told(row.kind),
        at=row.at,
        employee_id=row.employee_id,
    )
