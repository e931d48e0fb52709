"""What an entry in somebody's calendar or to-do list says, read afresh when it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers import one_on_one_facts, times, times_notices
from handlers.entries import CALENDAR, INTERVIEW, TODO
from handlers.one_on_one_pairs import two_of
from handlers.talks import case_of
from handlers.work import Work
from prompts.card import Appointment, Card, Task
from review.interview import Going
from review.one_on_one import State
from review.people import Person
from review.stages import Stage
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

EVENING = time(18)
"""By when something is due on its day, where its owner is (ours)."""


async def _date(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """A talk's time; one that fell through is taken out, and one that was held stays."""
    if person is None:
        return None
    kind, _, subject = (delivery.subject or "").partition("/")
    of = _interview if kind == INTERVIEW else _talk
    found = await of(subject, person, work)
    if found is None or (found.off and delivery.ts is None):
        return None
    return Card(found.title, (found,))


async def _interview(subject: str, person: Person, work: Work) -> Appointment | None:
    case = await case_of(subject, work)
    talk = await times.talk_of(case, work)
    if talk.held_at is not None:
        return None
    there = {case.review.employee_id, case.seats.manager, *case.movers}
    ahead = case.review.stage is Stage.INTERVIEW and talk.starts_at is not None
    off = not ahead or person.employee_id not in there
    return times_notices.date_of(case, talk, person, work, off=off)


async def _talk(subject: str, person: Person, work: Work) -> Appointment | None:
    talk = await work.tx.one_on_ones.get(subject)
    if talk is None:
        return None
    early = talk.starts_at is not None and talk.starts_at == talk.settled_at
    if talk.state in {State.HELD, State.UNSAID} and not early:
        return None
    pair, still = await two_of(talk, work)
    off = talk.state is not State.AHEAD or talk.starts_at is None or not still
    return one_on_one_facts.date_of(pair, talk, person, work, off=off)


async def _task(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """An action; one that was dropped, or that another does now, is taken off the list."""
    action = await work.tx.actions.get(delivery.subject or "")
    if person is None or action is None:
        return None
    off = action.owner != person.employee_id or action.going is Going.DROPPED
    done = action.going is Going.DONE
    if delivery.ts is None and (off or done):
        return None
    zone = ZoneInfo(person.time_zone or work.company.time_zone)
    task = Task(
        id=f"{action.id}/{_number(action.changed_at)}",
        text=action.text,
        due=datetime.combine(action.due, EVENING, zone),
        done=done,
        off=off,
    )
    return Card("", (task,))


def _number(moment: datetime) -> str:
    return str(int(moment.astimezone(UTC).timestamp()))


SAYINGS: Mapping[str, Saying] = {CALENDAR: _date, TODO: _task}
