"""A whole quarter of the sample company, played by protocol, and what it leaves behind."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from place import Place
from place_forms import fill_to_the_end, rows_of

from review.cycle import Cycle
from sandbox.company import Person as Colleague
from sandbox.company import rating_answers, self_answers

SILENT = "短信与邮件运营"
"""The title of the one who sends nothing: the deadline passes."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
DAY_BEFORE, LAST_DAY, AFTER = (datetime(2026, 10, day, 8, 0, tzinfo=UTC) for day in (15, 16, 19))


@dataclass(frozen=True)
class EndState:
    """What can be seen of a cycle, whatever order things came in."""

    reviews: dict[str, dict[str, Any]]
    """The export, without the time of day."""
    trail: dict[str, list[tuple[str, str | None, str]]]
    """Audit events by whom they are about."""
    messages: dict[str, list[tuple[str, str]]]
    """Kind and words, by person; "#hr" for the channel."""
    posts: Counter[tuple[str, str]]
    """How often something was posted, by person and kind."""


def writers(here: Place) -> list[Colleague]:
    """Staff who are reviewed: not hired too late, not on leave, not gone."""
    return [
        one
        for one in here.colleagues
        if one.track == "staff"
        and one.left_on is None
        and one.leave_from is None
        and one.hired_on.year + one.hired_on.month / 12 < 2026 + 8 / 12
    ]


def silent(here: Place) -> Colleague:
    """The one of that title; in a small company whoever stands last."""
    found = [one for one in here.colleagues if one.title == SILENT]
    return (found or writers(here))[-1]


async def nothing() -> None:
    """Nothing else happens."""


async def play(
    here: Place,
    cycle: Cycle,
    *,
    backwards: bool = False,
    meanwhile: Callable[[], Awaitable[None]] = nothing,
) -> None:
    """Everybody but one sends a self-review, the deadline passes, everybody is rated.

    `meanwhile` happens before each form and each day.
    """
    people = writers(here)[:: -1 if backwards else 1]
    talking = [one for one in people if one is not silent(here)]
    await _open_all(here, talking, backwards=backwards)
    for one in talking:
        await meanwhile()
        rows = await rows_of(here, cycle, one.employee_id)
        await fill_to_the_end(here.who[one.employee_id], self_answers(one, rows), hasty=True)
    for moment in (DAY_BEFORE, LAST_DAY, AFTER):
        await meanwhile()
        await here.settle()
        await here.tick(moment)
    await here.settle()
    for one in people:
        await meanwhile()
        boss = here.who[str(one.manager_id)]
        answers = rating_answers(one, await rows_of(here, cycle, one.employee_id))
        await boss.press(f"rate:{answers['overall']}", near=one.name)
        await fill_to_the_end(boss, answers, hasty=True)
    await here.settle()


async def _open_all(here: Place, people: list[Colleague], *, backwards: bool) -> None:
    """All press at once; `backwards`: the presses arrive in the other order."""
    faults = here.workspace.faults
    if backwards:
        faults.hold()
    pressing = [
        asyncio.create_task(here.who[one.employee_id].press("self_review.open")) for one in people
    ]
    if backwards:
        await here.workspace.until(lambda: len(faults.held) == len(people))
        await faults.release("last")
    await asyncio.gather(*pressing)


async def end_state(here: Place, cycle: Cycle) -> EndState:
    reviews = await here.exported(cycle)
    ids = {await here.review_id(cycle, one): one for one in reviews}
    trail: dict[str, list[tuple[str, str | None, str]]] = {}
    for line in await here.trail():
        about = ids.get(line.subject, line.subject)
        details = {key: one for key, one in line.details.items() if key != "digest"}  # salted
        trail.setdefault(about, []).append((line.event, line.actor, str(details)))
    places = {one: here.dms(one) for one in here.who} | {"#hr": here.board()}
    messages = {
        one: sorted((here.kind_of(message) or "", message.words) for message in found)
        for one, found in places.items()
    }
    posts = Counter((one, kind) for one, found in messages.items() for kind, _ in found)
    return EndState(
        {one: _timeless(review) for one, review in reviews.items()}, trail, messages, posts
    )


def _timeless(value: Any) -> Any:
    """The export without the time of day."""
    if isinstance(value, dict):
        return {name: _timeless(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_timeless(one) for one in value]
    return value[:10] if isinstance(value, str) and _MOMENT.match(value) else value
