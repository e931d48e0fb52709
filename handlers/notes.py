"""What the bot itself has to say: in its message of the day, and not in one more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from handlers import appeal_notices, goal_list, interview_notices, sign_notices, times_notices
from handlers.daily import Day, Section
from handlers.work import Work
from prompts.card import Card, CardPart
from prompts.screens import daily as screen
from prompts.screens import reminders
from review.people import EmployeeId, Person
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying


async def _all_in(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None:
        return None
    return reminders.all_in(cycle.name, work.words(person))


SAYINGS: Mapping[str, Saying] = {
    "all_in": _all_in,
    **goal_list.NOTES,
    **sign_notices.NOTES,
    **interview_notices.SAYINGS,
    **times_notices.NOTES,
    **appeal_notices.NOTES,
}
"""Kind to what says it; a notice with `daily` set is of one of these."""


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """For whom something came up since they last had a message."""
    return await work.tx.outbox.noted() & {day.person.employee_id for day in days}


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """What came up, as far as it is still so."""
    told = await work.tx.outbox.told(day.person.employee_id, day.subject)
    cards = [await SAYINGS[one.kind](one, day.person, work) for one in told]
    return screen.notes([card for card in cards if card is not None], work.words(day.person))


SECTION = Section(who=_who, says=_says)
