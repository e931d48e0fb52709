"""`nosurprise sync`: the roster from a platform's contacts, looked over before it is written."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Annotated

import typer

from bot.cli_open import choice, opened
from bot.cli_open import settings as settings_of
from bot.cli_say import complain, fail, print_out, watched
from bot.config import Settings
from bot.platforms.slack.faults import calling
from handlers import sync
from handlers.ports import Deps
from handlers.work import Work
from prompts.render import Words
from review.contacts import LEFT, Choice, Comparison, Difference, Kind
from review.people import EmployeeId, Person

SOURCES = ("dingtalk", "slack")
"""The first that is set up is read, unless one is named: Slack knows no managers."""
NAMED = 20
"""People who are named one by one; of more it is said how many (ours)."""
YES = ("y", "yes", "是")


def sync_command(
    source: Annotated[str | None, typer.Option(help="dingtalk or slack")] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write it without asking.")] = False,  # noqa: FBT002
    take: Annotated[
        list[str] | None,
        typer.Option(help="ID:FIELD, ID or all: the contacts' value, where both differ."),
    ] = None,
    keep: Annotated[
        list[str] | None, typer.Option(help="ID:FIELD or ID: the roster stays as it is.")
    ] = None,
) -> None:
    """Compare the roster with DingTalk's contacts, or Slack's users; write it once looked over."""
    settings = settings_of()
    words = Words(settings.locale)
    there = [name for name in SOURCES if getattr(settings, name) is not None]
    if source is not None:
        choice("--source", source, SOURCES, words)
    elif not there:
        fail(words.plain("cli.no_platform"))
    wanted = source or there[0]
    if wanted not in there:
        fail(words.plain("sync.no_source", source=words.plain(f"platform.{wanted}")))
    chosen = Choice(take=frozenset(take or ()), keep=frozenset(keep or ()))
    sys.exit(asyncio.run(run(settings, wanted, chosen, sure=apply, ask=_asked)))


def _asked(question: str) -> bool | None:
    """What somebody answers; None: there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    try:
        return input(f"{question} [y/n] ").strip().lower() in YES
    except EOFError:
        return False


async def run(
    settings: Settings,
    source: str,
    chosen: Choice,
    *,
    sure: bool,
    ask: Callable[[str], bool | None],
) -> int:
    """Read, compare, show, and write what was agreed to; the exit code."""
    words = Words(settings.locale)
    async with opened(settings) as deps:
        directory = next(one for one in deps.directories if one.platform == source)
        with calling("SLACK_BOT_TOKEN", "" if settings.slack is None else settings.slack.api_url):
            found = await sync.read(directory, deps)
        made, names = await _looked(found, chosen, deps)
        if made.unknown:
            fail(words.plain("sync.no_difference", names=", ".join(made.unknown)))
        platform = words.plain(f"platform.{source}")
        print_out(words.plain("sync.read", platform=platform, count=len(found.every)))
        for line in lines(made, names, words):
            print_out(line)
        if made.faults:
            for fault in made.faults:
                said = words.plain(fault.key, **fault.facts)
                who = _of_fault(fault.facts, made)
                complain(words.plain("sync.fault", people=who, fault=said))
            return 2
        if not (made.added or made.of(Kind.TAKEN)):
            print_out(words.plain("sync.same"))
        elif not sure:
            agreed = ask(words.plain("sync.ask"))
            if not agreed:
                print_out(words.plain("sync.waits" if agreed is None else "sync.not_done"))
                return 0
        return await _write(found, made, chosen, deps, words)


async def _looked(
    found: sync.Contacts, chosen: Choice, deps: Deps
) -> tuple[Comparison, Mapping[EmployeeId, str]]:
    """The comparison, and everybody's name."""
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        made = await sync.compared(found, chosen, work)
        people: Sequence[Person] = await tx.people.all()
    return made, {one.employee_id: one.name for one in (*made.people, *people)}


async def _write(
    found: sync.Contacts, made: Comparison, chosen: Choice, deps: Deps, words: Words
) -> int:
    """Write it if it is still what was looked at. What was agreed on is remembered in any case."""
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        if await sync.compared(found, chosen, work) != made:
            complain(words.plain("sync.moved"))
            return 1
        await sync.apply(found, made, None, work, watched)
    changed = {one.employee_id for one in made.of(Kind.TAKEN)}
    if made.added or changed:
        print_out(words.plain("sync.done", added=len(made.added), changed=len(changed)))
    return 0


def lines(made: Comparison, names: Mapping[EmployeeId, str], words: Words) -> Iterator[str]:
    """The review: what would change, what stays and why, and what somebody has to see to."""
    if made.added:
        yield words.plain("sync.added", count=len(made.added))
        for one in made.added:
            yield "  + " + _person(one, names, words)
    taken = made.of(Kind.TAKEN)
    left = [one for one in taken if one.field == LEFT and one.contacts]
    parts = (
        ("changed", "change", "~", [one for one in taken if one not in left]),
        ("gone", "goes", "-", left),
        ("both", "boths", "?", made.of(Kind.BOTH)),
        ("kept", "keeps", "=", made.of(Kind.KEPT)),
    )
    for title, line, mark, differences in parts:
        if differences:
            yield words.plain(f"sync.{title}", count=len(differences))
            for difference in differences:
                yield f"  {mark} {words.plain(f'sync.{line}', **_facts(difference, names, words))}"
    if made.hidden:
        yield words.plain("sync.hidden", people=_named(made.hidden, names))
    for key, ids in (("unseen", made.unseen), ("leaderless", made.leaderless)):
        if ids:
            shown, more = ids[:NAMED], max(len(ids) - NAMED, 0)
            facts = {"count": len(ids)} if key == "unseen" else {}
            yield words.plain(f"sync.{key}", people=_named(shown, names), more=more, **facts)
    if made.skipped:
        yield words.plain("sync.skipped", people=made.skipped)


def _person(one: Person, names: Mapping[EmployeeId, str], words: Words) -> str:
    manager = f"{names.get(one.manager_id, one.manager_id)}" if one.manager_id else ""
    return words.plain(
        "sync.person",
        employee_id=one.employee_id,
        name=one.name,
        title=one.title,
        department=one.department,
        manager=manager,
    )


def _facts(one: Difference, names: Mapping[EmployeeId, str], words: Words) -> Mapping[str, object]:
    def shown(value: str) -> str:
        named = one.field == "manager_id" and value in names
        return f"{names[value]} ({value})" if named else value or words.plain("sync.nothing")

    return {
        "employee_id": one.employee_id,
        "choice": f"{one.employee_id}:{one.field}",
        "name": names.get(one.employee_id, ""),
        "field": words.plain("sync.field", name=one.field),
        "old": shown(one.roster),
        "new": shown(one.contacts),
    }


def _named(ids: Collection[EmployeeId], names: Mapping[EmployeeId, str]) -> list[str]:
    return [f"{names.get(one, one)} ({one})" for one in ids]


def _of_fault(facts: Mapping[str, str | int], made: Comparison) -> list[str]:
    """Whom a fault befalls, by id."""
    value = str(facts.get("value", "")).casefold()
    return [
        one.employee_id
        for one in made.people
        if value and value in {str(getattr(one, name) or "").casefold() for name in _UNIQUE}
    ] or [str(facts.get("loop") or facts.get("value"))]


_UNIQUE = ("employee_id", "email", "slack_id", "dingtalk_id", "manager_id")
