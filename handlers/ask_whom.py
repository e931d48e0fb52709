"""Who reads a question that a manager asks before rating."""

from __future__ import annotations

from handlers.work import Act
from prompts.screens.ask import AskFacts
from review.desks import Desks
from review.library import Ladder
from review.people import Person
from review.roster import Roster


def whom(seats: Desks, roster: Roster, act: Act) -> tuple[Person, ...]:
    """The skip-level and the HR partner, or who sits there today; never the person reviewed."""
    ids = dict.fromkeys((seats.skip_level, seats.hr))
    out = {act.by, seats.person}
    return tuple(roster.people[one] for one in ids if one is not None and one not in out)


def facts_of(
    review: str, person: Person, ladder: Ladder, around: tuple[Roster, Desks], act: Act
) -> AskFacts:
    """What the form shows."""
    roster, seats = around
    return AskFacts(
        review=review,
        person=person.name,
        ladder=ladder,
        asked=tuple(one.name for one in whom(seats, roster, act)),
        limit=act.company.policy.sheet.text_limit,
    )
