"""Both are asked to prepare the interview."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers.talks import case_of
from handlers.work import Work
from prompts.card import Card
from prompts.screens import interview as screen
from review.people import Person
from review.stages import Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

PREPARE, PREPARE_TEAM = "interview_prepare", "interviews_prepare"


async def _prepare(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    case = await case_of(str(delivery.facts["review"]), work)
    if person is None or case.review.stage is not Stage.INTERVIEW:
        return None
    manager = case.manager.name if case.manager else ""
    return screen.invited(case.cycle.name, manager, case.review.id, work.words(person))


async def _prepare_team(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """Of those that were named then, the ones that are still to be held."""
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None:
        return None
    wanted = set(delivery.facts["people"])
    found = await work.tx.reviews.standings(cycle.id, wanted)
    ahead = {one.employee_id: one.id for one in found if one.stage is Stage.INTERVIEW}
    if not ahead:
        return None
    people = await work.tx.people.many(ahead)
    rows = tuple(
        (ahead[one.employee_id], one.name) for one in sorted(people, key=lambda one: one.name)
    )
    return screen.to_prepare(cycle.name, rows, work.words(person))


SAYINGS: Mapping[str, Saying] = {PREPARE: _prepare, PREPARE_TEAM: _prepare_team}
