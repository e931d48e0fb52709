"""Who is above and who is below somebody in the roster, for a statement to read at once.

Each ends by itself in a roster that has a loop: nobody is taken twice.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import CTE, BindParameter, ColumnElement, Select, bindparam, or_, select

from review.people import EmployeeId
from storage.tables import PERSON, REVIEW

HEAD = PERSON.alias("head")


def above(which: ColumnElement[bool]) -> CTE:
    """The ids of those people, and of everybody above any of them."""
    up = select(PERSON.c.employee_id.label("id")).where(which).cte("up", recursive=True)
    return up.union(
        select(PERSON.c.manager_id)
        .join(up, PERSON.c.employee_id == up.c.id)
        .where(PERSON.c.manager_id.is_not(None))
    )


def below(head: EmployeeId) -> CTE:
    """The ids of everybody below somebody, at any depth."""
    down = (
        select(PERSON.c.employee_id.label("id"))
        .where(PERSON.c.manager_id == head)
        .cte("down", recursive=True)
    )
    return down.union(select(PERSON.c.employee_id).join(down, PERSON.c.manager_id == down.c.id))


def with_stand_ins(head: EmployeeId, *, unled: bool) -> CTE:
    """The ids of all whom somebody may rate: their reports, and those of reports who may be away.

    `unled`: also whoever has no manager at all, and theirs likewise. Who is away on a day is for
    the rules to say; one with a last day or a leave on record may be.
    """
    first = PERSON.c.manager_id == head
    wanted = or_(first, PERSON.c.manager_id.is_(None)) if unled else first
    team = select(PERSON.c.employee_id.label("id")).where(wanted).cte("team", recursive=True)
    return team.union(
        select(PERSON.c.employee_id)
        .join(HEAD, HEAD.c.employee_id == PERSON.c.manager_id)
        .join(team, team.c.id == HEAD.c.employee_id)
        .where(or_(HEAD.c.left_on.is_not(None), HEAD.c.leave_from.is_not(None)))
    )


def _around() -> Select[tuple[str]]:
    one: BindParameter[str] = bindparam("employee")
    others: BindParameter[str] = bindparam("up_from", expanding=True)
    partner = select(PERSON.c.hrbp_id).where(PERSON.c.employee_id == one).scalar_subquery()
    up = above(or_(PERSON.c.employee_id.in_(others), PERSON.c.employee_id == partner))
    reports = select(PERSON.c.employee_id).where(PERSON.c.manager_id == one)
    return select(select(up.c.id).union(reports).subquery().c.id)


AROUND = _around()
"""The ids of somebody (`employee`), their HR partner, those others, all above any, and the reports.

`up_from`: that somebody and the others. Only the reports of the one that is asked about.
"""


def around_team(
    manager: EmployeeId, others: Collection[EmployeeId], cycle: str, *, unled: bool
) -> Select[tuple[str]]:
    """The ids of all whom a manager may rate, of the manager, those others, and all above them.

    Among the first is whoever one of them led at the end of that cycle's period; among the last
    whoever led one of them then.
    """
    team = with_stand_ins(manager, unled=unled)
    ids = select(team.c.id)
    led = _led(cycle, or_(REVIEW.c.led_by == manager, REVIEW.c.led_by.in_(ids)))
    leads = select(REVIEW.c.led_by).where(REVIEW.c.cycle_id == cycle, REVIEW.c.led_by.is_not(None))
    heads = leads.where(REVIEW.c.employee_id.in_(ids))
    up = above(or_(PERSON.c.employee_id.in_([manager, *others]), PERSON.c.employee_id.in_(heads)))
    return select(select(up.c.id).union(ids, led).subquery().c.id)


def _led(cycle: str, by: ColumnElement[bool]) -> Select[tuple[str]]:
    """The ids of those whom the roster has moved since the period's end, led by those then."""
    return select(REVIEW.c.employee_id).where(
        REVIEW.c.led_by.is_not(None), by, REVIEW.c.cycle_id == cycle
    )


def to_sign(heads: Collection[EmployeeId], cycle: str) -> Select[tuple[str]]:
    """The ids of everybody below those, and of whom they or their reports are HR partner of.

    Whoever one of those led at the end of that cycle's period is among them.
    """
    down = (
        select(PERSON.c.employee_id.label("id"))
        .where(PERSON.c.manager_id.in_(heads))
        .cte("signed_down", recursive=True)
    )
    down = down.union(select(PERSON.c.employee_id).join(down, PERSON.c.manager_id == down.c.id))
    partners = select(HEAD.c.employee_id).where(
        or_(HEAD.c.employee_id.in_(heads), HEAD.c.manager_id.in_(heads))
    )
    partnered = select(PERSON.c.employee_id).where(PERSON.c.hrbp_id.in_(partners))
    led = _led(cycle, REVIEW.c.led_by.in_(select(down.c.id)))
    return select(select(down.c.id).union(partnered, led).subquery().c.id)


def around_all(ids: Collection[EmployeeId], others: Collection[EmployeeId]) -> Select[tuple[str]]:
    """The ids of those people, their HR partners, those others, and all above any of them."""
    partners = select(HEAD.c.hrbp_id).where(HEAD.c.employee_id.in_(ids))
    up = above(or_(PERSON.c.employee_id.in_([*ids, *others]), PERSON.c.employee_id.in_(partners)))
    return select(up.c.id)
