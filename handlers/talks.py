"""One review that is talked through, and who sits around it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.team import seated
from handlers.work import Work
from review.cycle import Cycle
from review.desks import Desks
from review.errors import UnknownReview
from review.people import EmployeeId, Person
from review.record import Review, ReviewId
from review.roster import Roster
from review.stages import Desk, Move, Stage
from storage.notice import URGENT, Notice

TALKED = {Stage.HELD, Stage.ACKNOWLEDGED, Stage.APPEALED, Stage.CLOSED}
HOLDS = (Desk.MANAGER, Desk.SKIP_LEVEL)
"""Who may say that it took place (the scheme; an overdue one is the skip-level's to settle)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One review, from the interview on."""

    review: Review
    cycle: Cycle
    person: Person
    roster: Roster
    seats: Desks

    def held_by(self, employee: EmployeeId) -> frozenset[Desk]:
        """The desks that somebody sits at."""
        return self.seats.held_by(employee)

    @property
    def manager(self) -> Person | None:
        """Who talks it through with the person."""
        return self.roster.get(self.seats.manager)

    @property
    def movers(self) -> tuple[EmployeeId, ...]:
        """Who moved the rating in calibration: they are invited (the scheme)."""
        found = [one.by for one in self.review.sign_offs if one.decision == Move.MOVE_RATING]
        return tuple(dict.fromkeys(one for one in found if one != self.seats.manager))


async def case_of(subject: ReviewId, work: Work) -> Case:
    """That review. Raises UnknownReview."""
    found = await work.tx.reviews.with_cycle(subject)
    if found is None:
        raise UnknownReview
    review, cycle = found
    roster, seats = await seated(review, work)
    person = roster.people[review.employee_id]
    return Case(review=review, cycle=cycle, person=person, roster=roster, seats=seats)


def to_person(kind: str, receiver: EmployeeId, subject: ReviewId, once: str, work: Work) -> Notice:
    """Somebody's word to somebody, at once."""
    return Notice(
        kind=kind,
        receiver=receiver,
        facts={"review": subject},
        once=f"{kind}/{subject}/{once}",
        due=work.now,
        priority=URGENT,
        person=True,
    )
