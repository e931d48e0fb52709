"""Looks at everything side by side, and says a line for each thing."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import config
from bot.app import SystemClock
from bot.config import Settings, SettingsError
from bot.doctor import calendar, dingtalk, slack, store
from bot.doctor.line import Line, Mark, note, ok, said, wrong
from bot.faults import fault_in
from handlers.ports import Clock
from prompts.render import Words

PATIENCE = 25
"""Seconds that the looks at Slack, or those at the database, may take together (ours)."""


async def doctor() -> int:
    """Say every line; 1 if something is wrong."""
    try:
        settings = config.from_environment()
    except SettingsError as fault:
        words = Words(config.language())
        lines: Sequence[Line] = [wrong("settings_wrong", fault=fault_in(fault, words))]
    else:
        lines = await examine(settings)
        words = Words(settings.locale)
    for line in lines:
        sys.stdout.write(f"{line.text(words)}\n")
    return int(any(line.mark is Mark.WRONG for line in lines))


async def examine(settings: Settings, clock: Clock | None = None) -> list[Line]:
    """Every line, the settings first; what nobody can look at comes last."""
    clock = clock or SystemClock()
    remote, ding, local = await asyncio.gather(
        _slack(settings, clock), _dingtalk(settings, clock), _store(settings, clock)
    )
    return [*_settings(), *remote, *ding, *local, said("settled")]


def _settings() -> list[Line]:
    lines = [ok("settings")]
    file = Path(".env")
    if os.name == "posix" and file.exists() and stat.S_IMODE(file.stat().st_mode) & 0o077:
        lines.append(note("env_open"))
    return lines


async def _slack(settings: Settings, clock: Clock) -> list[Line]:
    if settings.slack is None:
        return [] if settings.dingtalk is not None else [wrong("no_platform")]
    try:
        async with asyncio.timeout(PATIENCE):
            return await slack.look(settings.slack, clock)
    except TimeoutError:
        return [wrong("slack_slow", seconds=PATIENCE)]


async def _dingtalk(settings: Settings, clock: Clock) -> list[Line]:
    if settings.dingtalk is None:
        return []
    try:
        async with asyncio.timeout(PATIENCE):
            return await dingtalk.look(settings.dingtalk, clock)
    except TimeoutError:
        return [wrong("dingtalk_slow", seconds=PATIENCE)]


async def _store(settings: Settings, clock: Clock) -> list[Line]:
    now = clock.now()
    try:
        async with asyncio.timeout(PATIENCE):
            lines, kept = await store.look(settings, now)
    except TimeoutError:
        lines, kept = [wrong("database_slow", seconds=PATIENCE)], None
    found = kept or store.Kept()
    zones = {one.time_zone for one in found.people if one.time_zone}
    lines += calendar.look(settings.time_zone, zones, settings.policy.calendar, now)
    return lines + (store.people(found, settings, now.date()) if kept else [])
