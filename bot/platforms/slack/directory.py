"""Who is in the Slack workspace, and what their profiles say."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.faults import status_of
from handlers.ports import Member
from review.contacts import Contact

PAGE = 1000
PATIENCE = 5


class SlackDirectory:
    """The Directory of a Slack workspace."""

    platform = "slack"
    kept_there: frozenset[str] = frozenset()
    """A profile is each person's own: of people who are in the roster only the account counts."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Read with that client."""
        self._client = client
        self._guests: frozenset[str] = frozenset()

    async def members(self) -> tuple[Member, ...]:
        """Everybody who is a person and there, page by page."""
        return tuple(_member(one) for one in await self._everybody() if _is_person(one))

    async def contacts(self) -> tuple[Contact, ...]:
        """The same people, but for guests of the workspace."""
        every = [one for one in await self._everybody() if _is_person(one)]
        self._guests = frozenset(one["id"] for one in every if _is_guest(one))
        return tuple(_contact(one) for one in every if one["id"] not in self._guests)

    async def is_there(self, account: str) -> bool:
        """Whether `contacts` left them out as a guest; whoever else is not there is gone."""
        return account in self._guests

    async def _everybody(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            page = await self._page(cursor)
            found += page["members"]
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return found

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


def _is_guest(user: dict[str, Any]) -> bool:
    return bool(user.get("is_restricted") or user.get("is_stranger"))


def _contact(user: dict[str, Any]) -> Contact:
    profile = user.get("profile", {})
    return Contact(
        id=user["id"],
        name=profile.get("real_name") or user.get("real_name") or user.get("name", user["id"]),
        email=profile.get("email") or "",
        title=profile.get("title") or "",
    )


def _member(user: dict[str, Any]) -> Member:
    return Member(id=user["id"], email=user.get("profile", {}).get("email"))
