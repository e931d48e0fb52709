"""A manager's private look at their reports while a period still runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers.no_surprise import begins
from handlers.team import standings_of
from handlers.work import Work
from prompts.card import Card
from prompts.screens import early_look as screen
from prompts.screens.early_look import LookRow
from review import scale
from review.cycle import Cycle
from review.feedback import CRITICAL, Heard, on_work
from review.people import EmployeeId, Person
from review.stages import Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "early_look"


async def card_of(manager: Person, cycle: Cycle, work: Work) -> Card | None:
    """The look as it is now; None where the period is over, or nobody is in it.

    Nothing is written, neither by the look nor by a press in it: what comes of it is a talk.
    """
    if work.today(manager) > cycle.ends:
        return None
    team = await standings_of(manager, cycle.id, work)
    people = [person for person, standing in team if standing.stage is not Stage.EXCLUDED]
    if not people:
        return None
    ids = [one.employee_id for one in people]
    heard = await work.tx.feedback.heard(ids, begins(cycle, work, manager))
    rows = [_row(one, heard[one.employee_id], manager.employee_id, work) for one in people]
    rows.sort(key=lambda row: row.heard_on is not None)
    rules = work.company.policy.no_surprise
    facts = screen.LookFacts(
        cycle=cycle.name,
        ends=cycle.ends,
        rows=tuple(rows[: screen.ROWS]),
        more=max(0, len(rows) - screen.ROWS),
        rating_to=scale.show(rules.rating_to),
        days_before=rules.days_before,
    )
    return screen.card(facts, work.words(manager))


def _row(person: Person, heard: tuple[Heard, ...], manager: EmployeeId, work: Work) -> LookRow:
    """What counts later counts here (review.surprise).

    A critical word on a goal or value, of this manager or of whoever was the manager then.
    """
    days = [
        work.date_of(one.reached_at, person)
        for one in heard
        if (one.as_manager or one.giver == manager) and one.kind in CRITICAL and on_work(one.about)
    ]
    return LookRow(
        employee=person.employee_id, name=person.name, heard_on=max(days) if days else None
    )


async def _look(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None or cycle.closed_at is not None:
        return None
    return await card_of(person, cycle, work)


SAYINGS: Mapping[str, Saying] = {KIND: _look}
