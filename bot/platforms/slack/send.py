"""Messages out to Slack: one call a parcel, no retries of its own, honest about what is unknown."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.pictures import Painter, PictureFailedError
from bot.platforms import late
from bot.platforms.calendar_file import attachment
from bot.platforms.slack import draw
from bot.platforms.slack.faults import NO_SCOPE, NOT_TAKEN, SHUT, said, status_of
from handlers.ports import (
    LookBackFailedError,
    NotDrawnError,
    NotSent,
    Outcome,
    Parcel,
    Sent,
    Unknown,
)
from prompts.card import Appointment, Card, File, Picture

UNCERTAIN = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
"""Slack's own words for "something went wrong on our side, perhaps after it was done"."""
PASSING = {"ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org"}
GONE = {"message_not_found", "cant_update_message", "thread_not_found"}
LOOKS, A_LOOK = 20, 0.5
"""How often, and after how many seconds, an upload is looked for."""
AWAY, CLOSED = 15.0, 60.0
"""Seconds until it is tried again where Slack can't be reached, and where it takes no token of
ours or a scope is missing (ours)."""
SEVERAL = ","
"""Between the accounts of several people whom one message is for."""
CLOCK_SKEW = timedelta(seconds=120)
CHANNEL_RATE = (1.0, 1)
"""Slack: one message a second a channel."""
METHOD_RATES = {
    "chat.postMessage": (0.2, 20),
    "chat.update": (1.2, 10),
    "views.publish": (0.6, 20),
}
"""Seconds a call and burst: a few hundred posts a minute a workspace; tier 3 for edits, and tier 4
for Home tabs (https://docs.slack.dev/reference/methods/views.publish)."""

log = logging.getLogger(__name__)
Call = Callable[..., Awaitable[Any]]


class SlackMessenger:
    """The Messenger of a Slack workspace."""

    platform = "slack"

    def __init__(self, client: AsyncWebClient, painter: Painter) -> None:
        """Take a client without retry handlers: a retried post may be there twice."""
        self._client = client
        self._painter = painter

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """The method's bucket, and the channel's for a new post."""
        method = "chat.update" if parcel.ts else "chat.postMessage"
        method = "views.publish" if parcel.page else method
        seconds, burst = METHOD_RATES[method]
        own = (f"slack:{method}", seconds, burst)
        if parcel.ts or parcel.page or parcel.entry:
            return (own,)
        return (own, (f"slack:channel:{parcel.channel or parcel.to}", *CHANNEL_RATE))

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        """The message's JSON; a file is uploaded first, and waited for until Slack has it."""
        if parcel.entry:
            raise NotDrawnError(NotSent("no_entries", final=True))
        if parcel.page:
            return json.dumps(draw.home(card), ensure_ascii=False).encode()
        pictures = [part for part in card.parts if isinstance(part, Picture)]
        files = [part for part in card.parts if isinstance(part, File)]
        file = await self._picture(pictures[0]) if pictures else None
        links = {one.key: await self._attachment(one) for one in files}
        attached = {name: link for name, link in links.items() if link is not None}
        body = draw.message(
            card, delivery=parcel.delivery, kind=parcel.kind, picture=file, attached=attached
        )
        return json.dumps(body, ensure_ascii=False).encode()

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Post it, or edit what stands there already. Raises TooLateError."""
        with late.only(parcel.in_time):
            return await self._send(parcel, json.loads(payload))

    async def _send(self, parcel: Parcel, body: dict[str, Any]) -> Outcome:
        if parcel.page:
            return await self._call(
                self._client.views_publish, {"user_id": parcel.to, "view": body}
            )
        if parcel.ts is not None:
            body |= {"channel": parcel.channel, "ts": parcel.ts}
            body.pop("unfurl_links"), body.pop("unfurl_media")
            return await self._call(self._client.chat_update, body)
        body["channel"] = parcel.channel or parcel.to
        if parcel.channel is None and SEVERAL in parcel.to:
            opened = await self._opened(parcel.to)
            if not isinstance(opened, str):
                return opened
            body["channel"] = opened
        if parcel.thread is not None:
            body["thread_ts"] = parcel.thread
        return await self._call(self._client.chat_postMessage, body)

    async def look_back(self, parcel: Parcel, since: datetime) -> Sent | None:
        """Search the conversation for our delivery id, until its cursor ends; a page is in none."""
        if parcel.page:
            return None  # shown a second time it stands there once all the same
        channel = parcel.channel
        asked: dict[str, Any] = {
            "oldest": f"{(since - CLOCK_SKEW).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": 200,
        }
        try:
            if channel is None:
                channel = await self._conversation(parcel.to)
            if channel is None:
                return None
            history: Call = self._client.conversations_history
            if parcel.thread is not None:
                asked["ts"] = parcel.thread
                history = self._client.conversations_replies
            while True:
                page = await history(channel=channel, **asked)
                for message in page["messages"]:
                    payload = message.get("metadata", {}).get("event_payload", {})
                    if payload.get("delivery") == parcel.delivery:
                        return Sent(channel, message["ts"])
                cursor = page.get("response_metadata", {}).get("next_cursor")
                if not cursor:
                    return None
                asked["cursor"] = cursor
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _not_read(error) from error

    async def _conversation(self, to: str) -> str | None:
        """The id of the conversation: history, unlike posting, takes no name and no user.

        None: no channel that we can see has that name, so nothing was posted there.
        """
        if to.startswith("U"):
            found = await self._client.conversations_open(users=to.split(SEVERAL))
            return str(found["channel"]["id"])
        name, cursor = to.lstrip("#"), ""
        listed: Call = self._client.conversations_list
        while True:
            page = await listed(
                types="public_channel,private_channel", limit=1000, cursor=cursor or None
            )
            for channel in page["channels"]:
                if channel["id"] == to or channel["name"] == name:
                    return str(channel["id"])
            cursor = page.get("response_metadata", {}).get("next_cursor", "")
            if not cursor:
                return None

    async def _opened(self, to: str) -> str | Outcome:
        """The conversation of several people with the bot: opening it twice is opening it once.

        Whatever goes wrong here, nothing was posted.
        """
        try:
            found = await self._client.conversations_open(users=to.split(SEVERAL))
        except SlackApiError as error:
            refused = _refused(error)
            if isinstance(refused, NotSent):
                return refused
            return NotSent(_reason(error), retry_after=AWAY)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return NotSent(_reason(error), retry_after=AWAY)
        return str(found["channel"]["id"])

    async def _call(self, call: Call, body: dict[str, Any]) -> Outcome:
        try:
            answer = await call(**body)
        except SlackApiError as error:
            return _refused(error)
        except aiohttp.ClientConnectorError as error:
            return NotSent(_reason(error), retry_after=AWAY)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            return Unknown(_reason(error))
        if "view" in answer:
            return Sent(body["user_id"], str(answer["view"]["id"]))
        return Sent(str(answer["channel"]), str(answer["ts"]))

    async def _picture(self, picture: Picture) -> str | None:
        """The file's id; None where there is no picture to be had: the words say the same."""
        try:
            drawn = await self._painter.draw(picture.data)
        except PictureFailedError:
            log.exception("a picture could not be drawn")
            return None
        info = await self._upload(drawn, "chart.png", picture.alt)
        return None if info is None else str(info["id"])

    async def _attachment(self, given: File) -> str | None:
        """The link to the file; None where it could not be uploaded: the words say the same."""
        file = attachment(given) if isinstance(given, Appointment) else given
        info = await self._upload(file.content.encode(), file.name, file.label)
        link = "" if info is None else str(info.get("permalink") or "")
        return link if link.startswith("https://") else None

    async def _upload(self, content: bytes, name: str, title: str) -> Mapping[str, Any] | None:
        """What files.info says of it, once it shows its type: before that nobody can be shown it.

        It goes to no channel: the message refers to it. Raises NotDrawnError.
        """
        try:
            answer = await self._client.files_upload_v2(
                content=content, filename=name, title=title[:200]
            )
            file = str(answer["files"][0]["id"])
            for _ in range(LOOKS):
                info: Mapping[str, Any] = (await self._client.files_info(file=file))["file"]
                if info.get("mimetype"):
                    return info
                await asyncio.sleep(A_LOOK)
        except SlackApiError as error:
            refused = _refused(error)
            if isinstance(refused, NotSent) and _is_limited(error):
                raise NotDrawnError(refused) from error
            log.warning("a file could not be uploaded: %s", _reason(error))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NotDrawnError(NotSent(_reason(error), retry_after=AWAY)) from error
        return None


def _refused(error: SlackApiError) -> Outcome:
    """An explicit ok: false was not sent; 5xx, no answer, or Slack's own doubt is unknown."""
    status = status_of(error)
    reason = _reason(error)
    if _is_limited(error):
        return NotSent(reason, retry_after=float(error.response.headers.get("Retry-After", 30)))
    if _is_ours(error):
        return NotSent(reason, retry_after=CLOSED)
    if status >= 500 or reason in UNCERTAIN or not said(error):  # noqa: PLR2004
        return Unknown(reason)
    return NotSent(reason, final=True, gone=reason in GONE, shut=SHUT.get(reason))


def _not_read(error: BaseException) -> LookBackFailedError:
    """Whatever befalls the whole of Slack, or our token, passes; a conversation may stay shut."""
    if not isinstance(error, SlackApiError):
        return LookBackFailedError(_reason(error), passing=True)
    status = status_of(error)
    passing = _is_limited(error) or _is_ours(error) or status >= 500 or not said(error)  # noqa: PLR2004
    return LookBackFailedError(_reason(error), passing=passing, shut=SHUT.get(_reason(error)))


def _is_limited(error: SlackApiError) -> bool:
    status = status_of(error)
    return status == 429 or said(error) in PASSING  # noqa: PLR2004


def _is_ours(error: SlackApiError) -> bool:
    """Of the token and its scopes, not of the message: all wait until somebody mends it."""
    return said(error) in {*NOT_TAKEN, NO_SCOPE}


def _reason(error: BaseException) -> str:
    """Slack's word for it, or the kind of fault; never the payload."""
    word = said(error) if isinstance(error, SlackApiError) else None
    return word or type(error).__name__
