"""HR takes somebody out of a running review, takes them in again, or opens a review once more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from handlers import entries, sign_off
from handlers import in_out_notices as notices
from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.cycles import record_of
from handlers.keeping import dressed, opened
from handlers.membership import HAND
from handlers.people_said import person_said
from handlers.sealing import seal
from handlers.talks import Case, case_of
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import common
from prompts.screens import in_out as screen
from review import membership
from review.cycle import Cycle, check_open
from review.errors import Excluded, NotEntitled, NotYourTurn
from review.errors_in_out import NoSuchReview, PersonUnclear
from review.flow import possible, released
from review.people import EmployeeId, Person
from review.record import Review, ReviewId, state
from review.stages import Desk, Move, Stage
from storage.audit import Happened
from storage.notice import URGENT, Notice
from storage.standings import Standing

EXCLUDE, INCLUDE, REOPEN = screen.EXCLUDE, screen.INCLUDE, screen.REOPEN
MOVES = {EXCLUDE: Move.EXCLUDE, INCLUDE: Move.INCLUDE, REOPEN: Move.REOPEN}
_STANDS = {
    EXCLUDE: frozenset(tuple(Stage)[: tuple(Stage).index(Stage.INTERVIEW)]),
    INCLUDE: frozenset({Stage.EXCLUDED}),
    REOPEN: frozenset(
        tuple(Stage)[tuple(Stage).index(Stage.CALIBRATION) : tuple(Stage).index(Stage.APPEALED)]
    ),
}
"""Where a review stands with which that can be done."""


@dataclass(frozen=True, slots=True)
class InOutForm:
    """One of the three, opened by an HR admin."""

    act: Act
    case: Case
    key: str
    new: bool = False
    """Whether they had no record in the cycle before."""

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        review = self.case.review
        facts = screen.InOutFacts(
            key=self.key,
            review=review.id,
            cycle=self.case.cycle.name,
            person=self.case.person.name,
            stage=review.stage,
            excluded=review.excluded_reason,
            policy=self.act.company.policy,
        )
        return screen.form(facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Do it, void what was signed, and tell whom it concerns. Raises what the rule raises."""
        act, case = self.act, self.case
        done = self._done(answers)
        saved = await act.tx.reviews.save(done)
        details = {"reason": saved.excluded_reason} if saved.excluded_reason else {}
        move = MOVES[self.key]
        said = Happened(
            event=f"review.{move}", subject=saved.id, actor=act.by, at=act.now, details=details
        )
        voided = await seal(saved, move, said, act)
        if move is not Move.REOPEN:
            await act.tx.occurrences.set_mark(HAND + saved.id, act.now)
        await self._tell(saved)
        await sign_off.tell_voided(voided, saved, act, case.roster)
        await sign_off.shown(saved, case.seats, case.roster, act)

    def _done(self, answers: Answers) -> Review:
        act, case, policy = self.act, self.case, self.act.company.policy
        comment, seats = answers.get(screen.COMMENT, ""), case.held_by(act.by)
        if self.key == EXCLUDE:
            reason = answers[screen.REASON]
            return membership.leave_out(
                case.review, reason, comment, by=act.by, desks=seats, at=act.now, policy=policy
            )
        if self.key == REOPEN:
            return membership.reopen(
                case.review,
                comment,
                by=act.by,
                desks=seats,
                at=act.now,
                has_reports=case.roster.has_reports(case.person.employee_id, act.today()),
                policy=policy,
            )
        return membership.take_in(
            case.review,
            comment,
            by=act.by,
            desks=seats,
            at=act.now,
            today=act.today(),
            cycle=case.cycle,
            policy=policy,
        )

    async def _tell(self, saved: Review) -> None:
        case = self.case
        if self.key == EXCLUDE:
            await tell(notices.OUT, saved.employee_id, saved, self.act)
        elif self.key == INCLUDE:
            await tell(notices.IN, saved.employee_id, saved, self.act, new=self.new)
        else:
            if case.seats.manager and case.seats.manager != self.act.by:
                await tell(notices.REOPENED, case.seats.manager, saved, self.act)
            if released(case.review.stage):
                await tell(notices.REOPENED_OWN, saved.employee_id, saved, self.act)
            await self._talk_anew(saved)

    async def _talk_anew(self, saved: Review) -> None:
        """The interview is to be held once more; what both prepared is there."""
        talk = await self.act.tx.interviews.get(saved.id)
        if talk is not None:
            anew = replace(
                talk,
                began_at=self.act.now,
                told_at=None,
                slots=(),
                starts_at=None,
                asked_at=None,
                late_at=None,
                held_at=None,
                ends_on=None,
            )
            await self.act.tx.interviews.save(anew)
            there = (saved.employee_id, self.case.seats.manager, *self.case.movers)
            await entries.interview(saved.id, there, self.act)


async def tell(
    kind: str, receiver: EmployeeId, review: Review, act: Act, *, new: bool = False
) -> None:
    """Words of HR to somebody: at once."""
    await act.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=receiver,
            facts={"review": review.id, "by": act.by, "new": new},
            once=f"{kind}/{review.id}/{review.revision}/{receiver}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )


async def load(key: str, subject: ReviewId, act: Act) -> InOutForm:
    """The form, for an HR admin, while that can be done.

    Raises UnknownReview, NotEntitled, CycleClosed, NotYourTurn, Excluded.
    """
    case = await case_of(subject, act)
    if Desk.HR_ADMIN not in case.held_by(act.by):
        raise NotEntitled(who_can="hr_admin")
    check_open(case.cycle)
    flow, move = act.company.policy.flow, MOVES[key]
    if move not in possible(state(case.review), case.held_by(act.by), flow):
        if case.review.stage is Stage.EXCLUDED:
            raise Excluded(case.review.excluded_reason or "")
        raise NotYourTurn(move, case.review.stage, "")
    return InOutForm(act, case, key)


async def ask(key: str, subject: ReviewId, act: Act) -> Answer:
    """`review.exclude`, `review.include`, `review.reopen`. Raises what load raises."""
    use = await load(key, subject, act)
    kept = await opened(key, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


FORMS: Mapping[str, Callable[[str, Act], Awaitable[InOutForm]]] = {
    key: partial(load, key) for key in MOVES
}
PRESSES: Mapping[str, Callable[[str, Act], Awaitable[Answer]]] = {
    screen.PRESS[key]: partial(ask, key) for key in MOVES
}


async def exclude_command(rest: str, act: Act) -> Answer:
    """`/review exclude @who`. Raises what _asked raises."""
    return await _asked(EXCLUDE, "exclude", rest, act)


async def include_command(rest: str, act: Act) -> Answer:
    """`/review include @who`. Raises what _asked raises."""
    return await _asked(INCLUDE, "include", rest, act)


async def reopen_command(rest: str, act: Act) -> Answer:
    """`/review reopen @who`. Raises what _asked raises."""
    return await _asked(REOPEN, "reopen", rest, act)


async def _asked(key: str, command: str, rest: str, act: Act) -> Answer:
    """The form; where several reviews of theirs are meant, which.

    Raises PersonUnclear, PersonUnknown, SeveralPeople, NoSuchReview, and what load raises.
    """
    if not rest:
        raise PersonUnclear(command)
    person = await person_said(rest, act)
    found: list[tuple[Standing, Cycle]] = []
    for cycle in await act.tx.cycles.running():
        mine = await act.tx.reviews.standings(cycle.id, [person.employee_id])
        found += [(one, cycle) for one in mine]
        if key == INCLUDE and not mine and cycle.track is person.track:
            return await _add(person, cycle, act)
    fits = [(one, cycle) for one, cycle in found if one.stage in _STANDS[key]] or found
    if not fits:
        raise NoSuchReview(person.name)
    if len(fits) == 1:
        return await ask(key, fits[0][0].id, act)
    rows = tuple((one.id, cycle.name, str(one.stage)) for one, cycle in fits)
    return Says(screen.which(key, person.name, rows, act.say))


async def _add(person: Person, cycle: Cycle, act: Act) -> Answer:
    """Somebody who came into the roster after the cycle was opened gets a record of theirs."""
    if person.employee_id == act.by:
        raise NotEntitled(who_can="hr_admin")
    fresh = replace(await record_of(cycle, person, act), stage=Stage.EXCLUDED, excluded_reason=None)
    await act.tx.reviews.add_all([fresh])
    case = await case_of(fresh.id, act)
    await InOutForm(act, case, INCLUDE, new=True).send({})
    return Says(common.says(act.say, "in_out.joined", person=person.name, cycle=cycle.name))
