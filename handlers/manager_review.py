"""A manager rates one person: by a button in the team list, then by the form."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import living
from handlers.answers import Opens
from handlers.cycle_facts import cycle_of
from handlers.keeping import dressed, opened, prefill
from handlers.spread import preview_for
from handlers.team import desks_of
from handlers.work import Act
from prompts import answers as names
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import manager_review as screen
from review import scale
from review.assessment import Assessment
from review.errors import NotEntitled, NotYourTurn
from review.people import Person
from review.record import Review, ReviewId
from review.stages import Desk, Move, Stage
from review.steps import rate

RATEABLE = {Stage.MANAGER_REVIEW, Stage.CALIBRATION, Stage.SKIP_LEVEL}
FORM = "manager_review"


@dataclass(frozen=True, slots=True)
class ManagerReviewForm:
    """The rating form of one review, opened by whoever sits at the manager's desk."""

    act: Act
    person: Person
    facts: screen.ManagerReviewFacts

    @property
    def last_step(self) -> int:
        """The number of the step that sends the whole."""
        return screen.steps(self.facts) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step."""
        return screen.form(self.facts, answers, self.act.say, step=step, sent=sent)

    def over(self, button: str, step: int) -> Form | None:
        """All that the person wrote to what the step asks."""
        if button != "form.read":
            return None
        return screen.what_they_wrote(self.facts, self.act.say, step=step)

    async def send(self, answers: Answers) -> None:
        """Record the rating."""
        record = self.facts.record
        policy = self.act.company.policy
        given = names.assessment(answers, record.sheet, policy, manager=True)
        await submit(record, given, self.person, self.act)


async def load(subject: ReviewId, act: Act) -> ManagerReviewForm:
    """The form, if the actor rates that person now. Raises NotEntitled, NotYourTurn."""
    review = await act.tx.reviews.get(subject)
    person = None if review is None else await act.tx.people.get(review.employee_id)
    if review is None or person is None:
        raise NotEntitled(who_can="manager")
    if Desk.MANAGER not in (await desks_of(person, act)).held_by(act.by):
        raise NotEntitled(who_can="manager")
    await cycle_of(review, act)
    if review.stage not in RATEABLE:
        raise NotYourTurn(Move.RATE, review.stage, Desk.MANAGER)
    facts = screen.ManagerReviewFacts(
        record=review,
        person=person.name,
        ladders=tuple(act.company.library.ladders[key] for key in act.company.policy.values),
        policy=act.company.policy,
        has_reports=await _has_reports(person, act),
        preview=await preview_for(review, act),
    )
    return ManagerReviewForm(act, person, facts)


async def press(subject: ReviewId, score: str, act: Act) -> Opens:
    """A rating button: open the form with the overall rating filled in; nothing counts yet.

    Raises UnknownScore for a button that no scale has, and what load raises.
    """
    scale.parse(score, act.company.policy)
    use = await load(subject, act)
    await prefill(FORM, subject, {names.OVERALL: score}, act)
    return await _open(use, act)


async def change(subject: ReviewId, act: Act) -> Opens:
    """Open a sent rating again, as it was sent and at its last step: the overall rating.

    Raises what load raises.
    """
    use = await load(subject, act)
    sent = use.facts.record.manager_part
    kept = await opened(FORM, subject, act)
    if sent is not None and not kept.answers:
        await prefill(FORM, subject, names.written(sent, manager=True), act)
        await (await opened(FORM, subject, act)).at(use.last_step, act)
    return await _open(use, act)


async def _open(use: ManagerReviewForm, act: Act) -> Opens:
    kept = await opened(FORM, use.facts.review, act)
    step = min(kept.draft.step, use.last_step)
    return Opens(dressed(use.form(kept.answers, step=step, sent=False), kept, act.say))


async def submit(review: Review, given: Assessment, person: Person, act: Act) -> None:
    """Record the rating and show it where it counts. Raises what the rule raises."""
    saved = await act.tx.reviews.save(
        rate(
            review,
            given,
            by=act.by,
            holder=act.by,
            has_reports=await _has_reports(person, act),
            at=act.now,
            policy=act.company.policy,
        )
    )
    before = None if review.rating is None else scale.show(review.rating)
    details = {"from": before, "to": saved.rating and scale.show(saved.rating)}
    await act.tx.audit.record("rating.sent", saved.id, act.by, act.now, details)
    await living.rated(saved, person, act)


async def _has_reports(person: Person, act: Act) -> bool:
    today = act.today()
    reports = await act.tx.people.reports_of(person.employee_id)
    return any(not report.has_left(today) for report in reports)
