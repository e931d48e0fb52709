"""What is said around sign-offs, read afresh when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from handlers import sign_list, sign_off
from handlers.work import Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens import sign_notices as screen
from review.cycle import Cycle
from review.people import Person
from review.record import Review, SignOff
from review.stages import Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying


async def _found(delivery: Delivery, work: Work) -> tuple[Review, Cycle, Person, Person] | None:
    """The review that it is about, its cycle, its person, and who acted."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    if found is None:
        return None
    review, cycle = found
    person = await work.tx.people.get(review.employee_id)
    who = await work.tx.people.get(str(delivery.facts["by"]))
    return None if person is None or who is None else (review, cycle, person, who)


def _word(delivery: Delivery, review: Review) -> SignOff | None:
    """The word that was said then, if it still stands."""
    at = datetime.fromisoformat(str(delivery.facts["at"]))
    for word in review.sign_offs:
        if word.at == at:
            return word
    return None


async def _back(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """A return, or a gate that opened: whoever has it next reads why."""
    found = await _found(delivery, work)
    if found is None or (word := _word(delivery, found[0])) is None:
        return None
    review, cycle, subject, who = found
    opened = delivery.kind == sign_off.GATE_OPENED
    facts = screen.ReturnFacts(
        review=review.id,
        cycle=cycle.name,
        person=subject.name,
        who=who.name,
        comment=word.comment,
        rates=opened or review.stage is Stage.MANAGER_REVIEW,
        overruled=review.outcome.suggested if opened and review.outcome else None,
        calibrates=review.stage is Stage.CALIBRATION,
    )
    return screen.returned(facts, work.words(person))


async def _voided(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    found = await _found(delivery, work)
    if found is None:
        return None
    review, cycle, subject, who = found
    key = "voided_out" if review.stage is Stage.EXCLUDED else "voided"
    facts = {"person": subject.name, "who": who.name, "cycle": cycle.name}
    return common.says(work.words(person), f"sign_off.{key}", **facts)


async def _all_signed(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None:
        return None
    return common.says(work.words(person), "sign_off.all_signed", cycle=cycle.name)


SAYINGS: Mapping[str, Saying] = {
    sign_list.SIGN_LIST: sign_list.card,
    sign_off.RETURNED: _back,
    sign_off.GATE_OPENED: _back,
}
NOTES: Mapping[str, Saying] = {sign_off.VOIDED: _voided, sign_off.ALL_SIGNED: _all_signed}
"""What is said in a message of the day."""
