"""Every two weeks a mentor and whom they go along with are asked whether they met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from handlers.answers import Answer, Says
from handlers.daily import Day, Section
from handlers.work import Act, Work
from prompts.card import CardPart
from prompts.screens import common
from prompts.screens import mentoring as screen
from review.errors_interview import NotYourPairing, PairingOver
from review.interview import SHUT
from review.learning import Met, asks, round_of
from review.people import EmployeeId
from storage.pairings import Running

Asked = tuple[Running, int]
"""A pairing, and which time it is that both are asked."""


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Both of each pair that is due, but for whoever has said it. Two statements for all."""
    running = await work.tx.pairings.running()
    theirs: dict[EmployeeId, list[Running]] = defaultdict(list)
    for one in running:
        for who in (one.owner, one.pairing.mentor):
            theirs[who].append(one)
    found = [
        (day, list(_due(day, theirs[day.person.employee_id], work)))
        for day in days
        if day.person.employee_id in theirs
    ]
    said = await _said([one.pairing.action for _, some in found for one, _ in some], work)
    return frozenset(day.person.employee_id for day, some in found if _open(day, some, said))


def _due(day: Day, running: Iterable[Running], work: Work) -> Iterable[Asked]:
    weeks = work.company.policy.interviews.mentor_weeks
    for one in running:
        closed = one.pairing.mentor == day.person.employee_id and one.pairing.closed_at is not None
        began = work.date_of(one.pairing.began_at, day.person)
        number = asks(began, day.last, day.today, weeks)
        if number is not None and not closed:
            yield one, number


async def _said(actions: Sequence[str], work: Work) -> dict[tuple[str, int], list[Met]]:
    said: dict[tuple[str, int], list[Met]] = defaultdict(list)
    for one in await work.tx.pairings.met(actions) if actions else ():
        said[one.action, one.number].append(one)
    return said


def _open(day: Day, asked: Iterable[Asked], said: dict[tuple[str, int], list[Met]]) -> list[Asked]:
    """What neither they have answered, nor the other with a yes."""
    return [
        (one, number)
        for one, number in asked
        if not any(
            met.met or met.by == day.person.employee_id
            for met in said.get((one.pairing.action, number), ())
        )
    ]


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """With whom, and three presses; nothing of one who has left."""
    running = await work.tx.pairings.running(day.person.employee_id)
    due = list(_due(day, running, work))
    asked = _open(day, due, await _said([one.pairing.action for one, _ in due], work))
    if not asked:
        return ()
    others = {one.pairing.action: _other(one, day) for one, _ in asked}
    people = {one.employee_id: one for one in await work.tx.people.many(others.values())}
    rows = [
        screen.MeetFacts(
            action=one.pairing.action,
            number=number,
            other=people[other].name,
            mentors=one.pairing.mentor == day.person.employee_id,
        )
        for one, number in asked
        if (other := others[one.pairing.action]) in people
        and not people[other].has_left(work.today(people[other]))
    ]
    return screen.asks(rows, work.words(day.person))


def _other(one: Running, day: Day) -> EmployeeId:
    return one.owner if one.pairing.mentor == day.person.employee_id else one.pairing.mentor


async def met(subject: str, act: Act) -> Answer:
    """`mentor:met`. Raises NotYourPairing, PairingOver."""
    return await _meets(subject, act, yes=True)


async def not_yet(subject: str, act: Act) -> Answer:
    """`mentor:not_yet`: nobody hears of it. Raises NotYourPairing, PairingOver."""
    return await _meets(subject, act, yes=False)


async def _meets(subject: str, act: Act, *, yes: bool) -> Answer:
    """Kept for that time of asking; the later press counts."""
    name, _, number = subject.rpartition("|")
    action = await act.tx.actions.get(name)
    if action is None or not number.isdecimal():
        raise NotYourPairing
    mentor = act.by if act.by != action.owner else action.mentor or ""
    pairing = await act.tx.pairings.get(name, mentor)
    if pairing is None:
        raise NotYourPairing if act.by != action.owner else PairingOver
    weeks = act.company.policy.interviews.mentor_weeks
    began = act.date_of(pairing.began_at, act.actor)
    if not 1 <= int(number) <= round_of(began, act.today(act.actor), weeks):
        raise NotYourPairing
    if action.going in SHUT or action.mentor != mentor or pairing.declined_at is not None:
        raise PairingOver
    said = Met(action=name, number=int(number), by=act.by, met=yes, at=act.now)
    await act.tx.pairings.meets(said)
    return Says(common.says(act.say, "mentoring.met_said" if yes else "mentoring.not_yet_said"))


SECTION = Section(who=_who, says=_says)
