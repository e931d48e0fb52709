"""What was agreed in interviews: listed, and how each goes."""

from __future__ import annotations

from handlers.answers import Answer, Says
from handlers.talks import case_of
from handlers.team import heads_of
from handlers.work import Act
from prompts.screens import actions as screen
from review.errors_interview import NotYourAction
from review.interview import Action, Going
from review.stages import Desk


async def command(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review actions`: the own ones, and a manager's team's; the earliest due first."""
    reports = [
        one
        for head in await heads_of(act.actor, act)
        for one in await act.tx.people.reports_of(head)
    ]
    names = {one.employee_id: one.name for one in reports if one.employee_id != act.by}
    mine = await act.tx.actions.open_of([act.by])
    team = await act.tx.actions.open_of(names) if names else ()
    about = {one.about for one in mine} - names.keys() - {act.by}
    names |= {one.employee_id: one.name for one in await act.tx.people.many(about)}
    facts = screen.ActionsFacts(
        mine=tuple(_line(one, names.get(one.about, "")) for one in mine),
        team=tuple(_line(one, names[one.owner]) for one in team if one.about == one.owner),
        today=act.today(act.actor),
    )
    return Says(screen.listed(facts, act.say))


def _line(action: Action, person: str) -> screen.Line:
    return screen.Line(
        id=action.id, text=action.text, person=person, due=action.due, going=action.going
    )


async def done(subject: str, act: Act) -> Answer:
    """`action:done`. Raises NotYourAction."""
    return await _goes(subject, Going.DONE, act)


async def going(subject: str, act: Act) -> Answer:
    """`action:going`. Raises NotYourAction."""
    return await _goes(subject, Going.GOING, act)


async def stuck(subject: str, act: Act) -> Answer:
    """`action:stuck`. Raises NotYourAction."""
    return await _goes(subject, Going.STUCK, act)


async def _goes(subject: str, how: Going, act: Act) -> Answer:
    """Its owner says so, or whoever leads the person whose review it came from (ours)."""
    action = await act.tx.actions.get(subject)
    if action is None or action.going is Going.DROPPED:
        raise NotYourAction
    if action.owner != act.by:
        case = await case_of(action.review, act)
        if Desk.MANAGER not in case.held_by(act.by):
            raise NotYourAction
    if await act.tx.actions.goes(subject, how, act.now):
        await act.tx.audit.record(f"action.{how}", subject, act.by, act.now, {})
    return await command("", act)
