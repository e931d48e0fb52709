"""Whom somebody means by a name or a mention."""

from __future__ import annotations

import re
from collections.abc import Mapping

from handlers.work import Act
from prompts.screens import common
from prompts.screens.feedback import REFUSED
from review.errors import ReviewError
from review.errors_feedback import NotAColleague, PersonUnknown, SeveralPeople
from review.people import Person

NAMED = 5
"""People named where a name fits several (ours)."""
MENTIONED = 10
"""People whose names are looked up for one text (ours)."""
_MENTION = re.compile(r"@([\w-]+)", re.ASCII)


async def person_said(said: str, act: Act) -> Person:
    """The one person meant: by their account on the platform, their id, e-mail or name.

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
        [one for one in there if (one.email or "").casefold() == folded],
        [one for one in there if one.name.casefold() == folded],
        [one for one in there if folded and folded in one.name.casefold()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise SeveralPeople(wanted, ", ".join(one.name for one in fits[:NAMED]))
    raise PersonUnknown(wanted)


async def picked(account: str, act: Act) -> Person:
    """Who is behind an account of the platform. Raises NotAColleague for a bot or a guest."""
    person = await act.tx.people.by_account(act.platform, account)
    if person is None:
        raise NotAColleague
    return person


async def with_names(text: str, act: Act) -> str:
    """The text with the names of colleagues whom it mentions by their accounts."""
    names: dict[str, str] = {}
    for account in list(dict.fromkeys(_MENTION.findall(text)))[:MENTIONED]:
        person = await act.tx.people.by_account(act.platform, account)
        if person is not None:
            names[account] = person.name
    return _MENTION.sub(lambda found: "@" + names.get(found[1], found[1]), text)


def refused(whom: str, refusal: ReviewError, act: Act) -> Mapping[str, str]:
    """What a form keeps of a choice that can't be: it says so at the field until it is changed."""
    said = common.refusal(refusal, act.say, act.company.policy).summary
    return {REFUSED: f"{whom}\n{said}"}
