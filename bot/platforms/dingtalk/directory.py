"""Who is in the DingTalk organisation, by id and e-mail."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.platforms.dingtalk.client import CallError, DingTalkClient, RefusedError
from bot.platforms.dingtalk.faults import DingTalkUnreachableError, fault_of
from bot.platforms.dingtalk.outcomes import TOO_FAST
from handlers.ports import Member

ROOT = 1
"""DingTalk's number of the whole company as a department."""
PAGE = 100
PATIENCE, A_WHILE = 5, 1.0
"""How often a call that came too fast is made anew, and after how many seconds (ours)."""


class DingTalkDirectory:
    """The Directory of a DingTalk organisation; contacts do not count among a month's calls."""

    platform = "dingtalk"

    def __init__(self, client: DingTalkClient) -> None:
        """Read with that client."""
        self._client = client

    async def members(self) -> tuple[Member, ...]:
        """Everybody the app may see, department by department, each once.

        Raises DingTalkRefusedError or DingTalkUnreachableError.
        """
        found: dict[str, Member] = {}
        waiting, seen = [ROOT], {ROOT}
        while waiting:
            department = waiting.pop()
            asked = {"dept_id": department}
            below = await self._result("topapi/v2/department/listsubid", asked)
            new = [int(one) for one in below.get("dept_id_list") or () if int(one) not in seen]
            waiting += new
            seen.update(new)
            for one in await self._of(department):
                found[one.id] = one
        return tuple(found.values())

    async def _of(self, department: int) -> list[Member]:
        found: list[Member] = []
        cursor = 0
        while True:
            asked = {"dept_id": department, "cursor": cursor, "size": PAGE}
            page = await self._result("topapi/v2/user/list", asked)
            found += [_member(one) for one in page.get("list") or ()]
            if not page.get("has_more"):
                return found
            cursor = int(page["next_cursor"])

    async def _result(self, path: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        url = self._client.settings.oapi_url
        for _ in range(PATIENCE):
            try:
                answer = await self._client.old_call(path, asked)
            except RefusedError as error:
                if TOO_FAST not in error.reason:
                    raise fault_of(error, url) from None
                await asyncio.sleep(A_WHILE)
            except CallError as error:
                raise fault_of(error, url) from None
            else:
                result = answer.get("result")
                return result if isinstance(result, Mapping) else {}
        raise DingTalkUnreachableError(url, TOO_FAST)


def _member(user: Mapping[str, Any]) -> Member:
    return Member(id=str(user["userid"]), email=user.get("email") or user.get("org_email") or None)
