"""What is told of a one-on-one to one of the two, and nothing that is not theirs to see."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.goal_history import sheet_of
from handlers.one_on_one_pairs import Pair, paused_until, weeks_of
from handlers.work import Work
from prompts.card import Appointment
from prompts.screens import one_on_one as screen
from prompts.screens.times import file_label
from review.goal_progress import Outlook, goals
from review.one_on_one import OneOnOne, State
from review.people import EmployeeId, Person
from review.wording import say

BEFORE = timedelta(weeks=4)
"""How far back the first talk of a pair looks (ours)."""
BAD = {Outlook.AT_RISK, Outlook.OFF_TRACK}


async def facts_of(
    pair: Pair, talk: OneOnOne | None, reader: Person, work: Work, *, since: bool = False
) -> screen.Facts:
    """Where the pair stands, for one of the two; `since`: with what came up."""
    rhythm = await work.tx.one_on_ones.rhythm(*pair.ids)
    held = [one for one in await work.tx.one_on_ones.of_pair(*pair.ids) if one.state is State.HELD]
    last = max((moment for one in held if (moment := day_of(one))), default=None)
    ends = talk.ends_at if talk else None
    return screen.Facts(
        talk=talk.id if talk else "",
        person=pair.person.employee_id,
        other=pair.other(reader.employee_id).name,
        leads=reader.employee_id == pair.manager.employee_id,
        zone=zone_of(reader, work),
        starts_at=talk.starts_at if talk else None,
        over=ends is not None and ends <= work.now,
        minutes=talk.minutes if talk else work.company.policy.one_on_one.minutes,
        weeks=weeks_of(rhythm, work),
        paused_until=paused_until(rhythm, work.today(reader)),
        last=None if last is None else work.date_of(last, reader),
        since=await _since(pair, reader, last, work) if since else screen.Since(),
    )


def zone_of(reader: Person, work: Work) -> ZoneInfo:
    """Whose clock they read; who has none reads the company's."""
    return ZoneInfo(reader.time_zone or work.company.time_zone)


def day_of(talk: OneOnOne) -> datetime | None:
    """When it took place, as far as that is known."""
    return talk.starts_at or talk.settled_at


async def _since(pair: Pair, reader: Person, last: datetime | None, work: Work) -> screen.Since:
    since, me = last or work.now - BEFORE, reader.employee_id
    other = pair.other(me).employee_id
    given = await work.tx.feedback.between(me, other)
    got = await work.tx.feedback.between(other, me)
    return screen.Since(
        actions=await _open(pair, reader, work),
        given=sum(one.at > since for one in given),
        got=sum(one.reached_at is not None and one.reached_at > since for one in got),
        praised=len(await work.tx.praise.received(pair.person.employee_id, since)),
        goals=await _at_risk(pair.person, work, work.words(reader).locale),
    )


async def _open(pair: Pair, reader: Person, work: Work) -> tuple[screen.Open, ...]:
    """What the two agreed with each other, here or in an interview, and is not done yet."""
    talks = {one.id for one in await work.tx.one_on_ones.of_pair(*pair.ids)}
    person, today = pair.person.employee_id, work.today(reader)
    found = [
        one
        for one in await work.tx.actions.open_around(person)
        if (one.talk in talks if one.talk else one.about == person and one.owner in pair.ids)
    ]
    names = {one.employee_id: one.name for one in pair.both} | {reader.employee_id: ""}
    return tuple(
        screen.Open(one.text, names[one.owner], one.due, one.going, one.due < today)
        for one in found
    )


async def _at_risk(person: Person, work: Work, locale: str) -> tuple[str, ...]:
    """Titles of their goals of this period that were last noted to look bad."""
    found: list[str] = []
    for cycle in await work.tx.cycles.running():
        review = await work.tx.reviews.of(cycle.id, person.employee_id)
        if review is None or not cycle.starts <= work.today(person) <= cycle.ends:
            continue
        latest = (await work.tx.progress.latest([review.id])).get(review.id, {})
        sheet = await sheet_of(review, work)
        found += [say(row.title, locale) for row in goals(sheet) if latest.get(row.id) in BAD]
    return tuple(found)


def date_of(
    pair: Pair, talk: OneOnOne, reader: Person, work: Work, *, off: bool = False
) -> Appointment | None:
    """The time, for the reader's calendar; None while there is none. `off`: it is none any more."""
    begins = talk.starts_at or (work.now if off else None)
    if begins is None:
        return None
    names = {"person": pair.person.name, "manager": pair.manager.name}
    words = work.words(reader)
    return Appointment(
        uid=f"{talk.id}@nosurprise",
        sequence=talk.sequence + off,
        title=screen.calendar_title(**names, words=words),
        begins=begins,
        ends=begins + timedelta(minutes=talk.minutes),
        zone=zone_of(reader, work).key,
        at=work.now,
        name=screen.FILE,
        label=file_label(words, off=off),
        off=off,
    )


def named(employee: EmployeeId, pair: Pair) -> str:
    """The name of one of the two."""
    return next(one.name for one in pair.both if one.employee_id == employee)
