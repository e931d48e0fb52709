"""What the commands do, in their own words; each returns the exit code."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot import cli_files as files
from bot.app import Bot
from bot.await_database import await_database
from bot.cli_open import opened, working
from bot.cli_say import complain, fail, print_out, watched
from bot.cli_sheets import as_xlsx
from bot.config import Settings
from bot.faults import Fault, fault_in
from bot.platforms.slack.faults import calling
from handlers import (
    cycles,
    export_actions,
    export_sheets,
    export_year,
    export_year_sheets,
    no_surprise,
    roster,
)
from handlers import export as exports
from handlers.export_sheets import Sheet
from handlers.match_accounts import match_accounts
from handlers.ports import Deps
from handlers.spread import facts_of
from handlers.watch import Watch
from handlers.work import Work
from prompts.card import plain
from prompts.render import Words
from prompts.screens import distribution
from review.cycle import Cycle
from review.people import Track
from scheduler.claim import LEASE
from scheduler.deliver import deliver_all
from scheduler.pace import waiting
from scheduler.tick import tick as tick_now
from storage.engine import file_of
from storage.errors import FaultError
from storage.lock import running


class Sheets(Protocol):
    """Makes the sheets of an export."""

    async def __call__(self, cycle: Cycle, work: Work, watch: Watch, /) -> tuple[Sheet, ...]:
        """The sheets."""


class Gather(Protocol):
    """Makes the rows of an export."""

    async def __call__(self, cycle: Cycle, work: Work, watch: Watch, /) -> list[dict[str, Any]]:
        """The rows."""


@dataclass(frozen=True, slots=True)
class Export:
    """Something that can be exported, and its columns."""

    gather: Gather
    columns: tuple[str, ...]
    sheets: Sheets | None = None
    """Makes sheets of its own for Excel; None: the same rows as they are."""


EXPORTS: Mapping[str, Export] = {
    "reviews": Export(exports.reviews, exports.REVIEW, export_sheets.reviews),
    "distribution": Export(exports.distribution, exports.READING),
    "actions": Export(export_actions.actions, export_actions.ACTIONS, export_sheets.agreed),
    "annual": Export(export_year.years, export_year.ANNUAL, export_year_sheets.sheets),
    "surprises": Export(no_surprise.surprises, no_surprise.SURPRISES),
    "feedback-counts": Export(no_surprise.feedback_counts, no_surprise.FEEDBACK),
}
FORMATS = ("json", "csv", "xlsx")


A_MOMENT = timedelta(seconds=0.5)
"""How long `tick` waits before it looks again whether the platforms' limits let it send (ours)."""


class _At:
    """A clock that stands still, but for the seconds that are waited."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment

    async def wait(self) -> None:
        await asyncio.sleep(A_MOMENT.total_seconds())
        self._moment += A_MOMENT


async def run(settings: Settings) -> int:
    """The bot, until it is told to stop."""
    stop = _told_to_stop()
    async with _alone(settings):
        await _serve(settings, stop, listens=True)
    return 0


async def worker(settings: Settings) -> int:
    """One more pair of hands that send, until it is told to stop."""
    if file_of(settings.database_url) is not None:
        fail(Words(settings.locale).plain("cli.worker_alone"))
    await _serve(settings, _told_to_stop(), listens=False)
    return 0


async def _serve(settings: Settings, stop: asyncio.Event, *, listens: bool) -> None:
    """The program, once its database is there; a fault that no waiting mends ends it."""
    try:
        await await_database(settings, stop)
    except (Fault, FaultError) as fault:
        fail(fault_in(fault, Words(settings.locale)))
    if not stop.is_set():
        async with opened(settings) as deps:
            await Bot(deps, settings, listens=listens).run(stop)


def _told_to_stop() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the process at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def told() -> None:
        stop.set()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)
            signal.signal(name, signal.SIG_DFL)

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, told)
    return stop


@asynccontextmanager
async def _alone(settings: Settings) -> AsyncIterator[None]:
    """The one running bot on this database, or a word and the end."""
    try:
        with running(settings.database_url):
            yield
    except (FaultError, OSError) as fault:
        fail(fault_in(fault, Words(settings.locale)))


async def import_roster(settings: Settings, data: bytes, *, dry_run: bool) -> int:
    """Check the file whole, then write it, or say what is wrong with it."""
    words = Words(settings.locale)
    async with working(settings, write=not dry_run) as work:
        found = await roster.check_roster(data, work)
        if found.faults:
            gap = "" if settings.locale == "zh-CN" else " "
            for fault in found.faults:
                where = words.plain("roster.at", row=fault.row, column=fault.column)
                complain(where + gap + words.plain(fault.key, **fault.facts))
            return 2
        if found.unread:
            complain(words.plain("cli.unread", names=", ".join(found.unread)))
        if found.erased:
            ids = ", ".join(found.erased)
            complain(words.plain("erasing.skipped", count=len(found.erased), ids=ids))
        if not dry_run:
            await roster.import_roster(found, None, work, watched)
        _report(found, words, dry_run=dry_run)
    return 0


def _report(found: roster.Import, words: Words, *, dry_run: bool) -> None:
    made = found.changes
    key = "cli.would_import" if dry_run else "cli.imported"
    counts: dict[str, Any] = {
        "added": len(made.added),
        "changed": len(made.changed),
        "unchanged": len(made.unchanged),
        "left_out": len(made.left_out),
        "cleared": tuple(sorted(made.cleared.items())),
    }
    print_out(words.plain(key, **counts))
    for stays in found.stays:
        print_out(words.plain("rater.stays", cycle=stays.cycle.name, people=len(stays.led)))
    if dry_run:
        for one in made.added:
            print_out(f"  + {one}")
        for one, names in made.changed.items():
            print_out(f"  ~ {one}: {', '.join(names)}")


async def cycle_open(
    settings: Settings, name: str, track: str | None, dates: Mapping[str, date]
) -> int:
    """Set up a cycle; the bot tells the people when its time comes."""
    wanted = cycles.OpenCycle(name=name, track=Track(track) if track else None, dates=dates)
    words = Words(settings.locale)
    async with working(settings) as work:
        cycle, people, left_out = await cycles.open_cycle(wanted, "", work, watched)
    facts = {"cycle": cycle.id, "people": people, "left_out": left_out}
    print_out(words.plain("cycles.opened", self_open=cycle.self_open, **facts))
    return 0


async def cycle_status(settings: Settings, name: str) -> int:
    """How far the cycle is, and its distribution."""
    words = Words(settings.locale)
    async with opened(settings) as deps, deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        cycle = await cycles.named(name, work)
        facts = await facts_of(cycle, work)
        sending = await waiting(tx, deps)
    if facts is not None:
        for part in distribution.board(facts, words).parts:
            text = getattr(part, "text", None)
            if text is not None:
                print_out(text if isinstance(text, str) else plain(text))
    if sending is not None:
        until = sending.until.astimezone(ZoneInfo(settings.time_zone))
        print_out(words.plain("cli.sending", count=sending.count, until=until))
    return 0


async def cycle_close(settings: Settings, name: str) -> int:
    """Close the cycle."""
    async with working(settings) as work:
        cycle = await cycles.close_cycle(name, "", work)
    print_out(Words(settings.locale).plain("cycles.closed", cycle=cycle.id))
    return 0


async def tick(settings: Settings, now: datetime) -> int:
    """Everything that is due then, planned and sent."""
    clock = _At(now)
    soon = clock.now() + LEASE
    async with opened(settings, clock) as deps:
        url = "" if settings.slack is None else settings.slack.api_url
        with calling("SLACK_BOT_TOKEN", url):
            await match_accounts(deps)
        await tick_now(deps)
        while await _is_held_back(deps, soon):
            await clock.wait()
            await deliver_all(deps)
    return 0


async def _is_held_back(deps: Deps, soon: datetime) -> bool:
    """Whether the platforms' limits, or a call of unknown end, leave something to send."""
    async with deps.database.begin(write=False) as tx:
        due = await tx.outbox.next_due()
    return due is not None and due <= soon


async def export(
    settings: Settings, name: str, what: str, format_: str, output: Path | None
) -> int:
    """Write the rows as JSON, CSV or, with sheets for people, an Excel file."""
    async with working(settings, write=False) as work:
        cycle = await cycles.named(name, work)
        if format_ == "xlsx":
            sheets = await _sheets(what, cycle, work)
        else:
            rows = await EXPORTS[what].gather(cycle, work, watched)
    if format_ == "xlsx":
        files.write_bytes(as_xlsx(sheets), output, Words(settings.locale))
        return 0
    csv = format_ == "csv"
    text = files.as_csv(rows, EXPORTS[what].columns) if csv else files.as_json(rows)
    files.write(text, output, Words(settings.locale), mark=csv)
    return 0


async def _sheets(what: str, cycle: Cycle, work: Work) -> tuple[Sheet, ...]:
    asked = EXPORTS[what]
    if asked.sheets is not None:
        return await asked.sheets(cycle, work, watched)
    rows = await asked.gather(cycle, work, watched)
    return (export_sheets.plain(what, asked.columns, rows),)
