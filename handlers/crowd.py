"""A whole cycle's people at once, and who sits where for each: for what is asked of everybody."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from handlers.team import with_stand_ins
from handlers.work import Work
from review.cycle import Cycle
from review.desks import Desks, desks
from review.people import EmployeeId
from review.record import ReviewId, in_review
from review.roster import Roster
from storage.standings import Standing

Which = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class Crowd:
    """What one cycle looks like today. Built with three statements, however many they are."""

    cycle: Cycle
    standings: tuple[Standing, ...]
    roster: Roster
    """As it is today."""
    led: Roster
    """With everybody below whoever led them at the period's end."""
    work: Work
    _seats: dict[tuple[ReviewId, bool], Desks] = field(default_factory=dict)

    def own(self, which: Which) -> frozenset[EmployeeId]:
        """Whose records are such."""
        return frozenset(one.employee_id for one in self.standings if which(one))

    def managers(self, which: Which) -> frozenset[EmployeeId]:
        """Who rates those whose records are such (handlers.team.standings_of)."""
        seats = (self._seated(one, led=True) for one in self.standings if which(one))
        return frozenset(one.manager for one in seats if one is not None and one.manager)

    def signers(self, which: Which, at: Callable[[Desks], EmployeeId | None]) -> frozenset[str]:
        """Who sits at that desk for those whose records are such (handlers.sign_list.signs)."""
        seats = (self._seated(one, led=False) for one in self.standings if which(one))
        return frozenset(who for one in seats if one is not None and (who := at(one)))

    def heads(self, people: Collection[EmployeeId]) -> frozenset[EmployeeId]:
        """To whom those people report."""
        found = (self.roster.get(one) for one in people)
        return frozenset(one.manager_id for one in found if one is not None and one.manager_id)

    def _seated(self, one: Standing, *, led: bool) -> Desks | None:
        key = (one.id, led)
        if key not in self._seats:
            roster = self.led if led else self.roster
            person = roster.get(one.employee_id)
            if person is None:
                return None
            seen = in_review(person, one.led_by)
            self._seats[key] = desks(seen, roster, self.work.today())
        return self._seats[key]


async def crowd_of(cycle: Cycle, work: Work) -> Crowd:
    """Everybody in it, as of now."""
    standings = await work.tx.reviews.standings(cycle.id)
    roster = await with_stand_ins(await work.tx.people.all(), work)
    led_by = {one.employee_id: one.led_by for one in standings if one.led_by is not None}
    led = roster
    if led_by:
        people = (in_review(one, led_by.get(one.employee_id)) for one in roster.people.values())
        led = Roster.of(people, work.company.hr_admins, roster.delegates)
    return Crowd(cycle, standings, roster, led, work)
