"""Somebody who does not agree appeals; what waits of appeals for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import sign_off
from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.held import check_may_read, move
from handlers.keeping import dressed, opened
from handlers.talks import Case, case_of, to_person
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import appeal as screen
from review import scale
from review.appeal import Appeal, check_in_time, is_about
from review.errors_interview import AppealOpen
from review.record import Review, ReviewId
from review.stages import Move, Stage

if TYPE_CHECKING:
    from handlers.forms import Use

FORM, DECIDER, READING, DECIDE = "appeal", "appeal_decider", "appeal_read", "appeal_decide"
FILED, NAMED, DECIDED = "appeal_filed", "appeal_named", "appeal_decided"
OPEN = {Stage.HELD, Stage.ACKNOWLEDGED}


@dataclass(frozen=True, slots=True)
class AppealForm:
    """The person says what they do not agree with."""

    act: Act
    case: Case
    facts: screen.AppealFacts
    again: bool = False
    """Whether there was one about an interview before."""

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Keep it with the review as it stands, and tell HR. Raises AppealOpen."""
        act, case = self.act, self.case
        made = Appeal(
            review=case.review.id,
            filed_at=act.now,
            words=answers[screen.REASON].strip(),
            copy=case.review,
        )
        if not await act.tx.appeals.file(made, instead=self.again):
            raise AppealOpen
        saved = await move(case, Move.APPEAL, act)
        for admin in case.seats.hr_admins:
            once = f"{admin}/{saved.revision}"
            await act.tx.outbox.put(to_person(FILED, admin, saved.id, once, act))
        await sign_off.shown(saved, case.seats, case.roster, act)


async def load(subject: ReviewId, act: Act) -> AppealForm:
    """The form for one's own review. Raises NotEntitled, NotYourTurn, AppealOpen, AppealLate."""
    case = await case_of(subject, act)
    check_may_read(case, act)
    talk = await act.tx.interviews.get(subject)
    ends_on, held_at = (talk.ends_on, talk.held_at) if talk else (None, None)
    before = await act.tx.appeals.get(subject)
    if before is not None and is_about(before, held_at):
        raise AppealOpen
    if case.review.stage not in OPEN:
        check_in_time(None, act.today(case.person))
    check_in_time(ends_on, act.today(case.person))
    facts = facts_for(case, case.review, act, ends_on=ends_on)
    return AppealForm(act, case, facts, again=before is not None)


def facts_for(case: Case, record: Review, act: Act, **more: object) -> screen.AppealFacts:
    """What each form of an appeal is made of."""
    rating = record.rating
    return screen.AppealFacts(
        review=record.id,
        cycle=case.cycle.name,
        person=case.person.name,
        rating=None if rating is None else scale.show(rating),
        policy=act.company.policy,
        **more,  # type: ignore[arg-type]
    )


async def open_form(form: str, use: Use, subject: ReviewId, act: Act) -> Answer:
    """The form as far as it is filled in; it has one page."""
    kept = await opened(form, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def ask(subject: ReviewId, act: Act) -> Answer:
    """`review.appeal`. Raises what load raises."""
    return await open_form(FORM, await load(subject, act), subject, act)


async def command(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review appeal`: the form where one can be filed, else those that wait for the actor."""
    for cycle in sorted(await act.tx.cycles.all(), key=lambda one: one.opened_at, reverse=True):
        for standing in await act.tx.reviews.standings(cycle.id, [act.by]):
            if standing.stage in OPEN:
                return await ask(standing.id, act)
    admin = act.is_hr_admin(act.actor)
    waits = [
        one
        for one in await act.tx.appeals.clock()
        if one.employee_id != act.by and (one.decider == act.by or (admin and not one.decider))
    ]
    names = {
        one.employee_id: one.name
        for one in await act.tx.people.many([one.employee_id for one in waits])
    }
    rows = tuple(
        (one.review_id, names[one.employee_id], "decide" if one.decider == act.by else "name")
        for one in waits
    )
    return Says(screen.waiting(rows, act.say))
