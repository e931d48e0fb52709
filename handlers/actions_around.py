"""The open actions around somebody: their own, what others promised them, their team's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from handlers.team import heads_of
from handlers.work import Work
from prompts.screens import actions as screen
from prompts.screens.actions import Kind, Line
from review.interview import Action, ActionWord, Going
from review.people import EmployeeId, Person
from storage.actions import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """All of them without their words, the earliest due first."""

    person: Person
    heads: Mapping[Kind, tuple[Head, ...]]

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many of each kind there are."""
        return {kind: len(some) for kind, some in self.heads.items()}


async def around(person: Person, work: Work) -> Around:
    """What somebody may see, and nobody else.

    What comes from a one-on-one is the pair's: no stand-in of the manager sees it.
    """
    me = person.employee_id
    theirs = await work.tx.actions.heads_around(me)
    paired = {
        one.pairing.action
        for one in await work.tx.pairings.running(me)
        if one.pairing.mentor == me and one.pairing.closed_at is None
    }
    team = await work.tx.actions.heads_of(await _reports(person, work))
    return Around(
        person=person,
        heads={
            Kind.MINE: tuple(one for one in theirs if one.owner == me),
            Kind.PROMISED: tuple(
                one for one in theirs if one.owner != me and me in {one.about, one.manager}
            ),
            Kind.TEAM: tuple(one for one in team if one.about == one.owner and one.talk is None),
            Kind.MENTORING: tuple(one for one in theirs if one.id in paired),
        },
    )


async def _reports(person: Person, work: Work) -> Collection[EmployeeId]:
    found = [
        one.employee_id
        for head in await heads_of(person, work)
        for one in await work.tx.people.reports_of(head)
    ]
    return set(found) - {person.employee_id}


async def lines(
    heads: Mapping[Kind, Collection[Head]], person: Person, work: Work
) -> Mapping[Kind, tuple[Line, ...]]:
    """Those with their words, and the names of those around them."""
    ids = [one.id for some in heads.values() for one in some]
    if not ids:
        return dict.fromkeys(heads, ())
    actions = await work.tx.actions.many(ids)
    stuck = [one.id for one in actions.values() if one.going is Going.STUCK]
    said = await work.tx.actions.words_on(stuck) if stuck else {}
    who = {
        one
        for action in actions.values()
        for one in (action.owner, action.about, action.mentor)
        if one
    }
    names = {one.employee_id: one.name for one in await work.tx.people.many(who)}

    def line(kind: Kind, action: Action) -> Line:
        other = action.about if kind is Kind.MINE else action.owner
        return screen.Line(
            id=action.id,
            text=action.text,
            person="" if other == person.employee_id else names.get(other, ""),
            due=action.due,
            going=action.going,
            words="" if kind is Kind.MENTORING else _last(said.get(action.id, ())),
            kind=action.kind,
            link=action.link,
            mentor=names.get(action.mentor or "", ""),
        )

    return {
        kind: tuple(line(kind, actions[one.id]) for one in some if one.id in actions)
        for kind, some in heads.items()
    }


def _last(said: tuple[ActionWord, ...]) -> str:
    """What was last said to be in the way."""
    return next((one.words for one in reversed(said) if one.words), "")
