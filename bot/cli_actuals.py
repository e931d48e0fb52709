"""`nosurprise actuals import`: what was really reached on goals, by file."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_files as files
from bot.cli_open import settings as settings_of
from bot.cli_open import working
from bot.cli_say import complain, print_out
from bot.config import Settings
from handlers import actuals
from prompts.render import Words

app = typer.Typer(no_args_is_help=True, help="What was really reached on goals.")


@app.callback()
def _group() -> None:
    """A group, though it has one command."""


@app.command(name="import")
def import_command(
    name: str,
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,  # noqa: FBT002
) -> None:
    """Read employee_id, goal and actual for the cycle NAME from a CSV or XLSX file."""
    settings = settings_of()
    data = files.read(file, Words(settings.locale))
    sys.exit(asyncio.run(imported(settings, name, data, dry_run=dry_run)))


async def imported(settings: Settings, name: str, data: bytes, *, dry_run: bool) -> int:
    """Check the file whole, then keep it, or say what is wrong with it."""
    words = Words(settings.locale)
    gap = "" if settings.locale == "zh-CN" else " "
    async with working(settings, write=not dry_run) as work:
        found = await actuals.check_actuals(name, data, work)
        for fault in found.faults:
            where = words.plain("roster.at", row=fault.row, column=fault.column)
            complain(where + gap + words.plain(fault.key, **fault.facts))
        if found.faults:
            return 2
        if not dry_run:
            await actuals.import_actuals(found, name, None, work)
    if found.over:
        complain(words.plain("actuals.over", people=found.over))
    key = "actuals.would_import" if dry_run else "actuals.imported"
    print_out(words.plain(key, rows=found.rows, people=len(found.changed), same=found.same))
    return 0
