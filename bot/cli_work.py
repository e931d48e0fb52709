"""What the commands do, in their own words; each returns the exit code."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.app import Bot, build
from bot.config import Settings
from bot.platforms.slack.connect import SlackRefusedError
from handlers import cycles, roster
from handlers import export as exports
from handlers.match_accounts import match_accounts
from handlers.ports import Deps
from handlers.spread import facts_of
from handlers.work import Work
from prompts.card import plain
from prompts.render import Words
from prompts.screens import common, distribution
from review.cycle import Cycle
from review.errors import ReviewError
from review.people import Track
from scheduler.tick import tick as tick_now
from storage.errors import StorageError
from storage.lock import running

EXPORTS: Mapping[str, Callable[[Cycle, Work], Awaitable[list[dict[str, Any]]]]] = {
    "reviews": exports.reviews,
    "distribution": exports.distribution,
}
LARGE = 500
"""People from whom on a terminal shows that something is under way."""
errors = Console(stderr=True, highlight=False)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would take for a formula at a cell's start."""


def fail(words: str) -> NoReturn:
    """Say what is wrong in one line and end with 2: nothing was written."""
    errors.print(words, style="red", markup=False, soft_wrap=True)
    sys.exit(2)


def moment(text: str, time_zone: str) -> datetime:
    """The moment of an ISO text; without an offset it is the company's own time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        fail(f"--now is {text!r}; write a moment such as 2026-12-01T09:00:00+08:00")
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(time_zone))


@asynccontextmanager
async def _open(settings: Settings, now: datetime | None = None) -> AsyncIterator[Deps]:
    """The program on its database; a refusal or a fault of storage ends it with a word."""
    try:
        async with build(settings, None if now is None else _At(now)) as deps:
            yield deps
    except ReviewError as refusal:
        fail(plain_refusal(refusal, settings))
    except StorageError as fault:
        fail(str(fault))


def plain_refusal(refusal: ReviewError, settings: Settings) -> str:
    """The refusal in the company's language."""
    return common.refusal(refusal, Words(settings.locale)).summary


class _At:
    """A clock that stands still."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        return self._moment


@asynccontextmanager
async def _work(settings: Settings, *, write: bool = True) -> AsyncIterator[Work]:
    async with _open(settings) as deps, deps.database.begin(write=write) as tx:
        yield Work(tx=tx, company=deps.company, now=deps.clock.now())


async def run(settings: Settings) -> int:
    """The bot, until it is told to stop."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    try:
        with running(settings.database_url):
            async with _open(settings) as deps:
                await Bot(deps, settings).run(stop)
    except SlackRefusedError as refused:
        fail(str(refused))
    except StorageError as fault:
        fail(str(fault))
    except OSError as fault:
        fail(f"can't start: {fault}")
    return 0


async def import_roster(settings: Settings, data: bytes, *, dry_run: bool) -> int:
    """Check the file whole, then write it, or say what is wrong with it."""
    words = Words(settings.locale)
    async with _work(settings, write=not dry_run) as work:
        found = await roster.check_roster(data, work)
        if found.faults:
            for fault in found.faults:
                where = words.plain("roster.at", row=fault.row, column=fault.column)
                _complain(where + " " + words.plain(fault.key, **fault.facts))
            return 2
        with errors.status("…") if _is_long(len(found.people)) else nullcontext():
            if not dry_run:
                await roster.import_roster(found, None, work)
        _report(found, words, dry_run=dry_run)
    return 0


def _report(found: roster.Import, words: Words, *, dry_run: bool) -> None:
    made = found.changes
    key = "cli.would_import" if dry_run else "cli.imported"
    counts = {
        "added": len(made.added),
        "changed": len(made.changed),
        "unchanged": len(made.unchanged),
        "left_out": len(made.left_out),
    }
    print_out(words.plain(key, **counts))
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
    async with _work(settings) as work:
        with errors.status("…") if sys.stderr.isatty() else nullcontext():
            cycle, people, left_out = await cycles.open_cycle(wanted, "", work)
    facts = {"cycle": cycle.id, "people": people, "left_out": left_out}
    print_out(words.plain("cycles.opened", self_open=cycle.self_open, **facts))
    return 0


async def cycle_status(settings: Settings, name: str) -> int:
    """How far the cycle is, and its distribution."""
    words = Words(settings.locale)
    async with _work(settings, write=False) as work:
        cycle = await cycles.named(name, work)
        facts = await facts_of(cycle, work)
    if facts is not None:
        for part in distribution.board(facts, words).parts:
            text = getattr(part, "text", None)
            if text is not None:
                print_out(text if isinstance(text, str) else plain(text))
    return 0


async def cycle_close(settings: Settings, name: str) -> int:
    """Close the cycle."""
    async with _work(settings) as work:
        cycle = await cycles.close_cycle(name, "", work)
    print_out(Words(settings.locale).plain("cycles.closed", cycle=cycle.id))
    return 0


async def tick(settings: Settings, now: datetime) -> int:
    """Everything that is due then, planned and sent."""
    async with _open(settings, now) as deps:
        await match_accounts(deps)
        await tick_now(deps)
    return 0


async def export(
    settings: Settings, name: str, what: str, format_: str, output: Path | None
) -> int:
    """Write the rows as JSON or CSV."""
    async with _work(settings, write=False) as work:
        cycle = await cycles.named(name, work)
        with errors.status("…") if sys.stderr.isatty() else nullcontext():
            rows = await EXPORTS[what](cycle, work)
    _write(_json(rows) if format_ == "json" else as_csv(rows), output)
    return 0


async def person_export(settings: Settings, employee_id: str, output: Path | None) -> int:
    """All that is kept of one person."""
    async with _work(settings, write=False) as work:
        found = await exports.person(employee_id, work)
    if found is None:
        fail(Words(settings.locale).plain("cli.no_person", employee_id=employee_id))
    _write(_json(found), output)
    return 0


def as_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV; lists stand in a cell as JSON, and no cell is taken for a formula."""
    written = io.StringIO(newline="")
    if rows:
        writer = csv.DictWriter(written, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows({key: _cell(value) for key, value in row.items()} for row in rows)
    return written.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    encoding = "utf-8-sig" if output.suffix == ".csv" else "utf-8"
    try:
        output.write_text(text, encoding=encoding, newline="")
    except OSError as fault:
        fail(f"can't write {output}: {fault.strerror}")


def _complain(words: str) -> None:
    errors.print(words, style="red", markup=False, soft_wrap=True)


def print_out(words: str) -> None:
    """One line of an answer."""
    sys.stdout.write(f"{words}\n")


def _is_long(people: int) -> bool:
    return sys.stderr.isatty() and people > LARGE
