"""What comes after the ratings, played by protocol: both signatures under every review."""

from __future__ import annotations

from collections import Counter

from place import Place
from place_forms import fill_to_the_end

from review.cycle import Cycle
from review.desks import Desks, desks
from review.people import EmployeeId
from review.record import Review
from review.roster import Roster
from review.signing import DESK_AT, lacks_gate_word
from review.stages import Desk, Stage

AGREES = {Stage.SKIP_LEVEL: "signoff.agree", Stage.HR: "hr.confirm"}
RETURNS = {Stage.SKIP_LEVEL: "signoff.return", Stage.HR: "hr.return"}


async def at(here: Place, cycle: Cycle, stage: Stage) -> list[tuple[Review, Desks]]:
    """Every review at that stage, and who sits where, by employee id."""
    async with here.deps.database.begin(write=False) as tx:
        roster = Roster.of(await tx.people.all(), here.deps.company.hr_admins)
        found = await tx.reviews.in_cycle(cycle.id)
    today = here.clock.now().date()
    return [
        (one, desks(roster.people[one.employee_id], roster, today))
        for one in sorted(found, key=lambda one: one.employee_id)
        if one.stage is stage
    ]


async def sign_all(here: Place, cycle: Cycle, stage: Stage) -> Counter[EmployeeId]:
    """Whoever sits at that stage's desk agrees to all; how many presses each signer made."""
    presses: Counter[EmployeeId] = Counter()
    await here.settle()
    for review, seats in await at(here, cycle, stage):
        signer = signs(seats, stage)
        if lacks_gate_word(review, DESK_AT[stage]):
            await press(here, signer, "gate.confirm", review.employee_id)
            await here.settle()
            presses[signer] += 1
        await press(here, signer, AGREES[stage], review.employee_id)
        presses[signer] += 1
    await here.settle()
    return presses


def signs(seats: Desks, stage: Stage) -> EmployeeId:
    """Who signs at that stage."""
    found = seats.skip_level if DESK_AT[stage] is Desk.SKIP_LEVEL else seats.hr
    assert found is not None
    return found


async def press(here: Place, who: EmployeeId, action: str, about: EmployeeId) -> None:
    await here.who[who].press(action, near=here.employee(about).name)


async def give_back(
    here: Place, cycle: Cycle, stage: Stage, about: EmployeeId, comment: str
) -> None:
    """Whoever has a review on that desk returns it with a word."""
    seats = next(seats for one, seats in await at(here, cycle, stage) if one.employee_id == about)
    signer = signs(seats, stage)
    await press(here, signer, RETURNS[stage], about)
    await fill_to_the_end(here.who[signer], {"comment": comment})
    await here.settle()
