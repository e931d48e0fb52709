"""Who is in the Slack workspace, by id and e-mail."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.faults import status_of
from handlers.ports import Member

PAGE = 1000
PATIENCE = 5


class SlackDirectory:
    """The Directory of a Slack workspace."""

    platform = "slack"

    def __init__(self, client: AsyncWebClient) -> None:
        """Read with that client."""
        self._client = client

    async def members(self) -> tuple[Member, ...]:
        """Everybody who is a person and there, page by page."""
        found: list[Member] = []
        cursor = ""
        while True:
            page = await self._page(cursor)
            found += [_member(one) for one in page["members"] if _is_person(one)]
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return tuple(found)

    async def _page(self, cursor: str) -> Any:
        for _ in range(PATIENCE):
            try:
                return await self._client.users_list(limit=PAGE, cursor=cursor or None)
            except SlackApiError as error:
                if status_of(error) != 429:  # noqa: PLR2004
                    raise
                await asyncio.sleep(float(error.response.headers.get("Retry-After", 30)))
        return await self._client.users_list(limit=PAGE, cursor=cursor or None)


def _is_person(user: dict[str, Any]) -> bool:
    return not (user.get("deleted") or user.get("is_bot") or user["id"] == "USLACKBOT")


def _member(user: dict[str, Any]) -> Member:
    return Member(id=user["id"], email=user.get("profile", {}).get("email"))
