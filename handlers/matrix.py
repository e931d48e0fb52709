"""`/review matrix`: performance beside values, for whoever may see groups, to them alone."""

from __future__ import annotations

from collections import defaultdict

from handlers import living
from handlers.answers import Answer, Says
from handlers.calibration_room import roster_of
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens import matrix as screen
from review.access import Relation, Thing, may_see, relation
from review.cycle import Cycle
from review.matrix import Box, box
from review.people import EmployeeId, Person
from review.roster import Roster
from review.stages import Stage
from storage.notice import Delivery

KIND = "matrix"
HR = {Relation.HRBP, Relation.HR_ADMIN}


async def command(rest: str, act: Act) -> Answer:
    """`/review matrix [NAME]`: the newest cycle with ratings, or the one that is named.

    The words at once, the picture as a message; both to the actor alone.
    """
    roster = await roster_of(act)
    if not _sees_anybody(act.by, roster):
        return Says(common.says(act.say, "matrix.not_yours"))
    cycles = sorted(await act.tx.cycles.all(), key=lambda one: one.opened_at, reverse=True)
    named = rest.strip().casefold()
    for cycle in cycles:
        if named and named not in {cycle.id.casefold(), cycle.name.casefold()}:
            continue
        facts = await facts_of(cycle, act.actor, roster, act)
        if facts is not None:
            await living.answer(KIND, act, cycle=cycle.id)
            return Says(screen.matrix(facts, act.say, picture=False))
    return Says(common.says(act.say, "matrix.nothing", cycle=rest.strip()))


async def facts_of(
    cycle: Cycle, viewer: Person, roster: Roster, work: Work
) -> screen.MatrixFacts | None:
    """Everybody rated in that cycle whom the viewer may see so, but never themself; None: nobody.

    Animals are for HR; a manager has plain labels, unless the policy says otherwise.
    """
    policy = work.company.policy
    found: defaultdict[Box, list[str]] = defaultdict(list)
    as_hr = True
    for one in await work.tx.reviews.placed(cycle.id):
        person = roster.get(one.employee_id)
        if person is None:
            continue
        seen = relation(viewer.employee_id, person, roster)
        if may_see(Thing.GROUPS, seen, one.stage):
            found[box(one.k, one.v, policy)].append(person.name)
            as_hr = as_hr and not seen.isdisjoint(HR)
    if not found:
        return None
    return screen.MatrixFacts(
        cycle=cycle.name,
        people={where: tuple(sorted(names)) for where, names in found.items()},
        whole=work.is_hr_admin(viewer),
        animals=as_hr or policy.matrix.manager_animals,
        policy=policy,
    )


def _sees_anybody(viewer: EmployeeId, roster: Roster) -> bool:
    return any(
        may_see(Thing.GROUPS, relation(viewer, person, roster), Stage.GOALS)
        for person in roster.people.values()
    )


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """The picture, with what its receiver may see by then."""
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None:
        return None
    facts = await facts_of(cycle, person, await roster_of(work), work)
    return None if facts is None else screen.matrix(facts, work.words(person), picture=True)


SAYINGS = {KIND: _said}
