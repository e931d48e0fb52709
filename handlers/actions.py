"""What was agreed in interviews and one-on-ones: listed, and how each goes."""

from __future__ import annotations

from handlers import action_forms as forms
from handlers.actions_around import around, lines
from handlers.answers import Answer, Opens, Says
from handlers.work import Act
from prompts.screens import actions as screen
from review.interview import Going


async def command(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review actions`: the own ones, what others promised, a manager's team's, a mentor's.

    The earliest due come first, and so whatever is overdue; of many, the first of each kind.
    """
    found = await around(act.actor, act)
    shown = screen.shares(found.counts)
    first = {kind: some[: shown[kind]] for kind, some in found.heads.items()}
    facts = screen.ActionsFacts(
        lines=await lines(first, act.actor, act),
        counts=found.counts,
        today=act.today(act.actor),
    )
    return Says(screen.listed(facts, act.say))


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
