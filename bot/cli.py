"""The command line: one thin function a command."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer
from typer.exceptions import TyperException

from bot import (
    cli_actuals,
    cli_audit,
    cli_backup,
    cli_library,
    cli_outbox,
    cli_person,
    cli_prompts,
    cli_sync,
    logs,
    manifest,
)
from bot import cli_files as files
from bot import cli_work as work
from bot.cli_open import choice
from bot.cli_open import settings as settings_of
from bot.cli_say import fail
from bot.config import Settings, language
from prompts.render import LOCALES, Words
from review.roster_fields import read_date

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Performance reviews in the chat, with no surprise in them.",
)
cycle = typer.Typer(no_args_is_help=True, help="Open, look at and close a review cycle.")
app.add_typer(cycle, name="cycle")
app.command(name="sync")(cli_sync.sync_command)
app.add_typer(cli_person.app, name="person")
app.add_typer(cli_outbox.app, name="outbox")
app.add_typer(cli_audit.app, name="audit")
app.add_typer(cli_library.app, name="library")
app.add_typer(cli_actuals.app, name="actuals")
app.add_typer(cli_prompts.app, name="prompts")

Day = Annotated[str | None, typer.Option(metavar="DATE")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; errors are one line and what to do, exit 2 for bad input."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if words[-1:] in ([], ["cycle"], ["person"], ["outbox"], ["audit"], ["library"], ["actuals"]):
        words.append("--help")
    try:
        sys.exit(app(args=words, prog_name="nosurprise", standalone_mode=False) or 0)
    except TyperException as wrong:
        fail(f"{wrong.format_message().rstrip('.')}; see `nosurprise --help`.")
    except typer.Abort:
        sys.exit(1)


@app.command()
def run() -> None:
    """Run the bot on every platform whose credentials are set."""
    sys.exit(asyncio.run(work.run(_with_a_platform())))


@app.command()
def worker() -> None:
    """More hands for deliveries: sends what `run` has to say (PostgreSQL)."""
    sys.exit(asyncio.run(work.worker(_with_a_platform())))


def _with_a_platform() -> Settings:
    """The settings, or a word and the end where no chat platform is set."""
    settings = settings_of()
    if settings.slack is None and settings.dingtalk is None:
        fail(Words(settings.locale).plain("cli.no_platform"))
    return settings


@app.command()
def demo(  # noqa: PLR0917  each is an option of its own
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8765,
    people: Annotated[int, typer.Option(min=12, max=500)] = 48,
    seed: int = 1,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,  # noqa: FBT002
    host: Annotated[str, typer.Option(help="0.0.0.0 shows it to the whole network.")] = "127.0.0.1",
    reset: Annotated[bool, typer.Option("--reset", help="Begin anew.")] = False,  # noqa: FBT002
    platform: Annotated[
        Literal["slack", "dingtalk", "dingtalk-chat"],
        typer.Option(help="Whose local workspace; dingtalk-chat has no card template."),
    ] = "slack",
) -> None:
    """Show the local workspace in a browser, with a sample company in mid-cycle.

    What happens in it is kept under data/demo, and the next start goes on from there.
    """
    from bot.demo import demo as show

    logs.set_up("WARNING", "text")
    shown = show(
        platform=platform,
        host=host,
        port=port,
        people=people,
        seed=seed,
        browser=browser,
        reset=reset,
    )
    sys.exit(asyncio.run(shown))


@app.command()
def init(  # noqa: PLR0917  each is an option of its own
    locale: Annotated[str | None, typer.Option(help="zh-CN or en")] = None,
    hr_channel: Annotated[str | None, typer.Option(help="Name or id.")] = None,
    praise_channel: Annotated[str | None, typer.Option(help="Where praise is public.")] = None,
    hr_admins: Annotated[str | None, typer.Option(help="Employee ids, commas between.")] = None,
    time_zone: Annotated[str | None, typer.Option(help="Such as Asia/Shanghai.")] = None,
    http_bind: Annotated[
        str | None, typer.Option(help="HTTP mode: where the proxy sends to, as 0.0.0.0:3000.")
    ] = None,
    platform: Annotated[str | None, typer.Option(help="slack, dingtalk or both")] = None,
    dingtalk_id: Annotated[str | None, typer.Option(help="The DingTalk app's id.")] = None,
    robot_code: Annotated[str | None, typer.Option(help="DingTalk: if not the app's id.")] = None,
    hr_group: Annotated[str | None, typer.Option(help="DingTalk: a conversation id.")] = None,
    form_template: Annotated[str | None, typer.Option(help="DingTalk: a card template.")] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask the chat.")] = False,  # noqa: FBT002
    yes: Annotated[bool, typer.Option("--yes", help="Change files that are there.")] = False,  # noqa: FBT002
) -> None:
    """Ask what the bot needs, check it, and write .env and policy.toml.

    Tokens are never options, where other users of the machine could see them: they are asked
    for, or taken from the environment (SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET,
    DINGTALK_CLIENT_SECRET).
    """
    from bot.init import run as start

    given = {
        "LOCALE": locale,
        "SLACK_HR_CHANNEL": hr_channel,
        "SLACK_PRAISE_CHANNEL": praise_channel,
        "HR_ADMINS": hr_admins,
        "TIME_ZONE": time_zone,
        "SLACK_HTTP_BIND": http_bind,
        "DINGTALK_CLIENT_ID": dingtalk_id,
        "DINGTALK_ROBOT_CODE": robot_code,
        "DINGTALK_HR_CHANNEL": hr_group,
        "DINGTALK_FORM_TEMPLATE": form_template,
    }
    if locale is not None:
        choice("--locale", locale, LOCALES, Words(language()))
    if platform is not None:
        choice("--platform", platform, ("slack", "dingtalk", "both"), Words(language()))
    where = {None: frozenset[str](), "both": frozenset({"slack", "dingtalk"})}
    options = {name: value for name, value in given.items() if value is not None}
    logs.set_up("ERROR", "text")
    wanted = where.get(platform, frozenset({platform or ""}))
    sys.exit(start.init(options, offline=offline, sure=yes, platforms=wanted))


@app.command()
def doctor() -> None:
    """Look whether everything is as it has to be: a line each, ok or what to do."""
    from bot.doctor import examine

    logs.set_up("ERROR", "text")
    sys.exit(asyncio.run(examine.doctor()))


@app.command(name="manifest")
def manifest_command(
    http: Annotated[
        str | None,
        typer.Option(metavar="URL", help="For HTTP mode: where Slack reaches the bot."),
    ] = None,
) -> None:
    """Print the Slack app manifest that fits this version."""
    if http is not None and not manifest.is_request_url(http):
        fail(Words(language()).plain("cli.no_request_url", value=http))
    typer.echo(manifest.as_yaml(http), nl=False)


@app.command(name="import")
def import_command(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,  # noqa: FBT002
) -> None:
    """Read the roster from a CSV or XLSX file; nothing is half imported."""
    settings = settings_of()
    data = files.read(file, Words(settings.locale))
    sys.exit(asyncio.run(work.import_roster(settings, data, dry_run=dry_run)))


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
    settings = settings_of()
    words = Words(settings.locale)
    options = {"starts": "--start", "ends": "--end"}
    dates = {
        key: _day(options.get(key, "--" + key.replace("_", "-")), text, words)
        for key, text in given.items()
        if text is not None
    }
    if track is not None:
        choice("--track", track, ("staff", "senior"), words)
    sys.exit(asyncio.run(work.cycle_open(settings, name, track, dates)))


def _day(option: str, text: str, words: Words) -> date:
    try:
        return read_date(text)
    except ValueError:
        fail(words.plain("cli.no_day", name=option, value=text))


def _moment(text: str, settings: Settings) -> datetime:
    """The moment of an ISO text; without an offset it is the company's own time."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        fail(Words(settings.locale).plain("cli.no_moment", value=text))
    return found if found.tzinfo else found.replace(tzinfo=ZoneInfo(settings.time_zone))


@cycle.command(name="status")
def cycle_status(name: str) -> None:
    """Say how far the cycle NAME is."""
    sys.exit(asyncio.run(work.cycle_status(settings_of(), name)))


@cycle.command(name="close")
def cycle_close(name: str) -> None:
    """Close the cycle NAME."""
    sys.exit(asyncio.run(work.cycle_close(settings_of(), name)))


@app.command()
def tick(now: Annotated[str, typer.Option(help="ISO 8601, with or without an offset")]) -> None:
    """Do everything that is due at that moment, send it, and exit."""
    settings = settings_of()
    sys.exit(asyncio.run(work.tick(settings, _moment(now, settings))))


@app.command()
def export(
    name: str,
    what: Annotated[str, typer.Option(help="reviews, distribution, surprises …")] = "reviews",
    format_: Annotated[str, typer.Option("--format", help="json, csv or xlsx")] = "json",
    output: Annotated[Path | None, typer.Option("-o", "--output")] = None,
) -> None:
    """Write a cycle's reviews, or what is counted of them, to the standard output or a file."""
    settings = settings_of()
    words = Words(settings.locale)
    choice("--what", what, tuple(work.EXPORTS), words)
    choice("--format", format_, work.FORMATS, words)
    sys.exit(asyncio.run(work.export(settings, name, what, format_, output)))


@app.command()
def backup(
    file: Path,
    with_key: Annotated[  # noqa: FBT002
        bool, typer.Option("--with-key", help="Put the key file beside it.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace an older backup.")] = False,  # noqa: FBT002
) -> None:
    """Write a whole copy of the database to FILE; a running bot goes on meanwhile."""
    sys.exit(cli_backup.backup(settings_of(), file, with_key=with_key, force=force))


@app.command()
def restore(
    file: Path,
    force: Annotated[  # noqa: FBT002
        bool, typer.Option("--force", help="Replace the database; the old one is kept.")
    ] = False,
) -> None:
    """Put the backup FILE in the database's place, once all of it was looked at."""
    sys.exit(cli_backup.restore(settings_of(), file, force=force))
