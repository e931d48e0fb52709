"""Whoever is chosen as a mentor in the rows of a talk's form, by their account in the chat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from handlers.work import Act
from prompts.answers import Answers
from prompts.screens import action_rows as rows
from prompts.screens.action_rows import Mentor, RowFacts
from review.interview import Promise
from review.learning import ActionKind
from review.people import Person

UNKNOWN, LEFT, OWNER = "unknown", "left", "owner"


async def of(promises: Iterable[Promise], act: Act) -> Mapping[str, Mentor]:
    """Those who stand in these, as far as they can be chosen where the actor is."""
    ids = {one.mentor for one in promises if one.mentor is not None}
    if not ids:
        return {}
    accounts = await act.tx.people.accounts_of(ids, act.platform)
    people = {one.employee_id: one for one in await act.tx.people.many(ids)}
    return {
        account.account_id: Mentor(employee, people[employee].name)
        for employee, account in accounts.items()
    }


async def chosen(
    facts: RowFacts, answers: Answers, act: Act
) -> tuple[Mapping[str, Mentor], dict[str, str]]:
    """All that are known with those whom the answers name, and what is wrong with any of them."""
    known, faults = dict(facts.mentors), {}
    for number in range(1, rows.MOST_LINES + 1):
        account = answers.get(f"mentor:{number}", "")
        given = answers.get(f"action:{number}", "").strip()
        if not account or not given or rows.kind(number, answers) is not ActionKind.MENTORING:
            continue
        person = await act.tx.people.by_account(act.platform, account)
        why = _fault(person, rows.owner(number, facts, answers), act)
        if why is not None:
            faults[rows.wrong(number)] = rows.because(why, number, facts, answers)
        elif person is not None:
            known[account] = Mentor(person.employee_id, person.name)
    return known, faults


def _fault(person: Person | None, owner: str, act: Act) -> str | None:
    if person is None:
        return UNKNOWN
    if person.employee_id == owner:
        return OWNER
    return LEFT if person.has_left(act.today(person)) else None
