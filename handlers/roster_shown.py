"""After an import: what shows people in a running cycle is painted anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from handlers import living, sign_list
from handlers.team import with_stand_ins
from handlers.work import Work
from review.cycle import Cycle
from review.desks import Desks, desks
from review.people import EmployeeId, Person
from review.record import in_review
from review.signing import DESK_AT
from review.stages import Stage
from storage.standings import Standing

Seats = Mapping[EmployeeId, Desks]
TOLD_WHO_RATES = {Stage.SELF_REVIEW, Stage.MANAGER_REVIEW}


async def running(work: Work) -> tuple[Cycle, ...]:
    """The cycles whose messages stand by today."""
    today = work.today()
    return tuple(one for one in await work.tx.cycles.running() if one.self_open <= today)


async def paint(
    cycles: Collection[Cycle],
    before: Collection[Person],
    changed: Collection[EmployeeId],
    work: Work,
) -> None:
    """The lists of managers who got, gave or see somebody otherwise, their people, the board.

    `before` are all people as they were; `changed` those that the import wrote.
    """
    after = await work.tx.people.all()
    for cycle in cycles:
        records = {one.employee_id: one for one in await work.tx.reviews.standings(cycle.id)}
        old = await _seats(before, records, work)
        new = await _seats(after, records, work)
        moved = {one for one in new if _manager(old, one) != _manager(new, one)}
        heads = {_manager(seats, one) for one in {*moved, *changed} for seats in (old, new)}
        teams = [Counter(_manager(seats, one) for one in records) for seats in (old, new)]
        shown = [
            living.own(records[one].id, one, work.now)
            for one in sorted(moved & records.keys())
            if records[one].stage in TOLD_WHO_RATES
        ]
        for head in sorted(one for one in heads if one is not None):
            most = max(team[head] for team in teams)  # a page that is left empty says so
            shown += living.lists(head, cycle.id, living.pages(most), work.now)
        await work.tx.outbox.paint_all([*shown, *living.boards(cycle.id, work)])
        await _sign_lists(cycle, records, (old, new), work)


async def _sign_lists(
    cycle: Cycle, records: Mapping[EmployeeId, Standing], seats: tuple[Seats, Seats], work: Work
) -> None:
    """Whoever signs what another signed before, or no longer does, has it on their list."""
    signers: set[EmployeeId] = set()
    for one, record in records.items():
        held = [_signers(at.get(one)) for at in seats]
        if record.stage in DESK_AT and held[0] != held[1]:
            signers |= {signer for pair in held for signer in pair if signer is not None}
    for signer in await work.tx.people.many(signers):
        if not signer.has_left(work.today()):
            await sign_list.paint(signer, cycle.id, work)


def _signers(seats: Desks | None) -> tuple[EmployeeId | None, EmployeeId | None]:
    return (None, None) if seats is None else (seats.skip_level, seats.hr)


def _manager(seats: Seats, employee: EmployeeId) -> EmployeeId | None:
    found = seats.get(employee)
    return None if found is None else found.manager


async def _seats(
    people: Collection[Person], records: Mapping[EmployeeId, Standing], work: Work
) -> Seats:
    roster, today = await with_stand_ins(people, work), work.today()
    seen = [
        in_review(one, records[one.employee_id].led_by) if one.employee_id in records else one
        for one in people
    ]
    return {one.employee_id: desks(one, roster, today) for one in seen}
