"""What is said around an appeal: to HR, to whoever decides it, to both it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers import appeals
from handlers.work import Work
from prompts.card import Card
from prompts.screens import appeal as screen
from review import scale
from review.people import Person
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

UNNAMED, LAST_DAY, LATE = "appeal_unnamed", "appeal_last_day", "appeal_late"


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """One of them; nothing once it is decided, but for the decision itself."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    if found is None or person is None:
        return None
    review, cycle = found
    appeal = await work.tx.appeals.get(review.id)
    about = await work.tx.people.get(review.employee_id)
    ended = delivery.kind == appeals.DECIDED
    if appeal is None or about is None or (appeal.decided_at is not None) is not ended:
        return None
    decider = await work.tx.people.get(appeal.decider) if appeal.decider else None
    if delivery.kind in {appeals.NAMED, LAST_DAY} and person != decider:
        return None  # somebody else was named meanwhile
    before, after = appeal.copy.rating, review.rating
    facts = screen.NoticeFacts(
        review=review.id,
        cycle=cycle.name,
        person=about.name,
        own=person.employee_id == review.employee_id,
        decides=person == decider,
        words=appeal.words,
        decider=decider.name if decider else "",
        by=appeal.decide_by,
        before=None if before is None else scale.show(before),
        after=None if after is None else scale.show(after),
        moved=bool(appeal.moved),
        why=appeal.why,
    )
    return screen.notice(delivery.kind, facts, work.words(person))


SAYINGS: Mapping[str, Saying] = dict.fromkeys(
    (appeals.FILED, appeals.NAMED, appeals.DECIDED), _said
)
NOTES: Mapping[str, Saying] = dict.fromkeys((UNNAMED, LAST_DAY, LATE), _said)
"""What is said in a message of the day."""
