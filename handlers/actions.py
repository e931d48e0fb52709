"""What was agreed in interviews and one-on-ones: listed, and how each goes."""

from __future__ import annotations

from handlers import action_forms as forms
from handlers.answers import Answer, Opens, Says
from handlers.team import heads_of
from handlers.work import Act
from prompts.screens import actions as screen
from review.interview import Action, ActionWord, Going


async def command(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review actions`: the own ones, what others promised, a manager's team's.

    The earliest due come first, and so whatever is overdue; nobody else sees them. What comes
    from a one-on-one is the pair's: no stand-in of the manager sees it.
    """
    reports = [
        one
        for head in await heads_of(act.actor, act)
        for one in await act.tx.people.reports_of(head)
    ]
    names = {one.employee_id: one.name for one in reports if one.employee_id != act.by}
    around = await act.tx.actions.open_around(act.by)
    team = await act.tx.actions.open_of(names) if names else ()
    others = {who for one in around for who in (one.about, one.owner, one.mentor) if who}
    others |= {one.mentor for one in team if one.mentor}
    lacking = others - names.keys() - {act.by}
    names |= {one.employee_id: one.name for one in await act.tx.people.many(lacking)}
    stuck = [one.id for one in (*around, *team) if one.going is Going.STUCK]
    said = await act.tx.actions.words_on(stuck) if stuck else {}

    def line(action: Action, person: str) -> screen.Line:
        return screen.Line(
            id=action.id,
            text=action.text,
            person=person,
            due=action.due,
            going=action.going,
            words=_last(said.get(action.id, ())),
            kind=action.kind,
            link=action.link,
            mentor=act.actor.name
            if action.mentor == act.by
            else names.get(action.mentor or "", ""),
        )

    facts = screen.ActionsFacts(
        mine=tuple(line(one, names.get(one.about, "")) for one in around if one.owner == act.by),
        promised=tuple(
            line(one, names.get(one.owner, "")) for one in around if one.owner != act.by
        ),
        team=tuple(line(one, names[one.owner]) for one in team if _is_teams(one)),
        today=act.today(act.actor),
    )
    return Says(screen.listed(facts, act.say))


def _is_teams(action: Action) -> bool:
    """Whether it stands in the team's list; what the manager agreed one to one stands above it."""
    return action.about == action.owner and action.talk is None


def _last(said: tuple[ActionWord, ...]) -> str:
    """What was last said to be in the way."""
    return next((one.words for one in reversed(said) if one.words), "")


async def done(subject: str, act: Act) -> Answer:
    """`action:done`; of a training, what was learnt is asked first. Raises NotYourAction."""
    use = await forms.load(subject, act)
    if forms.asks_first(use):
        return Opens(await forms.asks_what(forms.DoneForm(act, use)))
    return await _goes(subject, Going.DONE, act)


async def going(subject: str, act: Act) -> Answer:
    """`action:going`. Raises NotYourAction."""
    return await _goes(subject, Going.GOING, act)


async def stuck(subject: str, act: Act) -> Answer:
    """`action:stuck`. Raises NotYourAction."""
    return await _goes(subject, Going.STUCK, act)


async def _goes(subject: str, how: Going, act: Act) -> Answer:
    """It counts at once; what opens says so, and takes it back."""
    use = await forms.load(subject, act)
    if use.action.going is not Going.DROPPED:
        use = await forms.goes(use, how)
    return Opens(await forms.opened_form(use))


async def drop(subject: str, act: Act) -> Answer:
    """`action:drop`: asks why. Raises NotYourAction."""
    return Opens(await forms.asks_why(await forms.load_drop(subject, act)))
