"""What the rating form is made of, answers aside."""

from __future__ import annotations

from dataclasses import dataclass

from prompts.screens.distribution_facts import Preview
from prompts.screens.year import YearFacts
from review.annual import Part
from review.assessment import Assessment
from review.goals import Sheet
from review.library import Ladder
from review.needs import Need, Who, needs
from review.policy import Policy
from review.record import Review
from review.score import Outcome
from review.steps import rating_outcome
from review.surprise import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerReviewFacts:
    """What the form is made of, answers aside."""

    record: Review
    person: str
    ladders: tuple[Ladder, ...]
    policy: Policy
    has_reports: bool
    preview: Preview | None = None
    told: Told | None = None
    """What the person has heard from their manager; None: nobody looked."""
    year: YearFacts | None = None
    """In a whole year's review, the quarters that make it."""

    @property
    def asked(self) -> tuple[Ladder, ...]:
        """The ladders that are climbed here; none for a year."""
        return tuple(ladder for ladder in self.ladders if ladder.key in self.policy.values)

    @property
    def parts(self) -> tuple[Part, ...] | None:
        """The quarters as they stand now."""
        return None if self.year is None else self.year.parts

    @property
    def review(self) -> str:
        """The review's id."""
        return self.record.id

    @property
    def sheet(self) -> Sheet:
        """What the person is scored on."""
        return self.record.sheet

    @property
    def self_part(self) -> Assessment | None:
        """What the person wrote; None: nothing by the deadline."""
        return self.record.self_part


def found(given: Assessment, facts: ManagerReviewFacts) -> Outcome | None:
    """What the scores given so far make; None while they are not complete."""
    return rating_outcome(
        facts.record,
        given,
        has_reports=facts.has_reports,
        policy=facts.policy,
        year=facts.parts,
    )


def lacking(given: Assessment, facts: ManagerReviewFacts) -> tuple[Need, ...]:
    """What can't be left out before it is sent."""
    made = found(given, facts)
    return needs(given, made, facts.sheet, facts.policy, Who.MANAGER, told=facts.told)
