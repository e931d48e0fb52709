"""A manager rates one person: by a button in the team list, then by the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import evidence, living, no_surprise, sign_list
from handlers import year as years
from handlers.answers import Opens
from handlers.ask_whom import facts_of
from handlers.changes import Changes
from handlers.crowd import Crowd
from handlers.keeping import Kept, dressed, opened, prefill
from handlers.sealing import seal
from handlers.sign_off import tell_voided
from handlers.spread import preview_for
from handlers.team import seated, standings_of
from handlers.waits import Source
from handlers.work import Act, Work
from prompts import answers as names
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import ask as asking
from prompts.screens import manager_review as screen
from prompts.screens import rating_hints
from prompts.screens.status import Waiting
from review import scale
from review.annual import Part
from review.assessment import Assessment
from review.cycle import Cycle, check_open
from review.desks import Desks
from review.errors import AlreadySigned, NotEntitled, NotYourTurn, UnknownReview
from review.people import EmployeeId, Person
from review.record import Review, ReviewId, rules_for, state
from review.roster import Roster
from review.stages import Desk, Move, Stage
from review.steps import rate
from review.surprise import Told
from review.transitions import ABOVE_MANAGER
from storage.audit import Happened

RATEABLE = {Stage.MANAGER_REVIEW, Stage.CALIBRATION, Stage.SKIP_LEVEL}
FORM = "manager_review"


@dataclass(frozen=True, slots=True)
class ManagerReviewForm:
    """The rating form of one review, opened by whoever sits at the manager's desk."""

    act: Act
    facts: screen.ManagerReviewFacts
    person: Person
    cycle: Cycle
    around: tuple[Roster, Desks]

    def last_step(self, answers: Answers) -> int:
        """The number of the step that sends the whole."""
        return screen.steps(self.facts, answers) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step."""
        return screen.form(self.facts, answers, self.act.say, step=step, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """All that they wrote; their climb taken over; or what may be quoted, in the words."""
        if button == "form.read":
            return screen.what_they_wrote(self.facts, self.act.say, step=step)
        if button.startswith(screen.AS_THEIRS):
            value = button.removeprefix(screen.AS_THEIRS)
            if any(names.levels(answers, value)):
                return None  # a late press changes nothing that the manager answered
            return Changes(screen.their_climb(self.facts, value))
        if button.startswith(asking.BUTTON):
            return self._ask(button.removeprefix(asking.BUTTON))
        field = screen.quoting(self.facts, step)
        return await evidence.pressed(button, answers, field, (self.person, self.cycle), self.act)

    def _ask(self, value: str) -> Form | None:
        """The question to those above and HR, laid over; what was answered here stays."""
        ladder = next((one for one in self.facts.asked if one.key == value), None)
        if ladder is None:
            return None
        facts = facts_of(self.facts.review, self.person, ladder, self.around, self.act)
        return asking.form(facts, {}, self.act.say)

    async def send(self, answers: Answers) -> Changes | None:
        """Record the rating; words used twice are pointed out once, at a step of their own."""
        facts, act = self.facts, self.act
        given = names.assessment(answers, facts.sheet, facts.policy, manager=True)
        repeats = rating_hints.same_words(answers)
        if not repeats:
            found = await no_surprise.repeats_of(facts.record, facts.person, given, act)
            if found:
                noted = {names.SAME_WORDS: rating_hints.note(answers, found)}
                return Changes(noted, step=screen.steps(facts))
        await submit(
            facts.record,
            given,
            act,
            has_reports=facts.has_reports,
            told=facts.told,
            same_words=bool(repeats),
            around=self.around,
            year=facts.parts,
        )
        return None


async def load(subject: ReviewId, act: Act) -> ManagerReviewForm:
    """The form, if the actor rates that person now.

    Raises UnknownReview, NotEntitled, NotYourTurn, AlreadySigned.
    """
    found = await act.tx.reviews.with_cycle(subject)
    if found is None:
        raise UnknownReview
    review, cycle = found
    roster, seats = await seated(review, act)
    person = roster.people[review.employee_id]
    if Desk.MANAGER not in seats.held_by(act.by):
        raise NotEntitled(who_can="manager")
    check_open(cycle)
    if review.stage not in RATEABLE:
        raise NotYourTurn(Move.RATE, review.stage, Desk.MANAGER)
    for desk in ABOVE_MANAGER:
        if desk in state(review).signatures:
            raise AlreadySigned(desk)
    facts = screen.ManagerReviewFacts(
        record=review,
        person=person.name,
        ladders=act.company.ladders(cycle.opened_at, act.company.policy),
        policy=rules_for(review, act.company.policy),
        has_reports=roster.has_reports(person.employee_id, act.today()),
        preview=await preview_for(review, act),
        told=await no_surprise.told_of(person, cycle, act, raters=[act.by]),
        year=await years.to_rate(review, person, act),
    )
    return ManagerReviewForm(act, facts, person, cycle, (roster, seats))


async def press(subject: ReviewId, score: str, act: Act) -> Opens:
    """A rating button: open the form with the overall rating filled in; nothing counts yet.

    Raises UnknownScore for a button that no scale has, and what load raises.
    """
    scale.parse(score, act.company.policy)
    use = await load(subject, act)
    return _open(use, await prefill(FORM, subject, {names.OVERALL: score}, act), act)


async def change(subject: ReviewId, act: Act) -> Opens:
    """Open a sent rating again, as it was sent and at its last step: the overall rating.

    Raises what load raises.
    """
    use = await load(subject, act)
    sent = use.facts.record.manager_part
    kept = await opened(FORM, subject, act)
    if sent is not None and not kept.answers:
        written = names.written(sent, manager=True)
        last = use.last_step(written)
        kept = await prefill(FORM, subject, written, act, step=last, draft=kept.draft)
    return _open(use, kept, act)


def _open(use: ManagerReviewForm, kept: Kept, act: Act) -> Opens:
    step = min(kept.draft.step, use.last_step(kept.answers))
    return Opens(dressed(use.form(kept.answers, step=step, sent=False), kept, act.say))


async def submit(
    review: Review,
    given: Assessment,
    act: Act,
    *,
    has_reports: bool,
    told: Told | None = None,
    same_words: bool | None = None,
    around: tuple[Roster, Desks] | None = None,
    year: Sequence[Part] | None = None,
) -> None:
    """Record the rating and show it where it counts. Raises what the rule raises.

    `told` and `same_words`: what the rule says of them (review.steps.rate). `around`: who sits
    around the person, where that is known. `year`: the quarters, in a whole year's review.
    """
    roster, seats = around or await seated(review, act)
    saved = await act.tx.reviews.save(
        rate(
            review,
            given,
            by=act.by,
            holder=act.by,
            has_reports=has_reports,
            at=act.now,
            policy=act.company.policy,
            told=told,
            same_words=same_words,
            instead_of=seats.instead_of.get(Desk.MANAGER),
            year=year,
        )
    )
    before = None if review.rating is None else scale.show(review.rating)
    details = {"from": before, "to": saved.rating and scale.show(saved.rating)}
    said = Happened(
        event="rating.sent", subject=saved.id, actor=act.by, at=act.now, details=details
    )
    voided = await seal(saved, Move.RATE, said, act)
    await living.rated(saved, act, await sign_list.of_signers(saved, seats, roster, act))
    await tell_voided(voided, saved, act, roster)


async def _unrated(person: Person, cycle: Cycle, work: Work) -> tuple[tuple[ReviewId, str], ...]:
    return tuple(
        (standing.id, report.name)
        for report, standing in await standings_of(person, cycle.id, work)
        if standing.stage is Stage.MANAGER_REVIEW
    )


async def _waits(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    people = await _unrated(person, cycle, work)
    if not people:
        return ()
    one = Waiting(
        kind="ratings",
        cycle=cycle.name,
        due=cycle.manager_due,
        action="rate.change",
        items=people,
    )
    return (one,)


async def _late(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    reports = await work.tx.people.reports_of(person.employee_id)
    return tuple([one.name for one in reports if await _unrated(one, cycle, work)])


async def _all(crowd: Crowd) -> frozenset[EmployeeId]:
    return crowd.managers(lambda one: one.stage is Stage.MANAGER_REVIEW)


async def _all_late(crowd: Crowd) -> frozenset[EmployeeId]:
    return crowd.heads(await _all(crowd))


WAITS = Source(
    kind="ratings",
    due=lambda cycle: cycle.manager_due,
    find=_waits,
    who=_all,
    late=_late,
    who_late=_all_late,
)
