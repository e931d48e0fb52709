"""The one message a day that the bot writes of its own accord: a section for each subject.

A subject says for whom it has something today, for all people at once, and what it says when the
message is sent or edited. So nobody gets two of them on one day (product.md 12).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from handlers.hours import DAY, Hours
from handlers.work import Work
from prompts.card import Card, CardPart
from prompts.screens import daily as screen
from review.people import EmployeeId, Person
from storage.notice import BULK, CLOSING, Delivery, Painting

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "reminder"
AT_OPENING = "day"
"""The turn of a day's message; one that was put off has the moment until which it was."""


@dataclass(frozen=True, slots=True)
class Day:
    """Somebody's day, as the clock comes to look at it."""

    person: Person
    today: date
    last: date
    """The day before it on which they were looked at: what fell due since is made up for."""
    until: datetime | None = None
    """They asked to be told then, and not before."""
    turn: str = AT_OPENING

    @property
    def subject(self) -> str:
        """Names the message, so that it can be edited: no other day and turn has it."""
        return f"{self.today.isoformat()}/{self.last.isoformat()}/{self.turn}"

    def asked(self, hours: Hours) -> bool:
        """Whether what they put off is to be told today."""
        return self.until is not None and self.last < hours.date_of(self.until) <= self.today


Who = Callable[[Sequence[Day], Work], Awaitable[frozenset[EmployeeId]]]
Says = Callable[[Day, Work], Awaitable[tuple[CardPart, ...]]]


async def nobody(days: Sequence[Day], work: Work) -> frozenset[EmployeeId]:  # noqa: ARG001
    """Nothing of this subject closes on a day."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One subject of the message."""

    who: Who
    """Of these people, to whom it has something to say today. Asked about all at once, so that
    the number of statements does not grow with theirs."""
    says: Says
    """What it says to one of them, beginning with a heading; nothing once that is done."""
    closes: Who = nobody
    """Of these people, for whom something closes today, so that it may not wait for another day.
    Asked only where a platform has so many calls a month."""


def last_of(subject: str) -> date:
    """The day before the message on which its receiver had been looked at."""
    return date.fromisoformat(subject.split("/", 2)[1])


def is_over(subject: str | None, today: date) -> bool:
    """Whether a message is of a day that has gone by."""
    return bool(subject) and str(subject) < today.isoformat()


def is_there(person: Person, work: Work) -> bool:
    """At work today, and inside their hours: now is when they may be written to."""
    today = work.today(person)
    if person.has_left(today) or person.on_leave(today):
        return False
    return Hours(work.company, person).opens(work.now) == work.now


def painting(person: EmployeeId, subject: str, due: datetime, *, closes: bool = False) -> Painting:
    """That message: to be sent, or, where it stands, to show what is true by then.

    `closes`: something in it closes today.
    """
    priority = CLOSING if closes else BULK
    return Painting(kind=KIND, receiver=person, subject=subject, due=due, priority=priority)


async def card_for(day: Day, sections: Sequence[Section], work: Work) -> Card | None:
    """The whole message; None where nothing is left to say."""
    found = [await section.says(day, work) for section in sections]
    return screen.card(found, work.words(day.person))


async def day_of(person: Person, subject: str, work: Work) -> Day:
    """The day that a message is about; one that an older version wrote is about today."""
    today = work.today(person)
    until = await work.tx.occurrences.wait_until(person.employee_id)
    if not subject:
        return Day(person, today, today - DAY, until)
    day, last, turn = subject.split("/", 2)
    return Day(person, date.fromisoformat(day), date.fromisoformat(last), until, turn)


async def shown_again(receiver: EmployeeId, once: str, work: Work) -> None:
    """The message that said what is known by that shows whether it is still so."""
    message = await work.tx.outbox.told_in(once)
    if message is not None:
        await work.tx.outbox.paint_all([painting(receiver, message, work.now)])


def saying(sections: Sequence[Section]) -> Saying:
    """What words the message, made of these sections."""

    async def said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
        if person is None:
            return None
        card = await card_for(await day_of(person, delivery.subject or "", work), sections, work)
        stands = delivery.ts is not None
        return screen.done(work.words(person)) if card is None and stands else card

    return said
