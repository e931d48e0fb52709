"""Entries in somebody's own calendar and to-do list: no messages, kept on the platforms that can.

Each is a living thing of the outbox, made once, and from then on changed or taken away where it
stands. Where it can't be kept nobody is told: the messages say the same in words.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.work import Work
from review.interview import Action, Going
from review.one_on_one import OneOnOne
from review.people import EmployeeId
from review.record import ReviewId
from storage.notice import Painting

CALENDAR, TODO = "calendar", "todo"
KINDS = frozenset({CALENDAR, TODO})
INTERVIEW, TALK = "interview", "talk"
"""What a calendar entry is of: begins its subject, before the id; and what is kept, with TODO."""
SOON = 2
"""Priority of an entry (ours)."""


async def interview(review: ReviewId, people: Iterable[EmployeeId | None], work: Work) -> None:
    """The interview about that review has another time, or none any more."""
    there = dict.fromkeys(one for one in people if one is not None)
    await _dates(INTERVIEW, [(review, one) for one in there], work)


async def talks(one_on_ones: Iterable[OneOnOne], work: Work) -> None:
    """Those one-on-ones have another time, or none any more."""
    await _dates(TALK, [(talk.id, one) for talk in one_on_ones for one in talk.pair], work)


async def _dates(what: str, found: Iterable[tuple[str, EmployeeId]], work: Work) -> None:
    platforms = _kept(what, work)
    if platforms:
        named = [(f"{what}/{one}", who) for one, who in found]
        shown = [_entry(CALENDAR, who, one, at, work) for one, who in named for at in platforms]
        await work.tx.outbox.paint_all(shown)


async def changed(before: Action | None, after: Action, work: Work) -> None:
    """An action is agreed, done, dropped or otherwise: its owner's list says so.

    Nothing is written where the list would say the same.
    """
    platforms = _kept(TODO, work)
    if not platforms or (before is not None and _seen(before) == _seen(after)):
        return
    owners = {after.owner} if before is None else {before.owner, after.owner}
    shown = [_entry(TODO, who, after.id, at, work) for who in owners for at in platforms]
    await work.tx.outbox.paint_all(shown)


def _seen(action: Action) -> tuple[object, ...]:
    """What stands on the list of it."""
    shut = action.going if action.going in {Going.DONE, Going.DROPPED} else None
    return action.owner, action.text, action.due, shut


def _kept(what: str, work: Work) -> tuple[str, ...]:
    """The platforms where that is kept."""
    return tuple(platform for platform, known in work.company.planners if known == what)


def _entry(kind: str, receiver: EmployeeId, subject: str, platform: str, work: Work) -> Painting:
    return Painting(
        kind=kind,
        receiver=receiver,
        subject=subject,
        due=work.now,
        platform=platform,
        priority=SOON,
    )
