"""Who sits where for a person, and whom a manager rates."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from handlers.work import Work
from review.desks import Desks, desks
from review.people import EmployeeId, Person
from review.record import Review, in_review
from review.roster import Roster
from storage.standings import Standing

Team = tuple[tuple[Person, Standing], ...]
"""Whom a manager rates in a cycle, by name, with where each stands."""


async def around(employee: EmployeeId, work: Work) -> Roster:
    """The person with their reports, and everybody who may have a say in their review."""
    admins = work.company.hr_admins
    return await with_stand_ins(await work.tx.people.around(employee, admins), work)


async def with_stand_ins(people: Iterable[Person], work: Work) -> Roster:
    """Those people, and whoever stands in today for one of them."""
    known = {one.employee_id: one for one in people}
    named = await work.tx.delegations.on(work.today())
    lacking = _reached(known, named) - known.keys()
    more = await work.tx.people.many(lacking) if lacking else ()
    return Roster.of([*known.values(), *more], work.company.hr_admins, named)


def _reached(
    known: Collection[EmployeeId], named: Mapping[EmployeeId, EmployeeId]
) -> set[EmployeeId]:
    """Whoever stands in for one of them, or for one who does."""
    found: set[EmployeeId] = set()
    ahead = [named[one] for one in known if one in named]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += [named[one]] if one in named else []
    return found


async def heads_of(person: Person, work: Work) -> tuple[EmployeeId, ...]:
    """Somebody, and all for whom they may stand in today."""
    named = await work.tx.delegations.on(work.today())
    heads = [person.employee_id]
    for head in heads:
        heads += [owner for owner, other in named.items() if other == head and owner not in heads]
    return tuple(heads)


async def seated(review: Review, work: Work) -> tuple[Roster, Desks]:
    """The people around whom a review is about, as it sees them, and who sits where today."""
    admins, led_by = work.company.hr_admins, review.led_by
    others = (*admins, led_by) if led_by else admins
    people = await work.tx.people.around(review.employee_id, others)
    about = review.employee_id
    seen = [in_review(one, led_by) if one.employee_id == about else one for one in people]
    roster = await with_stand_ins(seen, work)
    return roster, desks(roster.people[about], roster, work.today())


async def manager_of(review: Review, work: Work) -> Person | None:
    """Who rates whom the review is about today; None where nobody can be found."""
    roster, seats = await seated(review, work)
    return roster.get(seats.manager)


async def standings_of(manager: Person, cycle: str, work: Work) -> Team:
    """Whom somebody rates today: their reports, and those of managers who are not there."""
    admins, today = work.company.hr_admins, work.today()
    found: dict[EmployeeId, tuple[Person, Standing | None]] = {}
    for head in await heads_of(manager, work):
        for person, standing in await work.tx.reviews.around_team(
            cycle, head, admins, unled=head in admins
        ):
            if standing is not None or person.employee_id not in found:
                found[person.employee_id] = (person, standing)
    roster = await with_stand_ins((person for person, _ in found.values()), work)
    team = [
        (person, standing)
        for person, standing in found.values()
        if standing is not None and desks(person, roster, today).manager == manager.employee_id
    ]
    return tuple(sorted(team, key=lambda pair: (pair[0].name, pair[0].employee_id)))
