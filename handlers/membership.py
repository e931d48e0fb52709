"""The roster says who is in a running cycle: who left, or is long away, and who is back."""

from __future__ import annotations

from collections.abc import Collection

from handlers import living
from handlers.hours import Hours
from handlers.team import manager_of, standings_of
from handlers.work import Work
from review.cycle import Cycle, exclusion
from review.membership import take_in, wanted
from review.people import EmployeeId, Person
from review.record import Review
from review.stages import Move
from review.steps import exclude

HAND = "by_hand/"
"""Marks of the reviews that HR took somebody out of, or into: the roster leaves them alone."""


async def look(cycle: Cycle, work: Work, only: Collection[EmployeeId] | None = None) -> None:
    """Leave out who was not rated and no longer belongs in it; take in whose reason is gone.

    `only`: those people are looked at; None: everybody in the cycle.
    """
    records = await work.tx.reviews.standings(cycle.id, only)
    if not records:
        return
    ids = [one.employee_id for one in records]
    people = {one.employee_id: one for one in await work.tx.people.many(ids)}
    reasons = {
        one.employee_id: exclusion(one, cycle, work.today(one), work.company.policy)
        for one in people.values()
    }
    changed = [
        one.employee_id
        for one in records
        if wanted(
            one.stage,
            rated=one.rated_at is not None,
            excluded=one.excluded_reason,
            reason=reasons.get(one.employee_id),
        )
    ]
    if not changed:
        return
    by_hand = await work.tx.occurrences.marks(HAND)
    moved = [
        await _move(review, cycle, reasons[review.employee_id], people[review.employee_id], work)
        for review in await work.tx.reviews.in_cycle(cycle.id, changed)
        if review.id not in by_hand
    ]
    shown = []
    for one in moved:
        person = people[one.employee_id]
        if cycle.self_open <= work.today() or one.excluded_reason:
            due = Hours(work.company, person).opens(work.now)
            shown.append(living.own(one.id, one.employee_id, due))
        manager = await manager_of(one, work)
        team = () if manager is None else await standings_of(manager, cycle.id, work)
        if manager is not None and cycle.self_open <= work.today():
            shown += living.lists(manager.employee_id, cycle.id, living.pages(len(team)), work.now)
    if moved:
        await work.tx.outbox.paint_all([*shown, *living.boards(cycle.id, work)])


async def _move(
    review: Review, cycle: Cycle, reason: str | None, person: Person, work: Work
) -> Review:
    policy = work.company.policy
    if reason is not None:
        done, move = exclude(review, reason, policy=policy), Move.EXCLUDE
    else:
        today, move = work.today(person), Move.INCLUDE
        done = take_in(
            review, "", by=None, desks=(), at=work.now, today=today, cycle=cycle, policy=policy
        )
    saved = await work.tx.reviews.save(done)
    details = {"reason": reason} if reason else {}
    await work.tx.audit.record(f"review.{move}", saved.id, None, work.now, details)
    return saved
