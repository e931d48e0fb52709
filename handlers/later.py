"""Putting off the bot's own message of a day: an hour, tomorrow, Monday, or a day of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.answers import Answer, Opens, Says
from handlers.changes import Changes
from handlers.hours import DAY, Hours
from handlers.keeping import dressed, opened
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import common
from prompts.screens import daily as screen
from prompts.screens.daily import DATE, HOUR, MONDAY, TOMORROW
from review.roster_fields import read_date

FORM, PRESSES = screen.FORM, tuple(screen.LATER.values())
MOST = 31
"""Days for which it can be put off (ours)."""
WEEK = 7
SPOKEN = {
    "": TOMORROW,
    **dict.fromkeys((HOUR, "an hour", "in an hour", "1h", "一小时", "1小时", "一小时后"), HOUR),
    **dict.fromkeys((TOMORROW, "明天"), TOMORROW),
    **dict.fromkeys((MONDAY, "on monday", "周一", "下周一", "星期一"), MONDAY),
}


@dataclass(frozen=True, slots=True)
class LaterForm:
    """Until which day."""

    act: Act

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form; once sent, with what is wrong with the day."""
        problem = None
        if sent and not _may_be(_day(answers.get("until", "")), self.act):
            problem = self.act.say.plain("daily.no_such_day", most=MOST)
        return screen.later(answers, problem, self.act.say)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """It comes at their opening hour of that day, or of the next that they work."""
        day = read_date(answers["until"])
        await _wait(Hours(self.act.company, self.act.actor).first_of(day), self.act)


async def load(subject: str, act: Act) -> LaterForm:  # noqa: ARG001
    """Anybody may put off what is said to them."""
    return LaterForm(act)


async def command(rest: str, act: Act) -> Answer:
    """`/review remind later [hour|tomorrow|monday|2026-12-01]`, and the buttons of a message."""
    said = rest.strip().lower()
    if said == DATE:
        kept = await opened(FORM, "", act)
        use = LaterForm(act)
        return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))
    until = _until(said, act)
    if until is None:
        return Says(common.says(act.say, "daily.how_later", said=rest, most=MOST))
    await _wait(until, act)
    hours = Hours(act.company, act.actor)
    if hours.date_of(until) == act.today(act.actor):
        at = until.astimezone(hours.zone)
        return Says(common.says(act.say, "daily.later_today", at=f"{at:%H:%M}"))
    return Says(common.says(act.say, "daily.later_done", until=hours.date_of(until)))


def _until(said: str, act: Act) -> datetime | None:
    """When that is for them, inside their hours; None for words that name no time."""
    hours, today = Hours(act.company, act.actor), act.today(act.actor)
    match SPOKEN.get(said):
        case screen.HOUR:
            return hours.opens(act.now + timedelta(hours=1))
        case screen.TOMORROW:
            return hours.first_of(today + DAY)
        case screen.MONDAY:
            return hours.first_of(today + (WEEK - today.weekday()) * DAY)
    day = _day(said)
    return hours.first_of(day) if day is not None and _may_be(day, act) else None


def _day(said: str) -> date | None:
    try:
        return read_date(said)
    except ValueError:
        return None


def _may_be(day: date | None, act: Act) -> bool:
    """A day to come, and not too far."""
    today = act.today(act.actor)
    return day is not None and today < day <= today + MOST * DAY


async def _wait(until: datetime, act: Act) -> None:
    """What was said today is said again then, as far as it is still so."""
    await act.tx.outbox.tell_again(act.by, act.today(act.actor).isoformat())
    await act.tx.occurrences.set_wait(act.by, until)
