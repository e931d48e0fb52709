"""On the company's first working day of a week the HR channel reads how last week's was."""

from __future__ import annotations

from handlers import check_in_summary as summary
from handlers.hours import Hours
from handlers.living import HR
from handlers.ports import Deps
from handlers.work import Work
from review.check_in import WEEK, week_of

RULE = "check_in_summary"


async def check_in_summary(deps: Deps) -> None:
    """Once a week, inside the company's hours; a week in which nobody looked is left."""
    company, now = deps.company, deps.clock.now()
    if not company.policy.check_in.on or not company.hr_channels:
        return
    hours = Hours(company)
    week = week_of(hours.date_of(now))
    if hours.opens(now) != now:
        return
    async with deps.database.begin(write=False) as tx:
        if (HR, week, "week") in await tx.occurrences.happened(RULE, week):
            return
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=company, now=now)
        if await tx.occurrences.happens(RULE, HR, week, "week"):
            await summary.say(week - WEEK, work)
