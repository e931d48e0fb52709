"""A person sends their own review, whatever platform they wrote it on."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import evidence, living
from handlers.answers import Opens
from handlers.changes import Changes
from handlers.crowd import Crowd
from handlers.keeping import dressed, opened
from handlers.sealing import seal
from handlers.team import standings_of
from handlers.waits import Source
from handlers.work import Act, Work
from prompts import answers as names
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import self_review as screen
from prompts.screens.status import Waiting
from review.assessment import Assessment
from review.cycle import Cycle, check_open, is_year
from review.errors import AlreadySent, NotEntitled, UnknownReview
from review.people import EmployeeId, Person
from review.record import Review, ReviewId, rules_for
from review.stages import Move, Stage
from review.steps import submit_self
from storage.audit import Happened
from storage.standings import Standing


@dataclass(frozen=True, slots=True)
class SelfReviewForm:
    """The form of one review, opened by the person whom it is about."""

    act: Act
    review: Review
    cycle: Cycle
    facts: screen.SelfReviewFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """The number of the step that sends the whole."""
        return screen.steps(self.facts) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step."""
        return screen.form(self.facts, answers, self.act.say, step=step, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """Shows what may be quoted, or quotes it: for a value at its ladder, else in the whole."""
        review, field = (self.act.actor, self.cycle), screen.quoting(self.facts, step)
        return await evidence.pressed(button, answers, field, review, self.act)

    async def send(self, answers: Answers) -> None:
        """Hand the whole over to the manager."""
        policy = rules_for(self.review, self.act.company.policy)
        given = names.assessment(answers, self.review.sheet, policy, manager=False)
        await submit(self.review, given, self.act)


async def load(subject: ReviewId, act: Act) -> SelfReviewForm:
    """The form, if it is the actor's to fill in now.

    Raises UnknownReview, NotEntitled, AlreadySent.
    """
    found = await act.tx.reviews.with_cycle(subject)
    if found is None:
        raise UnknownReview
    review, cycle = found
    if review.employee_id != act.by:
        raise NotEntitled(who_can="person")
    if review.self_part is not None or review.stage not in {
        Stage.SELF_REVIEW,
        Stage.MANAGER_REVIEW,
    }:
        raise AlreadySent(Move.SUBMIT_SELF, review.stage)
    check_open(cycle)
    policy = rules_for(review, act.company.policy)
    facts = screen.SelfReviewFacts(
        review=review.id,
        cycle=cycle.name,
        due=cycle.self_due,
        sheet=review.sheet,
        ladders=act.company.ladders(cycle.opened_at, policy),
        policy=policy,
        actuals=review.actuals,
    )
    return SelfReviewForm(act, review, cycle, facts)


async def open_form(subject: ReviewId, act: Act) -> Opens:
    """Open the form where it was left. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened("self_review", subject, act)
    step = min(kept.draft.step, use.last_step(kept.answers))
    return Opens(dressed(use.form(kept.answers, step=step, sent=False), kept, act.say))


async def submit(review: Review, given: Assessment, act: Act) -> None:
    """Record the self-review and show it where it is waited for. Raises what the rule raises."""
    policy = act.company.policy
    sent = submit_self(review, given, by=act.by, at=act.now, policy=policy)
    saved = await act.tx.reviews.save(sent)
    said = Happened(event="self_review.sent", subject=saved.id, actor=act.by, at=act.now)
    await seal(saved, Move.SUBMIT_SELF, said, act)
    await living.self_review_came(saved, act)


def may_write(standing: Standing) -> bool:
    """Whether the self-review can still be sent."""
    open_now = standing.stage in {Stage.SELF_REVIEW, Stage.MANAGER_REVIEW}
    return open_now and standing.self_at is None and standing.rated_at is None


async def _waits(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    if is_year(cycle.name):
        return ()  # a word on the year may be left, so nobody is asked for it again (ours)
    mine = await work.tx.reviews.standings(cycle.id, [person.employee_id])
    return tuple(
        Waiting(
            kind="self",
            cycle=cycle.name,
            due=cycle.self_due,
            action="self_review.open",
            items=((one.id, ""),),
        )
        for one in mine
        if may_write(one)
    )


async def of_a_year(act: Act) -> ReviewId | None:
    """The year on which the actor may still say a word, if one runs."""
    for cycle in await act.tx.cycles.running():
        for one in await act.tx.reviews.standings(cycle.id, [act.by]) if is_year(cycle.id) else ():
            if may_write(one):
                return one.id
    return None


async def _late(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    if is_year(cycle.name):
        return ()
    return tuple(
        report.name
        for report, standing in await standings_of(person, cycle.id, work)
        if may_write(standing)
    )


async def _all(crowd: Crowd) -> frozenset[EmployeeId]:
    return frozenset() if is_year(crowd.cycle.name) else crowd.own(may_write)


async def _all_late(crowd: Crowd) -> frozenset[EmployeeId]:
    return frozenset() if is_year(crowd.cycle.name) else crowd.managers(may_write)


WAITS = Source(
    kind="self",
    due=lambda cycle: cycle.self_due,
    find=_waits,
    who=_all,
    late=_late,
    who_late=_all_late,
)
