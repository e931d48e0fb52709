"""What somebody's check-in is made of: their goals, what they have to do, and what they wrote."""

from __future__ import annotations

from datetime import date, datetime, time

from handlers.check_in_weeks import Weeks, is_asked, stand
from handlers.goal_history import sheet_of
from handlers.hours import DAY, Hours
from handlers.work import Work
from prompts.screens import check_in as screen
from review.check_in import ends_on
from review.cycle import Cycle
from review.goal_progress import NOTING, goals
from review.people import Person


async def facts_of(
    person: Person, week: date, subject: str, weeks: Weeks, work: Work
) -> screen.CheckInFacts:
    """All of it, as it is now. `subject`: what the buttons name."""
    on = weeks.asked_on(person, week) or work.today(person)
    kept = await work.tx.check_ins.get(person.employee_id, week)
    zone = Hours(work.company, person).zone
    began = datetime.combine(week, time(), zone)
    found = await work.tx.actions.since(person.employee_id, began)
    return screen.CheckInFacts(
        subject=subject,
        goals=tuple(
            [
                goal
                for cycle in await work.tx.cycles.running()
                if is_asked(cycle, on)
                for goal in await _goals(person, cycle, week, on, work)
            ]
        ),
        todos=tuple(screen.Todo(one.id, one.text, one.due, one.going) for one in found),
        words=kept.words if kept else "",
        revision=kept.revision if kept else 0,
        answered=kept is not None,
        until=max(ends_on(week, weeks.works(person)), work.today(person) + DAY),
        today=work.today(person),
        limit=work.company.policy.sheet.text_limit,
    )


async def _goals(
    person: Person, cycle: Cycle, week: date, on: date, work: Work
) -> list[screen.Goal]:
    review = await work.tx.reviews.of(cycle.id, person.employee_id)
    if review is None or review.stage not in NOTING:
        return []
    marked = (await work.tx.goals.marks([review.id])).get(review.id)
    if not stand(marked.marks if marked else None, cycle, on, work):
        return []
    notes = (await work.tx.progress.latest_notes([review.id])).get(review.id, {})
    rows = []
    for row in goals(await sheet_of(review, work)):
        last = notes.get(row.id)
        fresh = last is not None and work.date_of(last.at, person) >= week
        rows.append(
            screen.Goal(
                review=review.id,
                row=row.id,
                title=row.title,
                look=last.outlook if last and fresh else None,
                before=last.outlook if last and not fresh else None,
            )
        )
    return rows
