"""What a mentor says: that it does not fit, or that it is complete, with a word to the other."""

from __future__ import annotations

from dataclasses import dataclass

from handlers import action_forms, mentoring
from handlers.answers import Answer, Opens
from handlers.changes import Changes
from handlers.keeping import dressed, opened
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import mentoring as screen
from review.errors_interview import NotYourPairing, PairingOver
from review.interview import Action, Going

DECLINE, CLOSE = "mentor_decline", "mentor_close"


@dataclass(frozen=True, slots=True)
class MentorForm:
    """One pairing, in the hands of its mentor."""

    act: Act
    action: Action
    owner: str
    key: str

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        facts = screen.MentorFacts(
            key=self.key,
            action=self.action.id,
            text=self.action.text,
            owner=self.owner,
            limit=self.act.company.policy.sheet.text_limit,
        )
        return screen.form(facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """It is kept once; whom it concerns hears it at once."""
        word = answers.get(screen.WORD, "").strip()
        act, action, pairings = self.act, self.action, self.act.tx.pairings
        if self.key == DECLINE:
            if await pairings.decline(action.id, act.by, act.now, word):
                await _declined(action, act)
        elif await pairings.close(action.id, act.by, act.now, word):
            await act.tx.audit.record("mentor.closed", action.id, act.by, act.now, {})
            if word or action.going is not Going.DONE:
                await mentoring.tell(mentoring.WORD, action.owner, action, act.by, act)


async def _declined(action: Action, act: Act) -> None:
    """The owner and whoever agreed it with them look for somebody else."""
    await act.tx.audit.record("mentor.declined", action.id, act.by, act.now, {})
    manager = await action_forms.led_by(action, act)
    for one in sorted({action.owner, action.about, manager or action.owner} - {act.by}):
        await mentoring.tell(mentoring.DECLINED, one, action, act.by, act)


async def _load(subject: str, key: str, act: Act) -> MentorForm:
    action = await act.tx.actions.get(subject)
    pairing = await act.tx.pairings.get(subject, act.by)
    if action is None or pairing is None:
        raise NotYourPairing
    over = action.mentor != act.by or action.going is Going.DROPPED
    if over or pairing.declined_at or pairing.closed_at:
        raise PairingOver
    if key == DECLINE and action.going is Going.DONE:
        raise PairingOver
    owner = await act.tx.people.get(action.owner)
    return MentorForm(act, action, owner.name if owner else "", key)


async def load_decline(subject: str, act: Act) -> MentorForm:
    """For its mentor, while it goes on. Raises NotYourPairing, PairingOver."""
    return await _load(subject, DECLINE, act)


async def load_close(subject: str, act: Act) -> MentorForm:
    """For its mentor, until they have closed it. Raises NotYourPairing, PairingOver."""
    return await _load(subject, CLOSE, act)


async def decline(subject: str, act: Act) -> Answer:
    """`mentor.decline`. Raises NotYourPairing, PairingOver."""
    return await _opens(await load_decline(subject, act))


async def close(subject: str, act: Act) -> Answer:
    """`mentor.close`. Raises NotYourPairing, PairingOver."""
    return await _opens(await load_close(subject, act))


async def _opens(use: MentorForm) -> Answer:
    return Opens(await opened_form(use))


async def opened_form(use: MentorForm) -> Form:
    """With what was typed before, if it was not sent."""
    kept = await opened(use.key, use.action.id, use.act)
    return dressed(use.form(kept.answers, step=0, sent=False), kept, use.act.say)
