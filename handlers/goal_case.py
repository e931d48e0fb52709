"""Somebody's goals as one case: the record, what is being agreed, and who sits around them."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.team import seated
from handlers.work import Act
from review.cycle import Cycle, check_open, is_year
from review.desks import Desks
from review.errors import NotEntitled, UnknownReview
from review.errors_goals import GoalsOver
from review.goal_setting import SETTING, GoalSheet
from review.goals import Sheet
from review.people import Person
from review.record import Review
from review.roster import Roster
from review.stages import Desk, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's goals, at the desk of whoever acts."""

    review: Review
    cycle: Cycle
    kept: GoalSheet | None
    person: Person
    roster: Roster
    seats: Desks
    desk: Desk
    """PERSON or MANAGER."""

    @property
    def base(self) -> Sheet:
        """What is proposed, else what the cycle began with."""
        return self.kept.proposed if self.kept else self.review.sheet

    @property
    def version(self) -> int:
        """Counted up with each word on the goals."""
        return self.kept.version if self.kept else 0


async def case_of(subject: str, act: Act) -> Case:
    """Somebody's goals, for the person and for whoever sits at the manager's desk.

    Raises UnknownReview, NotEntitled, CycleClosed, GoalsOver.
    """
    found = await act.tx.reviews.with_cycle(subject)
    if found is None:
        raise UnknownReview
    review, cycle = found
    roster, seats = await seated(review, act)
    own = act.by == review.employee_id
    if not own and Desk.MANAGER not in seats.held_by(act.by):
        raise NotEntitled(who_can="person, manager")
    check_open(cycle)
    if is_year(cycle.name) or review.stage not in SETTING | {Stage.EXCLUDED}:
        raise GoalsOver
    return Case(
        review=review,
        cycle=cycle,
        kept=await act.tx.goals.get(review.id),
        person=roster.people[review.employee_id],
        roster=roster,
        seats=seats,
        desk=Desk.PERSON if own else Desk.MANAGER,
    )
