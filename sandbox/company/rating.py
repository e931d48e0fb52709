"""What a manager of the sample company writes about somebody's quarter."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from sandbox.company import words
from sandbox.company.person import Person
from sandbox.company.scale import POOR, VALUES, Levels, band, ladders
from sandbox.company.story import Row, earned, event, evidence, told


@dataclass(frozen=True, slots=True)
class Rating:
    """A manager's rating of one person, ready to be filled in, in the manager's language."""

    person: Person
    conduct: Row
    levels: MappingProxyType[str, Levels]
    evidence: MappingProxyType[str, str]
    """A case for each value, which says that it was met or where it was not."""
    overall: str
    """The overall rating."""
    case: str
    """What happened, what the person did, what came of it."""
    missed: str
    """Which standards were missed; empty above 3.25."""
    reason: str
    """For the form's question why the rating differs from what the scores suggest."""
    surprise: str
    """For its question why it goes on although the person has not heard of it before."""

    def row(self, title: str) -> Row:
        """Score and comment to the goal of that title."""
        score = earned(self.person, title)
        remarks = words.phrases(_language(self.person))["remark"][band(score)]
        return Row(score, words.pick(remarks, self.person.employee_id, title, "remark"))


def rating(person: Person) -> Rating:
    """The rating of the person by their manager. Raises ValueError where there is no manager."""
    locale = _language(person)
    bank = words.phrases(locale)
    levels = ladders(person.deserves)
    conduct = earned(person, "conduct")
    remarks = bank["conduct"][band(conduct)]
    return Rating(
        person=person,
        conduct=Row(conduct, words.pick(remarks, person.employee_id, "conduct")),
        levels=MappingProxyType(levels),
        evidence=MappingProxyType(
            {
                value: evidence(person, value, levels[value], locale=locale, who=person.called)
                for value in VALUES
            }
        ),
        overall=person.given,
        case=event(person, locale, person.called),
        missed=told(person, locale)["missed"] if band(person.deserves) == POOR else "",
        reason=bank["reason"][person.place % len(bank["reason"])],
        surprise=bank["surprise"][person.place % len(bank["surprise"])],
    )


def _language(person: Person) -> str:
    if person.manager_locale is None:
        raise ValueError(f"{person.employee_id} has no manager who could rate them")
    return person.manager_locale
