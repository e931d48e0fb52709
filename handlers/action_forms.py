"""One action in a form: how it goes, what is in the way, why it is dropped; and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers import entries, mentoring
from handlers.changes import Changes
from handlers.keeping import dressed, opened
from handlers.talks import case_of
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Card, Form
from prompts.screens import action_done as done_screen
from prompts.screens import action_forms as screen
from review.errors_interview import NotYourAction
from review.interview import SHUT, Action, ActionWord, Going, undone
from review.learning import ActionKind
from review.people import EmployeeId, Person
from storage.notice import URGENT, Delivery, Notice

if TYPE_CHECKING:
    from handlers.notices import Saying

FORM, DROP, DONE = "action", "action_drop", "action_done"
SAID = "action_said"


@dataclass(frozen=True, slots=True)
class ActionForm:
    """How an action goes, in the hands of its owner or of one of the two who agreed it."""

    act: Act
    action: Action
    manager: EmployeeId | None
    """Who leads the talk that it came from: the interview today, or that one-on-one."""
    said: tuple[ActionWord, ...]
    owner: str
    """Its owner's name, unless that is who looks."""
    mentor: str = ""
    """The mentor's name."""

    @property
    def facts(self) -> screen.ActionFacts:
        """What the form shows."""
        last = self.said[-1] if self.said else None
        back = undone(self.said, self.action.going)
        return screen.ActionFacts(
            id=self.action.id,
            text=self.action.text,
            owner=self.owner,
            due=self.action.due,
            today=self.act.today(self.act.actor),
            going=self.action.going,
            words=last.words if last and last.going is self.action.going else "",
            undo=len(self.said) if back is not None else None,
            limit=self.act.company.policy.sheet.text_limit,
            kind=self.action.kind,
            link=self.action.link,
            mentor=self.mentor,
        )

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """It goes otherwise, as before, or is to be dropped."""
        if button == screen.DROP:
            return await asks_why(DropForm(self.act, self))
        if button == screen.undo(len(self.said)):
            back = undone(self.said, self.action.going)
            if back is not None:
                await goes(self, back)
        elif button in screen.MARKS and self.action.going is not Going.DROPPED:
            if screen.MARKS[button] is Going.DONE and asks_first(self):
                return await asks_what(DoneForm(self.act, self))
            await goes(self, screen.MARKS[button])
        return Changes({})

    async def send(self, answers: Answers) -> None:
        """What is in the way, if they say; the other hears it at once."""
        words = answers.get(screen.WORDS, "").strip()
        if self.action.going is Going.STUCK and words and words != self.facts.words:
            await goes(self, Going.STUCK, words)


@dataclass(frozen=True, slots=True)
class DropForm:
    """Why an action is dropped."""

    act: Act
    use: ActionForm

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.drop(self.use.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """It is dropped, and the other hears why."""
        if self.use.action.going is not Going.DROPPED:
            await goes(self.use, Going.DROPPED, answers[screen.REASON].strip())


@dataclass(frozen=True, slots=True)
class DoneForm:
    """What is asked before the action counts as done."""

    act: Act
    use: ActionForm

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return done_screen.form(self.use.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """It is done, once: the other reads what was learnt, a mentor the word to them."""
        action, word = self.use.action, answers.get(done_screen.WORDS, "").strip()
        if action.going in SHUT:
            return
        if action.kind is ActionKind.TRAINING:
            await goes(self.use, Going.DONE, word)
        else:
            if action.mentor is not None:
                await self.act.tx.pairings.owner_said(action.id, action.mentor, word)
            await goes(self.use, Going.DONE)


async def load(subject: str, act: Act) -> ActionForm:
    """One action, for its owner and for the two whose talk it came from (ours).

    Raises NotYourAction.
    """
    action = await act.tx.actions.get(subject)
    if action is None:
        raise NotYourAction
    manager = await led_by(action, act)
    if act.by not in {action.owner, action.about, manager}:
        raise NotYourAction
    said = (await act.tx.actions.words_on([subject])).get(subject, ())
    asked = {action.owner, action.mentor or action.owner}
    names = {one.employee_id: one.name for one in await act.tx.people.many(asked)}
    owner = "" if action.owner == act.by else names.get(action.owner, "")
    return ActionForm(act, action, manager, said, owner, names.get(action.mentor or "", ""))


async def led_by(action: Action, work: Work) -> EmployeeId | None:
    """Who leads the talk that it came from."""
    if action.review is not None:
        return (await case_of(action.review, work)).seats.manager
    talk = await work.tx.one_on_ones.get(action.talk) if action.talk else None
    return talk.manager if talk else None


async def load_drop(subject: str, act: Act) -> DropForm:
    """The same, to say why it is dropped. Raises NotYourAction."""
    return DropForm(act, await load(subject, act))


async def load_done(subject: str, act: Act) -> DoneForm:
    """The same, to say what was learnt or a word to the mentor. Raises NotYourAction."""
    return DoneForm(act, await load(subject, act))


def asks_first(use: ActionForm) -> bool:
    """Whether something is asked before it is done: what was learnt, or a word to the mentor."""
    paired = use.action.mentor is not None and use.action.owner == use.act.by
    return (use.action.kind is ActionKind.TRAINING or paired) and use.action.going not in SHUT


async def opened_form(use: ActionForm) -> Form:
    """As it is shown to one who just opened it."""
    kept = await opened(FORM, use.action.id, use.act)
    return dressed(use.form(kept.answers, step=0, sent=False), kept, use.act.say)


async def asks_why(use: DropForm) -> Form:
    """With what was typed before, if it was not sent."""
    kept = await opened(DROP, use.use.action.id, use.act)
    return dressed(use.form(kept.answers, step=0, sent=False), kept, use.act.say)


async def asks_what(use: DoneForm) -> Form:
    """The same for what was learnt."""
    kept = await opened(DONE, use.use.action.id, use.act)
    return dressed(use.form(kept.answers, step=0, sent=False), kept, use.act.say)


async def goes(use: ActionForm, how: Going, words: str = "") -> ActionForm:
    """Keep it, once; words reach whoever else it is about. As it is then."""
    act, action = use.act, use.action
    made = await act.tx.actions.goes(action.id, how, act.by, act.now, words)
    if made is None:
        return use
    await act.tx.audit.record(f"action.{how}", action.id, act.by, act.now, {})
    await entries.changed(action, replace(action, going=how), act)
    if how in SHUT:
        await mentoring.shut(action, how, act)
    if words:
        await _tell(use, made)
    return await load(action.id, act)


async def _tell(use: ActionForm, word: ActionWord) -> None:
    action, act = use.action, use.act
    both = {action.about, action.owner} - {act.by}
    for one in sorted(both or ({use.manager} if use.manager else set())):
        await act.tx.outbox.put(
            Notice(
                kind=SAID,
                receiver=one,
                facts={"action": action.id, "number": word.number},
                once=f"{SAID}/{action.id}/{word.number}/{one}",
                due=act.now,
                priority=URGENT,
                person=True,
            )
        )


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """A word on an action, as it was said."""
    action = await work.tx.actions.get(str(delivery.facts["action"]))
    if action is None or person is None:
        return None
    words = (await work.tx.actions.words_on([action.id])).get(action.id, ())
    word = next((one for one in words if one.number == delivery.facts["number"]), None)
    by = await work.tx.people.get(word.by) if word else None
    if word is None:
        return None
    facts = screen.SaidFacts(
        id=action.id,
        text=action.text,
        due=action.due,
        by=by.name if by else "",
        going=word.going,
        words=word.words,
        still=word.number == len(words) and word.going is Going.STUCK,
        kind=action.kind,
        link=action.link,
    )
    return screen.said(facts, work.words(person))


SAYINGS: Mapping[str, Saying] = {SAID: _said}
