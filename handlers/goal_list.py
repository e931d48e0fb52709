"""Where goals stand: the own message, the manager's living list, and what waits for whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from handlers import living
from handlers.goal_history import history
from handlers.hours import Hours
from handlers.team import Team, manager_of, seated, standings_of
from handlers.work import Act, Work
from prompts.card import Card, Heading
from prompts.screens import goal_cards as screen
from review.cycle import Cycle, is_year
from review.desks import Desks
from review.goal_changes import changes
from review.goal_progress import Outlook, outlooks
from review.goal_setting import SETTING, GoalMarks, GoalState, state_of
from review.people import EmployeeId, Person
from review.record import Review
from review.roster import Roster
from storage.goal_sheets import Marked
from storage.notice import Delivery, Painting
from storage.standings import Standing

if TYPE_CHECKING:
    from handlers.notices import Saying

GOAL_LIST, WORD, STAND, STAND_OWN = "goal_list", "goals_word", "goals_stand", "goals_stand_own"
NOTHING = Marked(GoalMarks(), 0)


def sets_goals(cycle: Cycle, work: Work) -> bool:
    """Whether goals can still be set in that cycle: until its self-review opens.

    A whole year has none of its own: it is made of its quarters (review.annual).
    """
    return not is_year(cycle.name) and work.today() < cycle.self_open


async def my_goals(
    review: Review, cycle: Cycle, person: Person, work: Work
) -> screen.MyGoalsFacts | None:
    """What the own message says of the goals; None once they can be set no more."""
    if review.stage not in SETTING or not sets_goals(cycle, work):
        return None
    kept = await work.tx.goals.get(review.id)
    marks = kept.marks if kept else None
    manager = await manager_of(review, work)
    agreed = marks is not None and marks.agreed_at is not None
    return screen.MyGoalsFacts(
        review=review.id,
        cycle=cycle.name,
        state=state_of(review.stage, marks),
        sheet=kept.proposed if kept else review.sheet,
        due=cycle.goals_due,
        manager=manager.name if manager else "",
        version=kept.version if kept else 0,
        returned=kept.why_returned if kept else "",
        stands=not agreed and work.today(person) > cycle.goals_due,
        changes=changes(kept.before, kept.proposed) if kept and kept.before else (),
        history=await history(review.id, person, work),
    )


async def shown(review: Review, roster: Roster, seats: Desks, act: Act) -> None:
    """The own message and the manager's list show what is true now."""
    painted: list[Painting] = [living.own(review.id, review.employee_id, act.now)]
    manager = roster.get(seats.manager)
    if manager is not None:
        there = await act.tx.signings.shown(GOAL_LIST, [manager.employee_id], review.cycle)
        known = there.get(manager.employee_id)
        at_once = known is not None or act.by == manager.employee_id
        due = act.now if at_once else Hours(act.company, manager).opens(act.now)
        team = await standings_of(manager, review.cycle, act)
        pages = max(-(-len(_setting(team)) // screen.PAGE), known.pages if known else 0)
        painted += _pages(manager.employee_id, review.cycle, pages, due)
    await act.tx.outbox.paint_all(painted)


async def noted(review: Review, act: Act) -> None:
    """Progress was noted: the own message and a manager's list that stands there show it."""
    if review.stage not in SETTING:
        return
    _, seats = await seated(review, act)
    painted = [living.own(review.id, review.employee_id, act.now)]
    if seats.manager is not None:
        there = await act.tx.signings.shown(GOAL_LIST, [seats.manager], review.cycle)
        pages = there[seats.manager].pages if seats.manager in there else 0
        painted += _pages(seats.manager, review.cycle, pages, act.now)
    await act.tx.outbox.paint_all(painted)


def _pages(manager: EmployeeId, cycle: str, count: int, due: datetime) -> list[Painting]:
    return [
        Painting(
            kind=GOAL_LIST,
            receiver=manager,
            subject=f"{cycle}#{page}",
            due=due,
            priority=living.SOON,
        )
        for page in range(count)
    ]


def _setting(team: Team) -> list[tuple[Person, Standing]]:
    return [(person, one) for person, one in team if one.stage in SETTING]


async def _list(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """One page, read afresh; once the self-review opens it stays as it was."""
    cycle_id, _, page = (delivery.subject or "").rpartition("#")
    cycle = await work.tx.cycles.get(cycle_id)
    if cycle is None or person is None:
        return None
    team = _setting(await standings_of(person, cycle_id, work))
    marks = await work.tx.goals.marks([one.id for _, one in team])
    rows = [_row(who, one, marks.get(one.id, NOTHING)) for who, one in team]
    rows.sort(key=lambda row: row.state is not GoalState.TO_LOOK)
    shown = rows[int(page) * screen.PAGE : (int(page) + 1) * screen.PAGE]
    if not shown and delivery.ts is None:
        return None
    facts = screen.GoalListFacts(
        cycle=cycle.name,
        due=cycle.goals_due,
        rows=await _with_progress(shown, team, cycle_id, work),
        page=int(page),
        pages=-(-len(rows) // screen.PAGE),
        agreed=sum(row.state is GoalState.AGREED for row in rows),
        of=len(rows),
    )
    return screen.goal_list(facts, work.words(person))


async def _with_progress(
    rows: Sequence[screen.GoalRow],
    team: Sequence[tuple[Person, Standing]],
    cycle: str,
    work: Work,
) -> tuple[screen.GoalRow, ...]:
    """The rows of agreed goals with how many look how; sheets are opened where one looks bad."""
    agreed = [row.review for row in rows if row.state is GoalState.AGREED]
    latest = await work.tx.progress.latest(agreed)
    bad = {
        one.id: who.employee_id
        for who, one in team
        if set(latest.get(one.id, {}).values()) - {Outlook.ON_TRACK}
    }
    found = await work.tx.reviews.in_cycle(cycle, tuple(bad.values())) if bad else ()
    counts = {one.id: outlooks(latest[one.id], one.sheet) for one in found}
    return tuple(replace(row, outlooks=counts.get(row.review, {})) for row in rows)


def _row(person: Person, standing: Standing, marked: Marked) -> screen.GoalRow:
    return screen.GoalRow(
        review=standing.id,
        person=person.name,
        title=person.title,
        state=state_of(standing.stage, marked.marks),
        version=marked.version,
    )


async def _word(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """The manager's word, as long as it is the last one."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    manager = await work.tx.people.get(str(delivery.facts["by"]))
    if found is None or person is None or manager is None:
        return None
    mine = await my_goals(*found, person, work)
    if mine is None or mine.version != delivery.facts["version"]:
        return None
    facts = screen.GoalWordFacts(cycle=mine.cycle, manager=manager.name, mine=mine)
    return screen.word(facts, work.words(person))


async def _stand_own(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """To the person: what stands for now, and how to change it."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    if found is None or person is None:
        return None
    mine = await my_goals(*found, person, work)
    if mine is None or not mine.stands:
        return None
    words = work.words(person)
    title = words.plain("goals.form_title", cycle=mine.cycle)
    return Card(title, (Heading(title), *screen.parts(mine, words)))


async def _stand(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """To a manager: with whom nothing is agreed, though the day has passed."""
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None or not sets_goals(cycle, work):
        return None
    team = _setting(await standings_of(person, cycle.id, work))
    marks = await work.tx.goals.marks([one.id for _, one in team])
    names = tuple(
        who.name for who, one in team if marks.get(one.id, NOTHING).marks.agreed_at is None
    )
    if not names:
        return None
    return screen.stand(cycle.name, cycle.goals_due, names, work.words(person))


SAYINGS: Mapping[str, Saying] = {
    GOAL_LIST: _list,
    WORD: _word,
}
NOTES: Mapping[str, Saying] = {STAND: _stand, STAND_OWN: _stand_own}
"""What is said in a message of the day."""
