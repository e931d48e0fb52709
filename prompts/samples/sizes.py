"""How much of everything a screen shows: as it usually is, and as bad as it can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from prompts import library
from prompts.card import Card, Form
from prompts.screens.team_list import PAGE
from review.assessment import Assessment
from review.goals import COLUMNS, Kind, Row, Sheet, conduct_row, starting_sheet
from review.library import Ladder
from review.policy import Distribution, Policy, Quota
from review.values import Level
from review.wording import own_words

DAY = date(2026, 10, 16)
Screens = dict[str, Card | Form]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything there is."""

    name: str
    words: str
    goals: int
    ladders: int
    team: int
    groups: int
    policy: Policy


LIBRARY = library.load()
BANDS = tuple(
    Quota(f"q{index}", lowest=step.score, highest=step.score, at_most=Fraction(1, 20 + index))
    for index, step in enumerate(Policy().scale)
)
USUAL = Sizes(
    "Chen Jing", "Sold more than planned & kept *all* old customers.", 0, 2, 3, 2, Policy()
)
WORST = Sizes(
    "Maximiliane <!here> von und zu Obersdorf " * 3,
    "&" * 3000,
    30,
    6,
    PAGE,
    200,
    Policy(distribution=Distribution(quotas=BANDS)),
)
WORST_IN_CHINESE = replace(WORST, name="欧阳" * 60, words="长" * 3000)


def sheet(sizes: Sizes) -> Sheet:
    """A sales person's sheet, or one of so many goals, each as wordy as it may be."""
    if not sizes.goals:
        return starting_sheet("crm", LIBRARY, sizes.policy)
    standards = {column: own_words(sizes.words) for column in COLUMNS}
    rows = [
        Row(
            id=f"goal-{number}",
            kind=Kind.GOAL,
            title=own_words(sizes.words),
            weight=1,
            measure=own_words(sizes.words),
            standards=standards,
            serves=own_words(sizes.words[:150]),
        )
        for number in range(sizes.goals)
    ]
    return Sheet((*rows, conduct_row(20)))


def ladders(sizes: Sizes) -> tuple[Ladder, ...]:
    """The first ladders of the library, or as many with the longest texts."""
    found = tuple(LIBRARY.ladders.values())
    if not sizes.goals:
        return found[: sizes.ladders]
    long = own_words(sizes.words)
    return tuple(Ladder(f"value-{n}", long, (long,) * 5) for n in range(sizes.ladders))


def policy_of(sizes: Sizes) -> Policy:
    """The policy with the ladders' values."""
    return replace(sizes.policy, values=tuple(ladder.key for ladder in ladders(sizes)))


def answers_of(sizes: Sizes, score: str, levels: tuple[Level, ...], *, manager: bool) -> Assessment:
    """Everything answered and commented."""
    rows = sheet(sizes).rows
    keys = [ladder.key for ladder in ladders(sizes)]
    return Assessment(
        scores={row.id: Fraction(score) for row in rows},
        comments={row.id: sizes.words for row in rows},
        levels={key: (*levels, *[None] * (5 - len(levels))) for key in keys},
        cases={f"value:{key}": sizes.words for key in keys}
        | ({"overall": sizes.words, "missed": sizes.words} if manager else {}),
        comment="" if manager else sizes.words,
        rating=Fraction(score) if manager else None,
        reason=sizes.words if manager else "",
    )


HIGH = (Level.YES,) * 4 + (Level.NO,)
LOW = (Level.NO,)
