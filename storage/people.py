"""The roster, and the chat accounts that belong to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, func, insert, or_, select, update

from review.people import EmployeeId, Person, Track
from storage import lines
from storage.errors import AlreadyThereError
from storage.store import Store, chunks
from storage.tables import ACCOUNT, PERSON


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on a chat platform ("slack" or "dingtalk")."""

    platform: str
    account_id: str
    employee_id: EmployeeId
    channel: str | None = None
    """Their conversation with the bot, once it is known."""


COLUMNS = tuple(column.name for column in PERSON.columns)


@lru_cache(maxsize=128)
def _week(days: str) -> frozenset[int]:
    return frozenset(int(day) for day in days)


def person_of(row: Sequence[Any]) -> Person:
    """Of a whole row of the table: rosters are read often, and by place is the fastest way."""
    facts: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    facts["work_week"] = _week(facts["work_week"])
    facts["track"] = Track(facts["track"])
    return Person(**facts)


def _row(person: Person) -> dict[str, Any]:
    days = "".join(str(day) for day in sorted(person.work_week))
    return {**asdict(person), "work_week": days, "track": person.track.value}


def _account(row: Row[Any]) -> Account:
    return Account(row.platform, row.account_id, row.employee_id, row.channel)


def _people() -> Select[Any]:
    return select(PERSON).order_by(PERSON.c.employee_id)


# Asked with each event or look at the outbox, so built once: building costs more than running.
_ONE = select(PERSON).where(PERSON.c.employee_id == bindparam("id"))
_ALL = _people()
_AROUND = _people().where(PERSON.c.employee_id.in_(lines.AROUND))
_BY_ACCOUNT = (
    select(PERSON)
    .join(ACCOUNT, ACCOUNT.c.employee_id == PERSON.c.employee_id)
    .where(ACCOUNT.c.platform == bindparam("platform"), ACCOUNT.c.account_id == bindparam("id"))
)
_KEEP_CHANNEL = (
    update(ACCOUNT)
    .where(ACCOUNT.c.platform == bindparam("there"), ACCOUNT.c.account_id == bindparam("id"))
    .values(channel=bindparam("found"))
)
_MANY = _people().where(PERSON.c.employee_id.in_(bindparam("ids", expanding=True)))
_ACCOUNTS_OF = select(ACCOUNT).where(
    ACCOUNT.c.platform == bindparam("platform"),
    ACCOUNT.c.employee_id.in_(bindparam("ids", expanding=True)),
)


class PeopleStore(Store):
    """People and accounts."""

    async def get(self, employee_id: EmployeeId) -> Person | None:
        """That person."""
        row = await self._first(_ONE, id=employee_id)
        return None if row is None else person_of(row)

    async def many(self, ids: Collection[EmployeeId]) -> tuple[Person, ...]:
        """Those of them that there are, by id."""
        found = [
            person_of(row) for chunk in chunks(ids) for row in await self._all(_MANY, ids=chunk)
        ]
        return tuple(sorted(found, key=lambda person: person.employee_id))

    async def count(self, today: date) -> int:
        """How many are there on that day."""
        there = or_(PERSON.c.left_on.is_(None), PERSON.c.left_on >= today)
        row = await self._first(select(func.count().label("people")).where(there))
        return 0 if row is None else int(row.people)

    async def all(self) -> tuple[Person, ...]:
        """Everybody, by id."""
        return tuple(person_of(row) for row in await self._all(_ALL))

    async def put_all(self, people: Iterable[Person]) -> None:
        """Add them, or replace what stood there; nobody else is touched."""
        await self._many(self._upsert(PERSON), [_row(person) for person in people])

    async def reports_of(self, manager_id: EmployeeId | None) -> tuple[Person, ...]:
        """Who reports to them directly (None: to nobody), by id."""
        found = await self._all(_people().where(PERSON.c.manager_id == manager_id))
        return tuple(person_of(row) for row in found)

    async def is_partner(self, employee_id: EmployeeId) -> bool:
        """Whether somebody is the HR partner of anybody."""
        found = select(PERSON.c.employee_id).where(PERSON.c.hrbp_id == employee_id).limit(1)
        return await self._first(found) is not None

    async def around(
        self, employee_id: EmployeeId, others: Collection[EmployeeId]
    ) -> tuple[Person, ...]:
        """That person with all who may have a say in their review, by id.

        Their HR partner and those others, everybody above any of them, and the person's reports.
        """
        found = await self._all(_AROUND, employee=employee_id, up_from=[employee_id, *others])
        return tuple(person_of(row) for row in found)

    async def by_account(self, platform: str, account_id: str) -> Person | None:
        """Whose account that is."""
        row = await self._first(_BY_ACCOUNT, platform=platform, id=account_id)
        return None if row is None else person_of(row)

    async def account_of(self, employee_id: EmployeeId, platform: str) -> Account | None:
        """Their account on that platform."""
        row = await self._first(
            select(ACCOUNT).where(
                ACCOUNT.c.platform == platform, ACCOUNT.c.employee_id == employee_id
            )
        )
        return None if row is None else _account(row)

    async def accounts_of(
        self, ids: Collection[EmployeeId], platform: str
    ) -> Mapping[EmployeeId, Account]:
        """The accounts that those of them have on that platform."""
        return {
            row.employee_id: _account(row)
            for chunk in chunks(ids)
            for row in await self._all(_ACCOUNTS_OF, platform=platform, ids=chunk)
        }

    async def accounts(self, platform: str) -> tuple[Account, ...]:
        """Every account on that platform, by employee."""
        found = await self._all(
            select(ACCOUNT).where(ACCOUNT.c.platform == platform).order_by(ACCOUNT.c.employee_id)
        )
        return tuple(_account(row) for row in found)

    async def link(self, platform: str, account_id: str, employee_id: EmployeeId) -> None:
        """That account is theirs from now on, and the only one of theirs on that platform."""
        await self.link_all(platform, [(account_id, employee_id)])

    async def link_all(self, platform: str, pairs: Iterable[tuple[str, EmployeeId]]) -> None:
        """Account and employee of each; a pair that stands already keeps its channel.

        Raises AlreadyThereError if an account or an employee is in two pairs.
        """
        asked = list(dict.fromkeys(pairs))
        if len(dict(asked)) < len(asked) or len({owner for _, owner in asked}) < len(asked):
            raise AlreadyThereError(f"an account of {platform} or its owner is in two pairs")
        await self._hold(ACCOUNT, platform)
        standing = {
            (row.account_id, row.employee_id)
            for chunk in chunks([account for account, _ in asked])
            for row in await self._all(
                select(ACCOUNT).where(
                    ACCOUNT.c.platform == platform, ACCOUNT.c.account_id.in_(chunk)
                )
            )
        }
        fresh = [
            {"platform": platform, "account_id": account, "employee_id": employee, "channel": None}
            for account, employee in asked
            if (account, employee) not in standing
        ]
        gone = delete(ACCOUNT).where(
            and_(
                ACCOUNT.c.platform == bindparam("p"),
                or_(
                    ACCOUNT.c.account_id == bindparam("a"),
                    ACCOUNT.c.employee_id == bindparam("e"),
                ),
            )
        )
        await self._many(
            gone,
            [{"p": platform, "a": row["account_id"], "e": row["employee_id"]} for row in fresh],
        )
        await self._many(insert(ACCOUNT), fresh)

    async def keep_channel(self, platform: str, account_id: str, channel: str) -> None:
        """Where they talk with the bot."""
        place = {"there": platform, "id": account_id, "found": channel}
        await self._changes(_KEEP_CHANNEL, place)
