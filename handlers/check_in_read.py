"""What somebody answered in their check-ins, for whoever may read their goals."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.answers import Opens
from handlers.check_in_facts import facts_of
from handlers.check_in_weeks import Weeks
from handlers.goal_history import READERS, may_read
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import check_in_read as screen
from review.check_in import WEEK
from review.errors import NotEntitled
from review.people import EmployeeId

READ, FORM = screen.READ, screen.FORM


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """How their goals look, and the texts of the last weeks."""

    act: Act
    facts: screen.ReadFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.reading(self.facts, self.act.say)

    async def press(self, button: str, step: int, answers: Answers) -> None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """There is nothing to send."""


async def load(subject: EmployeeId, act: Act) -> ReadingForm:
    """Their check-ins, for them, their line and HR. Raises NotEntitled."""
    person = await act.tx.people.get(subject)
    if person is None:
        raise NotEntitled(who_can=", ".join(READERS))
    await may_read(subject, act)
    weeks = Weeks(act)
    week = weeks.running(person, act.today(person))
    now = await facts_of(person, week, "", weeks, act)
    since = week - (screen.WEEKS - 1) * WEEK
    facts = screen.ReadFacts(
        employee=subject,
        person=person.name,
        goals=now.goals,
        texts=tuple((one.week, one.words) for one in await act.tx.check_ins.worded(subject, since)),
    )
    return ReadingForm(act, facts)


async def read(subject: EmployeeId, act: Act) -> Opens:
    """`checkin.read`. Raises NotEntitled."""
    use = await load(subject, act)
    return Opens(use.form({}, step=0, sent=False))
