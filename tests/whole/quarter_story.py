"""A quarter from goals to the close, played by protocol, with its hard days among the rest."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cycle_story import play, writers
from place import Place
from place_forms import Answers, fill_to_the_end, rows_of

from handlers import roster
from handlers.audit_verify import Verified, verify
from handlers.work import Work
from review.cycle import Cycle
from review.desks import Desks, desks
from review.people import EmployeeId
from review.record import Review
from review.roster import Roster
from review.signing import DESK_AT, lacks_gate_word
from review.stages import Desk, Stage
from sandbox.company import Person as Colleague
from sandbox.company import rating_answers, roster_csv

BEGIN = datetime(2026, 7, 2, 8, tzinfo=UTC)
"""A Thursday afternoon in Shanghai, at the start of the quarter."""
DATES: dict[str, Any] = {"goals_due": date(2026, 7, 15)}
OPENS = datetime(2026, 10, 12, 8, tzinfo=UTC)
SIGNED, TALKS, OVER = (datetime(2026, 10, day, 8, tzinfo=UTC) for day in (20, 28, 30))
LATER = datetime(2026, 11, 18, 8, tzinfo=UTC)
AGREES = {Stage.SKIP_LEVEL: "signoff.agree", Stage.HR: "hr.confirm"}
RETURNS = {Stage.SKIP_LEVEL: "signoff.return", Stage.HR: "hr.return"}
ODD = "🎉 <!channel> {{ 7 * 7 }} \u202e& *bold* <@U1> " + "长" * 2900


@dataclass
class Quarter:
    """One company's quarter, and to whom what happens in it."""

    here: Place
    cycle: Cycle
    presses: Counter[EmployeeId]

    @property
    def people(self) -> list[Colleague]:
        """Staff who are reviewed."""
        return writers(self.here)

    async def press(self, who: EmployeeId, action: str, about: EmployeeId | None = None) -> None:
        near = None if about is None else self.here.employee(about).name
        await self.here.who[who].press(action, near=near)
        self.presses[who] += 1

    async def fill(self, who: EmployeeId, answers: Answers) -> None:
        await fill_to_the_end(self.here.who[who], answers, hasty=True)
        await self.here.settle()

    async def at(self, stage: Stage) -> list[tuple[Review, Desks]]:
        """Every review at that stage, and who sits where, by employee id."""
        here = self.here
        async with here.deps.database.begin(write=False) as tx:
            around = Roster.of(await tx.people.all(), here.deps.company.hr_admins)
            found = await tx.reviews.in_cycle(self.cycle.id)
        today = here.clock.now().date()
        return [
            (one, desks(around.people[one.employee_id], around, today))
            for one in sorted(found, key=lambda one: one.employee_id)
            if one.stage is stage
        ]

    async def seat(self, employee: EmployeeId, stage: Stage) -> EmployeeId:
        """Who signs that review at that stage."""
        seats = next(seats for one, seats in await self.at(stage) if one.employee_id == employee)
        return signs(seats, stage)


def signs(seats: Desks, stage: Stage) -> EmployeeId:
    """Who signs at that stage."""
    found = seats.skip_level if DESK_AT[stage] is Desk.SKIP_LEVEL else seats.hr
    assert found is not None
    return found


async def begin(here: Place) -> Quarter:
    """The cycle opens with the period; everybody hears of their goals."""
    return Quarter(here, await here.open_cycle(**DATES), Counter())


async def set_goals(quarter: Quarter) -> dict[str, list[EmployeeId]]:
    """Of each five one's goals are agreed, one's adjusted, one's come back; two send none."""
    here = quarter.here
    found: dict[str, list[EmployeeId]] = {"agreed": [], "adjusted": [], "returned": []}
    for number, one in enumerate(quarter.people):
        kind = ("agreed", "adjusted", "returned", "", "")[number % 5]
        if not kind:
            continue
        employee, manager = one.employee_id, str(one.manager_id)
        await quarter.press(employee, "goals.open")
        await quarter.fill(employee, {})
        if kind == "agreed":
            await quarter.press(manager, "goals.approve", employee)
        else:
            await quarter.press(manager, "goals.open", employee)
            await quarter.fill(manager, await _word_on(quarter, employee, kind))
        await here.settle()
        if kind != "returned":
            await here.who[employee].press("goals.confirm", message=here.dms(employee)[0])
        found[kind].append(employee)
    await here.tick(datetime(2026, 7, 16, 8, tzinfo=UTC))
    await here.settle()
    return found


async def _word_on(quarter: Quarter, employee: EmployeeId, kind: str) -> Answers:
    """Five from the first goal go to the second; or both are to be written anew."""
    if kind == "returned":
        return {"decision": "return", "comment": ODD}
    goals = (await quarter.here.review(quarter.cycle, employee)).sheet.rows[:-1]
    moved = {f"weight:{goals[0].id}": str(goals[0].weight - 5)}
    moved[f"weight:{goals[-1].id}"] = str(goals[-1].weight + 5)
    return {"decision": "approve"} | moved


async def talk_in_time(quarter: Quarter) -> list[EmployeeId]:
    """Managers tell every second of those who will be rated low, while there is time."""
    low = [one for one in quarter.people if float(one.given) <= 3.25][::2]
    for one in low:
        boss = quarter.here.who[str(one.manager_id)]
        await boss.command(f"/review feedback <@{quarter.here.who[one.employee_id].id}>")
        words = {"kind": "constructive", "about": "value:teamwork", "behaviour": ODD[:500]}
        await quarter.fill(str(one.manager_id), words)
    return [one.employee_id for one in low]


async def review_all(quarter: Quarter) -> None:
    """Everybody but one sends a self-review, everybody is rated."""
    here = quarter.here
    await here.tick(OPENS)
    await here.settle()
    await play(here, quarter.cycle)


async def sign_all(quarter: Quarter, stage: Stage) -> None:
    """Whoever sits at that stage's desk agrees to all that lies there."""
    await quarter.here.settle()
    for review, seats in await quarter.at(stage):
        signer = signs(seats, stage)
        if lacks_gate_word(review, DESK_AT[stage]):
            await quarter.press(signer, "gate.confirm", review.employee_id)
            await quarter.here.settle()
        await quarter.press(signer, AGREES[stage], review.employee_id)
    await quarter.here.settle()


async def give_back(quarter: Quarter, stage: Stage, about: EmployeeId) -> None:
    """Whoever signs that review returns it with a word."""
    signer = await quarter.seat(about, stage)
    await quarter.press(signer, RETURNS[stage], about)
    await quarter.fill(signer, {"comment": ODD})


async def rate_again(quarter: Quarter, about: EmployeeId) -> None:
    """The manager sends the rating once more, with another case."""
    here, one = quarter.here, quarter.here.employee(about)
    manager = str(one.manager_id)
    answers = rating_answers(one, await rows_of(here, quarter.cycle, about))
    await quarter.press(manager, "rate.change", about)
    number = quarter.presses[manager]
    await quarter.fill(manager, answers | {"case:overall": f"{answers['case:overall']} ({number})"})


async def hold_all(quarter: Quarter) -> None:
    """Each manager says that the talk took place."""
    await quarter.here.tick(TALKS)
    await quarter.here.settle()
    for review, seats in await quarter.at(Stage.INTERVIEW):
        await quarter.press(str(seats.manager), "interview.held", review.employee_id)
    await quarter.here.settle()


async def answer_all(quarter: Quarter) -> dict[str, list[EmployeeId]]:
    """Of each five three acknowledge, one appeals, one is silent."""
    found: dict[str, list[EmployeeId]] = {"acknowledged": [], "appealed": [], "silent": []}
    for number, (review, _) in enumerate(await quarter.at(Stage.HELD)):
        one = review.employee_id
        kind = ("acknowledged", "acknowledged", "appealed", "silent", "acknowledged")[number % 5]
        found[kind].append(one)
        if kind == "acknowledged":
            await _answer(quarter, one, "review.acknowledge", {"word": ODD if number % 2 else ""})
        if kind == "appealed":
            await _answer(quarter, one, "review.appeal", {"reason": ODD})
    return found


async def _answer(quarter: Quarter, one: EmployeeId, action: str, answers: Answers) -> None:
    here = quarter.here
    await here.who[one].press(action, message=here.dms(one, "my_review")[0])
    await quarter.fill(one, answers)


async def decide_all(quarter: Quarter, decider: EmployeeId) -> None:
    """HR names somebody who signed none of them, and they leave each rating as it is."""
    here = quarter.here
    for review, seats in await quarter.at(Stage.APPEALED):
        admin = seats.hr_admins[0]
        for message in here.dms(admin, "appeal_filed"):
            if here.employee(review.employee_id).name in message.words:
                await here.who[admin].press("appeal.name", message=message)
                await quarter.fill(admin, {"decider": here.who[decider].id})
        for message in here.dms(decider, "appeal_named"):
            if here.employee(review.employee_id).name in message.words:
                await here.who[decider].press("appeal.decide", message=message)
                await quarter.fill(decider, {"decision": "stands", "words": ODD, "reason": ODD})


async def end(quarter: Quarter) -> Verified:
    """Silence closes what is left, HR closes the cycle; what all seals say then."""
    here = quarter.here
    await here.tick(LATER)
    await here.settle()
    admin = here.deps.company.hr_admins[0]
    await here.who[admin].command(f"/review close {quarter.cycle.name} anyway")
    await here.settle()
    async with here.deps.database.begin(write=False) as tx:
        return await verify(Work(tx=tx, company=here.deps.company, now=here.clock.now()))


async def leaves(quarter: Quarter, who: EmployeeId) -> None:
    """HR imports the roster in which somebody has left."""
    here = quarter.here
    gone = here.clock.now().date() - timedelta(days=1)
    everybody = [
        replace(one, left_on=gone) if one.employee_id == who else one for one in here.colleagues
    ]
    async with here.deps.database.begin() as tx:
        work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
        found = await roster.check_roster(roster_csv(everybody).encode(), work)
        assert found.faults == ()
        await roster.import_roster(found, None, work)
    await here.tick()
    await here.settle()


async def at_once(quarter: Quarter, *presses: tuple[EmployeeId, str, EmployeeId]) -> None:
    """Several people press in the same moment."""
    await asyncio.gather(*(quarter.press(*one) for one in presses))
    await quarter.here.settle()
