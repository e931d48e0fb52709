"""`nosurprise person …`: all that is kept of somebody, erasing it, and holds for a dispute."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_files as files
from bot.cli_open import opened, working
from bot.cli_open import settings as settings_of
from bot.cli_say import fail, print_out
from bot.config import Settings
from handlers import erasing
from handlers import export as exports
from handlers.ports import Deps
from handlers.work import Work
from prompts.render import Words
from review.errors_erasing import StillSending
from review.people import Person

TRIES, A_MOMENT = 10, 0.5
"""How often, and after how many seconds, it is tried while a message of theirs is sent (ours)."""
app = typer.Typer(no_args_is_help=True, help="What is kept of one person.")


@app.command(name="export")
def export_command(
    employee_id: str,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write what is kept of one person, as HR may read it, as JSON."""
    sys.exit(asyncio.run(person_export(settings_of(), employee_id, output)))


@app.command(name="erase")
def erase_command(
    employee_id: str,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask again.")] = False,  # noqa: FBT002
) -> None:
    """Erase all that is kept of one person; ratings stay as counts. It can't be undone.

    On a terminal it asks for the name first.
    """
    settings = settings_of()
    if not yes and sys.stdin.isatty():
        _ask(settings, employee_id)
    sys.exit(asyncio.run(person_erase(settings, employee_id)))


@app.command(name="hold")
def hold_command(
    employee_id: str,
    reason: Annotated[str, typer.Option(help="The dispute, in a few words; kept sealed.")],
) -> None:
    """Forbid erasing one person while a dispute lasts."""
    settings = settings_of()
    if not reason.strip():
        fail(Words(settings.locale).plain("erasing.no_reason"))
    sys.exit(asyncio.run(person_hold(settings, employee_id, reason.strip())))


@app.command(name="release")
def release_command(employee_id: str) -> None:
    """End the hold on one person."""
    sys.exit(asyncio.run(person_release(settings_of(), employee_id)))


def _ask(settings: Settings, employee_id: str) -> None:
    """Ends the program unless the name is typed."""
    words = Words(settings.locale)
    person, reviews = asyncio.run(_looked(settings, employee_id))
    facts = {"name": person.name, "employee_id": employee_id, "reviews": reviews}
    try:
        typed = input(words.plain("erasing.ask", **facts) + " ")
    except EOFError:
        typed = ""
    if " ".join(typed.split()) != " ".join(person.name.split()):
        fail(words.plain("erasing.not_the_name"))


async def _looked(settings: Settings, employee_id: str) -> tuple[Person, int]:
    async with working(settings, write=False) as work:
        person = await _person(employee_id, work)
        case = await erasing.may(person, work)
        return person, len(case.reviews)


async def _person(employee_id: str, work: Work) -> Person:
    """Somebody who is there; ends the program with a word if nobody is."""
    person = await erasing.who(employee_id, work)
    if person is None:
        fail(work.words().plain("cli.no_person", employee_id=employee_id))
    return person


async def person_export(settings: Settings, employee_id: str, output: Path | None) -> int:
    """All that is kept of one person."""
    async with working(settings, write=False) as work:
        found = await exports.person(employee_id, work)
    words = Words(settings.locale)
    if found is None:
        fail(words.plain("cli.no_person", employee_id=employee_id))
    files.write(files.as_json(found), output, words)
    return 0


async def person_erase(settings: Settings, employee_id: str) -> int:
    """All that is kept of one person is gone."""
    async with opened(settings) as deps:
        done = await _erase(employee_id, deps)
        await deps.database.settle()
    facts = {"reviews": done.reviews, "ratings": done.ratings, "messages": done.messages}
    print_out(Words(settings.locale).plain("erasing.done", employee_id=employee_id, **facts))
    return 0


async def _erase(employee_id: str, deps: Deps) -> erasing.Erased:
    """Once none of their messages is on its way. Raises what handlers.erasing.erase raises."""
    tries = 1
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        clean = await erasing.looked(employee_id, work)
    while True:
        try:
            async with deps.database.begin() as tx:
                work = Work(tx=tx, company=deps.company, now=deps.clock.now())
                return await erasing.erase(await _person(employee_id, work), None, work, clean)
        except StillSending:
            if tries == TRIES:
                raise
            tries += 1
        await asyncio.sleep(A_MOMENT)


async def person_hold(settings: Settings, employee_id: str, reason: str) -> int:
    """Nothing of theirs can be erased from now on."""
    async with working(settings) as work:
        person = await _person(employee_id, work)
        await erasing.hold(person, reason, None, work)
    print_out(Words(settings.locale).plain("erasing.held", name=person.name))
    return 0


async def person_release(settings: Settings, employee_id: str) -> int:
    """It can be erased again."""
    async with working(settings) as work:
        person = await _person(employee_id, work)
        await erasing.release(person, None, work)
    print_out(Words(settings.locale).plain("erasing.released", name=person.name))
    return 0
