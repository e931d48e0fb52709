"""Small made-up records for the tests of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from review.assessment import Assessment
from review.cycle import Cycle
from review.flow import Stage
from review.goals import Kind, Row, Sheet
from review.people import Person, Track
from review.policy import Flow, Policy
from review.record import Review
from review.steps import rate
from review.values import Level, Levels

POLICY = Policy()
CALIBRATED = replace(POLICY, flow=Flow(calibration=True))
NOW = datetime(2027, 1, 5, 9, tzinfo=UTC)
DAY = NOW.date()
Y, P, N = Level.YES, Level.PARTLY, Level.NO


def row(row_id: str, weight: int, kind: Kind = Kind.GOAL) -> Row:
    return Row(
        id=row_id,
        kind=kind,
        title={"": row_id},
        weight=weight,
        measure={"": "%"},
        standards={"3.5": {"": "done"}},
    )


SHEET = Sheet((row("sales", 80), row("conduct", 20, Kind.CONDUCT)))


def ladder(score: str) -> Levels:
    """The answers that climb to a score."""
    halves = int(Fraction(score) * 2)
    full = [Y] * (halves // 2)
    stop = [] if len(full) == 5 else [P if halves % 2 else N]
    return (*full, *stop, *[None] * (5 - len(full) - len(stop)))


def assessment(
    score: str = "3.5",
    values: Sequence[str] = ("2.5", "2.5"),
    cases: Mapping[str, str] | None = None,
    rating: str | None = None,
    reason: str = "",
) -> Assessment:
    """One score on every row, a ladder a value of the policy."""
    return Assessment(
        scores={"sales": Fraction(score), "conduct": Fraction(score)},
        levels=dict(zip(POLICY.values, map(ladder, values), strict=True)),
        cases=cases or {},
        rating=None if rating is None else Fraction(rating),
        reason=reason,
    )


def rated(score: str = "3.5", rating: str = "3.5", **more: str) -> Assessment:
    """A manager's whole rating."""
    cases = {"overall": "What happened.", "missed": "Both.", **more}
    return assessment(score, cases=cases, rating=rating)


def review(stage: Stage = Stage.SELF_REVIEW) -> Review:
    return Review(
        id="r1", cycle="2026Q4", track=Track.STAFF, employee_id="ana", stage=stage, sheet=SHEET
    )


def sent(part: Assessment) -> Review:
    """That rating, sent by the manager."""
    return rate(
        review(Stage.MANAGER_REVIEW),
        part,
        by="mia",
        holder="mia",
        has_reports=False,
        at=NOW,
        policy=POLICY,
    )


def person(employee_id: str, manager_id: str | None = None, **more: object) -> Person:
    base = Person(employee_id=employee_id, name=employee_id.title(), manager_id=manager_id)
    return replace(base, **more)  # type: ignore[arg-type]


def cycle() -> Cycle:
    return Cycle(
        name="2026Q4",
        track=Track.STAFF,
        starts=date(2026, 10, 1),
        ends=date(2026, 12, 31),
        goals_due=date(2026, 10, 16),
        self_open=date(2027, 1, 4),
        self_due=date(2027, 1, 8),
        manager_due=date(2027, 1, 15),
        skip_due=date(2027, 1, 20),
        hr_due=date(2027, 1, 22),
        interview_due=date(2027, 2, 5),
        opened_at=NOW,
        opened_by="hr",
    )
