"""Who sits where for one person's review on one day, so that nobody is stuck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

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
    instead_of: Mapping[Desk, EmployeeId] = field(default_factory=dict)
    """Desks held by somebody's named stand-in, and whose they are."""

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
    the person themself. Whoever has named a stand-in for that day is followed by them, as long
    as that leaves three different people. Where no HR admin is there but the person, the highest
    above who is there follows, then the HR partner; for the one HR admin of a company whoever has
    HR's desk does all that HR does.
    """
    own = person.employee_id
    above = _above(person, roster)
    partner = roster.hrbp_of(own)
    partners = [partner.employee_id, partner.manager_id] if partner else []
    admins = [admin for admin in roster.hr_admins if roster.active(admin, on) and admin != own]

    left = [] if admins else [one for one in (*reversed(above), *partners) if one != own]
    last = [_Seat(one, one) for one in left if roster.active(one, on)]

    def first(wanted: Iterable[EmployeeId | None], taken: set[EmployeeId | None]) -> _Seat:
        owners = [one for one in wanted if one is not None]
        asked = [_Seat(one, owner) for owner in owners for one in (roster.stand_in(owner), owner)]
        there = [seat for seat in asked if seat.holder != own and roster.active(seat.holder, on)]
        above_all = [_Seat(admin, admin) for admin in admins]
        free = (seat for seat in [*there, *above_all, *last] if seat.holder not in taken)
        return next(free, next(iter([*above_all, *there, *last]), _Seat()))

    manager = first(above, set())
    after = above.index(manager.owner) + 1 if manager.owner in above else len(above)
    skip_level = first(above[after:], {manager.holder})
    hr = first(partners, {manager.holder, skip_level.holder})
    seats = {Desk.MANAGER: manager, Desk.SKIP_LEVEL: skip_level, Desk.HR: hr}
    if not admins and own in roster.hr_admins and hr.holder is not None:
        admins = [hr.holder]
    usual = {
        Desk.MANAGER: person.manager_id,
        Desk.SKIP_LEVEL: above[1] if len(above) > 1 else None,
        Desk.HR: person.hrbp_id,
    }
    return Desks(
        person=own,
        manager=manager.holder,
        skip_level=skip_level.holder,
        hr=hr.holder,
        hr_admins=tuple(admins),
        stand_ins=frozenset(
            desk for desk, seat in seats.items() if seat.holder and seat.holder != usual[desk]
        ),
        instead_of={
            desk: seat.owner
            for desk, seat in seats.items()
            if seat.owner is not None and seat.owner != seat.holder
        },
    )


def _above(person: Person, roster: Roster) -> list[EmployeeId]:
    """Whom the person is led by, nearest first; a review may see them below somebody else."""
    head = roster.get(person.manager_id)
    if head is None:
        return []
    line = [head.employee_id, *(one.employee_id for one in roster.chain(head.employee_id))]
    return list(takewhile(lambda one: one != person.employee_id, line))


@dataclass(frozen=True, slots=True)
class _Seat:
    """Who sits at a desk, and whose it is."""

    holder: EmployeeId | None = None
    owner: EmployeeId | None = None
