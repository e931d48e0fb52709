"""How the sample company got to where the visitor finds it: last quarter, and the days since.

Its clock is moved from day to day, and everything that happens is sent at its time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.cast import TO_RATE, Cast, Quarter
from bot.demo.desk import do, finish, half_done
from bot.demo.diary import Deed, Times, diary
from handlers import cycles, roster
from handlers.hours import Hours
from handlers.match_accounts import match_accounts
from handlers.ports import Company, Deps
from handlers.work import Work
from review.cycle import Cycle
from review.people import Person
from review.stages import Stage
from sandbox.clock import MovableClock
from sandbox.company import roster_csv
from scheduler.deliver import deliver_all
from scheduler.tick import plan
from storage.transaction import Transaction

HOME = "Asia/Shanghai"
MORNING, AFTERNOON = time(10), time(16, 30)
"""In Shanghai; in the afternoon Berlin is at work too."""
DAYS_IN = 3
"""So many working days after the self-review opened the visitor comes."""
PAUSE = timedelta(seconds=20)
"""Long enough for the platform's limits to let a dozen messages more through."""


def at(day: date, hour: time) -> datetime:
    """That hour in Shanghai."""
    return datetime.combine(day, hour, ZoneInfo(HOME))


def opening(quarter: Quarter, company: Company) -> datetime:
    """When the self-review of a quarter opens."""
    after = company.policy.calendar.self_open
    return at(Hours(company).add_working_days(quarter.ends, after), MORNING)


def visit(quarter: Quarter, company: Company) -> datetime:
    """The afternoon at which the visitor comes: both offices are at work."""
    at_home, in_berlin = Hours(company), Hours(company, _somebody_in("Europe/Berlin"))
    day = at_home.add_working_days(opening(quarter, company).date(), DAYS_IN)
    while not (at_home.is_working_day(day) and in_berlin.is_working_day(day)):
        day += timedelta(days=1)
    return at(day, AFTERNOON)


def _somebody_in(zone: str) -> Person:
    return Person(employee_id="", name="", time_zone=zone)


def times_of(cycle: Cycle, company: Company) -> Times:
    """Between which moments the story of a cycle happens."""
    quarter = Quarter(cycle.name, cycle.starts, cycle.ends)
    return Times(
        opening(quarter, company),
        visit(quarter, company),
        at(cycle.self_due, AFTERNOON),
        at(cycle.manager_due, AFTERNOON),
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """The company, its bot, and the clock of both."""

    cast: Cast
    deps: Deps
    clock: MovableClock

    async def arrange(self, quarter: Quarter) -> Cycle:
        """Everything up to the visitor's coming; the cycle that is under way then."""
        await self._import()
        await self._last_quarter(Quarter.before(quarter.starts))
        self.clock.move_to(opening(quarter, self.deps.company))
        cycle = await self._open(quarter)
        deeds = await self.deeds(cycle)
        coming = times_of(cycle, self.deps.company).visit
        for stop in stops(self.deps.clock.now(), coming, self.deps.company):
            self.clock.move_to(stop)
            await self._happen([one for one in deeds if one.at <= stop], cycle)
            deeds = [one for one in deeds if one.at > stop]
            await plan(self.deps)
        await self._settle()
        if self.cast.guided:
            await half_done(TO_RATE, cycle, self.cast, self.deps)
        return cycle

    async def under_way(self, quarter: Quarter) -> Cycle:
        """The cycle of a scene that was arranged before."""
        async with self.deps.database.begin(write=False) as tx:
            return await cycles.named(quarter.name, self._work(tx))

    async def deeds(self, cycle: Cycle) -> list[Deed]:
        """What happens by itself in that cycle, before and after the visitor comes."""
        async with self.deps.database.begin(write=False) as tx:
            found = await tx.reviews.standings(cycle.id)
        reviewed = {one.employee_id for one in found if one.stage is not Stage.EXCLUDED}
        return list(diary(self.cast.people, reviewed, times_of(cycle, self.deps.company)))

    async def _import(self) -> None:
        async with self.deps.database.begin() as tx:
            work = self._work(tx)
            found = await roster.check_roster(roster_csv(self.cast.people).encode(), work)
            await roster.import_roster(found, None, work)
        await match_accounts(self.deps)

    async def _last_quarter(self, quarter: Quarter) -> None:
        """A quarter that is over and done: everybody wrote and was rated, and it was closed.

        Its records are real ones, by the same rules; what was said to people then is not here.
        """
        self.clock.move_to(opening(quarter, self.deps.company))
        async with self.deps.database.begin() as tx:
            work = self._work(tx)
            wanted = cycles.OpenCycle(name=quarter.name)
            cycle, _, _ = await cycles.open_cycle(wanted, self.cast.admin, work)
            await finish(cycle, self.cast, work)
            await tx.cycles.save(replace(cycle, closed_at=at(cycle.hr_due, AFTERNOON)))

    async def _open(self, quarter: Quarter) -> Cycle:
        self.clock.move_to(opening(quarter, self.deps.company))
        async with self.deps.database.begin() as tx:
            wanted = cycles.OpenCycle(name=quarter.name)
            cycle, _, _ = await cycles.open_cycle(wanted, self.cast.admin, self._work(tx))
        await plan(self.deps)
        await self._settle()
        return cycle

    async def _happen(self, deeds: list[Deed], cycle: Cycle) -> None:
        for deed in deeds:
            await do(deed, cycle, self.cast, self.deps)

    async def _settle(self) -> None:
        """Send all that is due, at the pace that the platform allows, but on this clock."""
        while True:
            await deliver_all(self.deps)
            now = self.clock.now()
            async with self.deps.database.begin(write=False) as tx:
                due = await tx.outbox.next_due()
            if due is None or due > now + PAUSE:
                return
            self.clock.move_to(now + PAUSE)

    def _work(self, tx: Transaction) -> Work:
        return Work(tx=tx, company=self.deps.company, now=self.deps.clock.now())


def stops(now: datetime, until: datetime, company: Company) -> list[datetime]:
    """Where a clock that is moved on stops on its way: twice a working day, then at its goal."""
    found, day = [], now.astimezone(ZoneInfo(HOME)).date()
    while day <= until.astimezone(ZoneInfo(HOME)).date():
        if Hours(company).is_working_day(day):
            found += [at(day, MORNING), at(day, AFTERNOON)]
        day += timedelta(days=1)
    return [one for one in found if now < one < until] + [until]
