"""A company with somebody at every stage of a review, and somebody of every kind to look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from access_records import BY, NOW, RELEASED, around, at_stage, kept_by
from access_secrets import Eyes
from calibrating import CALIBRATED, rate
from world import Home, home, open_cycle

from review.calibration import Session
from review.cycle import Cycle
from review.groups import GroupKind, GroupName
from review.people import Person
from review.record import Review
from review.stages import Stage
from storage.delegations import Delegation
from storage.seal import Keyring, new_key
from storage.transaction import Transaction

__all__ = ["GATED", "NOW", "RELEASED", "ROLES", "Sights", "people", "sights"]

ROLES = {
    "manager": "mia",
    "skip_level": "boss",
    "above": "top",
    "hrbp": "hrp",
    "hr_admin": "hr",
    "decider": "dec",
    "peer": "peer",
    "mentor": "men",
    "other_manager": "max",
}
"""Who looks at the review of whoever is at a stage in Mia's team; "person" is that person, and
"delegate" stands in for Max, and looks at his team."""
TEAMS = {"p": "mia", "d": "max"}
GATED = (Stage.MANAGER_REVIEW, Stage.SKIP_LEVEL, Stage.HR, Stage.INTERVIEW)
"""Where somebody else of Mia's team stands whose values gate is shut: "g-<stage>"."""


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
        one("men"),
        replace(one("gone", "mia"), left_on=date(2026, 10, 10)),
        *pairs,
        *(one(f"g-{stage}", "mia") for stage in GATED),
    )


def _roles(viewer: str, whose: str) -> frozenset[str]:
    """What they are to each other; of a text that is of no review, whether it is theirs."""
    if viewer == whose:
        return frozenset({"person"})
    first = whose[0] if whose[1:2] == "-" else ""
    line = {"boss": "skip_level", "top": "above", "hrp": "hrbp", "hr": "hr_admin"}
    heads = {"p": {"mia"}, "g": {"mia"}, "d": {"max", "dele"}}.get(first, set())
    found = {line[viewer]} if first and viewer in line else set()
    found |= {"manager"} if viewer in heads else set()
    found |= {"giver"} if viewer == BY.get(first) else set()
    found |= {"pair"} if viewer == {**TEAMS, "g": "mia"}.get(first) else set()
    found |= {"peer"} if viewer == "peer" else set()
    found |= {"mentor"} if first and viewer == "men" else set()
    found |= {"decider"} if first and viewer == "dec" else set()
    return frozenset(found)


def _stage(whose: str) -> Stage:
    return Stage(whose[2:]) if whose[1:2] == "-" else Stage.GOALS


EYES = Eyes(_roles, _stage)


@dataclass
class Sights:
    """The company, and what each subject is called."""

    place: Home
    cycle: Cycle
    reviews: dict[str, str]
    """Of "p-<stage>", "d-<stage>" and "g-<stage>"."""
    eyes: Eyes = EYES

    def subject(self, kind: str, role: str, stage: Stage) -> str:
        """What a press of that kind is about."""
        target = f"{'d' if role == 'delegate' else 'p'}-{stage}"
        if kind == "gated":
            return self.reviews[f"g-{stage}"]
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
            "this week's goal": f"2026-10-12|{self.reviews[target]}:repeat_rate",
            "this week's action": f"2026-10-12|a-{target}",
            "meeting": f"a-{target}|1",
            "talk": f"t-{target}",
            "session": "the-session",
            "feedback": f"f-{target}",
            "request": f"q-{target}",
            "person": target,
            "praise": f"pr-{target}",
            "none": "",
        }[kind]

    def actor(self, role: str, stage: Stage, kind: str = "review") -> str:
        """Who has that role towards it."""
        person = f"{'g' if kind == 'gated' else 'p'}-{stage}"
        return {**ROLES, "person": person, "delegate": "dele"}[role]


@dataclass(frozen=True)
class _Made:
    """The company as it was set up once, to start from again."""

    file: bytes
    keyring: Keyring
    cycle: Cycle
    reviews: dict[str, str]


_MADE: list[_Made] = []


@asynccontextmanager
async def sights(folder: Path) -> AsyncIterator[Sights]:
    """Everything set up, once a process; each test has a copy, and what is done in it is undone."""
    if not _MADE:
        _MADE.append(await _make(folder))
    made = _MADE[0]
    (folder / "home.db").write_bytes(made.file)
    async with _home(folder, made.keyring) as place:
        yield Sights(place, made.cycle, dict(made.reviews))


@asynccontextmanager
async def _home(folder: Path, keyring: Keyring) -> AsyncIterator[Home]:
    async with home(folder, people(), policy=CALIBRATED, now=NOW, keyring=keyring) as place:
        place.deps.company = replace(place.deps.company, hr_admins=("hr",))
        yield place


async def _make(folder: Path) -> _Made:
    keyring = Keyring.of(new_key())
    async with _home(folder, keyring) as place:
        far = dict.fromkeys(("self_due", "manager_due"), date(2027, 1, 20))
        cycle = await open_cycle(place, "2026Q4", self_open=date(2027, 1, 4), **far)
        full = await _full(place, cycle, "p-goals", "4.5")
        gated = await _full(place, cycle, f"g-{GATED[0]}", "4.5", levels_of="1", reason="So.")
        reviews: dict[str, str] = {}
        async with place.deps.database.begin() as tx:
            found = {one.employee_id: one for one in await tx.reviews.in_cycle(cycle.id)}
            whom = [(at, stage, head) for at, head in TEAMS.items() for stage in Stage]
            for at, stage, head in [*whom, *(("g", stage, "mia") for stage in GATED)]:
                bare = found[f"{at}-{stage}"]
                made = at_stage(stage, gated if at == "g" else full, bare, head)
                reviews[bare.employee_id] = made.id
                await tx.reviews.save(made)
                await around(made, tx)
            await _beside(cycle, tx)
    return _Made((folder / "home.db").read_bytes(), keyring, cycle, reviews)


async def _full(place: Home, cycle: Cycle, who: str, score: str, **more: str) -> Review:
    """Their review as it is once it is rated."""
    async with place.deps.database.begin() as tx:
        found = await tx.reviews.of(cycle.id, who)
        assert found is not None
        await tx.reviews.save(replace(found, stage=Stage.SELF_REVIEW))
    await rate(place, cycle, who, score, **more)
    async with place.deps.database.begin(write=False) as tx:
        full = await tx.reviews.of(cycle.id, who)
    assert full is not None
    return full


async def _beside(cycle: Cycle, tx: Transaction) -> None:
    """A stand-in for Max, kept messages, a calibration."""
    away = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 30)}
    await tx.delegations.add(Delegation(id="away", owner="max", stand_in="dele", at=NOW, **away))
    for at, keeper in (("p", "mia"), ("d", "dele")):
        await tx.evidence.keep(kept_by(f"e-{at}", keeper))
    group = GroupName(GroupKind.DEPARTMENT, "Shop")
    await tx.calibrations.add(
        Session(
            id="the-session", cycle=cycle.id, group=group, turn=1, opened_by="hr", opened_at=NOW
        )
    )
