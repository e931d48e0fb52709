"""Goals that wait: to be written, looked at or confirmed; and who has sent none."""

from __future__ import annotations

from handlers.crowd import Crowd
from handlers.goal_list import NOTHING, sets_goals
from handlers.team import standings_of
from handlers.waits import Everybody, Source
from handlers.work import Act, Work
from prompts.card import CardPart
from prompts.screens import status
from prompts.screens.status import Waiting
from review.cycle import Cycle
from review.goal_setting import SETTING, GoalState, state_of
from review.people import EmployeeId, Person
from review.stages import Stage
from storage.standings import Standing


async def _states(
    person: Person, cycle: Cycle, work: Work, *wanted: GoalState
) -> tuple[Waiting, ...]:
    """The person's own goals, where they wait for the person in one of those states."""
    if not sets_goals(cycle, work):
        return ()
    mine = await work.tx.reviews.standings(cycle.id, [person.employee_id])
    if not mine or mine[0].stage not in SETTING:
        return ()
    marks = await work.tx.goals.marks([mine[0].id])
    if state_of(mine[0].stage, marks.get(mine[0].id, NOTHING).marks) not in wanted:
        return ()
    confirms = GoalState.TO_CONFIRM in wanted
    return (
        Waiting(
            kind="goals_confirm" if confirms else "goals",
            cycle=cycle.name,
            due=cycle.goals_due,
            action="goals.open",
            items=((mine[0].id, ""),),
        ),
    )


async def _to_write(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    return await _states(person, cycle, work, GoalState.DRAFT, GoalState.RETURNED)


async def _to_confirm(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    return await _states(person, cycle, work, GoalState.TO_CONFIRM)


async def _to_look(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    if not sets_goals(cycle, work):
        return ()
    team = await standings_of(person, cycle.id, work)
    sent = [(who, one) for who, one in team if one.stage is Stage.GOALS_SUBMITTED]
    marks = await work.tx.goals.marks([one.id for _, one in sent])
    items = tuple(
        (one.id, who.name)
        for who, one in sent
        if state_of(one.stage, marks.get(one.id, NOTHING).marks) is GoalState.TO_LOOK
    )
    if not items:
        return ()
    waiting = Waiting(
        kind="goals_look",
        cycle=cycle.name,
        due=cycle.goals_due,
        action="goals.open",
        items=items,
    )
    return (waiting,)


async def _late(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    """Reports who have sent none."""
    if not sets_goals(cycle, work):
        return ()
    team = await standings_of(person, cycle.id, work)
    return tuple(who.name for who, one in team if one.stage is Stage.GOALS)


async def team_waits(act: Act) -> tuple[CardPart, ...]:
    """What of the team's goals waits for the actor, with a button each."""
    things = [
        thing
        for cycle in await act.tx.cycles.running()
        for thing in await _to_look(act.actor, cycle, act)
    ]
    return status.waiting(tuple(things), act.say).parts[1:] if things else ()


def _all_in(*wanted: GoalState, managers: bool = False) -> Everybody:
    """Whose goals, or of whose team's, are in one of those states."""

    async def who(crowd: Crowd) -> frozenset[EmployeeId]:
        if not sets_goals(crowd.cycle, crowd.work):
            return frozenset()
        ids = [one.id for one in crowd.standings if one.stage in SETTING]
        marks = await crowd.work.tx.goals.marks(ids) if ids else {}

        def such(one: Standing) -> bool:
            marked = marks.get(one.id, NOTHING).marks
            return one.stage in SETTING and state_of(one.stage, marked) in wanted

        return crowd.managers(such) if managers else crowd.own(such)

    return who


async def _all_late(crowd: Crowd) -> frozenset[EmployeeId]:
    if not sets_goals(crowd.cycle, crowd.work):
        return frozenset()
    return crowd.managers(lambda one: one.stage is Stage.GOALS)


WAITS = (
    Source(
        kind="goals",
        due=lambda cycle: cycle.goals_due,
        find=_to_write,
        who=_all_in(GoalState.DRAFT, GoalState.RETURNED),
        late=_late,
        who_late=_all_late,
    ),
    Source(
        kind="goals_look",
        due=lambda cycle: cycle.goals_due,
        find=_to_look,
        who=_all_in(GoalState.TO_LOOK, managers=True),
    ),
    Source(
        kind="goals_confirm",
        due=lambda cycle: cycle.goals_due,
        find=_to_confirm,
        who=_all_in(GoalState.TO_CONFIRM),
    ),
)
