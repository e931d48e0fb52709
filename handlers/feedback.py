"""Somebody tells a colleague what they noticed, and it reaches them at once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from handlers import feedback_requests
from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.keeping import dressed, opened
from handlers.people_said import person_said
from handlers.team import around
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import feedback as screen
from review.access import Thing, may_see, relation
from review.desks import desks
from review.errors_feedback import FeedbackSent, PersonUnknown
from review.feedback import (
    OTHER,
    Feedback,
    Kind,
    Said,
    about_goal,
    about_value,
    check_receiver,
)
from review.people import EmployeeId
from review.roster import Roster
from review.stages import Desk, Stage
from review.wording import Wording
from storage.feedback import once_of
from storage.notice import URGENT, Notice

FORM = "feedback"
GIVEN = "feedback_given"
NEAR = 10
"""People that `/review feedback` without a name offers as buttons (ours)."""


@dataclass(frozen=True, slots=True)
class FeedbackForm:
    """The form for one receiver, opened by anybody else in the company."""

    act: Act
    facts: screen.FeedbackFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Keep it, and bring it to its receiver."""
        await send(self.facts, answers, self.act)


async def load(subject: EmployeeId, act: Act) -> FeedbackForm:
    """The form for that receiver. Raises PersonUnknown, PersonGone, FeedbackToOneself."""
    roster = await around(subject, act)
    receiver = roster.get(subject)
    if receiver is None:
        raise PersonUnknown(subject)
    check_receiver(act.by, receiver, act.today(receiver))
    facts = screen.FeedbackFacts(
        receiver=subject,
        name=receiver.name,
        subjects=(*await _goals(subject, roster, act), *values_of(act)),
        counts=_is_manager(act.by, subject, roster, act),
        limit=act.company.policy.sheet.text_limit,
    )
    return FeedbackForm(act, facts)


async def _goals(subject: EmployeeId, roster: Roster, act: Act) -> tuple[tuple[str, Wording], ...]:
    """The receiver's goals, where the giver may see them (product.md 13)."""
    seen = relation(act.by, roster.people[subject], roster)
    return await goals_of(subject, act) if may_see(Thing.OWN_WORK, seen, Stage.GOALS) else ()


async def goals_of(employee: EmployeeId, act: Act) -> tuple[tuple[str, Wording], ...]:
    """Somebody's goals of the latest cycle, as feedback names them."""
    sheet = await act.tx.reviews.latest_sheet(employee)
    return tuple((about_goal(row.id), row.title) for row in sheet.rows) if sheet else ()


def values_of(act: Act) -> tuple[tuple[str, Wording], ...]:
    """The company's values, as feedback names them."""
    ladders = act.company.library.ladders
    return tuple((about_value(key), ladders[key].name) for key in act.company.policy.values)


def _is_manager(giver: EmployeeId, subject: EmployeeId, roster: Roster, act: Act) -> bool:
    held = desks(roster.people[subject], roster, act.today()).held_by(giver)
    return Desk.MANAGER in held


async def open_form(subject: EmployeeId, act: Act) -> Answer:
    """The form for that person. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def command(rest: str, act: Act) -> Answer:
    """`/review feedback [NAME]`. Raises PersonUnknown, SeveralPeople, and what load raises."""
    if not rest:
        return await _whom(act)
    return await open_form((await person_said(rest, act)).employee_id, act)


async def _whom(act: Act) -> Answer:
    """The nearest people: reports, then the own manager."""
    today = act.today()
    near = [*await act.tx.people.reports_of(act.by)]
    near += await act.tx.people.many([act.actor.manager_id] if act.actor.manager_id else [])
    there = [one for one in near if not one.has_left(today)]
    pairs = tuple((one.employee_id, one.name) for one in there[:NEAR])
    return Says(screen.whom(pairs, act.say))


async def send(facts: screen.FeedbackFacts, answers: Answers, act: Act) -> Feedback:
    """Keep it and send it on its way; the giver sees whether it arrived.

    Raises FeedbackSent for the very same words to the same person again.
    """
    about = answers[screen.ABOUT]
    texts = {key: answers.get(key, "").strip() for key in screen.TEXTS}
    made = Feedback(
        id=uuid4().hex,
        giver=act.by,
        receiver=facts.receiver,
        kind=Kind(answers[screen.KIND]),
        about=about,
        as_manager=facts.counts,
        wants_talk=answers.get(screen.TALK) == screen.YES,
        said=Said(about_name={} if about == OTHER else dict(facts.subjects)[about], **texts),
        at=act.now,
    )
    for earlier in await act.tx.feedback.between(act.by, facts.receiver):
        if (earlier.kind, earlier.about, earlier.said) == (made.kind, made.about, made.said):
            raise FeedbackSent
    await act.tx.feedback.add(made)
    await act.tx.outbox.put(
        Notice(
            kind="feedback",
            receiver=made.receiver,
            facts={"feedback": made.id},
            once=once_of(made.id),
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )
    await act.tx.outbox.paint(GIVEN, act.by, made.id, act.now, priority=URGENT)
    await feedback_requests.answered_by(made, facts.request, act)
    return made
