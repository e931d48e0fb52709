"""A person notes how far a goal is; whoever may see their goals reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from handlers import goal_history, goal_list
from handlers.answers import Opens
from handlers.keeping import dressed, opened
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import goal_progress as screen
from review.cycle import check_open
from review.errors import UnknownReview
from review.goal_progress import Outlook, Progress, goal_to_note, note, pressed
from review.goals import Row
from review.record import Review

FORM = "goal_progress"


@dataclass(frozen=True, slots=True)
class ProgressForm:
    """The note on one goal, written by whoever's goal it is."""

    act: Act
    review: Review
    facts: screen.ProgressFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Form | None:  # noqa: ARG002
        """All earlier notes in full."""
        if button != screen.WHOLE:
            return None
        return screen.whole(self.facts.goal, self.facts.notes, self.act.say)

    async def send(self, answers: Answers) -> None:
        """Keep the note and show it where the goals are shown; the very same again is one."""
        act, goal = self.act, self.facts.goal
        notes = [one for one in await act.tx.progress.on(self.review.id) if one.row == goal.id]
        made = note(
            max(notes, key=lambda one: one.number, default=None),
            new=uuid4().hex,
            review=self.review.id,
            goal=goal,
            outlook=Outlook(answers[screen.OUTLOOK]),
            words=answers.get(screen.WORDS, ""),
            at=act.now,
            limit=self.facts.limit,
        )
        if made is not None:
            await _keep(made, self.review, act)


async def _keep(made: Progress, review: Review, act: Act) -> None:
    await act.tx.progress.add(made)
    details = {"goal": made.row, "number": made.number}
    await act.tx.audit.record("goals.progress", review.id, act.by, act.now, details)
    await goal_list.noted(review, act)


async def note_outlook(subject: str, outlook: Outlook, week: date, act: Act) -> None:
    """How that goal ("<review>:<row>") looks, without words; said once in the week that began then.

    Raises UnknownReview, NotEntitled, Excluded, CycleClosed, ProgressOver, UnknownGoal.
    """
    review, goal = await _mine(subject, act)
    notes = (await act.tx.progress.latest_notes([review.id])).get(review.id, {})
    before = notes.get(goal.id)
    made = pressed(
        before,
        new=uuid4().hex,
        review=review.id,
        goal=goal,
        outlook=outlook,
        at=act.now,
        this_week=before is not None and act.date_of(before.at, act.actor) >= week,
    )
    if made is not None:
        await _keep(made, review, act)


async def _mine(subject: str, act: Act) -> tuple[Review, Row]:
    """The actor's own goal of that name, with its record, if something can be noted on it now."""
    review_id, _, row = subject.partition(":")
    found = await act.tx.reviews.with_cycle(review_id)
    if found is None:
        raise UnknownReview
    review, cycle = found
    goal = goal_to_note(review, await goal_history.sheet_of(review, act), row, by=act.by)
    check_open(cycle)
    return review, goal


async def load(subject: str, act: Act) -> ProgressForm:
    """The form for that goal ("<review>:<row>").

    Raises UnknownReview, NotEntitled, Excluded, CycleClosed, ProgressOver, UnknownGoal.
    """
    review, goal = await _mine(subject, act)
    history = await goal_history.history(review.id, act.actor, act)
    facts = screen.ProgressFacts(
        review=review.id,
        goal=goal,
        notes=history.get(goal.id, ()),
        limit=act.company.policy.sheet.text_limit,
    )
    return ProgressForm(act, review, facts)


async def open_form(subject: str, act: Act) -> Opens:
    """`progress.open`. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))
