"""Erasing a person: when it may be done, and what is left of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from review import scale
from review.cycle import Cycle
from review.errors_erasing import OnHold, StillAdmin, StillDisputed, StillLeads, StillReviewed
from review.goals import Sheet
from review.people import EmployeeId, Person
from review.policy import Policy, Score
from review.record import Review
from review.stages import Stage

ERASED = "erased"
"""Why a record that was emptied is in no cycle any more."""
NAMED = 3
"""How many colleagues a refusal names (ours)."""
_OVER = {Stage.CLOSED, Stage.EXCLUDED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What stands around somebody who is to be erased."""

    person: Person
    reviews: Sequence[tuple[Review, Cycle]]
    looked_to: Sequence[Person]
    """Who has them as manager or HR partner, whether they are with the company or not."""
    on_hold: bool = False
    disputed: bool = False
    """Whether an appeal of theirs is open."""
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a rating is once nobody knows whose it was: one more in a count."""

    cycle: str
    department: str
    manager: EmployeeId | None
    rated_by: EmployeeId | None
    rating: Score
    k: Score | None
    """K's nearest step: no more of it is needed for counting."""
    self_in: bool
    surprise: bool
    same_words: bool


def check(case: Case, today: date) -> None:
    """Refuse while somebody still needs what is kept of them.

    A hold is the scheme's; the others are ours: an open appeal is a dispute, too; whoever is with
    the company and in a running review is in the middle of it; and whoever others look to, or
    the settings name, has to be replaced first.

    Raises OnHold, StillDisputed, StillAdmin, StillLeads, StillReviewed.
    """
    person = case.person
    if case.on_hold:
        raise OnHold(person.name, person.employee_id)
    if case.disputed:
        raise StillDisputed(person.name)
    if case.admin:
        raise StillAdmin(person.name)
    here = [one.name for one in case.looked_to if not one.has_left(today)]
    if here:
        raise StillLeads(person.name, len(here), ", ".join(here[:NAMED]))
    under_way = [
        cycle.name
        for review, cycle in case.reviews
        if cycle.closed_at is None and review.stage not in _OVER
    ]
    if under_way and not person.has_left(today):
        raise StillReviewed(person.name, ", ".join(under_way))


def counted(review: Review, person: Person, policy: Policy) -> Counted | None:
    """What its rating adds to the counts; None: there is none, or it does not count."""
    if review.rating is None or review.stage is Stage.EXCLUDED:
        return None
    return Counted(
        cycle=review.cycle,
        department=person.department,
        manager=person.manager_id,
        rated_by=review.rated_by,
        rating=review.rating,
        k=scale.nearest(review.outcome.k, policy) if review.outcome else None,
        self_in=review.self_at is not None,
        surprise=bool(review.surprise),
        same_words=bool(review.same_words),
    )


def emptied(review: Review) -> Review:
    """The record with nothing in it: its id alone, which the seals and the trail go by."""
    return Review(
        id=review.id,
        cycle=review.cycle,
        track=review.track,
        employee_id=review.employee_id,
        stage=Stage.EXCLUDED,
        excluded_reason=ERASED,
        sheet=Sheet(()),
        revision=review.revision,
    )


def nobody(person: Person, name: str, today: date) -> Person:
    """What the roster keeps: the id, the language, and the place above those below (ours)."""
    yesterday = today - timedelta(days=1)
    return Person(
        employee_id=person.employee_id,
        name=name,
        manager_id=person.manager_id,
        track=person.track,
        locale=person.locale,
        left_on=min(person.left_on or yesterday, yesterday),
    )
