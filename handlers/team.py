"""Who sits where for a person, and whom a manager rates."""

from __future__ import annotations

from handlers.work import Work
from review.desks import Desks, desks
from review.people import EmployeeId, Person
from review.roster import Roster
from storage.reviews import Standing


async def desks_of(person: Person, work: Work) -> Desks:
    """Who sits at each desk of that person's review today."""
    chain = await work.tx.people.chain_above(person.employee_id)
    others = {person.hrbp_id, *work.company.hr_admins} - {None}
    partners = await work.tx.people.many([one for one in others if one])
    bosses = await work.tx.people.many([one.manager_id for one in partners if one.manager_id])
    roster = Roster.of({one.employee_id: one for one in (
        person, *chain, *partners, *bosses
    )}.values(), work.company.hr_admins)  # fmt: skip
    return desks(person, roster, work.today())


async def manager_of(person: Person, work: Work) -> Person | None:
    """Who rates that person today; None where nobody can be found."""
    seated = (await desks_of(person, work)).manager
    return None if seated is None else await work.tx.people.get(seated)


async def team_of(manager: Person, work: Work) -> tuple[Person, ...]:
    """Whom somebody rates today: their reports, and those of managers who are not there."""
    today = work.today()
    found: dict[EmployeeId, Person] = {}
    heads: list[EmployeeId | None] = [manager.employee_id]
    if work.is_hr_admin(manager):
        heads.append(None)
    while heads:
        for report in await work.tx.people.reports_of(heads.pop()):
            if report.employee_id in found or report.employee_id == manager.employee_id:
                continue
            found[report.employee_id] = report
            if report.has_left(today) or report.on_leave(today):
                heads.append(report.employee_id)
    chain = await work.tx.people.chain_above(manager.employee_id)
    admins = await work.tx.people.many(work.company.hr_admins)
    known = {one.employee_id: one for one in (*admins, *chain, *found.values(), manager)}
    roster = Roster.of(known.values(), work.company.hr_admins)
    return tuple(
        person
        for person in found.values()
        if desks(person, roster, today).manager == manager.employee_id
    )


async def standings_of(
    manager: Person, cycle: str, work: Work
) -> tuple[tuple[Person, Standing], ...]:
    """A manager's team in a cycle, by name, with where each stands."""
    team = {person.employee_id: person for person in await team_of(manager, work)}
    found = await work.tx.reviews.standings(cycle, team)
    pairs = [(team[standing.employee_id], standing) for standing in found]
    return tuple(sorted(pairs, key=lambda pair: (pair[0].name, pair[0].employee_id)))
