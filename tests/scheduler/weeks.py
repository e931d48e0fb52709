"""A company of 48 that lives through some weeks, and what the bot wrote to each on which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32

from world import Home

from handlers import cycles
from handlers.work import Work
from prompts.card import Button, Buttons, Card, Heading
from review.people import EmployeeId, Person

DAY = timedelta(days=1)
LOOKS = (time(1, 30), time(12))
"""By UTC: 9:30 in Shanghai while Berlin sleeps; afternoon in Berlin, past Shanghai's evening."""


TEAMS = {"m1": 9, "m2": 8, "m3": 8, "m4": 8, "m5": 8}
"""Who leads so many; the last two and theirs are in Berlin."""


def company() -> tuple[Person, ...]:
    """Somebody at the head, HR, five who lead, and theirs: 48 people in two countries."""
    people = [_person("boss", None), _person("hr", "boss")]
    people += [_person(manager, "boss") for manager in TEAMS]
    people += [
        _person(f"{manager}-{number}", manager)
        for manager, size in TEAMS.items()
        for number in range(1, size + 1)
    ]
    return tuple(people)


def _person(employee: EmployeeId, manager: EmployeeId | None) -> Person:
    in_berlin = employee[:2] in {"m4", "m5"}
    return Person(
        employee_id=employee,
        name=f"Person {employee}",
        slack_id=f"T-{employee}",
        locale="en",
        time_zone="Europe/Berlin" if in_berlin else "Asia/Shanghai",
        department="Shop",
        manager_id=manager,
        hrbp_id=None if employee == "hr" else "hr",
        role="crm",
    )


@dataclass(frozen=True, slots=True)
class Post:
    """One message that somebody got."""

    to: EmployeeId
    at: datetime
    kind: str
    says: tuple[str, ...]
    """Its headings."""


@dataclass
class Life:
    """The company, its clock, and all that it was written."""

    place: Home
    people: dict[EmployeeId, Person]
    posts: list[Post] = field(default_factory=list)
    next_day: date = date.min

    async def open_cycle(self, name: str, **dates: date) -> None:
        """HR opens it now."""
        async with self.place.deps.database.begin() as tx:
            work = Work(tx=tx, company=self.place.deps.company, now=self.place.clock.now())
            await cycles.open_cycle(cycles.OpenCycle(name=name, dates=dates), "hr", work)

    async def through(self, first: date, weeks: int) -> None:
        """Day by day, with looks at the clock and people who answer what they are asked."""
        for number in range(7 * weeks):
            for at in LOOKS:
                moment = datetime.combine(first + number * DAY, at, UTC)
                await self._look(moment)
        self.next_day = first + 7 * weeks * DAY

    async def _look(self, moment: datetime) -> None:
        chat = self.place.chat
        known, said = len(chat.posts), len(chat.log)
        await self.place.tick(moment)
        kinds = [kind for _, kind, edit in chat.log[said:] if not edit]
        new = list(chat.posts.values())[known:]
        for kind, (to, card) in zip(kinds, new, strict=True):
            who = to.removeprefix("T-")
            headings = (part.text for part in card.parts if isinstance(part, Heading))
            self.posts.append(Post(who, moment, kind, tuple(headings)))
            if who in self.people:
                await self._answer(who, card)

    async def _answer(self, who: EmployeeId, card: Card) -> None:
        """Four of five say whether they talked and how their week was; most goals are well."""
        if _luck(who, len(self.posts)) % 5 == 0:
            return
        for button in _offered(card, "oneonone.log"):
            await self.place.press(who, button.action, button.value)
        for number, button in enumerate(_offered(card, "checkin:on_track")):
            ill = _luck(who, button.value, number) % 6 == 0
            action = "checkin:at_risk" if ill else button.action
            await self.place.press(who, action, button.value)


def _offered(card: Card, action: str) -> Iterator[Button]:
    for part in card.parts:
        if isinstance(part, Buttons):
            yield from (one for one in part.buttons if one.action.startswith(action))


def _luck(*of: object) -> int:
    return crc32(repr(of).encode())
