"""A manager is asked, now and then, about a report who has heard nothing from them for long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from handlers.daily import Day, Section
from handlers.goal_history import sheet_of
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens import nudge as screen
from prompts.screens.nudge import Silent
from review.goal_progress import outlooks
from review.nudge import falls, quiet
from review.people import EmployeeId, Person

Words = Mapping[tuple[EmployeeId, EmployeeId], date]
"""Giver and receiver to the day of the last word that reached."""


async def _who(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:
    """Managers of whom somebody has heard nothing for so long. Four statements for all of them."""
    began = await _began(work)
    if began is None or not work.company.policy.no_surprise.nudge_weeks:
        return frozenset()
    teams = _teams(await work.tx.people.all())
    words = await _words(work)
    found = {
        day.person.employee_id
        for day in days
        if _silent(day, teams.get(day.person.employee_id, ()), words, began, work)
    }
    return frozenset(found)


async def _says(day: Day, work: Work) -> tuple[CardPart, ...]:
    """Who it is, and what happened meanwhile; nobody any more to whom a word was said."""
    team = await work.tx.people.reports_of(day.person.employee_id)
    began = await _began(work) if team else None
    if began is None:
        return ()
    silent = _silent(day, team, await _words(work, day.person.employee_id), began, work)
    rows = [await _row(one, heard, work) for one, heard in silent[: screen.ROWS]]
    more = len(silent) - len(rows)
    return screen.section(tuple(rows), more, work.words(day.person)) if rows else ()


async def _began(work: Work) -> date | None:
    """Since when the company uses the bot: nobody was silent before."""
    every = await work.tx.cycles.all()
    return min((work.date_of(one.opened_at) for one in every), default=None)


async def _words(work: Work, giver: EmployeeId | None = None) -> Words:
    last = await work.tx.feedback.last_words(giver)
    for pair, at in (await work.tx.praise.last_words(giver)).items():
        last[pair] = max(at, last.get(pair, at))
    return {pair: work.date_of(at) for pair, at in last.items()}


def _teams(people: Sequence[Person]) -> dict[EmployeeId, list[Person]]:
    teams: dict[EmployeeId, list[Person]] = {}
    for one in people:
        if one.manager_id is not None:
            teams.setdefault(one.manager_id, []).append(one)
    return teams


async def quiet_in(day: Day, team: Sequence[Person], work: Work) -> tuple[Person, ...]:
    """To whom of the team nothing was said for as long, those aside whom the nudge names today."""
    began = await _began(work)
    if began is None:
        return ()
    words = await _words(work, day.person.employee_id)
    return tuple(one for one, _ in _silent(day, team, words, began, work, asks=quiet))


def _silent(
    day: Day,
    team: Sequence[Person],
    words: Words,
    began: date,
    work: Work,
    *,
    asks: Callable[[date, date, date, int], bool] = falls,
) -> list[tuple[Person, date | None]]:
    """To whom of the team nothing was said for so long that it is asked today; the longest first.

    With each the day of the last word, if there ever was one.
    """
    weeks = work.company.policy.no_surprise.nudge_weeks
    found: list[tuple[date, Person, date | None]] = []
    for one in team:
        if one.has_left(day.today) or one.on_leave(day.today):
            continue
        heard = words.get((day.person.employee_id, one.employee_id))
        since = max(filter(None, (heard, one.hired_on, began)))
        if asks(since, day.last, day.today, weeks):
            found.append((since, one, heard))
    found.sort(key=lambda row: (row[0], row[1].employee_id))
    return [(one, heard) for _, one, heard in found]


async def _row(person: Person, heard: date | None, work: Work) -> Silent:
    """With how their goals look, as they noted it."""
    looks: dict[str, int] = {}
    for cycle in await work.tx.cycles.running():
        review = await work.tx.reviews.of(cycle.id, person.employee_id)
        sheet = await sheet_of(review, work) if review is not None else None
        if review is None or sheet is None or not cycle.starts <= work.today() <= cycle.ends:
            continue
        latest = (await work.tx.progress.latest([review.id])).get(review.id, {})
        for outlook, count in outlooks(latest, sheet).items():
            looks[outlook.value] = looks.get(outlook.value, 0) + count
    return Silent(person.employee_id, person.name, heard, looks)


SECTION = Section(who=_who, says=_says)
