"""A company in a database, a clock that stands still, and a chat made of plain text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import fresh_file
from text_chat import TextChat

from handlers import cycles
from handlers.answers import Answer, Continues, Done, Opens, Redraws, Refuses, Stacks
from handlers.dispatch import dispatch
from handlers.events import Account, Answered, Command, Pressed, Submitted
from handlers.ports import Company, Deps
from handlers.work import Work
from prompts import library
from prompts.card import Ask, Form
from review.cycle import Cycle
from review.people import Person
from review.policy import OneOnOnes, Policy
from scheduler.tick import tick
from storage import database
from storage.seal import Keyring, new_key

LIBRARY = library.load()
NOON = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
"""A Monday, 12:00 in Shanghai."""


class StillClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


@dataclass
class Home:
    """One company, for one test."""

    deps: Deps
    clock: StillClock
    chat: TextChat
    numbers: count[int] = field(default_factory=lambda: count(1))

    async def press(self, who: str, action: str, value: str) -> Answer:
        event = Pressed(who=self._account(who), action=action, value=value, identity=self._new())
        return await dispatch(event, self.deps)

    async def command(self, who: str, text: str) -> Answer:
        event = Command(who=self._account(who), text=text, identity=self._new())
        return await dispatch(event, self.deps)

    async def press_in(
        self, who: str, form: Form, button: str, typed: Mapping[str, str] | None = None
    ) -> Answer:
        """Press a button inside an open form, with what it holds and what is typed into it."""
        event = Answered(
            who=self._account(who),
            form=form.key,
            subject=form.subject,
            step=form.step,
            answers={one.key: one.value or "" for one in form.fields} | dict(typed or {}),
            identity=self._new(),
            pressed=button,
            order=f"{self.clock.now().timestamp():.6f}",
            surface="V1",
            base=form.base,
        )
        return await dispatch(event, self.deps)

    async def fill(
        self,
        who: str,
        form: Form,
        given: Mapping[str, str],
        *,
        surface: str = "V1",
        typed: str = "",
    ) -> Answer:
        """Answer a form question by question and step by step, as a chat of text would.

        Fields that `given` does not name are left as they are, texts but for `typed`; returns the
        first answer that is neither the next step nor the same step drawn again.
        """
        while True:
            form = await self._answer(who, form, given, surface)
            held = {one.key: one.value or "" for one in form.fields}
            if typed:
                held |= {one.key: typed for one in form.fields if one.ask is Ask.TEXT}
            answers = held | {key: given[key] for key in held if key in given}
            answer = await self.send(who, form, answers, surface=surface)
            if not isinstance(answer, Continues) or answer.form.step <= form.step:
                return answer
            form = answer.form

    async def send(
        self, who: str, form: Form, answers: Mapping[str, str], *, surface: str = "V1"
    ) -> Answer:
        """Send one step of a form, once."""
        event = Submitted(
            who=self._account(who),
            form=form.key,
            subject=form.subject,
            step=form.step,
            answers=answers,
            identity=self._new(),
            surface=surface,
            base=form.base,
        )
        return await dispatch(event, self.deps)

    async def _answer(self, who: str, form: Form, given: Mapping[str, str], surface: str) -> Form:
        """Choose until the form asks nothing new; texts are typed on the way."""
        chosen: dict[str, str] = {}
        while True:
            wanted = next(
                (
                    one.key
                    for one in form.fields
                    if one.ask is not Ask.TEXT and one.key in given and one.key not in chosen
                ),
                None,
            )
            if wanted is None:
                return form
            chosen[wanted] = given[wanted]
            answer = await self.choose(who, form, wanted, chosen, surface=surface)
            if isinstance(answer, Redraws):
                form = answer.form
            else:
                assert isinstance(answer, Done), answer

    async def choose(
        self, who: str, form: Form, key: str, chosen: Mapping[str, str], *, surface: str = "V1"
    ) -> Answer:
        """Choose in one field, with all that was chosen before."""
        held = {one.key: one.value or "" for one in form.fields} | dict(chosen)
        event = Answered(
            who=self._account(who),
            form=form.key,
            subject=form.subject,
            step=form.step,
            answers={one.key: held[one.key] for one in form.fields},
            identity=self._new(),
            changed=key,
            order=f"{self.clock.now().timestamp() + next(self.numbers) / 1000:.6f}",
            surface=surface,
            base=form.base,
        )
        return await dispatch(event, self.deps)

    async def tick(self, now: datetime | None = None) -> None:
        if now is not None:
            self.clock.moment = now
        await tick(self.deps)

    def _account(self, who: str) -> Account:
        return Account("text", f"T-{who}")

    def _new(self) -> str:
        self.clock.moment += timedelta(milliseconds=5)
        return f"event:{next(self.numbers)}"


def opened(answer: Answer) -> Form:
    """The form that was opened, continued or refused."""
    assert isinstance(answer, Opens | Continues | Redraws | Refuses | Stacks), answer
    return answer.form


def team(size: int = 3) -> tuple[Person, ...]:
    """A boss, a manager, and reports e1, e2, …; everybody in English but e2."""

    def person(employee_id: str, name: str, *, locale: str = "en", **more: str) -> Person:
        return Person(
            employee_id=employee_id,
            name=name,
            slack_id=f"T-{employee_id}",
            locale=locale,
            time_zone="Asia/Shanghai",
            department="Shop",
            manager_id=more.get("manager_id"),
            hrbp_id=more.get("hrbp_id"),
            role=more.get("role", ""),
        )

    people = [
        person("boss", "Bo Boss"),
        person("hr", "Hanna HR", manager_id="boss"),
        person("mia", "Mia Manager", manager_id="boss", hrbp_id="hr"),
    ]
    people += [
        person(
            f"e{number}",
            f"Person {number}",
            locale="zh-CN" if number == 2 else "en",
            manager_id="mia",
            hrbp_id="hr",
            role="crm",
        )
        for number in range(1, size + 1)
    ]
    return tuple(people)


WITHOUT_TALKS = Policy(one_on_one=OneOnOnes(on=False))
"""One-on-ones would come into everybody's message of a day, whatever a test is about."""


def company(policy: Policy | None = None) -> Company:
    """The company of the tests."""
    return Company(
        policy=policy or WITHOUT_TALKS,
        library=LIBRARY,
        locale="en",
        time_zone="Asia/Shanghai",
        hr_admins=("hr",),
        hr_channels=(("text", "#hr"),),
    )


@asynccontextmanager
async def home(
    folder: Path,
    people: tuple[Person, ...] | None = None,
    *,
    policy: Policy | None = None,
    now: datetime = NOON,
    url: str | None = None,
    keyring: Keyring | None = None,
) -> AsyncIterator[Home]:
    """A company on a database of its own: a file in that folder, or the one of that address."""
    if url is None:
        file = folder / "home.db"
        fresh_file.lay(file)
        url = f"sqlite+aiosqlite:///{file}"
    opened_database = await database.open(url, keyring or Keyring.of(new_key()))
    clock, chat = StillClock(now), TextChat()
    deps = Deps(
        database=opened_database,
        company=company(policy),
        clock=clock,
        messengers={"text": chat},
    )
    async with opened_database.begin() as tx:
        everybody = people or team()
        await tx.people.put_all(everybody)
        pairs = [(f"T-{one.employee_id}", one.employee_id) for one in everybody]
        await tx.people.link_all("text", pairs)
    try:
        yield Home(deps, clock, chat)
    finally:
        await opened_database.close()


DATES = {
    "self_open": date(2026, 10, 9),
    "self_due": date(2026, 10, 16),
    "manager_due": date(2026, 10, 23),
}


async def open_cycle(home: Home, name: str = "2026Q3", **dates: date) -> Cycle:
    """A quarter whose self-review is open."""
    async with home.deps.database.begin() as tx:
        work = Work(tx=tx, company=home.deps.company, now=home.clock.now())
        wanted = cycles.OpenCycle(name=name, dates=DATES | dates)
        cycle, _, _ = await cycles.open_cycle(wanted, "hr", work)
    await home.tick()
    return cycle


async def review_of(home: Home, cycle: Cycle, employee: str) -> str:
    """The id of somebody's record."""
    async with home.deps.database.begin(write=False) as tx:
        found = await tx.reviews.of(cycle.id, employee)
    assert found is not None
    return found.id


def self_answers(home: Home, score: str = "3.5", levels: int = 2) -> dict[str, str]:
    """A complete self-review of the role crm: every row that score, every ladder that high."""
    rows = ("repeat_rate", "message_rates", "conduct")
    answers = {f"goal:{row}": score for row in rows}
    for value in home.deps.company.policy.values:
        for number in range(1, 6):
            answers[f"value:{value}:{number}"] = "yes" if number <= levels else "partly"
        answers[f"case:value:{value}"] = f"A case about {value}."
    return answers | {"overall": "It went well."}


def rating_answers(home: Home, score: str = "3.5", levels: int = 2, **more: str) -> dict[str, str]:
    """A complete rating, with the words that each score asks for."""
    return self_answers(home, score, levels) | {
        "overall": score,
        "case:overall": "What happened, what was done, what came of it.",
        "case:missed": "The second goal's standard for 3.5.",
        "surprise_reason": "It came up last week.",
        **more,
    }
