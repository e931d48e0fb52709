"""The bot looks for the time of each pair's next one-on-one, so that nobody has to.

It plans the talk itself, at the best hour that suits both; either may move it in a form that is
filled in with another such time. An interview's time is offered and taken (handlers.times), for
it is once a quarter; a manager of twelve has a talk every other day, and presses nothing for
those that stand as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers.free_times import Span, busy, free, of_one_on_one
from handlers.hours import DAY, Hours
from handlers.one_on_one_pairs import Pair, of_talk, pairs_of, paused_until, used_since, weeks_of
from handlers.work import Work
from review import slots
from review.one_on_one import (
    AHEAD,
    LEAD,
    WEEK,
    OneOnOne,
    Rhythm,
    State,
    first_due,
    is_unsaid,
    waits,
)
from review.people import EmployeeId
from storage.one_on_ones import PairIds


@dataclass(slots=True)
class Plans:
    """What is known of all pairs, and what of it changes."""

    work: Work
    last: Mapping[PairIds, OneOnOne]
    settled: dict[PairIds, datetime]
    rhythms: Mapping[PairIds, Rhythm]
    busy: dict[EmployeeId, list[Span]]
    changed: list[OneOnOne]

    def plan(self, pair: Pair, rank: int, team: int) -> None:
        """Give the pair's next talk a time, if it is to have one by now."""
        work, last = self.work, self.last.get(pair.ids)
        rhythm = self.rhythms.get(pair.ids)
        weeks = weeks_of(rhythm, work)
        if last is not None and is_unsaid(last, work.now):
            last = replace(last, state=State.UNSAID, settled_at=work.now)
            self.changed.append(last)
            self.settled[pair.ids] = last.starts_at or work.now
        clashes = last is not None and self._clashes(last, pair)
        if last is not None and clashes:
            last = replace(last, starts_at=None, planned_at=None)
        if not waits(last, work.now, weeks):
            return
        day = self._due(pair, rhythm, weeks, first=(rank, team))
        if day is not None and day <= work.today() + AHEAD:
            self._settle(pair, last, day)
        elif last is not None and clashes:
            self.changed.append(last)

    def _clashes(self, talk: OneOnOne, pair: Pair) -> bool:
        """Whether one of the two is on leave by the day of a talk that is to come."""
        start = talk.starts_at
        if talk.state is not State.AHEAD or start is None or start <= self.work.now:
            return False
        return any(one.on_leave(self.work.date_of(start, one)) for one in pair.both)

    def _due(
        self, pair: Pair, rhythm: Rhythm | None, weeks: int, first: tuple[int, int]
    ) -> date | None:
        """The day around which it falls; None: one of the two is away without an end."""
        work = self.work
        earliest = work.today() + LEAD
        settled = self.settled.get(pair.ids)
        if settled is None:
            day = first_due(*first, weeks, earliest)
        else:
            day = max(work.date_of(settled) + weeks * WEEK, earliest)
        day = max(day, paused_until(rhythm, work.today()) or day)
        for one in (*pair.both, *pair.both):
            if one.on_leave(day):
                if one.leave_to is None:
                    return None
                day = one.leave_to + DAY + LEAD
        return day

    def _settle(self, pair: Pair, last: OneOnOne | None, day: date) -> None:
        work = self.work
        minutes = work.company.policy.one_on_one.minutes
        if last is None or last.state is not State.AHEAD:
            person, manager = pair.ids
            number = 1 if last is None else last.number + 1
            last = OneOnOne(id="", person=person, manager=manager, number=number, minutes=minutes)
        taken = [span for one in pair.ids for span in self.busy.get(one, ())]
        suits = free(pair.both, last.minutes, taken, work.company)
        start = slots.first(suits, day, Hours(work.company, pair.person).zone)
        sequence = last.sequence if start is None else last.sequence + 1
        made = replace(last, starts_at=start, planned_at=work.now, sequence=sequence)
        self.changed.append(made)
        for one in pair.ids:
            self.busy.setdefault(one, []).extend(of_one_on_one(made))


async def parted(work: Work) -> tuple[OneOnOne, ...]:
    """The talks to come of those who are a pair no longer."""
    people = {one.employee_id: one for one in await work.tx.people.all()}
    ahead = await work.tx.one_on_ones.ahead()
    return tuple(one for one in ahead if of_talk(one, people, work.today()) is None)


async def plan_all(work: Work) -> tuple[OneOnOne, ...]:
    """All that changes today. Seven statements, however many pairs."""
    tx, today = work.tx, work.today()
    if await used_since(work) is None:
        return ()
    people = {one.employee_id: one for one in await tx.people.all()}
    kept = tx.one_on_ones
    plans = Plans(
        work=work,
        last=await kept.last(),
        settled=dict(await kept.last_day(State.HELD, State.SKIPPED, State.UNSAID)),
        rhythms=await kept.rhythms(),
        busy=await busy(people, work),
        changed=[],
    )
    teams: defaultdict[EmployeeId, list[Pair]] = defaultdict(list)
    for pair in pairs_of(people, today):
        teams[pair.manager.employee_id].append(pair)
    for team in teams.values():
        for rank, pair in enumerate(team):
            plans.plan(pair, rank, len(team))
    return tuple(plans.changed)
