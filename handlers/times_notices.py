"""What is said around the time of an interview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers import times
from handlers.talks import Case, case_of
from handlers.times import AGREED, ASK, LATE, OFFER, OTHERS, talk_facts, talk_of
from handlers.work import Work
from prompts.card import Appointment, Card
from prompts.screens import times as screen
from review.interview import Interview
from review.people import Person
from review.stages import Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """One of the messages around the time; nothing where it was overtaken."""
    case = await case_of(str(delivery.facts["review"]), work)
    if person is None or case.review.stage is not Stage.INTERVIEW:
        return None
    talk = await talk_of(case, work)
    facts, words = talk_facts(case, talk, person, work), work.words(person)
    match delivery.kind:
        case times.OFFER if talk.slots:
            return screen.offered(facts, words)
        case times.OTHERS if not talk.slots:
            return screen.asks_others(facts, words)
        case times.ASK if talk.starts_at is not None:
            return screen.asked(facts, words)
        case times.AGREED if delivery.facts["once"] == _agreed(talk):
            return _date(case, talk, person, work)
    return None


def _agreed(talk: Interview) -> str | None:
    start = talk.starts_at
    return None if start is None else times.agreed_as(talk.sequence, start)


def _date(case: Case, talk: Interview, person: Person, work: Work) -> Card:
    """The time agreed, for the calendar as well."""
    facts = talk_facts(case, talk, person, work)
    own = person.employee_id == case.review.employee_id
    mover = not own and person.employee_id != case.seats.manager
    date = date_of(case, talk, person, work)
    return screen.agreed(facts, date, work.words(person), own=own, mover=mover)


def date_of(
    case: Case, talk: Interview, reader: Person, work: Work, *, off: bool = False
) -> Appointment:
    """The time, for the reader's calendar. `off`: it is none any more."""
    facts, words = talk_facts(case, talk, reader, work), work.words(reader)
    begins = talk.starts_at or work.now
    return Appointment(
        uid=f"{case.review.id}@nosurprise",
        sequence=talk.sequence + off,
        title=screen.title(facts, words),
        begins=begins,
        ends=begins + timedelta(minutes=talk.minutes),
        zone=facts.zone.key,
        at=work.now,
        name=screen.FILE,
        label=screen.file_label(words, off=off),
        off=off,
    )


async def _late(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """Of those that were named then, the ones that are still to be held."""
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None:
        return None
    found = await work.tx.reviews.standings(cycle.id, set(delivery.facts["people"]))
    ahead = [one.employee_id for one in found if one.stage is Stage.INTERVIEW]
    if not ahead:
        return None
    names = tuple(sorted(one.name for one in await work.tx.people.many(ahead)))
    days = work.company.policy.interviews.late_days
    return screen.overdue(cycle.name, names, days, work.words(person))


SAYINGS: Mapping[str, Saying] = dict.fromkeys((OFFER, OTHERS, AGREED), _said)
NOTES: Mapping[str, Saying] = {ASK: _said, LATE: _late}
"""What is said in a message of the day."""
