"""What a receiver says to feedback: thank you, an answer, let us talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.keeping import dressed, opened
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Card, Form
from prompts.screens import common
from prompts.screens import feedback as screen
from review.errors import NotEntitled
from review.errors_feedback import AlreadyAnswered
from review.feedback import Feedback, FeedbackId
from review.people import Person
from storage.notice import URGENT, Delivery, Notice

if TYPE_CHECKING:
    from handlers.notices import Saying

FORM = "feedback_answer"


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """The receiver's answer to one feedback."""

    act: Act
    feedback: Feedback
    giver: str

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        limit = self.act.company.policy.sheet.text_limit
        drawn = screen.answer_form(self.feedback, self.giver, answers, self.act.say, limit)
        return screen.checked(drawn, self.act.say) if sent else drawn

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Keep it, and bring it to the giver. Raises AlreadyAnswered."""
        words = answers[screen.ANSWER].strip()
        if not await self.act.tx.feedback.answer(self.feedback.id, words, self.act.now):
            raise AlreadyAnswered
        await _tell(self.feedback, "answered", self.act)


async def load(subject: FeedbackId, act: Act) -> AnswerForm:
    """The form, for whoever received that. Raises NotEntitled, AlreadyAnswered."""
    feedback, giver = await _received(subject, act)
    if feedback.answered_at is not None:
        raise AlreadyAnswered
    return AnswerForm(act, feedback, giver)


async def open_answer(subject: FeedbackId, act: Act) -> Answer:
    """`feedback.answer`. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def thank(subject: FeedbackId, act: Act) -> Answer:
    """`feedback.thank`: the giver hears it, once. Raises NotEntitled."""
    feedback, giver = await _received(subject, act)
    if await act.tx.feedback.thank(subject, act.now):
        await _tell(feedback, "thanked", act)
    return Says(common.says(act.say, "feedback.did_thank", person=giver))


async def talk(subject: FeedbackId, act: Act) -> Answer:
    """`feedback.talk`: the giver hears that a talk is wished for, once. Raises NotEntitled."""
    feedback, giver = await _received(subject, act)
    if await act.tx.feedback.ask_talk(subject, act.now):
        await _tell(feedback, "talk", act)
    return Says(common.says(act.say, "feedback.did_talk", person=giver))


async def _received(subject: FeedbackId, act: Act) -> tuple[Feedback, str]:
    """That feedback, if it was given to the actor, and its giver's name."""
    feedback = await act.tx.feedback.get(subject)
    if feedback is None or feedback.receiver != act.by:
        raise NotEntitled(who_can="receiver")
    return feedback, await _name(feedback.giver, act)


async def _name(employee: str, work: Work) -> str:
    person = await work.tx.people.get(employee)
    return person.name if person else employee


async def _tell(feedback: Feedback, what: str, act: Act) -> None:
    await act.tx.outbox.put(
        Notice(
            kind=f"feedback_{what}",
            receiver=feedback.giver,
            facts={"feedback": feedback.id},
            once=f"feedback_{what}/{feedback.id}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )


async def _feedback(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    feedback = await work.tx.feedback.get(str(delivery.facts["feedback"]))
    if feedback is None or person is None:
        return None
    return screen.received(feedback, await _name(feedback.giver, work), work.words(person))


async def _given(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    feedback = await work.tx.feedback.get(delivery.subject or "")
    if feedback is None or person is None:
        return None
    zone = ZoneInfo(person.time_zone or work.company.time_zone)
    reached = feedback.reached_at and feedback.reached_at.astimezone(zone)
    name = await _name(feedback.receiver, work)
    return screen.given(feedback, name, reached, work.words(person))


async def _replied(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    feedback = await work.tx.feedback.get(str(delivery.facts["feedback"]))
    if feedback is None or person is None:
        return None
    what = delivery.kind.removeprefix("feedback_")
    name = await _name(feedback.receiver, work)
    return screen.replied(feedback, name, what, work.words(person))


SAYINGS: Mapping[str, Saying] = {
    "feedback": _feedback,
    "feedback_given": _given,
    "feedback_thanked": _replied,
    "feedback_answered": _replied,
    "feedback_talk": _replied,
}
