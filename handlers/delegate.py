"""Somebody who is away names who sits at their desks meanwhile."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from handlers import living, sign_list
from handlers.answers import Answer, Says
from handlers.people_said import person_said
from handlers.team import standings_of
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens import delegate as screen
from review.errors_feedback import PersonUnknown
from review.errors_signing import (
    StandInDates,
    StandInForOneself,
    StandInLoops,
    StandInUnclear,
    StandInUnknown,
)
from review.people import EmployeeId, Person
from review.roster_fields import read_date
from storage.delegations import Delegation
from storage.notice import URGENT, Delivery, Notice

STAND_IN = "stand_in"
OFF = {"off", "取消"}
_LIKE_A_DATE = re.compile(r"\d+[-/.年]\d")
FROM_TO = 2
MOST = 92
"""Days that somebody may be stood in for at a time (ours): a quarter."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who, and from when to when, both days included."""

    who: str
    first_day: date
    last_day: date


async def command(rest: str, act: Act) -> Answer:
    """`/review delegate [@who FROM TO | off]`. Raises what `name` raises."""
    if not rest:
        return Says(screen.now(await _of(act.by, act), act.say))
    if rest.casefold() in OFF:
        return await _end(act)
    return await name(_read(rest), act)


def _read(rest: str) -> Wanted:
    words = rest.replace("～", " ").split()
    dates: list[date] = []
    while words and len(dates) < FROM_TO:
        try:
            dates.insert(0, read_date(words[-1]))
        except ValueError:
            break
        words.pop()
    if not words or not dates or _LIKE_A_DATE.match(words[-1]):
        raise StandInUnclear
    return Wanted(" ".join(words), dates[0], dates[-1])


async def name(wanted: Wanted, act: Act) -> Answer:
    """Keep it, tell them at once, and bring them what waits.

    Raises StandInUnclear, StandInUnknown, SeveralPeople, StandInForOneself, StandInDates,
    StandInLoops.
    """
    today = act.today()
    try:
        other = await person_said(wanted.who, act)
    except PersonUnknown:
        raise StandInUnknown(wanted.who) from None
    if other.has_left(today):
        raise StandInUnknown(wanted.who)
    if other.employee_id == act.by:
        raise StandInForOneself
    days = (wanted.last_day - wanted.first_day).days + 1
    if not 0 < days <= MOST or wanted.last_day < today:
        raise StandInDates(MOST)
    made = Delegation(
        id=uuid4().hex,
        owner=act.by,
        stand_in=other.employee_id,
        first_day=wanted.first_day,
        last_day=wanted.last_day,
        at=act.now,
    )
    await _check_loop(made, other, act)
    await act.tx.delegations.end(act.by, today)
    await act.tx.delegations.add(made)
    details = {"stand_in": made.stand_in, "from": str(made.first_day), "to": str(made.last_day)}
    await act.tx.audit.record("stand_in.named", act.by, act.by, act.now, details)
    await act.tx.outbox.put(
        Notice(
            kind=STAND_IN,
            receiver=made.stand_in,
            facts={"owner": act.by, "from": str(made.first_day), "to": str(made.last_day)},
            once=f"{STAND_IN}/{made.id}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )
    await show_desks((act.by, made.stand_in), act)
    return Says(screen.named(other.name, made.first_day, made.last_day, act.say))


async def _check_loop(made: Delegation, other: Person, act: Act) -> None:
    ahead = [
        one
        for one in await act.tx.delegations.from_on(made.first_day)
        if one.first_day <= made.last_day and one.owner != made.owner
    ]
    reached = {made.stand_in}
    for _ in ahead:
        reached |= {one.stand_in for one in ahead if one.owner in reached}
    if made.owner in reached:
        raise StandInLoops(other.name)


async def _end(act: Act) -> Answer:
    before = await _of(act.by, act)
    await act.tx.delegations.end(act.by, act.today())
    if before is not None:
        await act.tx.audit.record("stand_in.ended", act.by, act.by, act.now)
        await show_desks((act.by, before.stand_in), act)
    return Says(common.says(act.say, "delegate.ended"))


async def _of(owner: EmployeeId, act: Act) -> screen.Standing | None:
    for one in await act.tx.delegations.from_on(act.today()):
        if one.owner == owner:
            other = await act.tx.people.get(one.stand_in)
            name = other.name if other else one.stand_in
            return screen.Standing(one.stand_in, name, one.first_day, one.last_day)
    return None


async def show_desks(people: tuple[EmployeeId, ...], work: Work) -> None:
    """Their lists show who sits where now."""
    for person in await work.tx.people.many(people):
        for cycle in await work.tx.cycles.running():
            await sign_list.paint(person, cycle.id, work)
            team = await standings_of(person, cycle.id, work)
            if any(one.self_at or one.rated_at for _, one in team):
                pages = living.pages(len(team))
                shown = living.lists(person.employee_id, cycle.id, pages, work.now)
                await work.tx.outbox.paint_all(shown)


async def said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """What whoever was named hears."""
    facts = delivery.facts
    owner = await work.tx.people.get(str(facts["owner"]))
    if owner is None:
        return None
    days = [date.fromisoformat(str(facts[key])) for key in ("from", "to")]
    return screen.asked(owner.name, days[0], days[1], work.words(person))
