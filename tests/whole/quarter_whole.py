"""A whole quarter with its hard days, on whatever platform a place has, and how it ends."""

from __future__ import annotations

from collections import Counter

from cycle_story import EndState, end_state
from place import Place
from quarter_story import (
    SIGNED,
    Quarter,
    answer_all,
    at_once,
    begin,
    decide_all,
    end,
    give_back,
    hold_all,
    leaves,
    rate_again,
    review_all,
    set_goals,
    sign_all,
    talk_in_time,
)

from review.goal_setting import GoalSheet
from review.people import EmployeeId
from review.stages import Stage
from storage.notice import State

THRICE = 3
LOW = 3.25


async def play_quarter(here: Place) -> EndState:
    """Play it from the goals to the close, and check what has to hold on the way; how it ends."""
    quarter = await begin(here)
    set_ = await set_goals(quarter)
    await _goals_are_what_was_agreed(quarter, set_)
    heard = await talk_in_time(quarter)
    await review_all(quarter)
    await _only_who_did_not_hear_it_is_surprised(quarter, heard)
    await here.tick(SIGNED)
    await here.settle()
    back = await _hard_days_of_signing(quarter)
    for stage in (Stage.SKIP_LEVEL, Stage.HR):
        await sign_all(quarter, stage)
    await _nothing_is_edited_after_hr(quarter, back)
    await _nobody_knows_their_rating(quarter)
    await hold_all(quarter)
    answers = await answer_all(quarter)
    await decide_all(quarter, here.colleagues[-1].employee_id)
    found = await end(quarter)
    assert (found.broken, found.reviews, found.erased) == (None, len(quarter.people), 0)
    reviews = await here.exported(quarter.cycle)
    stages = Counter(one["stage"] for one in reviews.values())
    assert stages["closed"] == len(quarter.people)
    assert {one for one in answers["silent"] if reviews[one]["acknowledged_at"]} == set()
    assert all(reviews[one]["acknowledged_at"] for one in answers["acknowledged"])
    assert all(reviews[one]["appeal"] for one in answers["appealed"])
    assert here.troubles() == []
    assert await _unsent(here) == 0
    return await end_state(here, quarter.cycle)


async def _goals_are_what_was_agreed(quarter: Quarter, set_: dict[str, list[EmployeeId]]) -> None:
    """An adjusted sheet is scored as the manager made it and the person confirmed it."""
    for one in set_["adjusted"]:
        here = quarter.here
        kept = await _goals_of(here, (await here.review(quarter.cycle, one)).id)
        assert kept.marks.agreed_at is not None
        assert (await here.review(quarter.cycle, one)).sheet == kept.proposed
        assert sum(row.weight for row in kept.proposed.rows) == 100


async def _goals_of(here: Place, review: str) -> GoalSheet:
    async with here.deps.database.begin(write=False) as tx:
        found = await tx.goals.get(review)
    assert found is not None
    return found


async def _only_who_did_not_hear_it_is_surprised(quarter: Quarter, heard: list[EmployeeId]) -> None:
    reviews = await quarter.here.exported(quarter.cycle)
    low = [one for one in quarter.people if float(one.given) <= LOW]
    surprised = {one.employee_id for one in low if reviews[one.employee_id]["surprise"]}
    assert surprised == {one.employee_id for one in low} - set(heard)


async def _hard_days_of_signing(quarter: Quarter) -> EmployeeId:
    """One is returned three times, one rated anew while it is signed; one who signs leaves."""
    (back, _), (once, seats) = (await quarter.at(Stage.SKIP_LEVEL))[:2]
    for _ in range(THRICE):
        await give_back(quarter, Stage.SKIP_LEVEL, back.employee_id)
        await rate_again(quarter, back.employee_id)
    signer = str(seats.skip_level)
    await quarter.press(str(seats.manager), "rate.change", once.employee_id)
    await at_once(quarter, (signer, "signoff.agree", once.employee_id))
    await quarter.here.who[str(seats.manager)].close()
    assert (await quarter.here.review(quarter.cycle, once.employee_id)).stage is Stage.HR
    gone = await _who_leaves(quarter)
    if gone is not None:
        await _one_who_signs_leaves(quarter, gone)
    return back.employee_id


async def _one_who_signs_leaves(quarter: Quarter, gone: EmployeeId) -> None:
    waiting = [one for one, seats in await quarter.at(Stage.SKIP_LEVEL) if seats.skip_level == gone]
    await leaves(quarter, gone)
    now = {one.employee_id: seats.skip_level for one, seats in await quarter.at(Stage.SKIP_LEVEL)}
    assert all(now[one.employee_id] not in {gone, None} for one in waiting)


async def _who_leaves(quarter: Quarter) -> EmployeeId | None:
    """A skip-level with somebody above and few to sign, not reviewed in this cycle.

    In a company of a dozen there is none.
    """
    reviewed = {one.employee_id for one in quarter.people}
    signers = Counter(str(seats.skip_level) for _, seats in await quarter.at(Stage.SKIP_LEVEL))
    admins = set(quarter.here.deps.company.hr_admins)
    able = [
        one
        for one, _ in reversed(signers.most_common())
        if one not in reviewed | admins and quarter.here.employee(one).manager_id
    ]
    return able[0] if able else None


async def _nothing_is_edited_after_hr(quarter: Quarter, employee: EmployeeId) -> None:
    """A forged press on a signed review opens no form, nor does a score that no scale has."""
    here = quarter.here
    boss = str(here.employee(employee).manager_id)
    before = await here.review(quarter.cycle, employee)
    for action in ("rate.change", "rate:999", "signoff.agree", "hr.confirm", "interview.held"):
        await here.forge(boss if action.startswith("rate") else employee, action, before.id)
    assert await here.review(quarter.cycle, employee) == before


async def _nobody_knows_their_rating(quarter: Quarter) -> None:
    """Before the talk nothing that the bot sent anybody holds their case."""
    for one in quarter.people:
        review = await quarter.here.review(quarter.cycle, one.employee_id)
        assert review.manager_part is not None
        told = "\n".join(message.words for message in quarter.here.dms(one.employee_id))
        assert review.manager_part.cases["overall"] not in told


async def _unsent(here: Place) -> int:
    async with here.deps.database.begin(write=False) as tx:
        ledger = await tx.outbox.ledger(states=[State.PARKED, State.SENDING])
    return len(ledger)
