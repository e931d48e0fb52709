"""What becomes of a request for feedback: both who ask and who are asked see it where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers.work import Work
from prompts.card import Card
from prompts.screens import feedback_request as screen
from review.feedback import Feedback
from review.feedback_request import Request, is_answered_by
from review.people import Person
from storage.feedback_requests import LIST
from storage.notice import URGENT, Delivery, Painting

if TYPE_CHECKING:
    from handlers.notices import Saying

ASKED = "feedback_asked"


async def answered_by(made: Feedback, request: str, work: Work) -> None:
    """A word answers the request that it was written for, and those that ask for just that."""
    waiting = await work.tx.requests.waiting(made.receiver, made.giver)
    done = [one for one in waiting if one.id == request or is_answered_by(one, made.about)]
    for one in done:
        await work.tx.requests.answer(one.id, made.at)
    await shown(done, work, lists=True)


async def shown(requests: Iterable[Request], work: Work, *, lists: bool) -> None:
    """Those who are asked see how theirs stands; `lists`: whoever asks does, too."""
    found = tuple(requests)
    kinds = [(ASKED, one.asked, one.id) for one in found]
    if lists:
        kinds += {(LIST, one.asker, one.together) for one in found}
    await work.tx.outbox.paint_all(
        Painting(kind=kind, receiver=to, subject=subject, due=work.now, priority=URGENT)
        for kind, to, subject in kinds
    )


async def _asked(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    request = await work.tx.requests.get(delivery.subject or "")
    if request is None or person is None:
        return None
    asker = await work.tx.people.get(request.asker)
    name = asker.name if asker else request.asker
    return screen.asked(request, name, _day(request.answered_at, person, work), work.words(person))


async def _listed(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    found = await work.tx.requests.together(delivery.subject or "")
    if not found or person is None:
        return None
    asked = await work.tx.people.many([one.asked for one in found])
    names = {one.employee_id: one.name for one in asked}
    people = sorted(
        (
            screen.Answered(
                name=names.get(one.asked, one.asked), on=_day(one.answered_at, person, work)
            )
            for one in found
        ),
        key=lambda one: one.name,
    )
    return screen.listed(found[0], people, work.words(person))


def _day(moment: datetime | None, reader: Person, work: Work) -> date | None:
    return None if moment is None else work.date_of(moment, reader)


SAYINGS: Mapping[str, Saying] = {ASKED: _asked, LIST: _listed}
