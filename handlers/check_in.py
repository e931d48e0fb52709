"""A person's weekly check-in: a press for each goal and action, and a text if they like."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from handlers import action_forms, daily, living
from handlers import check_in_read as reading
from handlers.answers import Answer, Done, Opens
from handlers.changes import Changes
from handlers.check_in_facts import facts_of
from handlers.check_in_weeks import Weeks
from handlers.goal_progress import note_outlook
from handlers.keeping import dressed, opened, prefill
from handlers.people_said import person_said
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import check_in as screen
from review.check_in import check_on, check_runs, week_of
from review.errors_check_in import CheckInOver
from review.errors_interview import NotYourAction
from review.goal_progress import Outlook
from review.interview import Going
from storage.notice import living as living_name

FORM = screen.FORM
DATE = len("2026-11-27")


@dataclass(frozen=True, slots=True)
class Place:
    """Whose week a button or form is about."""

    subject: str
    """A day's message (handlers.daily.Day.subject), so that it can be edited; or a Monday."""
    week: date
    thing: str = ""


async def _place(value: str, act: Act) -> Place:
    """What that value names; without one, the week that runs. Raises CheckInsOff, CheckInOver."""
    check_on(act.company.policy.check_in)
    until = await act.tx.occurrences.wait_until(act.by)
    weeks = Weeks(act)
    running = weeks.running(act.actor, act.today(act.actor), until)
    subject, _, thing = value.partition("|")
    if not subject:
        return Place(running.isoformat(), running, thing)
    try:
        day = date.fromisoformat(subject[:DATE])
    except ValueError as odd:
        raise CheckInOver from odd
    named = weeks.running(act.actor, day, until) if "/" in subject else week_of(day)
    check_runs(named, running)
    return Place(subject, running, thing)


async def goal_pressed(value: str, act: Act, *, outlook: Outlook) -> Answer:
    """`checkin:on_track` and its two others: the same note as beside the goal, without words.

    Raises CheckInsOff, CheckInOver, UnknownReview, NotEntitled, Excluded, CycleClosed,
    ProgressOver, UnknownGoal.
    """
    place = await _place(value, act)
    await _looks(place, outlook, act)
    await _answered(place, act)
    return Done()


async def _looks(place: Place, outlook: Outlook, act: Act) -> None:
    await note_outlook(place.thing, outlook, place.week, act)


async def action_pressed(value: str, act: Act, *, going: Going) -> Answer:
    """`checkin:done` and its two others, of the own action; a training asks what was learnt first.

    Raises CheckInsOff, CheckInOver, NotYourAction.
    """
    place = await _place(value, act)
    asks = await _goes(place.thing, going, act)
    await _answered(place, act)
    return Done() if asks is None else Opens(asks)


async def _goes(action: str, going: Going, act: Act) -> Form | None:
    use = await action_forms.load(action, act)
    if use.action.owner != act.by:
        raise NotYourAction
    if going is Going.DONE and action_forms.asks_first(use):
        return await action_forms.asks_what(action_forms.DoneForm(act, use))
    if use.action.going is not Going.DROPPED:
        await action_forms.goes(use, going)
    return None


async def _answered(place: Place, act: Act) -> None:
    """They have answered, and the message that asked shows what."""
    await act.tx.check_ins.answer(act.by, place.week, act.now)
    if await act.tx.outbox.find(living_name(daily.KIND, act.by, place.subject)) is not None:
        shown = daily.painting(act.by, place.subject, act.now)
        await act.tx.outbox.paint_all([replace(shown, priority=living.SOON)])


@dataclass(frozen=True, slots=True)
class CheckInForm:
    """All of one week: each goal and action with its buttons, and the text."""

    act: Act
    place: Place
    facts: screen.CheckInFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """A goal looks so, or an action goes so: it counts at once, as in the message."""
        marked = screen.marked(button)
        if marked is None:
            return None
        how, thing = marked
        place = replace(self.place, thing=thing)
        asks = None
        if isinstance(how, Outlook):
            await _looks(place, how, self.act)
        else:
            asks = await _goes(thing, how, self.act)
        await _answered(place, self.act)
        return asks or Changes({})

    async def send(self, answers: Answers) -> Changes | None:
        """Keep the text. One that another device sent meanwhile is shown first, and stays else."""
        act, facts = self.act, self.facts
        key = screen.field(facts.revision)
        earlier = [answers.get(screen.field(one), "").strip() for one in range(facts.revision)]
        if key not in answers and earlier and earlier[-1] not in {"", facts.words}:
            return Changes({key: earlier[-1]}, step=0)
        words = answers.get(key, facts.words).strip()
        if words != facts.words:
            week, was = self.place.week, facts.revision
            await act.tx.check_ins.write(act.by, week, words, act.now, was)
        await _answered(self.place, act)
        return None


async def load(subject: str, act: Act) -> CheckInForm:
    """The form of that week. Raises CheckInsOff, CheckInOver."""
    place = await _place(subject, act)
    facts = await facts_of(act.actor, place.week, place.subject, Weeks(act), act)
    return CheckInForm(act, place, facts)


async def open_form(value: str, act: Act) -> Answer:
    """`checkin.open`. Raises CheckInsOff, CheckInOver."""
    use = await load(value, act)
    subject, key = use.facts.subject, screen.field(use.facts.revision)
    kept = await opened(FORM, subject, act)
    if use.facts.words and key not in kept.answers:
        kept = await prefill(FORM, subject, {key: use.facts.words}, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def command(rest: str, act: Act) -> Answer:
    """`/review checkin [NAME]`: the own week, or what somebody answered.

    Raises CheckInsOff, PersonUnknown, SeveralPeople, NotEntitled.
    """
    if rest:
        return await reading.read((await person_said(rest, act)).employee_id, act)
    return await open_form("", act)


PRESSES: Mapping[str, Callable[[str, Act], Awaitable[Answer]]] = {
    **{f"checkin:{one}": partial(goal_pressed, outlook=one) for one in Outlook},
    **{f"checkin:{one}": partial(action_pressed, going=one) for one in screen.GOINGS},
    screen.OPEN: open_form,
    reading.READ: reading.read,
}
