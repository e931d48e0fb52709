"""Two more doors to the feedback form: a message of the chat, and a question for whom it is."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import feedback
from handlers.answers import Answer, Opens
from handlers.changes import Changes
from handlers.events import Noted
from handlers.keeping import dressed, opened, prefill
from handlers.people_said import picked, refused, with_names
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import feedback as screen
from review.errors import ReviewError
from review.feedback import check_receiver
from storage.drafts import Mark

FORM = screen.WHOM_FORM


@dataclass(frozen=True, slots=True)
class WhomForm:
    """For whom it is, by a picker of people; the feedback form follows."""

    act: Act

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.whom_form(answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> Changes:
        """On to the form for that person; who can't get any is said at the field."""
        whom = answers[screen.WHOM]
        try:
            receiver = await picked(whom, self.act)
            check_receiver(self.act.by, receiver, self.act.today(receiver))
        except ReviewError as refusal:
            return Changes(refused(whom, refusal, self.act))
        return Changes({}, form=feedback.FORM, subject=receiver.employee_id)


async def load(subject: str, act: Act) -> WhomForm:  # noqa: ARG001
    """Anybody may give feedback."""
    return WhomForm(act)


async def open_form(subject: str, act: Act) -> Answer:
    """`feedback.open`: the form for that person, or, for nobody, the question for whom.

    Raises what feedback.load raises.
    """
    if subject:
        return await feedback.open_form(subject, act)
    kept = await opened(FORM, "", act)
    return Opens(dressed(WhomForm(act).form(kept.answers, step=0, sent=False), kept, act.say))


async def from_message(event: Noted, act: Act) -> Answer:
    """The message shortcut: the form for its author, with the message as what happened.

    What somebody typed there before stays. Raises NotAColleague, and what feedback.load raises.
    """
    author = await picked(event.author, act)
    use = await feedback.load(author.employee_id, act)
    kept = await opened(feedback.FORM, author.employee_id, act)
    mark = kept.draft.marks.get(screen.BEHAVIOUR, Mark())
    typed = mark.value.strip() and mark.surface
    if event.text and not typed:
        text = await with_names(event.text, act)
        words = {screen.BEHAVIOUR: text[: act.company.policy.sheet.text_limit]}
        kept = await prefill(feedback.FORM, author.employee_id, words, act, draft=kept.draft)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))
