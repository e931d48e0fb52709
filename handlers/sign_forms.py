"""Forms of those who sign: the whole review, and the word on why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers import sign_off, year
from handlers.answers import Answer, Opens
from handlers.keeping import dressed, opened, prefill
from handlers.sign_off import Case, case_of, check_here
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import sign_off as screen
from prompts.screens import sign_words
from prompts.screens.whole_review import IN_FULL
from review.cycle import check_open
from review.errors import NoGate, StaleReview
from review.record import ReviewId, rules_for
from review.signing import DESK_AT, flags, is_gated, lacks_gate_word
from review.stages import Move

if TYPE_CHECKING:
    from handlers.forms import Changes

READING, WHY, LIFT = "sign_off", "return_reason", "gate_lift"
SEEN = "seen"
"""The revision that was read, kept with the answers."""


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """The whole of one review, with the decision where it is due."""

    act: Act
    case: Case
    facts: screen.SignOffFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """The step that holds the decision."""
        return screen.steps(self.facts) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The form at that step."""
        return screen.form(self.facts, answers, self.act.say, step=step, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """All texts of a step in full."""
        if button != IN_FULL:
            return None
        return screen.in_full(self.facts, self.act.say, step=step)

    async def send(self, answers: Answers) -> None:
        """Decide. Raises StaleReview if it was changed after it was opened; what decide raises."""
        review = self.case.review
        if answers.get(SEEN, "") not in {"", str(review.revision)}:
            raise StaleReview(review.revision - 1, review.revision)
        move = Move(answers.get(sign_words.DECISION) or Move.AGREE)
        await sign_off.decide(
            self.case, move, self.act, comment=answers.get(sign_words.COMMENT, "")
        )


@dataclass(frozen=True, slots=True)
class WhyForm:
    """Why it is returned, or the gate lifted."""

    act: Act
    case: Case
    key: str

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        facts = facts_of(self.case, self.act)
        return sign_words.why(
            self.key,
            review=self.case.review.id,
            person=self.case.person.name,
            gate=screen.gate_text(facts, self.act.say),
            answers=answers,
            policy=self.act.company.policy,
            words=self.act.say,
            sent=sent,
        )

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Do it. Raises what decide raises."""
        move = Move.RETURN if self.key == WHY else Move.GATE_LIFT
        comment = answers.get(sign_words.COMMENT, "")
        await sign_off.decide(self.case, move, self.act, comment=comment)


async def load_reading(subject: ReviewId, act: Act) -> ReadingForm:
    """The whole review, for whoever signs it, whether it is their turn or not.

    Raises NotEntitled.
    """
    case = await case_of(subject, act)
    seen = await year.as_sealed(case.review, act)
    facts = replace(facts_of(case, act, await _names(case, act)), year=seen)
    return ReadingForm(act, case, facts)


async def load_return(subject: ReviewId, act: Act) -> WhyForm:
    """Why it goes back. Raises NotEntitled, NotYourTurn, CycleClosed."""
    case = await case_of(subject, act)
    check_open(case.cycle)
    check_here(case, Move.RETURN)
    return WhyForm(act, case, WHY)


async def load_lift(subject: ReviewId, act: Act) -> WhyForm:
    """Why the gate is lifted. Raises NotEntitled, NotYourTurn, NoGate, CycleClosed."""
    case = await case_of(subject, act)
    check_open(case.cycle)
    check_here(case, Move.GATE_LIFT)
    if not is_gated(case.review):
        raise NoGate
    return WhyForm(act, case, LIFT)


def facts_of(case: Case, act: Act, names: dict[str, str] | None = None) -> screen.SignOffFacts:
    """What the form shows."""
    review, here = case.review, DESK_AT.get(case.review.stage)
    decides = here in case.held and case.cycle.closed_at is None
    desk = here if decides and here else min(case.held)
    instead = case.roster.get(case.seats.instead_of.get(desk))
    found = review.outcome
    return screen.SignOffFacts(
        record=review,
        person=case.person.name,
        ladders=act.company.ladders(case.cycle.opened_at, act.company.policy),
        policy=rules_for(review, act.company.policy),
        names=names or {},
        has_reports=case.roster.has_reports(case.person.employee_id, act.today()),
        flags=flags(
            gate=None if found is None else found.gate,
            surprise=review.surprise,
            rating=review.rating,
            suggested=None if found is None else found.suggested,
            spread=False,
        ),
        decides=decides,
        gate_word=decides and lacks_gate_word(review, desk),
        instead_of=instead.name if instead else "",
    )


async def _names(case: Case, act: Act) -> dict[str, str]:
    words = case.review.sign_offs
    ids = {one for word in words for one in (word.by, word.instead_of) if one}
    ids |= {case.review.rated_by} if case.review.rated_by else set()
    return {one.employee_id: one.name for one in await act.tx.people.many(ids)}


async def read(subject: ReviewId, act: Act) -> Answer:
    """`signoff.open`: from the first page. Raises what load_reading raises."""
    use = await load_reading(subject, act)
    seen = {SEEN: str(use.case.review.revision)}
    kept = await prefill(READING, subject, seen, act, step=0)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def ask_why(subject: ReviewId, act: Act) -> Answer:
    """`signoff.return` and `hr.return`. Raises what load_return raises."""
    use = await load_return(subject, act)
    kept = await opened(WHY, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def ask_lift(subject: ReviewId, act: Act) -> Answer:
    """`gate.lift`. Raises what load_lift raises."""
    use = await load_lift(subject, act)
    kept = await opened(LIFT, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))
