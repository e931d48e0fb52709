"""A database in a file, and something to keep in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from review.annual import Part
from review.cycle import Cycle
from review.flow import Stage
from review.goals import Kind, Row, Sheet
from review.people import Person, Track
from review.record import Assessment, Review, SignOff
from review.score import GateState, Outcome
from review.values import Level
from storage import database
from storage.database import Database
from storage.notice import Notice
from storage.seal import Keyring, new_key
from storage.transaction import Transaction

NOW = datetime(2026, 12, 31, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = new_key()
CANARY = "Zimtstern-金丝雀"


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder}/nosurprise.db"


@asynccontextmanager
async def opened(url: str, key: str = KEY) -> AsyncIterator[Database]:
    made = await database.open(url, Keyring.of(key))
    try:
        yield made
    finally:
        await made.close()


def person(employee_id: str, manager_id: str | None = None) -> Person:
    return Person(employee_id=employee_id, name=f"Name of {employee_id}", manager_id=manager_id)


def cycle(name: str = "2026Q4", track: Track = Track.STAFF) -> Cycle:
    return Cycle(
        name=name,
        track=track,
        starts=date(2026, 10, 1),
        ends=date(2026, 12, 31),
        goals_due=date(2026, 10, 20),
        self_open=date(2027, 1, 4),
        self_due=date(2027, 1, 8),
        manager_due=date(2027, 1, 15),
        skip_due=date(2027, 1, 20),
        hr_due=date(2027, 1, 22),
        interview_due=date(2027, 2, 5),
        opened_at=NOW,
        opened_by="hr",
    )


def sheet(text: str = "Ship it") -> Sheet:
    row = Row(
        id="g1",
        kind=Kind.GOAL,
        title={"": text, "zh-CN": "上线"},
        weight=80,
        measure={"en": "Orders"},
        standards={"3.5": {"en": "100"}, "3.75+": {"en": "120"}},
    )
    conduct = Row(
        id="conduct",
        kind=Kind.CONDUCT,
        title={"en": "How"},
        weight=20,
        measure={},
        standards={},
    )
    return Sheet((row, conduct))


def review(employee_id: str, cycle_id: str = "2026Q4") -> Review:
    return Review(
        id=f"r-{employee_id}",
        cycle=cycle_id,
        track=Track.STAFF,
        employee_id=employee_id,
        stage=Stage.SELF_REVIEW,
        sheet=sheet(),
    )


def full_review(employee_id: str, text: str = "words") -> Review:
    part = Assessment(
        scores={"g1": Fraction("3.5"), "conduct": Fraction(10, 3)},
        comments={"g1": text},
        levels={"teamwork": (Level.YES, Level.PARTLY, Level.NO, None, None)},
        cases={"overall": text},
        comment=text,
        rating=Fraction("3.75"),
        reason=text,
        surprise_reason=text,
    )
    outcome = Outcome(
        k=Fraction(7, 2),
        v=Fraction(8, 3),
        values={"teamwork": Fraction(3, 2)},
        m=Fraction(11, 3),
        total=Fraction(71, 20),
        suggested_ungated=Fraction("3.5"),
        suggested=Fraction("2.5"),
        gate=GateState.GATED,
        gate_reasons=("any",),
    )
    return Review(
        id=f"r-{employee_id}",
        cycle="2026Q4",
        track=Track.STAFF,
        employee_id=employee_id,
        stage=Stage.MANAGER_REVIEW,
        sheet=sheet(text),
        excluded_reason="on_leave",
        self_part=part,
        self_at=NOW,
        surprise=True,
        same_words=False,
        manager_part=part,
        rated_at=NOW + MINUTE,
        rated_by="boss",
        led_by="boss",
        outcome=outcome,
        year=(
            Part(
                name="2026Q3",
                at=3,
                k=Fraction(10, 3),
                v=Fraction(8, 3),
                values={"teamwork": Fraction(3, 2)},
                gated=True,
                rating=Fraction("2.5"),
            ),
        ),
        actuals={"g1": "3.7"},
        sign_offs=(SignOff(by="boss", role="manager", decision="agree", at=NOW),),
    )


def notice(once: str, **changes: object) -> Notice:
    facts: dict[str, object] = {"kind": "your_turn", "receiver": "e1", "due": NOW, "once": once}
    return Notice(**(facts | changes))  # type: ignore[arg-type]


async def fill(work: Transaction, *employee_ids: str) -> None:
    """A roster of them, and a running cycle."""
    await work.people.put_all([person(employee_id) for employee_id in employee_ids])
    await work.cycles.add(cycle())
