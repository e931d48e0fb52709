"""What the sample company does by itself: most write, some rate, one team too generously."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping

from handlers.ports import Deps
from sandbox.company import Person, rating, story
from sandbox.company.story import Row
from sandbox.slack.people import Person as Member
from sandbox.slack.workspace import Workspace

log = logging.getLogger(__name__)
WRITTEN, RATED = 31, 17
"""How many of the sample company's people are that far, of 48."""
STEPS = 40
"""More than any form has."""
Answers = dict[str, str]


async def play(
    colleagues: tuple[Person, ...],
    members: Mapping[str, Member],
    deps: Deps,
    workspace: Workspace,
) -> None:
    """Let colleagues act, through the workspace like anybody else, until it is mid-cycle."""
    rows = await _rows(deps)
    writers = [one for one in _generous_first(colleagues) if one.employee_id in rows]
    share = len(colleagues) / 48
    for one in writers[: round(WRITTEN * share)]:
        member = members[one.employee_id]
        await _sees(workspace, member, "self_review.open")
        await member.press("self_review.open")
        await _fill(member, _own_words(one, rows[one.employee_id]))
    for one in _to_rate(writers, round(RATED * share)):
        boss = members[str(one.manager_id)]
        await _sees(workspace, boss, f"rate:{rating(one).overall}", one.name)
        await boss.press(f"rate:{rating(one).overall}", near=one.name)
        await _fill(boss, _boss_words(one, rows[one.employee_id]))


def _generous_first(colleagues: Iterable[Person]) -> list[Person]:
    """Teams in the order of their managers' generosity, so that the board has something to say."""
    everybody = list(colleagues)
    high: dict[str | None, int] = {}
    for one in everybody:
        high[one.manager_id] = high.get(one.manager_id, 0) + (float(one.deserves) >= 4)  # noqa: PLR2004
    return sorted(everybody, key=lambda one: (-high[one.manager_id], one.employee_id))


def _to_rate(writers: list[Person], count: int) -> list[Person]:
    """All but the last of each team, so that every manager has somebody left to rate."""
    teams: dict[str | None, list[Person]] = {}
    for one in writers[: round(len(writers))]:
        teams.setdefault(one.manager_id, []).append(one)
    chosen = [one for team in teams.values() for one in team[:-1]]
    return chosen[:count]


async def _rows(deps: Deps) -> dict[str, list[tuple[str, str]]]:
    """Employee to the rows of their sheet, id and title, of those who can write now."""
    async with deps.database.begin(write=False) as tx:
        people = {one.employee_id: one for one in await tx.people.all()}
        found: dict[str, list[tuple[str, str]]] = {}
        for cycle in await tx.cycles.running():
            for record in await tx.reviews.in_cycle(cycle.id):
                locale = people[record.employee_id].locale or deps.company.locale
                if record.excluded_reason is None:
                    found[record.employee_id] = [
                        (row.id, row.title.get(locale, "")) for row in record.sheet.rows
                    ]
    return found


async def _sees(workspace: Workspace, member: Member, action: str, near: str | None = None) -> None:
    """Wait until that button is on the member's screen."""

    def shown() -> bool:
        return any(
            element.get("action_id") == action
            for message in member.dms()
            for block in message.blocks
            for element in block.get("elements", ())
        ) and (near is None or any(near in message.words for message in member.dms()))

    await workspace.until(shown, timeout=60)


def _own_words(one: Person, rows: list[tuple[str, str]]) -> Answers:
    told = story(one)
    scored = {row: told.conduct if row == "conduct" else told.row(title) for row, title in rows}
    return _scores(scored) | _ladders(told.levels, told.evidence) | {"overall": told.overall}


def _boss_words(one: Person, rows: list[tuple[str, str]]) -> Answers:
    told = rating(one)
    scored = {row: told.conduct if row == "conduct" else told.row(title) for row, title in rows}
    words = {
        "overall": told.overall,
        "case:overall": told.case,
        "case:missed": told.missed,
        "reason": told.reason,
    }
    return _scores(scored) | _ladders(told.levels, told.evidence) | words


def _scores(scored: Mapping[str, Row]) -> Answers:
    scores = {f"goal:{row}": one.score for row, one in scored.items()}
    return scores | {f"comment:{row}": one.comment for row, one in scored.items()}


def _ladders(levels: Mapping[str, Iterable[object]], evidence: Mapping[str, str]) -> Answers:
    answers = {f"case:value:{key}": words for key, words in evidence.items()}
    for key, climbed in levels.items():
        for number, level in enumerate(climbed, start=1):
            if level is not None:
                answers[f"value:{key}:{number}"] = str(level)
    return answers


async def _fill(member: Member, answers: Answers) -> None:
    """Fill in every step as it asks, and send it."""
    for _ in range(STEPS):
        if member.form is None:
            return
        done: set[str] = set()
        while todo := _open_field(member, answers, done):
            done.add(todo)
            await member.fill({todo: answers[todo.split("#")[0]]})
        errors = await member.submit()
        if errors:
            log.warning("the sample story does not fit the form: %s", sorted(errors))
            return
        await asyncio.sleep(0)


def _open_field(member: Member, answers: Answers, done: set[str]) -> str | None:
    blocks = member.form.blocks if member.form else []
    for block in blocks:
        name = str(block.get("block_id", ""))
        told = answers.get(name.partition("#")[0])
        if block["type"] == "input" and name not in done and told:
            return name
    return None
