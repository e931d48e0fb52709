"""What Slack says of an app's tokens and of a channel, for `doctor` and `init`.

Everything here raises SlackRefusedError or SlackUnreachableError, and changes nothing in Slack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.faults import calling, said

PAGE = 1000
_APP_IN_TOKEN = re.compile(r"xapp-\d+-(A[A-Z0-9]+)-")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{7,}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token is."""

    team: str
    bot: str
    bot_id: str
    scopes: frozenset[str] | None
    """The scopes that were granted; None: Slack did not say."""
    now: datetime | None
    """Slack's own time."""


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as the bot sees it."""

    id: str
    name: str
    private: bool
    archived: bool
    joined: bool


async def identify(client: AsyncWebClient) -> Identity:
    """Who the client's bot token is, with the scopes and the time that Slack's answer bears."""
    with calling("SLACK_BOT_TOKEN", client.base_url):
        answer = await client.auth_test()
    headers: Mapping[str, str] = answer.headers
    granted = headers.get("X-OAuth-Scopes")
    date = headers.get("Date")
    return Identity(
        team=str(answer["team"]),
        bot=str(answer["user"]),
        bot_id=str(answer.get("bot_id", "")),
        scopes=None if granted is None else frozenset(re.split(r"[,\s]+", granted.strip())),
        now=None if date is None else parsedate_to_datetime(date),
    )


async def app_of(client: AsyncWebClient, identity: Identity) -> str:
    """The id of the app that the bot token belongs to (auth.test does not tell it)."""
    with calling("SLACK_BOT_TOKEN", client.base_url):
        answer = await client.bots_info(bot=identity.bot_id)
    return str(answer["bot"]["app_id"])


def app_in(app_token: str) -> str | None:
    """The app that an app-level token names: xapp-1-<app id>-…; None: it names none."""
    found = _APP_IN_TOKEN.match(app_token)
    return found[1] if found else None


async def may_connect(app_token: str, url: str) -> None:
    """Ask for a Socket Mode address, and do not use it: a running bot is not disturbed."""
    client = AsyncWebClient(token=app_token, base_url=url, timeout=20, retry_handlers=[])
    with calling("SLACK_APP_TOKEN", url):
        await client.apps_connections_open(app_token=app_token)


async def find(client: AsyncWebClient, wanted: str) -> Place | None:
    """The channel of that id or name (with or without #); None: the bot sees none."""
    with calling("SLACK_BOT_TOKEN", client.base_url):
        if _CHANNEL_ID.fullmatch(wanted):
            return await _by_id(client, wanted)
        return await _by_name(client, wanted.lstrip("#"))


async def _by_id(client: AsyncWebClient, wanted: str) -> Place | None:
    try:
        answer = await client.conversations_info(channel=wanted)
    except SlackApiError as error:
        if said(error) == "channel_not_found":
            return None
        raise
    return _place(answer["channel"])


async def _by_name(client: AsyncWebClient, name: str) -> Place | None:
    cursor = ""
    while True:
        page: Any = await client.conversations_list(
            types="public_channel,private_channel", limit=PAGE, cursor=cursor or None
        )
        for channel in page["channels"]:
            if channel["name"] == name:
                return _place(channel)
        cursor = page.get("response_metadata", {}).get("next_cursor", "")
        if not cursor:
            return None


def _place(channel: Mapping[str, Any]) -> Place:
    return Place(
        id=str(channel["id"]),
        name=str(channel["name"]),
        private=bool(channel.get("is_private")),
        archived=bool(channel.get("is_archived")),
        joined=bool(channel.get("is_member")),
    )
