"""Who sits where for a person, and whom a manager rates."""

from __future__ import annotations

from handlers.work import Work
from review.desks import desks
from review.people import EmployeeId, Person
from review.roster import Roster
from storage.standings import Standing

Team = tuple[tuple[Person, Standing], ...]
"""Whom a manager rates in a cycle, by name, with where each stands."""


async def around(employee: EmployeeId, work: Work) -> Roster:
    """The person with their reports, and everybody who may have a say in their review."""
    admins = work.company.hr_admins
    return Roster.of(await work.tx.people.around(employee, admins), admins)


async def manager_of(person: Person, work: Work) -> Person | None:
    """Who rates that person today; None where nobody can be found."""
    roster = await around(person.employee_id, work)
    return roster.get(desks(person, roster, work.today()).manager)


async def standings_of(manager: Person, cycle: str, work: Work) -> Team:
    """Whom somebody rates today: their reports, and those of managers who are not there."""
    admins, today = work.company.hr_admins, work.today()
    found = await work.tx.reviews.around_team(
        cycle, manager.employee_id, admins, unled=work.is_hr_admin(manager)
    )
    roster = Roster.of((person for person, _ in found), admins)
    team = [
        (person, standing)
        for person, standing in found
        if standing is not None and desks(person, roster, today).manager == manager.employee_id
    ]
    return tuple(sorted(team, key=lambda pair: (pair[0].name, pair[0].employee_id)))
