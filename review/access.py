"""Who sees what: one table of things, relations and stages, and the predicates it is made of."""

from __future__ import annotations

from collections.abc import Callable, Collection
from enum import StrEnum

from review.flow import Stage, released
from review.people import EmployeeId, Person
from review.roster import Roster


class Relation(StrEnum):
    """What somebody is to the person that a thing is about."""

    SELF = "self"
    MANAGER = "manager"
    ABOVE = "above"
    """The manager's manager, or anybody higher on that line."""
    HRBP = "hrbp"
    HR_ADMIN = "hr_admin"
    PARTY = "party"
    """Gave or received that feedback, or is one of the pair of that one-on-one."""
    OTHER = "other"


class Thing(StrEnum):
    """What can be seen."""

    OWN_WORK = "own_work"
    """Goals, check-ins, self-review."""
    RATING = "rating"
    """The manager's scores, rating and cases."""
    FEEDBACK = "feedback"
    """Feedback given in private."""
    ONE_ON_ONE = "one_on_one"
    """Notes of one-on-ones."""
    GROUPS = "groups"
    """Matrix, and distribution by group."""
    AUDIT = "audit"
    """The record's audit trail."""


Rule = Callable[[Stage], bool]


def always(_stage: Stage) -> bool:
    """At every stage."""
    return True


def from_held(stage: Stage) -> bool:
    """Once the manager has held the interview."""
    return released(stage)


_LINE = (Relation.MANAGER, Relation.ABOVE, Relation.HRBP, Relation.HR_ADMIN)

TABLE: dict[tuple[Thing, Relation], Rule] = {
    (Thing.OWN_WORK, Relation.SELF): always,
    **{(Thing.OWN_WORK, relation): always for relation in _LINE},
    (Thing.RATING, Relation.SELF): from_held,
    **{(Thing.RATING, relation): always for relation in _LINE},
    (Thing.FEEDBACK, Relation.PARTY): always,
    (Thing.ONE_ON_ONE, Relation.PARTY): always,
    **{(Thing.GROUPS, relation): always for relation in _LINE},
    (Thing.AUDIT, Relation.SELF): always,
    (Thing.AUDIT, Relation.HR_ADMIN): always,
}
"""What is not in it is not seen."""


def may_see(thing: Thing, relations: Collection[Relation], stage: Stage) -> bool:
    """Whether somebody with these relations sees a thing of a review at that stage."""
    return any(
        rule(stage) for relation in relations if (rule := TABLE.get((thing, relation))) is not None
    )


def relation(
    viewer: EmployeeId, person: Person, roster: Roster, *, party: bool = False
) -> frozenset[Relation]:
    """What somebody is to a person, all of it. About oneself one is only ever oneself.

    `party`: whether the viewer gave or received the feedback, or is of the pair, that is meant.
    """
    found = {Relation.SELF} if viewer == person.employee_id else _line(viewer, person, roster)
    if party:
        found = found | {Relation.PARTY}
    return frozenset(found or {Relation.OTHER})


def _line(viewer: EmployeeId, person: Person, roster: Roster) -> set[Relation]:
    holds = {
        Relation.MANAGER: is_manager(viewer, person),
        Relation.ABOVE: is_above(viewer, person, roster),
        Relation.HRBP: is_hrbp(viewer, person),
        Relation.HR_ADMIN: is_hr_admin(viewer, roster),
    }
    return {relation for relation, yes in holds.items() if yes}


def is_manager(viewer: EmployeeId, person: Person) -> bool:
    """Whether the viewer is the person's manager."""
    return viewer == person.manager_id


def is_above(viewer: EmployeeId, person: Person, roster: Roster) -> bool:
    """Whether the person is in the viewer's sub-tree, below one of the viewer's reports."""
    return any(head.employee_id == viewer for head in roster.chain(person.employee_id)[1:])


def is_hrbp(viewer: EmployeeId, person: Person) -> bool:
    """Whether the viewer is the person's HR partner."""
    return viewer == person.hrbp_id


def is_hr_admin(viewer: EmployeeId, roster: Roster) -> bool:
    """Whether the viewer is an HR admin of the company."""
    return viewer in roster.hr_admins
