"""`nosurprise library`: ladders and starting goals as files."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_files as files
from bot.cli_open import settings as settings_of
from bot.cli_open import working
from bot.cli_say import complain, fail, print_out
from bot.config import Settings
from bot.faults import reason
from handlers import library
from prompts.render import Words
from review.library_read import LibraryFault

SUFFIXES = (".yaml", ".yml", ".xlsx")

app = typer.Typer(no_args_is_help=True, help="Value ladders and starting goals as files.")


@app.command(name="import")
def import_command(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,  # noqa: FBT002
) -> None:
    """Read ladders and starting goals from a YAML or XLSX file; nothing is half imported."""
    settings = settings_of()
    data = files.read(file, Words(settings.locale))
    sys.exit(asyncio.run(imported(settings, data, dry_run=dry_run)))


@app.command(name="export")
def export_command(file: Path) -> None:
    """Write what there is now to FILE: YAML, or XLSX by its name's end."""
    settings = settings_of()
    words = Words(settings.locale)
    if file.suffix.lower() not in SUFFIXES:
        fail(words.plain("library.suffix", file=str(file)))
    data = asyncio.run(exported(settings, xlsx=file.suffix.lower() == ".xlsx"))
    try:
        file.write_bytes(data)
    except OSError as fault:
        fail(words.plain("cli.unwritable", file=str(file), fault=reason(fault, words)))


async def imported(settings: Settings, data: bytes, *, dry_run: bool) -> int:
    """Check the file whole, then keep it, or say what is wrong with it."""
    words = Words(settings.locale)
    async with working(settings, write=not dry_run, edits=True) as work:
        found = library.check_file(data, work)
        if found.read.faults:
            for fault in found.read.faults:
                complain(placed(fault, words))
            return 2
        if not dry_run and not await library.import_library(found, None, work):
            fail(words.plain("library.just_now"))
    for advice in found.read.advice:
        complain(words.plain("library.advice", said=placed(advice, words)))
    key = "would_import" if dry_run else "imported" if found.changes else "same"
    counts = {"ladders": len(found.ladders), "roles": len(found.roles)}
    print_out(words.plain(f"library.{key}", **counts))
    if dry_run:
        for name in (*found.ladders, *found.roles):
            print_out(f"  ~ {name or library.ALL_ROLES}")
    return 0


async def exported(settings: Settings, *, xlsx: bool) -> bytes:
    """The newest library as a file."""
    async with working(settings, write=False, edits=True) as work:
        return library.written(work.company.library, xlsx=xlsx)


def placed(fault: LibraryFault, words: Words) -> str:
    """What is wrong, with its place before it."""
    at = fault.at
    where = words.plain("library.at", sheet=at.sheet, row=at.row, column=at.column)
    gap = "" if words.locale == "zh-CN" else " "
    return where + gap + words.plain(fault.key, **fault.facts)
