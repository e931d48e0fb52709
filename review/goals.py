"""A person's sheet: the rows they are scored on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from review.errors import MissingStandard, PolicyFault, ReviewError, SheetWeights, TooLong
from review.errors_cascade import MissingServes
from review.errors_goals import MissingTitle
from review.library import Library, StartingGoal
from review.policy import Policy
from review.wording import Wording

RowId = str


class Kind(StrEnum):
    """A goal, or how it was done."""

    GOAL = "goal"
    CONDUCT = "conduct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the sheet; weights over the sheet sum to 100."""

    id: RowId
    kind: Kind
    title: Wording
    weight: int
    measure: Wording
    standards: Mapping[str, Wording]
    """Column ("2.5", "3-3.25", "3.5", "3.75+") to what it takes."""
    doing: Wording = field(default_factory=dict)
    """What doing it looks like."""
    unit: str = ""
    """Of the measure: "%", "people" …"""
    target: str = ""
    """What the measure is to reach, as written."""
    serves: Wording = field(default_factory=dict)
    """Of a senior's goal: the goal of the department or company that it serves, as agreed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows, in the order they are shown."""

    rows: tuple[Row, ...]

    def row(self, row_id: RowId) -> Row:
        """The row with that id. Raises KeyError if there is none."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)


COLUMNS = ("2.5", "3-3.25", "3.5", "3.75+")
MEETS = "3.5"
CONDUCT = "conduct"
_CONDUCT_TITLE = {"zh-CN": "做事方式", "en": "How it was done"}
_CONDUCT_MEASURE = {
    "zh-CN": "过程中体现的专业能力与职业素养",
    "en": "Competence and professionalism shown on the way",
}
_CONDUCT_STANDARDS: Mapping[str, Wording] = {
    "2.5": {
        "zh-CN": "专业能力或职业素养多次明显不足，影响了结果或同事",
        "en": "Competence or professionalism fell clearly short more than once, at a cost to "
        "results or colleagues",
    },
    "3-3.25": {
        "zh-CN": "基本胜任，但个别环节需要他人补救",
        "en": "Sound on the whole, yet now and then others had to make up for it",
    },
    "3.5": {
        "zh-CN": "稳定地体现岗位要求的专业能力与职业素养",
        "en": "Steadily shows the competence and professionalism that the job asks for",
    },
    "3.75+": {
        "zh-CN": "专业与担当超出岗位要求，并带动了他人",
        "en": "Shows more than the job asks for, and others do better for it",
    },
}


class AdviceKey(StrEnum):
    """The faults of a sheet that the scheme names; none of them blocks."""

    LATE = "late"
    """Set after the period's first third, so it measures what is past."""
    NO_MEASURE = "no_measure"
    """About the row that has none."""
    SINGLE_GOAL = "single_goal"
    RESULTS_ONLY = "results_only"
    """Nothing on how it was done."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A plain word of advice; `about` is a row's id or empty."""

    key: AdviceKey
    about: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands against a sheet, and what would make it better."""

    blocks: tuple[ReviewError, ...]
    advice: tuple[Advice, ...]


class Span(Protocol):
    """A period, such as a cycle; both ends in."""

    @property
    def starts(self) -> date: ...
    @property
    def ends(self) -> date: ...


def starting_sheet(role: str, library: Library, policy: Policy) -> Sheet:
    """The role's goals, or those for all roles, and the conduct row; weights make exactly 100.

    Where the library's weights leave another rest for conduct, the goals share theirs in
    proportion; what rounding leaves over goes to the largest remainders.

    Raises PolicyFault if the library has no goals for the role nor for all.
    """
    goals = _goals_of(role, library)
    conduct = policy.sheet.conduct_weight
    weights = share_out(policy.sheet.total_weight - conduct, [goal.weight for goal in goals])
    rows = [
        Row(
            id=goal.key,
            kind=Kind.GOAL,
            title=goal.title,
            weight=weight,
            measure=goal.measure,
            standards=goal.standards,
            doing=goal.doing,
            unit=goal.unit,
            target=goal.target,
        )
        for goal, weight in zip(goals, weights, strict=True)
    ]
    return Sheet((*rows, conduct_row(conduct)) if conduct else tuple(rows))


def conduct_row(weight: int) -> Row:
    """The row on how it was done."""
    return Row(
        id=CONDUCT,
        kind=Kind.CONDUCT,
        title=_CONDUCT_TITLE,
        weight=weight,
        measure=_CONDUCT_MEASURE,
        standards=_CONDUCT_STANDARDS,
    )


def share_out(whole: int, parts: Sequence[int]) -> list[int]:
    """Share a whole in proportion to the parts, in integers that sum to it.

    The largest remainders get what rounding down leaves over; of equals, the first.
    """
    base = sum(parts)
    shares = [whole * part // base for part in parts]
    order = sorted(range(len(parts)), key=lambda at: -(whole * parts[at] % base))
    for at in order[: whole - sum(shares)]:
        shares[at] += 1
    return shares


def check(
    sheet: Sheet,
    set_on: date,
    cycle: Span,
    policy: Policy,
    *,
    offered: Collection[Wording] = (),
) -> Checked:
    """Check a sheet that was set on a day of the cycle's period.

    `offered`: goals of the department and company, one of which each goal has to serve (the
    scheme, for seniors); none are set: nothing is asked.
    """
    blocks = (*_blocks(sheet, policy), *_serves(sheet, offered))
    return Checked(blocks, tuple(_advice(sheet, set_on, cycle, policy)))


def _serves(sheet: Sheet, offered: Collection[Wording]) -> Iterator[ReviewError]:
    for row in sheet.rows if offered else ():
        if row.kind is Kind.GOAL and row.serves not in offered:
            yield MissingServes(row.id)


def _goals_of(role: str, library: Library) -> tuple[StartingGoal, ...]:
    by_name = {name.strip().casefold(): goals for name, goals in library.roles.items()}
    goals = by_name.get(role.strip().casefold()) or by_name.get("")
    if not goals:
        raise PolicyFault("roles", "no_goals")
    return goals


def _blocks(sheet: Sheet, policy: Policy) -> Iterator[ReviewError]:
    total = sum(row.weight for row in sheet.rows)
    if total != policy.sheet.total_weight or any(row.weight <= 0 for row in sheet.rows):
        yield SheetWeights(total)
    limit = policy.sheet.text_limit
    for row in sheet.rows:
        if _blank(row.title):
            yield MissingTitle(row.id)
        if _blank(row.standards.get(MEETS, {})):
            yield MissingStandard(row.id)
        texts = {"title": row.title, "doing": row.doing, "measure": row.measure, **row.standards}
        for name, wording in texts.items():
            length = max((len(text) for text in wording.values()), default=0)
            if length > limit:
                yield TooLong(f"{name}:{row.id}", limit, length)


def _advice(sheet: Sheet, set_on: date, cycle: Span, policy: Policy) -> Iterator[Advice]:
    days = (cycle.ends - cycle.starts).days + 1
    if (set_on - cycle.starts).days > policy.sheet.late_after * days:
        yield Advice(AdviceKey.LATE)
    goals = [row for row in sheet.rows if row.kind is Kind.GOAL]
    for row in goals:
        if _blank(row.measure):
            yield Advice(AdviceKey.NO_MEASURE, row.id)
    if len(goals) == 1:
        yield Advice(AdviceKey.SINGLE_GOAL)
    if len(goals) == len(sheet.rows):
        yield Advice(AdviceKey.RESULTS_ONLY)


def _blank(wording: Wording) -> bool:
    return not any(text.strip() for text in wording.values())
