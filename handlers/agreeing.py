"""Actions become binding: kept as agreed, and each new pair of owner and mentor is introduced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handlers import entries, mentoring
from handlers.work import Act
from review.interview import SHUT, Action, Origin, Promise, agreed


async def agree(
    origin: Origin, promises: Sequence[Promise], before: Sequence[Action], act: Act
) -> None:
    """Keep these as what is agreed there from now on; `before`: what was."""
    was = {one.id: one for one in before}
    for made in agreed(origin, promises, before, act.now):
        action = await _willing(made, act)
        old = was.get(action.id)
        if old is not None and old.going is not action.going:
            await act.tx.actions.goes(action.id, action.going, act.by, act.now)
        await act.tx.actions.put(action)
        await entries.changed(old, action, act)
        if old is not None and old.mentor is not None and _parts(old, action):
            await mentoring.let_go(old, old.mentor, act)
        if action.mentor is not None and action.going not in SHUT:
            await mentoring.begin(action, action.mentor, act)


def _parts(old: Action, action: Action) -> bool:
    """Whether its mentor is not needed any more."""
    return old.going not in SHUT and (old.mentor != action.mentor or action.going in SHUT)


async def _willing(action: Action, act: Act) -> Action:
    """Without a mentor who has said that they can't."""
    if action.mentor is None:
        return action
    pairing = await act.tx.pairings.get(action.id, action.mentor)
    gone = pairing is not None and pairing.declined_at is not None
    return replace(action, mentor=None) if gone else action
