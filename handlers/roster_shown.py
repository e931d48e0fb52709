"""After an import: what shows people in a running cycle is painted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from handlers import living
from handlers.work import Work
from review.cycle import Cycle
from review.desks import desks
from review.people import EmployeeId, Person
from review.roster import Roster
from review.stages import Stage

Raters = Mapping[EmployeeId, EmployeeId | None]
TOLD_WHO_RATES = {Stage.SELF_REVIEW, Stage.MANAGER_REVIEW}


async def running(work: Work) -> tuple[Cycle, ...]:
    """The cycles whose messages stand by today."""
    today = work.today()
    return tuple(one for one in await work.tx.cycles.running() if one.self_open <= today)


async def paint(
    cycles: Collection[Cycle],
    before: Collection[Person],
    changed: Collection[EmployeeId],
    work: Work,
) -> None:
    """The lists of managers who got, gave or see somebody otherwise, their people, the board.

    `before` are all people as they were; `changed` those that the import wrote.
    """
    old = _raters(before, work.today(), work)
    new = _raters(await work.tx.people.all(), work.today(), work)
    moved = {one for one in new if old.get(one) != new[one]}
    heads = {rater for one in {*moved, *changed} for rater in (old.get(one), new[one])}
    for cycle in cycles:
        records = {one.employee_id: one for one in await work.tx.reviews.standings(cycle.id)}
        teams = [Counter(raters.get(one) for one in records) for raters in (old, new)]
        shown = [
            living.own(records[one].id, one, work.now)
            for one in sorted(moved & records.keys())
            if records[one].stage in TOLD_WHO_RATES
        ]
        for head in sorted(one for one in heads if one is not None):
            most = max(team[head] for team in teams)  # a page that is left empty says so
            shown += living.lists(head, cycle.id, living.pages(most), work.now)
        await work.tx.outbox.paint_all([*shown, *living.boards(cycle.id, work)])


def _raters(people: Collection[Person], today: date, work: Work) -> Raters:
    roster = Roster.of(people, work.company.hr_admins)
    return {one.employee_id: desks(one, roster, today).manager for one in people}
