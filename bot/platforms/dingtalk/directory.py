"""Who is in the DingTalk organisation, and all that its contacts say of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from bot.platforms.dingtalk.client import CallError, DingTalkClient, RefusedError
from bot.platforms.dingtalk.faults import (
    DingTalkRefusedError,
    DingTalkUnreachableError,
    fault_of,
)
from bot.platforms.dingtalk.metering import is_too_fast
from handlers.ports import Member
from review.contacts import FIELDS, Contact

ROOT = 1
"""DingTalk's number of the whole company as a department."""
PAGE = 100
PATIENCE, A_WHILE = 5, 1.0
"""How often a call that came too fast is made anew, and after how many seconds (ours)."""
AT_ONCE = 4
"""People who are asked after side by side (ours): DingTalk lets through 20 calls a second."""
GONE = ("60121", "33012")
"""oapi's numbers for a user who is not in the organisation."""
UNSEEN = ("50002", "60011")
"""oapi's numbers for a user whom the app may not see."""
BEIJING = timezone(timedelta(hours=8))
"""DingTalk's first days are midnights there."""


@dataclass(slots=True)
class _Tree:
    """The departments, and who is in them."""

    names: dict[int, str] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)
    users: dict[str, Mapping[str, Any]] = field(default_factory=dict)


class DingTalkDirectory:
    """The Directory of a DingTalk organisation; contacts do not count among a month's calls."""

    platform = "dingtalk"
    kept_there = frozenset(FIELDS)

    def __init__(self, client: DingTalkClient) -> None:
        """Read with that client."""
        self._client = client

    async def members(self) -> tuple[Member, ...]:
        """Everybody the app may see, department by department, each once.

        Raises DingTalkRefusedError or DingTalkUnreachableError.
        """
        tree = await self._tree()
        return tuple(Member(id=one, email=_email(user)) for one, user in tree.users.items())

    async def contacts(self) -> tuple[Contact, ...]:
        """The same people, each with their department and manager. Raises as `members`.

        A manager is whom DingTalk names as such, else who leads the person's department, or the
        nearest one above that somebody else leads.
        """
        tree = await self._tree()
        turns = asyncio.Semaphore(AT_ONCE)

        async def whole(userid: str) -> Mapping[str, Any]:
            async with turns:
                return await self._user(userid)

        every = await asyncio.gather(*map(whole, tree.users))
        users = {
            one: {**tree.users[one], **more} for one, more in zip(tree.users, every, strict=True)
        }
        leaders = _leaders(users)
        return tuple(_contact(one, user, tree, leaders) for one, user in users.items())

    async def is_there(self, account: str) -> bool:
        """Whether DingTalk knows somebody whom the app can't list. Raises as `members`."""
        try:
            await self._result("topapi/v2/user/get", {"userid": account})
        except DingTalkRefusedError as refused:
            if refused.reason not in GONE + UNSEEN:
                raise
            return refused.reason in UNSEEN
        return True

    async def _user(self, userid: str) -> Mapping[str, Any]:
        """What DingTalk has of somebody; nothing of who went meanwhile."""
        try:
            return await self._result("topapi/v2/user/get", {"userid": userid})
        except DingTalkRefusedError as refused:
            if refused.reason in GONE + UNSEEN:
                return {}
            raise

    async def _scope(self) -> tuple[list[int], list[str]]:
        """The departments and single people that the app may see; where that is not told, all."""
        try:
            answer = await self._answer("auth/scopes", None, method="GET")
        except DingTalkRefusedError:
            return [ROOT], []
        scopes = answer.get("auth_org_scopes") or {}
        departments = [int(one) for one in scopes.get("authed_dept") or ()]
        return departments, [str(one) for one in scopes.get("authed_user") or ()]

    async def _tree(self) -> _Tree:
        """Every department that the app may see, with its own people."""
        tree = _Tree()
        waiting, people = await self._scope()
        seen = set(waiting)
        for top in seen - {ROOT}:
            about = await self._result("topapi/v2/department/get", {"dept_id": top})
            tree.names[top] = str(about.get("name") or "")
        while waiting:
            department = waiting.pop()
            asked = {"dept_id": department}
            below = await self._results("topapi/v2/department/listsub", asked)
            for one in below:
                number = int(one["dept_id"])
                if number not in seen:
                    seen.add(number)
                    waiting.append(number)
                    tree.names[number] = str(one.get("name") or "")
                    tree.above[number] = department
            for user in await self._of(department):
                tree.users[str(user["userid"])] = user
        for userid in set(people) - tree.users.keys():
            if user := await self._user(userid):
                tree.users[userid] = user
        return tree

    async def _of(self, department: int) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        cursor = 0
        while True:
            asked = {"dept_id": department, "cursor": cursor, "size": PAGE}
            page = await self._result("topapi/v2/user/list", asked)
            found += page.get("list") or ()
            if not page.get("has_more"):
                return found
            cursor = int(page["next_cursor"])

    async def _result(self, path: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        result = (await self._answer(path, asked)).get("result")
        return result if isinstance(result, Mapping) else {}

    async def _results(self, path: str, asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        result = (await self._answer(path, asked)).get("result")
        return result if isinstance(result, list) else []

    async def _answer(
        self, path: str, asked: Mapping[str, Any] | None, *, method: str = "POST"
    ) -> Mapping[str, Any]:
        url = self._client.settings.oapi_url
        for _ in range(PATIENCE):
            try:
                return await self._client.old_call(path, asked, method=method)
            except RefusedError as error:
                if not is_too_fast(error.reason):
                    raise fault_of(error, url) from None
                await asyncio.sleep(A_WHILE)
            except CallError as error:
                raise fault_of(error, url) from None
        raise DingTalkUnreachableError(url, "QpsLimit")


def _email(user: Mapping[str, Any]) -> str | None:
    return user.get("email") or user.get("org_email") or None


def _leaders(users: Mapping[str, Mapping[str, Any]]) -> Mapping[int, str]:
    """Who leads each department; of several the first."""
    found: dict[int, str] = {}
    for userid, user in users.items():
        for one in user.get("leader_in_dept") or ():
            if one.get("leader"):
                found.setdefault(int(one["dept_id"]), userid)
    return found


def _contact(
    userid: str, user: Mapping[str, Any], tree: _Tree, leaders: Mapping[int, str]
) -> Contact:
    departments = [int(one) for one in user.get("dept_id_list") or ()]
    first = departments[0] if departments else ROOT
    manager = str(user.get("manager_userid") or "") or _leader(userid, first, tree, leaders)
    return Contact(
        id=userid,
        name=str(user.get("name") or userid),
        email=_email(user) or "",
        title=str(user.get("title") or ""),
        department=tree.names.get(first, ""),
        job_number=str(user.get("job_number") or ""),
        manager=manager,
        hired_on=_day(user.get("hired_date")),
    )


def _leader(userid: str, department: int, tree: _Tree, leaders: Mapping[int, str]) -> str:
    """Whoever else leads the department or the nearest one above it; "": nobody does."""
    at: int | None = department
    while at is not None:
        if leaders.get(at, userid) != userid:
            return leaders[at]
        at = tree.above.get(at)
    return ""


def _day(milliseconds: Any) -> date | None:
    if not milliseconds:
        return None
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC).astimezone(BEIJING).date()
