"""Another time for a one-on-one, or its first; and a rest until a day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from handlers import entries
from handlers.answers import Answer, Opens
from handlers.changes import Changes, Use
from handlers.free_times import free, one_on_ones_of
from handlers.hours import Hours
from handlers.keeping import dressed, opened
from handlers.one_on_one import changes, tell
from handlers.one_on_one_facts import facts_of
from handlers.one_on_one_pairs import Pair, ahead_of, led
from handlers.times import name_of
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import one_on_one as cards
from prompts.screens import one_on_one_forms as screen
from prompts.screens.times import FIRST, TimesFacts, slot
from review.one_on_one import OneOnOne
from review.roster_fields import read_date
from review.slots import proposals

SET = "one_on_one_set"
MOST = 366
"""Days for which a pair can rest (ours)."""


@dataclass(frozen=True, slots=True)
class TimeForm:
    """One day and time, in the hands of either of the two."""

    act: Act
    pair: Pair
    talk: OneOnOne
    facts: TimesFacts
    shown: cards.Facts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.time(self.facts, self.shown, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """It is agreed; both get it for their calendars."""
        act, start = self.act, slot(FIRST, self.facts, answers)
        if start is None or start == self.talk.starts_at:
            return
        sequence = self.talk.sequence + 1
        made = replace(self.talk, starts_at=start, sequence=sequence, planned_at=None)
        await act.tx.one_on_ones.save(made)
        await entries.talks([made], act)
        await act.tx.audit.record("one_on_one.set", made.id, act.by, act.now, {})
        for one in self.pair.both:
            once = agreed_as(sequence, start)
            facts = {"talk": made.id, "by": act.by, "once": once}
            await tell(SET, one.employee_id, facts, f"{made.id}/{once}", act)


def agreed_as(sequence: int, start: datetime) -> str:
    """By which the notice of an agreed time is known."""
    return f"{sequence}/{name_of(start)}"


async def load(subject: str, act: Act) -> TimeForm:
    """For either of the two while it is to come.

    Raises OneOnOnesOff, NotYourTalk, TalkOver.
    """
    talk, pair = await ahead_of(subject, act)
    other = pair.other(act.by)
    taken = await one_on_ones_of(pair.both, act, but=talk.id)
    suits = free(pair.both, talk.minutes, taken, act.company)
    zones = [Hours(act.company, one).zone for one in (act.actor, other)]
    start = talk.starts_at if talk.starts_at and talk.starts_at > act.now else act.now
    facts = TimesFacts(
        review=talk.id,
        person=other.name,
        minutes=talk.minutes,
        zone=zones[0],
        person_zone=zones[1],
        now=act.now,
        proposed=proposals(suits, start, zones[1]) or proposals(suits, act.now, zones[1]),
        free=suits,
        agreed=talk.starts_at if talk.starts_at and talk.starts_at > act.now else None,
        single=True,
    )
    return TimeForm(act, pair, talk, facts, await facts_of(pair, talk, act.actor, act))


async def ask(subject: str, act: Act) -> Answer:
    """`oneonone.time`. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(screen.TIME, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


@dataclass(frozen=True, slots=True)
class PauseForm:
    """Until which day the two do not talk one to one."""

    act: Act
    pair: Pair
    shown: cards.Facts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form; once sent, with what is wrong with the day."""
        problem = self._day(answers) is None
        return screen.pause(self.shown, answers, self.act.say, problem=problem, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """A talk that was agreed for a day before then loses its time; the other hears of it."""
        act, until = self.act, self._day(answers)
        if until is None:
            return
        last = await act.tx.one_on_ones.last_of(*self.pair.ids)
        falls = last if last is not None and _falls(last, until, act) else None
        await changes(self.pair, act, lambda was: replace(was, paused_until=until), falls)
        if falls is not None:
            number = falls.sequence + 1
            cleared = replace(falls, starts_at=None, planned_at=None, sequence=number)
            await act.tx.one_on_ones.save(cleared)
            await entries.talks([cleared], act)

    def _day(self, answers: Answers) -> date | None:
        """A day to come, and not too far."""
        today = self.act.today(self.act.actor)
        try:
            day = read_date(answers.get(screen.UNTIL, ""))
        except ValueError:
            return None
        return day if 0 < (day - today).days <= MOST else None


def _falls(talk: OneOnOne, until: date, act: Act) -> bool:
    start = talk.starts_at
    return start is not None and start > act.now and act.date_of(start) < until


async def load_pause(subject: str, act: Act) -> PauseForm:
    """For either of the two. Raises OneOnOnesOff, NotYourTalk."""
    pair = await led(subject, act)
    return PauseForm(act, pair, await facts_of(pair, None, act.actor, act))


async def ask_pause(subject: str, act: Act) -> Answer:
    """`oneonone.pause`. Raises what load_pause raises."""
    use = await load_pause(subject, act)
    kept = await opened(screen.PAUSE, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


PRESSES = {"oneonone.time": ask, "oneonone.pause": ask_pause}
FORMS: Mapping[str, Callable[[str, Act], Awaitable[Use]]] = {
    screen.TIME: load,
    screen.PAUSE: load_pause,
}
