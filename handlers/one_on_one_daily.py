"""One-on-ones in the message of a day: planned, on the next working day, and was it held?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from handlers.daily import Day, Section
from handlers.hours import DAY, Hours
from handlers.one_on_one_facts import date_of, facts_of
from handlers.one_on_one_pairs import Pair, of_talk
from handlers.work import Work
from prompts.card import Appointment, CardPart
from prompts.screens import one_on_one as screen
from review.check_in import week_of
from review.one_on_one import OneOnOne
from review.people import EmployeeId

EDGES = 21
"""Days in which a first or last working day is looked for; no holiday is as long (ours)."""


class Tells(StrEnum):
    """What there is to say of a talk to one of the two on a day."""

    SOON = "soon"
    """It is on their next working day, or today."""
    NEW = "new"
    """The bot planned it, or found no time."""
    ASKS = "asks"
    """Its time has passed: did they talk? The manager is asked, once."""


def _tells(talk: OneOnOne, pair: Pair, day: Day, work: Work) -> Tells | None:
    """Each once: on the first of their days on which it is true; again where they put it off."""
    hours = Hours(work.company, day.person)
    again = day.asked(hours)
    start, ends = talk.starts_at, talk.ends_at
    if start is not None and ends is not None:
        on = hours.date_of(start)
        if not pair.are_there(on):
            return None
        if ends <= work.now:
            asked = _told(on + DAY, talk, day, hours)
            due = asked <= day.today and (day.last < asked or again)
            return Tells.ASKS if _leads(talk, day) and due else None
        before = hours.add_working_days(on, -1)
        if before <= day.today and (day.last < before or again):
            return Tells.SOON
    if talk.planned_at is not None:
        told = _told(hours.date_of(talk.planned_at) + DAY, talk, day, hours)
        if told <= day.today and (day.last < told or again):
            return Tells.NEW
    return None


def _leads(talk: OneOnOne, day: Day) -> bool:
    return day.person.employee_id == talk.manager


def _told(after: date, talk: OneOnOne, day: Day, hours: Hours) -> date:
    """The day on which news of a talk is told, from that day on.

    Whoever leads hears of all their talks on the first and the last working day of a week, when
    they are written to anyhow: with nine reports there would else be a message every day (ours).
    """
    if not _leads(talk, day):
        return after
    days = (after + number * DAY for number in range(EDGES))
    return next((one for one in days if _is_edge(one, hours)), after)


def _is_edge(day: date, hours: Hours) -> bool:
    week = (week_of(day) + number * DAY for number in range(7))
    worked = [one for one in week if hours.is_working_day(one)]
    return day in {*worked[:1], *worked[-1:]}


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Two statements for everybody."""
    if not days or not work.company.policy.one_on_one.on:
        return frozenset()
    ahead = await work.tx.one_on_ones.ahead()
    if not ahead:
        return frozenset()
    by_person = {day.person.employee_id: day for day in days}
    people = {one: day.person for one, day in by_person.items()}
    theirs = {
        one for talk in ahead for one in talk.pair if not by_person.keys().isdisjoint(talk.pair)
    }
    lacking = theirs - people.keys()
    people |= {one.employee_id: one for one in await work.tx.people.many(lacking)}
    found: set[EmployeeId] = set()
    for talk in ahead:
        pair = of_talk(talk, people, work.today())
        if pair is not None:
            asked = [by_person[one] for one in talk.pair if one in by_person]
            found |= {one.person.employee_id for one in asked if _tells(talk, pair, one, work)}
    return frozenset(found)


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """All of theirs that is still so; who led a team of twelve hears of a few at a time."""
    if not work.company.policy.one_on_one.on:
        return ()
    me, asks, soon, new = day.person, [], [], []
    ahead = await work.tx.one_on_ones.ahead(me.employee_id)
    names = {one for talk in ahead for one in talk.pair}
    people = {one.employee_id: one for one in await work.tx.people.many(names)} if names else {}
    for talk in ahead:
        pair = of_talk(talk, people, work.today())
        tells = _tells(talk, pair, day, work) if pair else None
        if pair is None or tells is None:
            continue
        facts = await facts_of(pair, talk, me, work, since=tells is Tells.SOON)
        if tells is Tells.ASKS:
            asks.append(facts)
        elif tells is Tells.SOON:
            soon.append(screen.New(facts, _date_if_new(talk, pair, day, work)))
        else:
            new.append(screen.New(facts, date_of(pair, talk, me, work)))
    return screen.section(tuple(asks), tuple(soon), tuple(new), work.words(me))


def _date_if_new(talk: OneOnOne, pair: Pair, day: Day, work: Work) -> Appointment | None:
    """For the calendar of one who has not had it yet."""
    at = talk.planned_at
    hours = Hours(work.company, day.person)
    unheard = at is not None and day.last < _told(hours.date_of(at) + DAY, talk, day, hours)
    return date_of(pair, talk, day.person, work) if unheard else None


SECTION = Section(who=_who, says=_says)
