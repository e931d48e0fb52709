"""Slack: the tokens, what they allow, the channels, and whether the clocks agree."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.doctor.line import Line, note, ok, said, wrong
from bot.manifest import SCOPES
from bot.platforms.slack import probe
from bot.platforms.slack.connect import SlackRefusedError, SlackUnreachableError, client_for
from handlers.ports import Clock

SKEW = timedelta(minutes=2)
"""How far the clocks may be apart; Slack's signatures hold for five minutes (ours)."""
HOUR = timedelta(hours=1)
SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")


async def look(settings: SlackSettings, clock: Clock) -> list[Line]:
    """Every line about Slack; where the bot token is not taken, nothing more can be known."""
    client = client_for(settings)
    try:
        identity = await probe.identify(client)
    except SlackRefusedError as refused:
        return [wrong("bot_token_refused", reason=refused.reason)]
    except SlackUnreachableError as fault:
        return [wrong("unreachable", url=fault.url, reason=fault.reason)]
    lines = [ok("bot_token", team=identity.team, bot=identity.bot), scopes(identity)]
    lines += await asyncio.gather(
        _way_in(settings, client, identity),
        channel(settings.hr_channel, client),
        praise_channel(settings.praise_channel, client),
    )
    return [*lines, skew(identity, clock)]


def scopes(identity: probe.Identity) -> Line:
    """Whether all that the manifest asks for was granted."""
    if identity.scopes is None:
        return note("scopes_unknown")
    missing = sorted(SCOPES.keys() - identity.scopes)
    return wrong("scopes_missing", names=", ".join(missing)) if missing else ok("scopes")


async def _way_in(
    settings: SlackSettings, client: AsyncWebClient, identity: probe.Identity
) -> Line:
    """How events reach the bot: a token for Socket Mode, or signed requests."""
    if settings.app_token is None:
        host, port = settings.http_bind or ("", 0)
        likely = SIGNING_SECRET.fullmatch(settings.signing_secret or "")
        return (ok if likely else note)(
            "http" if likely else "signing_secret", bind=f"{host}:{port}"
        )
    try:
        await probe.may_connect(settings.app_token, settings.api_url)
        theirs = await probe.app_of(client, identity)
    except SlackRefusedError as refused:
        return wrong("app_token_refused", token=refused.token, reason=refused.reason)
    except SlackUnreachableError as fault:
        return wrong("app_token_unclear", reason=fault.reason)
    named = probe.app_in(settings.app_token)
    if named is not None and named != theirs:
        return wrong("other_app", app_token=named, bot_token=theirs)
    return ok("app_token", app=theirs)


async def channel(wanted: str | None, client: AsyncWebClient) -> Line:
    """Whether HR can be told there."""
    if wanted is None:
        return note("no_channel")
    try:
        found = await probe.find(client, wanted)
    except (SlackRefusedError, SlackUnreachableError) as fault:
        return wrong("channel_unclear", channel=wanted, reason=fault.reason)
    if found is None:
        return wrong("channel_not_found", channel=wanted)
    return _channel(found)


async def praise_channel(wanted: str | None, client: AsyncWebClient) -> Line:
    """Whether people can praise each other there."""
    if wanted is None:
        return said("no_praise_channel")
    try:
        found = await probe.find(client, wanted)
    except (SlackRefusedError, SlackUnreachableError) as fault:
        return wrong("praise_channel_unclear", channel=wanted, reason=fault.reason)
    if found is None:
        return wrong("praise_channel_not_found", channel=wanted)
    shut = _shut(found)
    if shut is not None:
        return wrong(f"praise_{shut}", channel=found.name)
    return ok("praise_channel", channel=found.name)


def _shut(found: probe.Place) -> str | None:
    if found.archived:
        return "channel_archived"
    return None if found.joined else "channel_not_joined"


def _channel(found: probe.Place) -> Line:
    shut = _shut(found)
    if shut is not None:
        return wrong(shut, channel=found.name)
    return (ok if found.private else note)(
        "channel" if found.private else "channel_public", channel=found.name
    )


def skew(identity: probe.Identity, clock: Clock) -> Line:
    """Whether this machine's clock agrees with Slack's."""
    if identity.now is None:
        return note("clock_unknown")
    off = clock.now() - identity.now
    key = "ahead" if off > timedelta(0) else "behind"
    if abs(off) <= SKEW:
        return ok("clock")
    hours = round(off / HOUR)
    if hours and abs(off - hours * HOUR) <= SKEW:
        return wrong(f"clock_hours_{key}", hours=abs(hours))
    return wrong(f"clock_{key}", minutes=round(abs(off) / timedelta(minutes=1)))
