"""What is said when somebody is taken out of a review, or in, or one is opened again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers.work import Work
from prompts.card import Card
from prompts.screens import in_out as screen
from prompts.screens import left_out
from review.people import Person
from review.record import Review
from review.stages import Move, Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

OUT, IN, REOPENED, REOPENED_OWN = "left_out", "taken_in", "reopened", "reopened_own"


def said_of(review: Review, move: Move = Move.EXCLUDE) -> str:
    """HR's words to the move that brought it where it is; empty if there are none."""
    found = [word.comment for word in review.sign_offs if word.decision == move]
    return found[-1] if found else ""


async def _told(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """As it stands by now: nothing, if it was undone meanwhile."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    if found is None or person is None or not _holds(delivery.kind, found[0].stage):
        return None
    review, cycle = found
    by = str(delivery.facts["by"])
    named = await work.tx.people.many({review.employee_id, by})
    names = {one.employee_id: one.name for one in named}
    words = work.words(person)
    facts = {"cycle": cycle.name, "who": names.get(by, by)}
    if delivery.kind == OUT:
        reason = left_out.why(review.excluded_reason or "", work.company.policy, words)
        return screen.told("left_out", words, said_of(review), reason=reason, **facts)
    if delivery.kind == IN:
        key = "added" if delivery.facts.get("new") else "taken_in"
        return screen.told(key, words, said_of(review, Move.INCLUDE), **facts)
    if delivery.kind == REOPENED_OWN:
        return screen.told("reopened_own", words, **facts)
    said, about = said_of(review, Move.REOPEN), names[review.employee_id]
    return screen.opened_again(review.id, said, words, person=about, **facts)


def _holds(kind: str, stage: Stage) -> bool:
    if kind == REOPENED:
        return stage is Stage.MANAGER_REVIEW
    return (kind == OUT) == (stage is Stage.EXCLUDED)


SAYINGS: Mapping[str, Saying] = {OUT: _told, IN: _told, REOPENED: _told, REOPENED_OWN: _told}
