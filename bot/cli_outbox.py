"""`nosurprise outbox …`: what could not be sent, sending it again, and the book of deliveries."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import cli_files as files
from bot.cli_open import choice, working
from bot.cli_open import settings as settings_of
from bot.cli_say import complain, fail, print_out
from bot.config import Settings
from handlers import deliveries
from handlers.living import HR
from prompts.render import Words
from prompts.screens import deliveries as screen
from prompts.screens.deliveries import DeliveryLine

app = typer.Typer(no_args_is_help=True, help="What could not be sent, and what to do with it.")
FORMATS = ("text", "json", "csv")
COLUMNS = (
    *("id", "to", "name", "kind", "state", "since", "sent_at", "attempts", "reason"),
    "ever_reached",
)
Format = Annotated[str, typer.Option("--format", help="text, json or csv")]
Output = Annotated[Path | None, typer.Option("-o", "--output")]
Ids = Annotated[list[str] | None, typer.Argument(metavar="ID…")]


@app.command(name="list")
def list_command(format_: Format = "text", output: Output = None) -> None:
    """Say what could not be sent, to whom, since when, why, and what to do; no texts."""
    settings = settings_of()
    choice("--format", format_, FORMATS, Words(settings.locale))
    sys.exit(asyncio.run(show_unsent(settings, format_, output)))


@app.command()
def retry(
    ids: Ids = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,  # noqa: FBT002
) -> None:
    """Send again what could not be sent; a running bot does it at once."""
    settings = settings_of()
    if bool(ids) == everything:
        fail(Words(settings.locale).plain("deliveries.no_ids"))
    sys.exit(asyncio.run(send_again(settings, None if everything else ids or [])))


@app.command()
def drop(
    ids: Annotated[list[str], typer.Argument(metavar="ID…")],
    reason: Annotated[str, typer.Option(help="Why; it is kept in the audit trail.")],
) -> None:
    """Give up what could not be sent."""
    settings = settings_of()
    if not reason.strip():
        fail(Words(settings.locale).plain("deliveries.no_reason"))
    sys.exit(asyncio.run(give_up(settings, ids, reason.strip())))


@app.command()
def ledger(
    who: Annotated[str | None, typer.Option(help="An employee id, or hr for its channel.")] = None,
    format_: Format = "text",
    output: Output = None,
) -> None:
    """Say who was sent what kind of message when, and who was never reached; no texts."""
    settings = settings_of()
    choice("--format", format_, FORMATS, Words(settings.locale))
    sys.exit(asyncio.run(show_ledger(settings, who, format_, output)))


async def show_unsent(settings: Settings, format_: str, output: Path | None) -> int:
    """What could not be sent; on a terminal with a last line that says what to do."""
    words = Words(settings.locale)
    async with working(settings, write=False) as work:
        lines = await deliveries.unsent(work)
        reached = await work.tx.ledger.reached({line.to for line in lines})
    text = _written(lines, reached, format_, words)
    if format_ == "text":
        key = "deliveries.unsent_count" if lines else "deliveries.unsent_none"
        text += words.plain(key, count=len(lines)) + "\n"
    files.write(text, output, words, mark=format_ == "csv")
    return 0


async def show_ledger(
    settings: Settings, who: str | None, format_: str, output: Path | None
) -> int:
    """Every delivery, or one receiver's."""
    words = Words(settings.locale)
    async with working(settings, write=False) as work:
        if who not in {None, HR} and await work.tx.people.get(str(who)) is None:
            fail(words.plain("cli.no_person", employee_id=who))
        lines = await deliveries.ledger(work, who)
        reached = await work.tx.ledger.reached({line.to for line in lines})
        never = await deliveries.never_reached(lines, work)
    text = _written(lines, reached, format_, words)
    if format_ == "text" and never:
        people = tuple(screen.receiver(line.to, line.name, words) for line in never)
        text += words.plain("deliveries.never", people=people, more=0) + "\n"
    files.write(text, output, words, mark=format_ == "csv")
    return 0


async def send_again(settings: Settings, ids: Sequence[str] | None) -> int:
    """Those, or with None all that could not be sent, are due now."""
    words = Words(settings.locale)
    async with working(settings) as work:
        lines = await deliveries.unsent(work)
        chosen = [line.id for line in lines] if ids is None else _chosen(ids, lines, words)
        count = await deliveries.send_again(chosen, None, work)
    print_out(words.plain("deliveries.retried", count=count))
    return _left(len(chosen) - count, words)


async def give_up(settings: Settings, ids: Sequence[str], reason: str) -> int:
    """Those are not sent any more."""
    words = Words(settings.locale)
    async with working(settings) as work:
        chosen = _chosen(ids, await deliveries.unsent(work), words)
        count = await deliveries.give_up(chosen, reason, None, work)
    print_out(words.plain("deliveries.dropped", count=count))
    return _left(len(chosen) - count, words)


def _left(busy: int, words: Words) -> int:
    """The exit code, and a word where some were on their way."""
    if busy:
        complain(words.plain("deliveries.busy", count=busy))
    return 1 if busy else 0


def _chosen(ids: Sequence[str], lines: Sequence[DeliveryLine], words: Words) -> list[str]:
    """The whole ids of those beginnings; ends the program with a word if one fits none or two."""
    chosen: list[str] = []
    for wanted in ids:
        found = [line.id for line in lines if line.id.startswith(wanted)]
        if not wanted or not found:
            fail(words.plain("deliveries.no_such", id=wanted))
        if len(found) > 1:
            fail(words.plain("deliveries.ambiguous", id=wanted))
        chosen += found
    return list(dict.fromkeys(chosen))


def _written(
    lines: Sequence[DeliveryLine], reached: frozenset[str], format_: str, words: Words
) -> str:
    if format_ == "text":
        return "".join(f"{screen.said(line, words)}\n" for line in lines)
    rows = [_row(line, words, ever=line.to in reached) for line in lines]
    return files.as_csv(rows, COLUMNS) if format_ == "csv" else files.as_json(rows)


def _row(line: DeliveryLine, words: Words, *, ever: bool) -> dict[str, Any]:
    return {
        "id": line.id,
        "to": line.to,
        "name": line.name,
        "kind": line.kind,
        "state": line.state,
        "since": line.since.isoformat(),
        "sent_at": None if line.sent_at is None else line.sent_at.isoformat(),
        "attempts": line.attempts,
        "reason": screen.why(line.reason, words) or None,
        "ever_reached": ever,
    }
