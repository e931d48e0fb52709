"""The command line: one thin function a command."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import cli_work as work
from bot import logs, manifest
from bot.config import Settings, SettingsError, from_environment

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Performance reviews in the chat, with no surprise in them.",
)
cycle = typer.Typer(no_args_is_help=True, help="Open, look at and close a review cycle.")
person = typer.Typer(no_args_is_help=True, help="What is kept of one person.")
app.add_typer(cycle, name="cycle")
app.add_typer(person, name="person")

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")]


def main() -> None:
    """Run the command; errors are one line and what to do, exit 2 for bad input."""
    app()


def _settings() -> Settings:
    try:
        settings = from_environment()
    except SettingsError as fault:
        work.fail(str(fault))
    logs.set_up(settings.log_level, settings.log_format)
    return settings


@app.command()
def run() -> None:
    """Run the bot on every platform whose credentials are set."""
    settings = _settings()
    if settings.slack is None:
        work.fail(
            "no chat platform is set: put SLACK_BOT_TOKEN and SLACK_APP_TOKEN into .env, "
            "or try `nosurprise demo`"
        )
    sys.exit(asyncio.run(work.run(settings)))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8765,
    people: Annotated[int, typer.Option(min=12, max=500)] = 48,
    seed: int = 1,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,  # noqa: FBT002
) -> None:
    """Show the local workspace in a browser, with a sample company in mid-cycle."""
    from bot import demo as show

    logs.set_up("WARNING", "text")
    sys.exit(asyncio.run(show.demo(port=port, people=people, seed=seed, browser=browser)))


@app.command(name="manifest")
def manifest_command() -> None:
    """Print the Slack app manifest that fits this version."""
    typer.echo(manifest.as_yaml(), nl=False)


@app.command(name="import")
def import_command(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,  # noqa: FBT002
) -> None:
    """Read the roster from a CSV or XLSX file; nothing is half imported."""
    if not file.is_file():
        work.fail(f"there is no file {file}")
    sys.exit(asyncio.run(work.import_roster(_settings(), file.read_bytes(), dry_run=dry_run)))


@cycle.command(name="open")
def cycle_open(  # noqa: PLR0917  each is an option of its own
    name: str,
    track: Annotated[str | None, typer.Option(help="staff or senior")] = None,
    start: Day = None,
    end: Day = None,
    goals_due: Day = None,
    self_open: Day = None,
    self_due: Day = None,
    manager_due: Day = None,
    skip_due: Day = None,
    hr_due: Day = None,
    interview_due: Day = None,
) -> None:
    """Open the cycle NAME, such as 2026Q4, 2026H2 or 2026."""
    given = {
        "starts": start,
        "ends": end,
        "goals_due": goals_due,
        "self_open": self_open,
        "self_due": self_due,
        "manager_due": manager_due,
        "skip_due": skip_due,
        "hr_due": hr_due,
        "interview_due": interview_due,
    }
    dates = {key: moment.date() for key, moment in given.items() if moment is not None}
    if track not in {None, "staff", "senior"}:
        work.fail(f"--track is {track!r}; it should be staff or senior")
    sys.exit(asyncio.run(work.cycle_open(_settings(), name, track, dates)))


@cycle.command(name="status")
def cycle_status(name: str) -> None:
    """Say how far the cycle NAME is."""
    sys.exit(asyncio.run(work.cycle_status(_settings(), name)))


@cycle.command(name="close")
def cycle_close(name: str) -> None:
    """Close the cycle NAME."""
    sys.exit(asyncio.run(work.cycle_close(_settings(), name)))


@app.command()
def tick(now: Annotated[str, typer.Option(help="ISO 8601, with or without an offset")]) -> None:
    """Do everything that is due at that moment, send it, and exit."""
    settings = _settings()
    sys.exit(asyncio.run(work.tick(settings, work.moment(now, settings.time_zone))))


@app.command()
def export(
    name: str,
    what: Annotated[str, typer.Option(help="reviews or distribution")] = "reviews",
    format_: Annotated[str, typer.Option("--format", help="json or csv")] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write a cycle's reviews or distribution to the standard output or a file."""
    if what not in work.EXPORTS:
        work.fail(f"--what is {what!r}; it should be one of {', '.join(work.EXPORTS)}")
    if format_ not in {"json", "csv"}:
        work.fail(f"--format is {format_!r}; it should be json or csv")
    sys.exit(asyncio.run(work.export(_settings(), name, what, format_, output)))


@person.command(name="export")
def person_export(
    employee_id: str,
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write all that is kept of one person, as JSON."""
    sys.exit(asyncio.run(work.person_export(_settings(), employee_id, output)))
