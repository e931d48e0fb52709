"""The day for goals has passed: where nothing is agreed, what the period began with stands."""

from __future__ import annotations

from handlers import living
from handlers.goal_list import NOTHING, STAND, STAND_OWN, sets_goals
from handlers.hours import Hours
from handlers.ports import Deps
from handlers.team import with_stand_ins
from handlers.work import Work
from review.cycle import Cycle
from review.desks import desks
from review.goal_setting import SETTING
from storage.notice import Notice

MARK = "goals_stand/"
"""Mark of each cycle: it was said to everybody."""


async def goals_stand(deps: Deps) -> None:
    """Say it to the people and their managers, once a cycle, inside their hours."""
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        marks = await tx.occurrences.marks(MARK)
        due = [
            cycle
            for cycle in await tx.cycles.running()
            if cycle.id not in marks and cycle.goals_due < work.today() and sets_goals(cycle, work)
        ]
    for cycle in due:
        async with deps.database.begin() as tx:
            work = Work(tx=tx, company=deps.company, now=deps.clock.now())
            await _say(cycle, work)
            await tx.occurrences.set_mark(MARK + cycle.id, work.now)


async def _say(cycle: Cycle, work: Work) -> None:
    """A cycle that was opened after its day for goals said so when it opened."""
    standings = [one for one in await work.tx.reviews.standings(cycle.id) if one.stage in SETTING]
    kept = await work.tx.goals.marks([one.id for one in standings])
    mine = [one for one in standings if kept.get(one.id, NOTHING).marks.agreed_at is None]
    if not mine or work.date_of(cycle.opened_at) > cycle.goals_due:
        return
    roster, today = await with_stand_ins(await work.tx.people.all(), work), work.today()
    people = [(roster.people[one.employee_id], one) for one in mine]
    held = {desks(person, roster, today).manager for person, _ in people}
    await work.tx.outbox.paint_all(
        living.own(one.id, person.employee_id, Hours(work.company, person).opens(work.now))
        for person, one in people
    )
    own = [
        Notice(
            kind=STAND_OWN,
            receiver=one.employee_id,
            facts={"review": one.id},
            once=f"{STAND_OWN}/{one.id}",
            due=work.now,
            daily=True,
        )
        for _, one in people
    ]
    above = [
        Notice(
            kind=STAND,
            receiver=manager,
            facts={"cycle": cycle.id},
            once=f"{STAND}/{cycle.id}/{manager}",
            due=work.now,
            daily=True,
        )
        for manager in sorted(one for one in held if one is not None)
    ]
    await work.tx.outbox.put_all([*own, *above])
