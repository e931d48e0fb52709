"""How a command begins: settings that make sense, a log, and an open database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot import logs
from bot.app import build
from bot.cli_say import fail
from bot.config import Settings, SettingsError, from_environment
from bot.faults import Fault, fault_in, in_both
from handlers.ports import Clock, Deps
from handlers.work import Work
from prompts.render import Words
from prompts.screens import common
from review.errors import ReviewError
from storage.errors import FaultError


def settings() -> Settings:
    """What is set; ends the program with a word if it makes no sense."""
    try:
        found = from_environment()
    except SettingsError as fault:
        fail(fault_in(fault, Words(fault.locale)) if fault.locale else in_both(fault))
    logs.set_up(found.log_level, found.log_format)
    return found


def choice(option: str, value: str, choices: Sequence[str], words: Words) -> None:
    """Ends the program with a word if it is none of the choices."""
    if value not in choices:
        known = ", ".join(choices)
        fail(words.plain("cli.choice", name=option, value=value, choices=known))


@asynccontextmanager
async def opened(
    given: Settings, clock: Clock | None = None, *, edits: bool = False
) -> AsyncIterator[Deps]:
    """The program on its database; a refusal or a fault of storage ends it with a word.

    `edits`: see bot.app.build.
    """
    words = Words(given.locale)
    try:
        async with build(given, clock, edits=edits) as deps:
            yield deps
    except ReviewError as refusal:
        fail(common.refusal(refusal, words, given.policy).summary)
    except (Fault, FaultError, OSError) as fault:
        fail(fault_in(fault, words))


@asynccontextmanager
async def working(
    given: Settings, *, write: bool = True, edits: bool = False
) -> AsyncIterator[Work]:
    """One transaction on it."""
    async with opened(given, edits=edits) as deps, deps.database.begin(write=write) as tx:
        yield Work(tx=tx, company=deps.company, now=deps.clock.now())
