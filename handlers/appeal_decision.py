"""HR names who decides an appeal; they read the review as it stood, and decide."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers import sign_off, year
from handlers.answers import Answer
from handlers.appeals import DECIDE, DECIDED, DECIDER, NAMED, READING, facts_for, open_form
from handlers.changes import Changes
from handlers.hours import Hours
from handlers.sealing import seal
from handlers.talks import Case, case_of, to_person
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import appeal as screen
from prompts.screens import sign_off as reading
from prompts.screens.whole_review import IN_FULL
from review import scale
from review.appeal import Appeal, check_decider
from review.errors import NotEntitled, NotYourTurn
from review.errors_interview import AppealSameRating, DeciderUnknown, NoAppeal
from review.people import EmployeeId
from review.record import ReviewId, rules_for
from review.stages import Desk, Move, Stage
from review.steps import act as make
from storage.audit import Happened


@dataclass(frozen=True, slots=True)
class DeciderForm:
    """An HR admin names who decides."""

    act: Act
    case: Case
    appeal: Appeal
    facts: screen.AppealFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.name_decider(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Name them: they have so many working days from now, where they are.

        Raises DeciderUnknown, DeciderSigned, DeciderGone.
        """
        act, case = self.act, self.case
        wanted = answers[screen.DECIDER]
        person = await act.tx.people.by_account(act.platform, wanted)
        if person is None:
            raise DeciderUnknown
        today = act.today(person)
        check_decider(person, case.review, today)
        days = act.company.policy.interviews.decide_days
        named = replace(
            self.appeal,
            decider=person.employee_id,
            named_at=act.now,
            decide_by=Hours(act.company, person).add_working_days(today, days),
            late_at=None,
        )
        if person.employee_id == self.appeal.decider:
            return
        await act.tx.appeals.save(named)
        details = {"decider": person.employee_id}
        await act.tx.audit.record("appeal.decider", case.review.id, act.by, act.now, details)
        notice = to_person(NAMED, person.employee_id, case.review.id, act.now.isoformat(), act)
        await act.tx.outbox.put(notice)
        await sign_off.shown(case.review, case.seats, case.roster, act)


async def load_decider(subject: ReviewId, act: Act) -> DeciderForm:
    """For an HR admin, while it is open. Raises UnknownReview, NotEntitled, NoAppeal."""
    case = await case_of(subject, act)
    if Desk.HR_ADMIN not in case.held_by(act.by):
        raise NotEntitled(who_can="hr_admin")
    appeal = await _open(case, act)
    now = await act.tx.people.get(appeal.decider) if appeal.decider else None
    facts = facts_for(case, appeal.copy, act, words=appeal.words, decider=now.name if now else "")
    return DeciderForm(act, case, appeal, facts)


async def _open(case: Case, act: Act) -> Appeal:
    appeal = await act.tx.appeals.get(case.review.id)
    if appeal is None or case.review.stage is not Stage.APPEALED:
        raise NoAppeal
    return appeal


@dataclass(frozen=True, slots=True)
class CopyForm:
    """The review as it stood when it was appealed, to read."""

    act: Act
    facts: reading.SignOffFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """The last page."""
        return reading.steps(self.facts) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """That page."""
        return replace(reading.form(self.facts, answers, self.act.say, step=step), key=READING)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """All texts of a page in full."""
        if button != IN_FULL:
            return None
        return reading.in_full(self.facts, self.act.say, step=step)

    async def send(self, answers: Answers) -> None:
        """Reading is no step."""


async def load_copy(subject: ReviewId, act: Act) -> CopyForm:
    """For whoever decides it, and HR admins. Raises UnknownReview, NotEntitled, NoAppeal."""
    case = await case_of(subject, act)
    appeal = await act.tx.appeals.get(subject)
    is_decider = appeal is not None and _decides(appeal.decider, case, act)
    if not is_decider and Desk.HR_ADMIN not in case.held_by(act.by):
        raise NotEntitled(who_can="decider, hr_admin")
    if appeal is None:
        raise NoAppeal
    words = appeal.copy.sign_offs
    ids = {word.by for word in words} | {word.instead_of or "" for word in words}
    ids = (ids | {appeal.copy.rated_by or ""}) - {""}
    names = {one.employee_id: one.name for one in await act.tx.people.many(ids)}
    facts = reading.SignOffFacts(
        record=appeal.copy,
        person=case.person.name,
        ladders=act.company.ladders(case.cycle.opened_at, act.company.policy),
        policy=rules_for(appeal.copy, act.company.policy),
        names=names,
        has_reports=case.roster.has_reports(case.person.employee_id, act.today()),
        decides=False,
        year=year.of_copy(appeal.copy),
    )
    return CopyForm(act, facts)


def _decides(decider: EmployeeId | None, case: Case, act: Act) -> bool:
    return decider == act.by and act.by != case.review.employee_id


@dataclass(frozen=True, slots=True)
class DecideForm:
    """Whoever was named decides, with a reason."""

    act: Act
    case: Case
    appeal: Appeal
    facts: screen.AppealFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.decide(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Decide, seal it, and tell both. Raises AppealSameRating, RatingGated."""
        act, case, before = self.act, self.case, self.case.review.rating
        moves = answers[screen.DECISION] == screen.MOVES
        rating = scale.parse(answers[screen.RATING], act.company.policy) if moves else None
        if rating is not None and rating == before:
            raise AppealSameRating
        why = answers[screen.REASON].strip()
        done = make(
            case.review,
            Move.DECIDE_APPEAL,
            by=act.by,
            desks={Desk.DECIDER},
            at=act.now,
            policy=act.company.policy,
            comment=why,
            rating=rating,
        )
        saved = await act.tx.reviews.save(done)
        await act.tx.appeals.save(
            replace(self.appeal, decided_at=act.now, moved=rating is not None, why=why)
        )
        details = {
            "from": None if before is None else scale.show(before),
            "to": None if saved.rating is None else scale.show(saved.rating),
        }
        said = Happened(
            event="appeal.decided", subject=saved.id, actor=act.by, at=act.now, details=details
        )
        voided = await seal(saved, Move.DECIDE_APPEAL, said, act)
        for one in dict.fromkeys((saved.employee_id, case.seats.manager)):
            if one is not None and one != act.by:
                once = f"{one}/{saved.revision}"
                await act.tx.outbox.put(to_person(DECIDED, one, saved.id, once, act))
        await sign_off.tell_voided(voided, saved, act, case.roster)
        await sign_off.shown(saved, case.seats, case.roster, act)


async def load_decide(subject: ReviewId, act: Act) -> DecideForm:
    """For whoever was named. Raises UnknownReview, NotEntitled, NoAppeal, NotYourTurn."""
    case = await case_of(subject, act)
    appeal = await act.tx.appeals.get(subject)
    if appeal is None or not _decides(appeal.decider, case, act):
        raise NotEntitled(who_can="decider")
    if case.review.stage is not Stage.APPEALED:
        raise NotYourTurn(Move.DECIDE_APPEAL, case.review.stage, "")
    manager = case.review.manager_part
    facts = facts_for(
        case,
        case.review,
        act,
        words=appeal.words,
        manager_words=manager.cases.get("overall", "") if manager else "",
    )
    return DecideForm(act, case, appeal, facts)


async def ask_decider(subject: ReviewId, act: Act) -> Answer:
    """`appeal.name`. Raises what load_decider raises."""
    return await open_form(DECIDER, await load_decider(subject, act), subject, act)


async def read(subject: ReviewId, act: Act) -> Answer:
    """`appeal.read`. Raises what load_copy raises."""
    return await open_form(READING, await load_copy(subject, act), subject, act)


async def ask_decision(subject: ReviewId, act: Act) -> Answer:
    """`appeal.decide`. Raises what load_decide raises."""
    return await open_form(DECIDE, await load_decide(subject, act), subject, act)
