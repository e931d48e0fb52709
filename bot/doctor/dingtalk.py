"""DingTalk: id and secret, the stream, who is seen, the groups, the template and the clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import uuid4

import aiohttp

from bot.config import DingTalkSettings
from bot.doctor.line import Line, note, ok, said, wrong
from bot.platforms.dingtalk.client import CallError, DingTalkClient, RefusedError, session
from bot.platforms.dingtalk.directory import DingTalkDirectory
from bot.platforms.dingtalk.entries import Entries
from bot.platforms.dingtalk.faults import (
    DingTalkNoRightError,
    DingTalkRefusedError,
    DingTalkUnreachableError,
    fault_of,
    lacks_a_right,
)
from bot.platforms.dingtalk.hr_webhook import HrWebhook
from handlers.ports import Clock, Member, NotDrawnError

SKEW = timedelta(minutes=10)
"""How far the clocks may be apart (ours); a webhook robot's signature holds for an hour."""
READS = 15
"""Seconds that reading the contacts may take; a company of many departments takes longer (ours)."""
TOPICS = (("EVENT", "*"),)
ROBOTS = "v1.0/robot/groups/robots/query"
"""DingTalk: the robots of a group."""
INSTANCES = "v1.0/card/instances"
"""DingTalk: makes a card without putting it anywhere, so nobody sees it."""


async def look(settings: DingTalkSettings, clock: Clock) -> list[Line]:
    """Every line about DingTalk; where the credentials are not taken, nothing more can be known."""
    async with session() as calls:
        client = DingTalkClient(settings, calls)
        try:
            await client.token()
        except CallError as error:
            fault = fault_of(error, settings.api_url)
            refused = isinstance(fault, DingTalkRefusedError)
            return [wrong("dingtalk_refused" if refused else "dingtalk_away", **fault.facts)]
        seen: list[Member] = []
        lines = await asyncio.gather(
            stream(client),
            contacts(client, seen),
            _hr(settings, client, clock),
            praise_group(settings.praise_channel, client),
            form_template(settings.form_template, client),
            _clock(settings, calls, clock),
        )
        own = await entries(client, seen)
        if settings.hr_channel is not None and settings.hr_webhook is not None:
            own = [await webhook(settings, client, clock), *own]
    return [ok("dingtalk"), *lines, *own, said("dingtalk_rights")]


async def stream(client: DingTalkClient) -> Line:
    """Whether messages can come in: DingTalk says where to connect, and nobody connects."""
    try:
        await client.open_stream(TOPICS)
    except CallError as error:
        return wrong("dingtalk_stream", reason=error.reason)
    return ok("dingtalk_connects")


async def contacts(client: DingTalkClient, seen: list[Member] | None = None) -> Line:
    """How many people the app may see; they are put into `seen`."""
    try:
        async with asyncio.timeout(READS):
            found = await DingTalkDirectory(client).members()
    except DingTalkNoRightError as lack:
        return wrong("dingtalk_contacts", reason=lack.reason)
    except (DingTalkRefusedError, DingTalkUnreachableError) as fault:
        return note("dingtalk_contacts_unclear", reason=fault.facts["reason"])
    except TimeoutError:
        return note("dingtalk_contacts_long", seconds=READS)
    if seen is not None:
        seen += found
    if not found:
        return wrong("dingtalk_nobody")
    if not any(one.email for one in found):
        return note("dingtalk_no_mail", count=len(found))
    return ok("dingtalk_people", count=len(found))


async def entries(client: DingTalkClient, seen: Sequence[Member]) -> list[Line]:
    """Whether people's own calendars and to-do lists may be written in, if they are to be."""
    wanted = client.settings.entries
    if not wanted or not seen:
        return []  # said of the contacts
    try:
        lacking = await Entries(client).lacking(seen[0].id, wanted)
    except (DingTalkNoRightError, DingTalkRefusedError, DingTalkUnreachableError, NotDrawnError):
        return []
    return [note("dingtalk_entries_lacking", rights=lacking) if lacking else ok("dingtalk_entries")]


async def _hr(settings: DingTalkSettings, client: DingTalkClient, clock: Clock) -> Line:
    """HR's group, by its webhook robot where one is set and no group."""
    if settings.hr_channel is not None or settings.hr_webhook is None:
        return await hr_group(settings.hr_channel, client)
    return await webhook(settings, client, clock)


async def webhook(settings: DingTalkSettings, client: DingTalkClient, clock: Clock) -> Line:
    """Whether the webhook robot of HR's group takes messages; none is shown."""
    url, secret = settings.hr_webhook or "", settings.hr_webhook_secret
    robot = HrWebhook(client, url, secret, lambda: clock.now().timestamp())
    try:
        refusal = await robot.refusal()
    except CallError as error:
        return note("dingtalk_webhook_unclear", reason=error.reason)
    return wrong("dingtalk_webhook_wrong", reason=refusal) if refusal else ok("dingtalk_webhook")


async def hr_group(wanted: str | None, client: DingTalkClient) -> Line:
    """Whether HR can be told in its group."""
    return await _group(wanted, client, "group", note)


async def praise_group(wanted: str | None, client: DingTalkClient) -> Line:
    """Whether people can praise each other in theirs."""
    return await _group(wanted, client, "praise", said)


async def _group(
    wanted: str | None, client: DingTalkClient, kind: str, without: Callable[[str], Line]
) -> Line:
    key = f"dingtalk_{kind}"
    if wanted is None:
        return without(f"{key}_none")
    try:
        answer = await client.call("POST", ROBOTS, {"openConversationId": wanted})
    except RefusedError as error:
        if lacks_a_right(error.reason):
            return said(f"{key}_unseen", reason=error.reason)
        return wrong(f"{key}_wrong", group=wanted, reason=error.reason)
    except CallError as error:
        return note(f"{key}_unclear", reason=error.reason)
    listed = answer.get("chatbotInstanceVOList") or ()
    robots = {one.get("robotCode") for one in listed if isinstance(one, dict)}
    if client.settings.robot_code not in robots:
        return wrong(f"{key}_without", group=wanted)
    return ok(key)


async def form_template(wanted: str | None, client: DingTalkClient) -> Line:
    """Whether cards can be made of the template; without one, forms are asked in the chat."""
    if wanted is None:
        return said("dingtalk_no_template")
    body = {
        "cardTemplateId": wanted,
        "outTrackId": f"doctor-{uuid4().hex}",
        "callbackType": "STREAM",
        "cardData": {"cardParamMap": {}},
        "imRobotOpenSpaceModel": {"supportForward": False},
    }
    try:
        await client.call("POST", INSTANCES, body)
    except RefusedError as error:
        return wrong("dingtalk_template_wrong", template=wanted, reason=error.reason)
    except CallError as error:
        return note("dingtalk_template_unclear", reason=error.reason)
    return ok("dingtalk_template")


async def _clock(settings: DingTalkSettings, calls: aiohttp.ClientSession, clock: Clock) -> Line:
    """Whether this machine's clock agrees with the time that DingTalk's answers bear."""
    try:
        async with calls.get(settings.api_url, allow_redirects=False) as response:
            now = parsedate_to_datetime(response.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return note("dingtalk_clock_unknown")
    return skew(now, clock)


def skew(theirs: datetime, clock: Clock) -> Line:
    """How far the clocks are apart."""
    off = clock.now() - theirs
    if abs(off) <= SKEW:
        return ok("dingtalk_clock")
    minutes = round(abs(off) / timedelta(minutes=1))
    return wrong(f"dingtalk_clock_{'ahead' if off > timedelta(0) else 'behind'}", minutes=minutes)
