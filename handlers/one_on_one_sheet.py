"""The shared sheet of a one-on-one: each writes their part, and the pair alone reads both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from handlers.answers import Answer, Opens
from handlers.changes import Changes, Use
from handlers.keeping import dressed, opened, prefill
from handlers.one_on_one_facts import facts_of
from handlers.one_on_one_pairs import talk_of, two_of
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import one_on_one_forms as screen
from review.one_on_one import OneOnOne, Sheet, State
from storage.one_on_ones import Written


@dataclass(frozen=True, slots=True)
class SheetForm:
    """One of the two, and both parts of the sheet."""

    act: Act
    talk: OneOnOne
    facts: screen.SheetFacts
    mine: Sheet

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form; what can't be changed any more is shown as it was kept."""
        given = answers if self.facts.writes else screen.written(self.mine)
        return screen.sheet(self.facts, given, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """The other reads it from here on."""
        act = self.act
        if not self.facts.writes:
            return
        made = Sheet(**{key: answers.get(key, "").strip() for key in screen.TEXTS})
        if made != self.mine:
            one = Written(talk=self.talk.id, employee_id=act.by, at=act.now, sheet=made)
            await act.tx.one_on_ones.write(one)
            await act.tx.audit.record("one_on_one.prepared", self.talk.id, act.by, act.now, {})


async def load(subject: str, act: Act) -> SheetForm:
    """For either of the two. Raises OneOnOnesOff, NotYourTalk."""
    talk = await talk_of(subject, act)
    pair, still = await two_of(talk, act)
    written = await act.tx.one_on_ones.written(subject)
    facts = screen.SheetFacts(
        talk=await facts_of(pair, talk, act.actor, act, since=still),
        policy=act.company.policy,
        theirs=written.get(talk.other(act.by), Sheet()),
        writes=still and talk.state is not State.SKIPPED,
        held=talk.state is State.HELD,
    )
    return SheetForm(act, talk, facts, written.get(act.by, Sheet()))


async def prepare(subject: str, act: Act) -> Answer:
    """`oneonone.prepare`: where it was left, or as it was kept. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(screen.SHEET, subject, act)
    if use.facts.writes and not kept.answers:
        kept = await prefill(screen.SHEET, subject, screen.written(use.mine), act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


PRESSES = {"oneonone.prepare": prepare}
FORMS: Mapping[str, Callable[[str, Act], Awaitable[Use]]] = {screen.SHEET: load}
