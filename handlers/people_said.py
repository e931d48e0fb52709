"""Whom somebody means by a name or a mention."""

from __future__ import annotations

from handlers.work import Act
from review.errors_feedback import PersonUnknown, SeveralPeople
from review.people import Person

NAMED = 5
"""People named where a name fits several (ours)."""


async def person_said(said: str, act: Act) -> Person:
    """The one person meant: by their account on the platform, their id, or their name.

    A part of a name will do where it fits one person who is there.

    Raises PersonUnknown, SeveralPeople.
    """
    wanted = said.strip().removeprefix("@").strip()
    owner = await act.tx.people.by_account(act.platform, wanted)
    if owner is not None:
        return owner
    folded, today = wanted.casefold(), act.today()
    there = [one for one in await act.tx.people.all() if not one.has_left(today)]
    for fits in (
        [one for one in there if one.employee_id.casefold() == folded],
        [one for one in there if one.name.casefold() == folded],
        [one for one in there if folded and folded in one.name.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise SeveralPeople(wanted, ", ".join(one.name for one in fits[:NAMED]))
    raise PersonUnknown(wanted)
