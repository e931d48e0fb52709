"""A manager in doubt asks the skip-level and HR in one thread, before the rating is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from handlers import manager_review
from handlers.ask_whom import facts_of, whom
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Card, Form
from prompts.render import Words
from prompts.screens import ask as screen
from prompts.screens.ask import FORM
from review.errors import NotEntitled
from review.people import EmployeeId, Person
from review.wording import say
from storage.notice import URGENT, Delivery, Notice, members, together

if TYPE_CHECKING:
    from handlers.changes import Changes

__all__ = ["FORM", "SAYINGS", "AskForm", "load"]

THREAD, ASKED = "ask_thread", "asked"


@dataclass(frozen=True, slots=True)
class AskForm:
    """The question about one value of one person."""

    act: Act
    facts: screen.AskFacts
    readers: tuple[EmployeeId, ...]

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Bring it to them at once: the same readers and person, the same thread.

        The same question again is said once. Raises NotEntitled where nobody can be asked.
        """
        if not self.readers:
            raise NotEntitled(who_can="hr_admin")
        act, review = self.act, self.facts.review
        to = together({act.by, *self.readers})
        thread = f"{THREAD}/{review}/{to}"
        question = answers.get(screen.QUESTION, "").strip()
        facts = {"review": review, "by": act.by, "value": self.facts.ladder.key}
        own = sha256(f"{facts['value']}\n{question}".encode()).hexdigest()
        await self._put(THREAD, to, thread, facts)
        await self._put(
            ASKED, to, f"{ASKED}/{review}/{to}/{own}", {**facts, "question": question}, thread
        )
        details = {"value": facts["value"], "readers": list(self.readers)}
        await act.tx.audit.record("rating.asked", review, act.by, act.now, details)

    async def _put(
        self, kind: str, to: str, once: str, facts: Mapping[str, str], thread: str | None = None
    ) -> None:
        await self.act.tx.outbox.put(
            Notice(
                kind=kind,
                receiver=to,
                facts=facts,
                once=once,
                due=self.act.now,
                priority=URGENT,
                thread_of=thread,
                person=True,
            )
        )


async def load(subject: str, act: Act) -> AskForm:
    """The form, for whoever rates that person now.

    Raises NotEntitled for a value that is not asked, and what manager_review.load raises.
    """
    review, _, value = subject.rpartition(":")
    use = await manager_review.load(review, act)
    ladders = {ladder.key: ladder for ladder in use.facts.asked}
    if value not in ladders:
        raise NotEntitled(who_can="nobody")
    roster, seats = use.around
    readers = tuple(one.employee_id for one in whom(seats, roster, act))
    return AskForm(act, facts_of(review, use.person, ladders[value], use.around, act), readers)


async def _thread(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    names = await _names(delivery, work)
    if names is None:
        return None
    holder, asker, words = names
    return screen.thread(holder, asker, words)


async def _asked(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    names = await _names(delivery, work)
    ladder = work.company.library.ladders.get(str(delivery.facts["value"]))
    if names is None or ladder is None:
        return None
    _, asker, words = names
    value = say(ladder.name, words.locale)
    return screen.asked(value, asker, str(delivery.facts["question"]), words)


async def _names(delivery: Delivery, work: Work) -> tuple[str, str, Words] | None:
    """Of whom and by whom it is, in the language that all readers share, else the company's.

    None: the review is gone, or the person reviewed came to be among the readers.
    """
    review = await work.tx.reviews.get(str(delivery.facts["review"]))
    group = members(delivery.receiver)
    if review is None or review.employee_id in group:
        return None
    people = {
        one.employee_id: one for one in await work.tx.people.many([*group, review.employee_id])
    }
    locales = {people[one].locale for one in group if one in people}
    words = work.words_in(next(iter(locales))) if len(locales) == 1 else work.words()
    return people[review.employee_id].name, people[str(delivery.facts["by"])].name, words


SAYINGS = {THREAD: _thread, ASKED: _asked}
