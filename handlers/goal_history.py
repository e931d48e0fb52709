"""What was noted on goals, as those who may read it see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.answers import Answer, Opens, Says
from handlers.people_said import person_said
from handlers.team import around, seated
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import goal_progress as screen
from review.access import Thing, may_see, relation
from review.cycle import Cycle, is_year
from review.desks import Desks, desks
from review.errors import NotEntitled, UnknownReview
from review.goal_progress import Progress, by_goal
from review.goal_setting import SETTING
from review.goals import Sheet
from review.people import Person
from review.record import Review, ReviewId
from review.roster import Roster
from review.stages import Desk, Stage

FORM = "goal_progress_read"
READERS = (Desk.PERSON, Desk.MANAGER, Desk.SKIP_LEVEL, Desk.HR)
"""Who reads somebody's goals and progress; so do HR admins (product.md 13)."""


async def history(review: ReviewId, person: Person, work: Work) -> screen.History:
    """All that was noted on a review's goals, on the days of that person.

    Of several presses on one day the last one counts.
    """
    noted = by_goal(await work.tx.progress.on(review))
    return {row: _by_day(notes, person, work) for row, notes in noted.items()}


def _by_day(notes: Sequence[Progress], person: Person, work: Work) -> tuple[screen.Note, ...]:
    found: list[screen.Note] = []
    for one in notes:
        on = work.date_of(one.at, person)
        if one.said.words or not found or found[-1].on != on:
            found.append(screen.Note(outlook=one.outlook, on=on, words=one.said.words))
    return tuple(found)


async def sheet_of(review: Review, work: Work) -> Sheet:
    """The goals as they are now: what is proposed while they are set, then what is scored."""
    kept = await work.tx.goals.get(review.id) if review.stage in SETTING else None
    return kept.proposed if kept else review.sheet


@dataclass(frozen=True, slots=True)
class Around:
    """Somebody, and who sits around them today."""

    person: Person
    roster: Roster
    seats: Desks


async def may_read(employee: str, act: Act) -> Around:
    """Somebody's goals are theirs, and their line's and HR's, to read. Raises NotEntitled."""
    roster = await around(employee, act)
    person = roster.people[employee]
    found = Around(person, roster, desks(person, roster, act.today()))
    if not _reads(found, act):
        raise NotEntitled(who_can=", ".join(READERS))
    return found


def _reads(found: Around, act: Act) -> bool:
    seen = relation(act.by, found.person, found.roster)
    sits = found.seats.held_by(act.by) & set(READERS)
    return bool(sits) or may_see(Thing.OWN_WORK, seen, Stage.GOALS)


async def _may_read_in(review: Review, act: Act) -> Around:
    """As may_read, or for the line they had at the period's end. Raises NotEntitled."""
    if review.led_by is not None:
        roster, seats = await seated(review, act)
        then = Around(roster.people[review.employee_id], roster, seats)
        if _reads(then, act):
            return then
    return await may_read(review.employee_id, act)


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """All goals of one review with the latest notes, for whoever may read them."""

    act: Act
    facts: screen.ReadFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.reading(self.facts, self.act.say)

    async def press(self, button: str, step: int, answers: Answers) -> Form | None:  # noqa: ARG002
        """The notes on one goal in full."""
        goal = screen.goal_of(button, self.facts)
        if goal is None:
            return None
        return screen.whole(goal, self.facts.history.get(goal.id, ()), self.act.say)

    async def send(self, answers: Answers) -> None:
        """There is nothing to send."""


async def load(subject: ReviewId, act: Act) -> ReadingForm:
    """What was noted on that review's goals. Raises UnknownReview, NotEntitled."""
    found = await act.tx.reviews.with_cycle(subject)
    if found is None:
        raise UnknownReview
    review, cycle = found
    seen = await _may_read_in(review, act)
    return ReadingForm(act, await facts_of(review, cycle, seen.person, act))


async def read(subject: ReviewId, act: Act) -> Opens:
    """`progress.read`. Raises what load raises."""
    use = await load(subject, act)
    return Opens(use.form({}, step=0, sent=False))


async def facts_of(review: Review, cycle: Cycle, person: Person, act: Act) -> screen.ReadFacts:
    """Goals and notes of one record."""
    return screen.ReadFacts(
        review=review.id,
        cycle=cycle.name,
        person=person.name,
        sheet=await sheet_of(review, act),
        history=await history(review.id, person, act),
    )


async def of_person(said: str, act: Act) -> Answer:
    """`/review goals @who`: their goals of each running cycle, with the latest note on each.

    Raises PersonUnknown, SeveralPeople, NotEntitled.
    """
    who = await person_said(said, act)
    seen = await may_read(who.employee_id, act)
    found: list[screen.ReadFacts] = []
    for cycle in await act.tx.cycles.running():
        review = None if is_year(cycle.name) else await act.tx.reviews.of(cycle.id, who.employee_id)
        if review is not None and review.stage is not Stage.EXCLUDED:
            found.append(await facts_of(review, cycle, seen.person, act))
    if not found:
        return Says(screen.nobody(who.name, act.say))
    return Says(screen.card(tuple(found), act.say))
