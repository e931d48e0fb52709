"""A company with somebody at every stage of a review, and somebody of every kind to look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from calibrating import CALIBRATED, rate
from world import Home, home, open_cycle

from handlers import answers, commands, forms, presses
from handlers.answers import Answer
from handlers.events import Command, Event, Pressed, Submitted
from handlers.work import Act
from review.appeal import Appeal
from review.calibration import Session
from review.cycle import Cycle
from review.errors import ReviewError
from review.evidence import Evidence, Message
from review.feedback import Feedback, Kind, Said
from review.groups import GroupKind, GroupName
from review.interview import Action, Going, Interview
from review.people import Person
from review.record import Review, SignOff
from review.stages import Desk, Move, Stage
from storage.delegations import Delegation
from storage.transaction import Transaction

NOW = datetime(2026, 10, 12, 4, tzinfo=UTC)
SECRET = "zebra-words"
"""Stands in every text of the manager's."""
WHISPER = "giraffe-words"
"""Stands in every feedback."""
ROLES = {
    "manager": "mia",
    "skip_level": "boss",
    "above": "top",
    "hrbp": "hrp",
    "hr_admin": "hr",
    "decider": "dec",
    "peer": "peer",
    "other_manager": "max",
}
"""Who looks at the review of whoever is at a stage in Mia's team; "person" is that person, and
"delegate" stands in for Max, and looks at his team."""
SEES_RATING = {"manager", "skip_level", "above", "hrbp", "hr_admin", "delegate"}
"""Who sees the manager's rating and words at every stage (product.md 13)."""
RELEASED = {Stage.HELD, Stage.ACKNOWLEDGED, Stage.CLOSED, Stage.APPEALED}
_LINE = (
    (Desk.MANAGER, Move.RATE, "mia", Stage.CALIBRATION),
    (Desk.CALIBRATION, Move.CALIBRATE, "hr", Stage.SKIP_LEVEL),
    (Desk.SKIP_LEVEL, Move.AGREE, "boss", Stage.HR),
    (Desk.HR, Move.AGREE, "hrp", Stage.INTERVIEW),
    (Desk.MANAGER, Move.HOLD, "mia", Stage.HELD),
    (Desk.PERSON, Move.ACKNOWLEDGE, "", Stage.ACKNOWLEDGED),
)


def people() -> tuple[Person, ...]:
    """Those of ROLES, Max's stand-in, somebody who left, and a pair a stage."""

    def one(who: str, manager: str | None = "top", hrbp: str | None = "hrp") -> Person:
        return Person(
            employee_id=who,
            name=f"Name of {who}",
            slack_id=f"T-{who}",
            locale="en",
            time_zone="Asia/Shanghai",
            department="Shop",
            manager_id=manager,
            hrbp_id=hrbp,
            role="crm",
        )

    pairs = [one(f"{at}-{stage}", head) for stage in Stage for at, head in TEAMS.items()]
    return (
        one("top", None),
        *(one(who) for who in ("boss", "hr", "hrp", "dec", "dele")),
        one("mia", "boss"),
        one("max", "boss"),
        one("peer", "mia"),
        replace(one("gone", "mia"), left_on=date(2026, 10, 10)),
        *pairs,
    )


TEAMS = {"p": "mia", "d": "max"}


@dataclass
class Sights:
    """The company, and what each subject is called."""

    place: Home
    cycle: Cycle
    reviews: dict[str, str]
    """Of "p-<stage>" and "d-<stage>"."""

    def subject(self, kind: str, role: str, stage: Stage) -> str:
        """What a press of that kind is about."""
        target = f"{'d' if role == 'delegate' else 'p'}-{stage}"
        return {
            "review": self.reviews[target],
            "cycle": self.cycle.id,
            "group": f"{self.cycle.id}|department|Shop",
            "company": "2026H2/company",
            "evidence": f"e-{target[0]}",
            "time": f"{self.reviews[target]}@1790000000",
            "ladder": f"{self.reviews[target]}:teamwork",
            "goal": f"{self.reviews[target]}:repeat_rate",
            "action": f"a-{target}",
            "session": "the-session",
            "feedback": f"f-{target}",
            "person": target,
            "none": "",
        }[kind]

    def actor(self, role: str, stage: Stage) -> str:
        """Who has that role towards it."""
        return {**ROLES, "person": f"p-{stage}", "delegate": "dele"}[role]


@asynccontextmanager
async def sights(folder: Path) -> AsyncIterator[Sights]:
    """Everything set up; what is done in it is to be undone."""
    async with home(folder, people(), policy=CALIBRATED, now=NOW) as place:
        place.deps.company = replace(place.deps.company, hr_admins=("hr",))
        far = dict.fromkeys(("self_due", "manager_due"), date(2027, 1, 20))
        cycle = await open_cycle(place, "2026Q4", self_open=date(2027, 1, 4), **far)
        reviews: dict[str, str] = {}
        async with place.deps.database.begin() as tx:
            found = {one.employee_id: one for one in await tx.reviews.in_cycle(cycle.id)}
            first = found["p-goals"]
            await tx.reviews.save(replace(first, stage=Stage.SELF_REVIEW))
        words = {"case:overall": SECRET, "case:missed": SECRET, "reason": SECRET}
        await rate(place, cycle, "p-goals", "4.5", **words)
        async with place.deps.database.begin() as tx:
            await tx.delegations.add(
                Delegation(
                    id="away",
                    owner="max",
                    stand_in="dele",
                    first_day=date(2026, 10, 1),
                    last_day=date(2026, 10, 30),
                    at=NOW,
                )
            )
            found = {one.employee_id: one for one in await tx.reviews.in_cycle(cycle.id)}
            full = found["p-goals"]
            for stage in Stage:
                for at, head in TEAMS.items():
                    bare = found[f"{at}-{stage}"]
                    made = _at(stage, full, bare, head)
                    reviews[f"{at}-{stage}"] = made.id
                    await tx.reviews.save(made)
                    await _around(made, tx)
            for at, keeper in (("p", "mia"), ("d", "dele")):
                await tx.evidence.keep(_kept(f"e-{at}", keeper))
            await tx.calibrations.add(
                Session(
                    id="the-session",
                    cycle=cycle.id,
                    group=GroupName(GroupKind.DEPARTMENT, "Shop"),
                    turn=1,
                    opened_by="hr",
                    opened_at=NOW,
                )
            )
        yield Sights(place, cycle, reviews)


def _kept(name: str, keeper: str) -> Evidence:
    message = Message(text="Well done.", author="Name of peer", link="https://chat.example/1")
    return Evidence(
        id=name,
        keeper=keeper,
        about=keeper,
        place=name,
        sent_at=NOW,
        kept_at=NOW,
        message=message,
    )


def _at(stage: Stage, full: Review, bare: Review, head: str) -> Review:
    """The whole record as it may stand there."""
    own = replace(
        full,
        id=bare.id,
        employee_id=bare.employee_id,
        revision=bare.revision,
        stage=stage,
        rated_by=head,
        excluded_reason="away" if stage is Stage.EXCLUDED else None,
    )
    if stage in {Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW}:
        bare = replace(bare, stage=stage, self_part=None, self_at=None, manager_part=None)
        return replace(bare, rated_at=None, rated_by=None, outcome=None, sign_offs=())
    words: list[SignOff] = []
    for desk, move, by, leads in _LINE:
        if stage in {Stage.MANAGER_REVIEW, Stage.EXCLUDED}:
            break
        who = {"mia": head, "": bare.employee_id}.get(by, by)
        words.append(SignOff(by=who, role=desk, decision=move, at=NOW))
        if leads is stage:
            break
    return replace(own, sign_offs=tuple(words))


async def _around(review: Review, tx: Transaction) -> None:
    stage = review.stage
    if stage in RELEASED or stage is Stage.INTERVIEW:
        talk = Interview(review=review.id, began_at=NOW, told_at=NOW)
        if stage in RELEASED:
            talk = replace(talk, held_at=NOW, ends_on=date(2026, 10, 20))
        await tx.interviews.save(talk)
    if stage is Stage.APPEALED:
        await tx.appeals.file(
            Appeal(review=review.id, filed_at=NOW, words="Not so.", copy=review, decider="dec")
        )
    own = review.employee_id
    await tx.actions.put(
        Action(
            id=f"a-{own}",
            review=review.id,
            about=own,
            owner=own,
            text="Learn SQL.",
            due=date(2026, 12, 1),
            going=Going.OPEN,
            agreed_at=NOW,
            changed_at=NOW,
        )
    )
    await tx.feedback.add(
        Feedback(
            id=f"f-{own}",
            giver="mia" if own.startswith("p-") else "dele",
            receiver=own,
            kind=Kind.POSITIVE,
            about="other",
            as_manager=True,
            wants_talk=False,
            said=Said(behaviour=WHISPER, effect=WHISPER, expectation=WHISPER),
            at=NOW,
            reached_at=NOW,
        )
    )


class UndoneError(Exception):
    """Nothing of it is kept."""


class Trial:
    """Tries one thing after another as dispatch would, but for claim and account; keeps nothing.

    What is refused has written nothing, so the next is tried in the same transaction.
    """

    def __init__(self, seen: Sights) -> None:
        self.seen = seen
        self.known: dict[str, Person] = {}
        self._open: AsyncExitStack | None = None
        self._tx: Transaction | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.undo()

    async def __call__(self, event: Event, who: str, *, undo: bool = True) -> Answer | str:
        """What they are answered, or the name of the refusal."""
        tx = await self.begun()
        if not self.known:
            self.known = {one.employee_id: one for one in await tx.people.all()}
        act = Act(
            tx=tx,
            company=self.seen.place.deps.company,
            now=NOW,
            actor=self.known[who],
            platform="text",
        )
        try:
            answer = await answered_to(event, act)
        except ReviewError as refusal:
            return type(refusal).__name__
        if undo:
            await self.undo()
        return answer

    async def begun(self) -> Transaction:
        """The transaction that everything is tried in."""
        if self._open is None or self._tx is None:
            self._open = AsyncExitStack()
            begun = self.seen.place.deps.database.begin()
            self._tx = await self._open.enter_async_context(begun)
        return self._tx

    async def undo(self) -> None:
        """All that was written is gone."""
        if self._open is not None:
            undone, self._open = self._open, None
            with suppress(UndoneError):
                async with undone:
                    raise UndoneError


async def answered_to(event: Event, act: Act) -> Answer:
    """What the use case says."""
    match event:
        case Pressed():
            return await presses.handle(event, act)
        case Submitted():
            return await forms.submitted(event, act)
        case Command():
            return await commands.handle(event, act)
    raise TypeError(event)


def text_of(answer: Answer | str) -> str:
    """All that reaches them."""
    return answer if isinstance(answer, str) else answers.dump(answer).decode()
