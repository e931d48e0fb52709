"""Once a week a manager reads how the team's week was, and once a month how the month was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date

from handlers import nudge
from handlers.check_in_weeks import Weeks, has_something, with_goals
from handlers.daily import Day, Section
from handlers.digest_month import month_of
from handlers.hours import Hours
from handlers.one_on_one_pairs import overdue_pairs
from handlers.team import heads_of
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens import digest as screen
from review.check_in import WEEK, first_of_month, week_of
from review.goal_progress import Outlook, outlooks
from review.interview import Going
from review.people import EmployeeId, Person
from review.roster import Roster


def is_due(day: Day, weeks: Weeks, work: Work) -> bool:
    """Whether it comes today: on their first working day of a week, or after it was missed."""
    first = weeks.first(day.person, week_of(day.today))
    if first is None or first > day.today or not work.company.policy.check_in.on:
        return False
    return day.last < first or day.asked(Hours(work.company, day.person))


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Managers of whose team somebody was asked last week; the same statements for all."""
    weeks = Weeks(work)
    due = [day for day in days if is_due(day, weeks, work)]
    if not due:
        return frozenset()
    teams = await _teams(work)
    theirs = {
        day.person.employee_id: _there(teams.get(day.person.employee_id, ()), day, weeks)
        for day in due
    }
    on = max(_friday(day, weeks) for day in due)
    asked = await has_something({one for team in theirs.values() for one in team}, on, work)
    return frozenset(manager for manager, team in theirs.items() if not asked.isdisjoint(team))


async def _teams(work: Work) -> dict[EmployeeId, list[Person]]:
    """Whom everybody leads today, for somebody else too (handlers.team.heads_of)."""
    named = await work.tx.delegations.on(work.today())
    roster = Roster.of(await work.tx.people.all(), work.company.hr_admins, named)
    found: dict[EmployeeId, list[Person]] = {}
    for head in roster.reports:
        for leads in dict.fromkeys((head, roster.stand_in(head))):
            found.setdefault(leads, []).extend(roster.reports_of(head))
    return found


def _there(team: Sequence[Person], day: Day, weeks: Weeks) -> dict[EmployeeId, Person]:
    """Those who worked last week and have not left since."""
    last = week_of(day.today) - WEEK
    return {
        one.employee_id: one
        for one in team
        if not one.has_left(day.today)
        and one.employee_id != day.person.employee_id
        and weeks.asked_on(one, last) is not None
    }


def _friday(day: Day, weeks: Weeks) -> date:
    """The day on which last week was asked about."""
    last = week_of(day.today) - WEEK
    return weeks.asked_on(day.person, last) or last


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """How last week was, as it is known now."""
    weeks = Weeks(work)
    if not is_due(day, weeks, work):
        return ()
    found = [
        one
        for head in await heads_of(day.person, work)
        for one in await work.tx.people.reports_of(head)
    ]
    team = _there(found, day, weeks)
    asked = await has_something(team.keys(), _friday(day, weeks), work)
    if not asked:
        return ()
    facts = await _facts(day, team, asked, weeks, work)
    return screen.section(facts, work.words(day.person))


async def _facts(
    day: Day,
    team: dict[EmployeeId, Person],
    asked: Collection[EmployeeId],
    weeks: Weeks,
    work: Work,
) -> screen.DigestFacts:
    week, manager = week_of(day.today), day.person.employee_id
    told = await work.tx.check_ins.told(team.keys(), week - WEEK)
    looks = await _looks(team.keys(), _friday(day, weeks), work)
    open_ = [one for one in await work.tx.actions.going(team.keys()) if one.about == one.owner]
    stuck = Counter(one.owner for one in open_ if one.going is Going.STUCK)
    late = Counter(one.owner for one in open_ if one.due < day.today)
    rows = [
        screen.Row(
            employee=one,
            person=team[one].name,
            off_track=looks[one, Outlook.OFF_TRACK],
            at_risk=looks[one, Outlook.AT_RISK],
            stuck=stuck[one],
            late=late[one],
            words=told[one].words if one in told else "",
        )
        for one in sorted(team, key=lambda one: (team[one].name, one))
    ]
    quiet = await nudge.quiet_in(day, [*team.values()], work)
    untalked = (await overdue_pairs([manager], work)).get(manager, ())
    looks_back = first_of_month(week, weeks.works(day.person))
    return screen.DigestFacts(
        week=week - WEEK,
        answered=sum(one in told for one in team),
        asked=len({*asked, *told}),
        silent=tuple(row.person for row in rows if row.employee in {*asked} - told.keys()),
        rows=tuple(row for row in rows if row.tells),
        open=len(open_),
        late=late.total(),
        stuck=stuck.total(),
        quiet=tuple(one.name for one in quiet),
        untalked=tuple(one.person.name for one in untalked),
        month=await month_of(day, team.keys(), work) if looks_back else None,
    )


async def _looks(
    people: Collection[EmployeeId], on: date, work: Work
) -> Counter[tuple[EmployeeId, Outlook]]:
    """How many goals of each do not look well; sheets are opened where one does not."""
    reviews = await with_goals(people, on, work)
    latest = await work.tx.progress.latest(reviews)
    bad = {one for one, rows in latest.items() if {*rows.values()} - {Outlook.ON_TRACK}}
    found: Counter[tuple[EmployeeId, Outlook]] = Counter()
    for cycle in await work.tx.cycles.running() if bad else ():
        for review in await work.tx.reviews.in_cycle(cycle.id, {reviews[one] for one in bad}):
            if review.id in bad:
                counts = outlooks(latest[review.id], review.sheet)
                found.update({(review.employee_id, one): n for one, n in counts.items()})
    return found


SECTION = Section(who=_who, says=_says)
