"""Who talks one to one with whom: everybody and their manager, as the roster has it today.

Nothing is kept of a pair but what it wants otherwise: with the manager's change, a leaving or a
leave it ends or rests by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.work import Act, Work
from review.errors_one_on_one import NotYourTalk, OneOnOnesOff, TalkOver
from review.one_on_one import OneOnOne, Rhythm, State, check_theirs, leads, too_long
from review.people import EmployeeId, Person
from storage.one_on_ones import PairIds


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody and their manager."""

    person: Person
    manager: Person

    @property
    def ids(self) -> PairIds:
        """By which what is kept of them is found."""
        return self.person.employee_id, self.manager.employee_id

    @property
    def both(self) -> tuple[Person, Person]:
        """The two."""
        return self.person, self.manager

    def other(self, employee: EmployeeId) -> Person:
        """With whom one of the two talks."""
        return self.manager if employee == self.person.employee_id else self.person

    def are_there(self, on: date) -> bool:
        """Whether neither is on leave that day."""
        return not any(one.on_leave(on) for one in self.both)


def pairs_of(people: Mapping[EmployeeId, Person], today: date) -> tuple[Pair, ...]:
    """Everybody who is there, with a manager who is."""
    there = [one for one in people.values() if not one.has_left(today)]
    return tuple(
        Pair(one, manager)
        for one in there
        if one.manager_id is not None
        and one.manager_id != one.employee_id
        and (manager := people.get(one.manager_id)) is not None
        and not manager.has_left(today)
    )


def of_talk(talk: OneOnOne, people: Mapping[EmployeeId, Person], today: date) -> Pair | None:
    """The pair of a talk; None: they are no pair any more."""
    person, manager = (people.get(one) for one in talk.pair)
    if person is None or manager is None or person.manager_id != talk.manager:
        return None
    gone = any(one.has_left(today) for one in (person, manager))
    return None if gone else Pair(person, manager)


def check_on(work: Work) -> None:
    """Raises OneOnOnesOff where the company does without."""
    if not work.company.policy.one_on_one.on:
        raise OneOnOnesOff


async def led(person: EmployeeId, act: Act) -> Pair:
    """That person and their manager, one of whom acts. Raises OneOnOnesOff, NotYourTalk."""
    check_on(act)
    today = act.today()
    found = await act.tx.people.get(person)
    if found is None or found.manager_id is None or found.has_left(today):
        raise NotYourTalk
    manager = await act.tx.people.get(found.manager_id)
    if act.by not in {person, found.manager_id} or manager is None or manager.has_left(today):
        raise NotYourTalk
    return Pair(found, manager)


async def between(other: Person, act: Act) -> Pair:
    """Whoever acts and the other, whichever leads. Raises what `led` raises, and NotYourPair."""
    return await led(other.employee_id if leads(act.actor, other) else act.by, act)


async def talk_of(subject: str, act: Act) -> OneOnOne:
    """That talk, of whoever acts and another. Raises OneOnOnesOff, NotYourTalk."""
    check_on(act)
    return check_theirs(await act.tx.one_on_ones.get(subject), act.by)


async def two_of(talk: OneOnOne, work: Work) -> tuple[Pair, bool]:
    """The two of a talk, and whether they still are a pair."""
    people = {one.employee_id: one for one in await work.tx.people.many(talk.pair)}
    pair = of_talk(talk, people, work.today())
    return pair or Pair(people[talk.person], people[talk.manager]), pair is not None


async def ahead_of(subject: str, act: Act) -> tuple[OneOnOne, Pair]:
    """That talk while it is to come. Raises what `talk_of` raises, and TalkOver."""
    talk = await talk_of(subject, act)
    pair, still = await two_of(talk, act)
    if not still or talk.state is not State.AHEAD:
        raise TalkOver
    return talk, pair


def weeks_of(rhythm: Rhythm | None, work: Work) -> int:
    """Between two talks of a pair."""
    own = rhythm.weeks if rhythm else None
    return own or work.company.policy.one_on_one.weeks


def paused_until(rhythm: Rhythm | None, today: date) -> date | None:
    """The day to come until which a pair rests."""
    until = rhythm.paused_until if rhythm else None
    return until if until is not None and until > today else None


@dataclass(frozen=True, slots=True)
class Overdue:
    """Somebody with whom a manager has not talked one to one for too long."""

    person: Person
    since: date
    """The day of the last talk, or since when there could have been one."""
    ever: bool
    """Whether there was one."""


async def overdue_pairs(
    managers: Iterable[EmployeeId], work: Work
) -> Mapping[EmployeeId, tuple[Overdue, ...]]:
    """With whom each of those managers has not talked for too long, the longest first.

    Pairs that rest, one of whom is on leave, or that have a time to come are not named. Five
    statements, however many managers. It is theirs to know, and nobody else's.
    """
    if not work.company.policy.one_on_one.on:
        return {}
    wanted, today, tx = set(managers), work.today(), work.tx
    began = await used_since(work)
    people = {one.employee_id: one for one in await tx.people.all()}
    held, rhythms = await tx.one_on_ones.last_day(State.HELD), await tx.one_on_ones.rhythms()
    agreed = {one.pair for one in await tx.one_on_ones.ahead() if _to_come(one, work.now)}
    found: dict[EmployeeId, list[Overdue]] = {}
    for pair in pairs_of(people, today):
        ids, rhythm = pair.ids, rhythms.get(pair.ids)
        rests = paused_until(rhythm, today) is not None or not pair.are_there(today)
        if ids[1] not in wanted or ids in agreed or rests or began is None:
            continue
        last = held.get(ids)
        day = None if last is None else work.date_of(last)
        paused = rhythm.paused_until if rhythm else None
        since = max(filter(None, (day, pair.person.hired_on, began, paused)))
        if too_long(since, today, weeks_of(rhythm, work)):
            found.setdefault(ids[1], []).append(Overdue(pair.person, since, day is not None))
    return {
        manager: tuple(sorted(rows, key=lambda one: (one.since, one.person.employee_id)))
        for manager, rows in found.items()
    }


async def used_since(work: Work) -> date | None:
    """Since when the company uses the bot; None: no cycle was opened yet."""
    every = await work.tx.cycles.all()
    return min((work.date_of(one.opened_at) for one in every), default=None)


def _to_come(talk: OneOnOne, now: datetime) -> bool:
    return talk.starts_at is not None and talk.starts_at + timedelta(minutes=talk.minutes) > now
