"""What calibration says, read afresh when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.calibration import CLOSED, OPENED
from handlers.calibration_move import RATING_MOVED
from handlers.calibration_on import PASSED
from handlers.calibration_room import KIND, facts_of, room_of
from handlers.work import Work
from prompts.card import Card
from prompts.screens import calibration as screen
from prompts.screens import common
from review import calibration
from review.errors_calibration import SessionUnknown
from review.people import Person
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying


async def _facts(subject: str, work: Work) -> screen.SessionFacts | None:
    try:
        return await facts_of(await room_of(subject, work), work)
    except SessionUnknown:
        return None


async def _session(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    facts = await _facts(delivery.subject or "", work)
    return None if facts is None else screen.session(facts, work.words(person))


async def _turned(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    facts = await _facts(str(delivery.facts["session"]), work)
    if facts is None:
        return None
    return screen.turned(facts, work.words(person), closed=delivery.kind == CLOSED)


async def _moved(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """The manager reads who moved it and why; of a move that no longer stands, nothing."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    if found is None:
        return None
    review, cycle = found
    at = datetime.fromisoformat(str(delivery.facts["at"]))
    moved = calibration.moved(review)
    subject = await work.tx.people.get(review.employee_id)
    who = await work.tx.people.get(str(delivery.facts["by"]))
    if moved is None or moved.at != at or subject is None or who is None:
        return None
    facts = screen.MovedFacts(
        person=subject.name,
        cycle=cycle.name,
        who=who.name,
        was=moved.was,
        now=moved.now,
        because=moved.because,
    )
    return screen.moved(facts, work.words(person))


async def _passed(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None:
        return None
    facts = {"cycle": cycle.name, "count": delivery.facts["count"]}
    return common.says(work.words(person), "calibration.passed", **facts)


SAYINGS: Mapping[str, Saying] = {
    KIND: _session,
    OPENED: _turned,
    CLOSED: _turned,
    RATING_MOVED: _moved,
    PASSED: _passed,
}
