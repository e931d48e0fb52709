"""Screens of a whole year: its quarters in the rating, in the reading, and in the team's list."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from prompts import answers as names
from prompts.card import Card
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, ladders, policy_of
from prompts.screens import manager_review, self_review, sign_off
from prompts.screens.team_list import TeamListFacts, TeamRow, team_list
from prompts.screens.year import YearFacts
from review.annual import Part, annual
from review.assessment import Assessment
from review.goals import Sheet
from review.people import Track
from review.record import Review
from review.stages import Stage
from review.surprise import Told

NOW = datetime(2027, 1, 16, 9, 30, tzinfo=UTC)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {
        **_forms(sizes, words, "low"),
        **_forms(sizes, words, "high"),
        **_own(sizes, words),
        "team list of a year": _list(sizes, words),
    }


def quarters(sizes: Sizes, case: str = "high") -> YearFacts:
    """Four quarters in which the values rose, or fell until the gate shut."""
    keys = [ladder.key for ladder in ladders(sizes)]
    vs = ("3", "3", "3.5", "4") if case == "high" else ("2", "2", "1", "0.5")
    parts = tuple(
        Part(
            name=f"2026Q{at}",
            at=at,
            k=Fraction(15, 4),
            v=Fraction(v),
            values=dict.fromkeys(keys, Fraction(v)),
            gated=Fraction(v) < 2,
            rating=Fraction(15, 4) if Fraction(v) > 1 else Fraction(5, 2),
        )
        for at, v in enumerate(vs, start=1)
    )
    return YearFacts(
        track=Track.STAFF, parts=parts, unrated=("2026H2",), unsigned=("2026Q3", "2026Q4")
    )


def _forms(sizes: Sizes, words: Words, case: str) -> Screens:
    year, rules = quarters(sizes, case), replace(policy_of(sizes), values=())
    rating = Fraction(4) if case == "high" else Fraction(5, 2)
    given = Assessment(
        scores={},
        cases={"overall": sizes.words, "missed": sizes.words},
        rating=rating,
        reason=sizes.words,
        surprise_reason=sizes.words,
    )
    record = Review(
        id="r1",
        cycle="2026",
        track=Track.STAFF,
        employee_id="e1",
        stage=Stage.SKIP_LEVEL,
        sheet=Sheet(()),
        self_part=Assessment(scores={}, comment=sizes.words),
        self_at=NOW,
        manager_part=given,
        rated_at=NOW,
        rated_by="mia",
        outcome=annual(year.parts, sizes.policy, has_reports=True).outcome,
        year=year.parts,
    )
    facts = manager_review.ManagerReviewFacts(
        record=record,
        person=sizes.name,
        ladders=ladders(sizes),
        policy=rules,
        has_reports=True,
        told=Told(warned=False, praised=False),
        year=year,
    )
    read = sign_off.SignOffFacts(
        record=record,
        person=sizes.name,
        ladders=ladders(sizes),
        policy=rules,
        names={"mia": sizes.name},
        has_reports=True,
        year=replace(year, unrated=(), hidden=("2026Q4",), changed=True),
    )
    half = replace(year, track=Track.SENIOR, parts=year.parts[:1])
    full = names.written(given, manager=True)
    return {
        f"rating of a year, {case}": manager_review.form(facts, full, words, step=0),
        f"rating of a year, {case}, blank": manager_review.form(
            replace(facts, year=half), {}, words, step=0, sent=True
        ),
        f"reading of a year, {case}": sign_off.form(read, {}, words, step=0),
    }


def _own(sizes: Sizes, words: Words) -> Screens:
    rules = replace(policy_of(sizes), values=())
    facts = self_review.SelfReviewFacts(
        review="r1", cycle="2026", due=DAY, sheet=Sheet(()), ladders=(), policy=rules
    )
    mine = self_review.MyReviewFacts(
        review="r1",
        cycle="2026",
        stage=Stage.SELF_REVIEW,
        due=DAY,
        manager=sizes.name,
        begun=False,
        sent_on=None,
        excluded_reason=None,
        policy=sizes.policy,
    )
    rating = replace(mine, stage=Stage.MANAGER_REVIEW)
    return {
        "own word on a year": self_review.form(facts, {"overall": sizes.words}, words, step=0),
        "my year": self_review.my_review(mine, words),
        "my year, begun": self_review.my_review(replace(mine, begun=True), words),
        "my year, rated next": self_review.my_review(rating, words),
        "my year, sent": self_review.my_review(replace(rating, sent_on=DAY), words),
        "my year, signed without": self_review.my_review(replace(mine, stage=Stage.HR), words),
        "my year, later": self_review.my_review(replace(mine, stage=Stage.HELD), words),
    }


def _list(sizes: Sizes, words: Words) -> Card:
    states = ("waiting", "ready", "without", "rated", "returned")
    year = quarters(sizes)
    rows = tuple(
        TeamRow(
            review=f"r{n}",
            person=sizes.name,
            title=sizes.name,
            state=states[n % 5] if sizes.team > n + 1 else "ready",
            rating=Fraction(4),
            returned=sizes.words,
            year=replace(year, parts=year.parts if n else (), unrated=(), changed=n % 5 == 3),
        )
        for n in range(sizes.team)
    )
    facts = TeamListFacts(
        cycle="2026", due=DAY, rows=rows, page=0, pages=2, rated=3, of=20, policy=sizes.policy
    )
    return team_list(facts, words)
