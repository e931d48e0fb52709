"""Praise in public: one person's word on what another did, tied to a value of the company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from review.errors_feedback import PersonGone
from review.errors_praise import PraiseToOneself
from review.people import EmployeeId, Person
from review.wording import Wording

PraiseId = str
NAME_WORDS = 6
"""Words of a command that a name may take (ours)."""
BETWEEN = " ,，:：、;；-—"
"""What may stand between a value and the words on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The words of a praise, as its giver wrote them."""

    text: str
    value_name: Wording = field(default_factory=dict)
    """The value by its name at that time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Praise:
    """One praise. Everybody may read it, until it is taken back."""

    id: PraiseId
    giver: EmployeeId
    receiver: EmployeeId
    value: str
    """The value's key."""
    said: Deed
    at: datetime
    reached_at: datetime | None = None
    """When the receiver's own chat had it."""
    taken_at: datetime | None = None
    """When its giver took it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Praised:
    """That there was praise, without its words."""

    giver: EmployeeId
    receiver: EmployeeId
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month's board counts."""

    count: int
    values: Mapping[str, int]
    """By the value's key; a value that nobody named is not there."""
    receivers: frozenset[EmployeeId]
    givers: frozenset[EmployeeId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One way to understand the words of a command."""

    who: str
    value: str | None
    text: str


def check_receiver(giver: EmployeeId, receiver: Person, on: date) -> None:
    """Anybody in the company may praise anybody else who is there.

    Raises PraiseToOneself, PersonGone.
    """
    if receiver.employee_id == giver:
        raise PraiseToOneself
    if receiver.has_left(on):
        raise PersonGone(receiver.name)


def counted(found: Iterable[Praised]) -> Month:
    """All of a month."""
    every = tuple(found)
    return Month(
        count=len(every),
        values=Counter(one.value for one in every),
        receivers=frozenset(one.receiver for one in every),
        givers=frozenset(one.giver for one in every),
    )


def next_month(day: date) -> date:
    """The first day of the month after that day's."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def readings(said: str, names: Mapping[str, Iterable[str]]) -> Iterator[Spoken]:
    """How "WHO VALUE text" may be meant: a name may have several words, and a value, too.

    `names`: a value's key to what it is called. The likeliest comes first; the last names no value.
    """
    words = said.split(" ")
    for count in range(1, min(len(words), NAME_WORDS + 1)):
        rest = " ".join(words[count:])
        for key, called in names.items():
            for name in sorted(called, key=len, reverse=True):
                if _begins(rest, name):
                    text = rest[len(name) :].lstrip(BETWEEN)
                    yield Spoken(who=" ".join(words[:count]), value=key, text=text)
                    break
    yield Spoken(who=words[0], value=None, text=" ".join(words[1:]))


def _begins(said: str, name: str) -> bool:
    """Whether it begins with that name; after a Latin one, no word may go on."""
    after = said[len(name) : len(name) + 1]
    goes_on = name[-1:].isascii() and after.isascii() and after.isalnum()
    return bool(name) and said.casefold().startswith(name.casefold()) and not goes_on
