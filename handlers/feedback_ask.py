"""Somebody asks colleagues for feedback about themself; each hears it at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from handlers import feedback, feedback_requests
from handlers.answers import Answer, Opens
from handlers.changes import Changes
from handlers.keeping import Kept, dressed, opened, prefill
from handlers.people_said import person_said, picked, refused
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import feedback_request as screen
from prompts.screens.feedback import ABOUT, WHOM
from review.errors import ReviewError
from review.feedback import OTHER
from review.feedback_request import AGAIN, Question, Request, check_asked
from review.people import Person

FORM = screen.FORM


@dataclass(frozen=True, slots=True)
class AskForm:
    """Whom, about what, and a question if there is one."""

    act: Act
    facts: screen.AskFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> Changes | None:
        """Ask each of them; who can't be asked is said at the field, and nobody is."""
        act, whom = self.act, answers[WHOM]
        about = answers.get(ABOUT) or OTHER
        try:
            people = [await picked(one, act) for one in dict.fromkeys(whom.split(","))]
            lately = await act.tx.requests.lately(act.by, act.now - AGAIN)
            check_asked(act.by, people, about, lately, act.today())
        except ReviewError as refusal:
            return Changes(refused(whom, refusal, act))
        named = {} if about == OTHER else dict(self.facts.subjects)[about]
        said = Question(text=answers.get(screen.QUESTION, "").strip(), about_name=named)
        await self._ask(people, about, said)
        return None

    async def _ask(self, people: Sequence[Person], about: str, said: Question) -> None:
        act, together = self.act, uuid4().hex
        requests = [
            Request(
                id=uuid4().hex,
                together=together,
                asker=act.by,
                asked=one.employee_id,
                about=about,
                at=act.now,
                said=said,
            )
            for one in people
        ]
        await act.tx.requests.add(requests)
        await feedback_requests.shown(requests, act, lists=True)


async def load(subject: str, act: Act) -> AskForm:  # noqa: ARG001
    """Anybody may ask, about their own goals and the company's values."""
    goals = await feedback.goals_of(act.by, act)
    facts = screen.AskFacts(
        subjects=(*goals, *feedback.values_of(act)), limit=act.company.policy.sheet.text_limit
    )
    return AskForm(act, facts)


async def open_form(subject: str, act: Act) -> Answer:
    """`feedback.ask`."""
    return await _opens(await opened(FORM, subject, act), act)


async def command(rest: str, act: Act) -> Answer:
    """`/review feedback ask [@who …]`. Raises PersonUnknown, SeveralPeople."""
    kept = await opened(FORM, "", act)
    accounts = [
        account.account_id
        for one in [await person_said(said, act) for said in _names(rest)]
        if (account := await act.tx.people.account_of(one.employee_id, act.platform)) is not None
    ]
    if accounts:
        chosen = {WHOM: ",".join(dict.fromkeys(accounts))}
        kept = await prefill(FORM, "", chosen, act, draft=kept.draft)
    return await _opens(kept, act)


def _names(rest: str) -> list[str]:
    """Each that is named with @, or the one that all of it names."""
    said = rest.split()
    return said if all(one.startswith("@") for one in said) else [rest]


async def _opens(kept: Kept, act: Act) -> Answer:
    use = await load("", act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))
