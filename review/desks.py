"""Who sits where for one person's review on one day, so that nobody is stuck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review.flow import Desk
from review.people import EmployeeId, Person
from review.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Desks:
    """One holder a desk; None where nobody can be found, which HR has to mend."""

    person: EmployeeId
    manager: EmployeeId | None
    skip_level: EmployeeId | None
    hr: EmployeeId | None
    hr_admins: tuple[EmployeeId, ...] = ()
    """They also hold calibration."""
    stand_ins: frozenset[Desk] = frozenset()
    """Desks held by another than the roster's own manager, skip-level or HRBP."""

    def held_by(self, employee: EmployeeId) -> frozenset[Desk]:
        """The desks that somebody sits at; whoever is reviewed is only ever the person."""
        if employee == self.person:
            return frozenset({Desk.PERSON})
        seats = {Desk.MANAGER: self.manager, Desk.SKIP_LEVEL: self.skip_level, Desk.HR: self.hr}
        held = {desk for desk, holder in seats.items() if holder == employee}
        if employee in self.hr_admins:
            held |= {Desk.HR_ADMIN, Desk.CALIBRATION}
        return frozenset(held)

    def at(self, desk: Desk) -> tuple[EmployeeId, ...]:
        """Who sits at a desk; nobody at the clock's, and a decider is named by HR."""
        one = {
            Desk.PERSON: self.person,
            Desk.MANAGER: self.manager,
            Desk.SKIP_LEVEL: self.skip_level,
            Desk.HR: self.hr,
        }
        if desk in {Desk.HR_ADMIN, Desk.CALIBRATION}:
            return self.hr_admins
        holder = one.get(desk)
        return () if holder is None else (holder,)


def desks(person: Person, roster: Roster, on: date) -> Desks:
    """Who sits where (the scheme; the order of stand-ins is ours).

    A manager who has left or is away is followed by the next above who is there, then by an HR
    admin; so is a missing skip-level. A missing HRBP is followed by the HRBP's own manager, then
    by an HR admin. The three are different people as long as there are enough of them, and never
    the person themself.
    """
    own = person.employee_id
    above = [head.employee_id for head in roster.chain(own)]
    partner = roster.hrbp_of(own)
    partners = [partner.employee_id, partner.manager_id] if partner else []
    admins = [admin for admin in roster.hr_admins if roster.active(admin, on) and admin != own]

    def first(wanted: Iterable[EmployeeId | None], taken: set[EmployeeId | None]) -> str | None:
        there = [one for one in wanted if one != own and roster.active(one, on)]
        free = (one for one in [*there, *admins] if one not in taken)
        return next(free, next(iter([*admins, *there]), None))

    manager = first(above, set())
    after = above.index(manager) + 1 if manager in above else len(above)
    skip_level = first(above[after:], {manager})
    hr = first(partners, {manager, skip_level})
    seated = {
        Desk.MANAGER: (manager, person.manager_id),
        Desk.SKIP_LEVEL: (skip_level, above[1] if len(above) > 1 else None),
        Desk.HR: (hr, person.hrbp_id),
    }
    return Desks(
        person=own,
        manager=manager,
        skip_level=skip_level,
        hr=hr,
        hr_admins=tuple(admins),
        stand_ins=frozenset(d for d, (now, usual) in seated.items() if now and now != usual),
    )
