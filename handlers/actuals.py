"""HR or an analyst imports what was really reached on goals: checked whole, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from handlers import cycles
from handlers.roster_file import UnreadableFileError, rows_of
from handlers.work import Work
from review.actuals import read_number
from review.cycle import check_open
from review.goals import Row
from review.people import EmployeeId
from review.record import Review
from review.roster_check import Fault
from review.roster_read import FIRST_ROW
from review.stages import Stage

HEADERS = {
    "employee_id": "employee_id",
    "工号": "employee_id",
    "goal": "goal",
    "目标": "goal",
    "actual": "actual",
    "实际值": "actual",
    "实际": "actual",
}
COLUMNS = ("employee_id", "goal", "actual")
OPEN = {Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW}
"""Until then a row can still be scored; later ones are left alone, and it is said (ours)."""
LONGEST = 60
"""Characters of a number with its unit (ours)."""


@dataclass(frozen=True, slots=True)
class ActualsImport:
    """What a file would do."""

    changed: tuple[Review, ...]
    """Records as they would be."""
    rows: int
    """How many rows of theirs come or change."""
    same: int
    over: tuple[EmployeeId, ...]
    """Whose review was rated already or has no scores: their rows are left alone."""
    faults: tuple[Fault, ...]


async def check_actuals(name: str, data: bytes, work: Work) -> ActualsImport:
    """Read a file against a cycle; nothing is written. Raises UnknownCycleName, CycleClosed."""
    cycle = await cycles.named(name, work)
    check_open(cycle)
    try:
        rows = rows_of(data)
    except UnreadableFileError as fault:
        found = Fault(fault.row, fault.column, fault.key, fault.facts)
        return ActualsImport((), 0, 0, (), (found,))
    headers = {HEADERS[key]: one for one in rows[0] for key in [_key(one)] if key in HEADERS}
    lacking = [Fault(1, one, "roster.missing_column") for one in COLUMNS if one not in headers]
    if lacking:
        return ActualsImport((), 0, 0, (), tuple(lacking))
    reviews = {one.employee_id: one for one in await work.tx.reviews.in_cycle(cycle.id)}
    reader = _Reader(reviews, headers)
    for number, row in enumerate(rows, start=FIRST_ROW):
        if any(cell and cell.strip() for cell in row.values()):
            reader.row(number, row)
    if not (reader.first or reader.faults):
        reader.faults.append(Fault(1, "", "actuals.nothing"))
    made = {
        one: replace(reviews[one], actuals={**(reviews[one].actuals or {}), **given})
        for one, given in reader.given.items()
    }
    changed = [one for who, one in made.items() if one.actuals != reviews[who].actuals]
    new = sum(
        (reviews[who].actuals or {}).get(row) != text
        for who, given in reader.given.items()
        for row, text in given.items()
    )
    every = sum(map(len, reader.given.values()))
    return ActualsImport(tuple(changed), new, every - new, tuple(reader.over), tuple(reader.faults))


async def import_actuals(found: ActualsImport, name: str, by: str | None, work: Work) -> None:
    """Keep a file without faults. They are shown beside the rows, and never become a score."""
    for review in found.changed:
        await work.tx.reviews.save(review)
    if found.changed:
        cycle = await cycles.named(name, work)
        details = {"people": len(found.changed), "rows": found.rows}
        await work.tx.audit.record("actuals.imported", cycle.id, by, work.now, details)


def _key(header: str) -> str:
    return header.strip().lstrip("\ufeff").casefold()


class _Reader:
    """Reads row by row and collects what is wrong."""

    def __init__(self, reviews: Mapping[EmployeeId, Review], headers: Mapping[str, str]) -> None:
        self.reviews = reviews
        self.headers = headers
        self.given: dict[EmployeeId, dict[str, str]] = {}
        self.first: dict[tuple[EmployeeId, str], int] = {}
        self.over: dict[EmployeeId, None] = {}
        self.faults: list[Fault] = []

    def row(self, number: int, row: Mapping[str, str | None]) -> None:
        cells = {name: (row.get(self.headers[name]) or "").strip() for name in COLUMNS}
        blank = [name for name in COLUMNS if not cells[name]]
        for name in blank:
            self._fault(number, name, "roster.missing")
        if blank:
            return
        who, actual = cells["employee_id"], cells["actual"]
        review = self.reviews.get(who)
        if review is None:
            self._fault(number, "employee_id", "actuals.no_person", value=who)
            return
        goals = [one for one in review.sheet.rows if cells["goal"].casefold() in _names(one)]
        if review.stage not in OPEN:
            self.over[who] = None
            self.first.setdefault((who, cells["goal"]), number)
            return
        if len(goals) != 1:
            key = "actuals.two_goals" if goals else "actuals.no_goal"
            near = _nearest(cells["goal"], review)
            self._fault(number, "goal", key, value=cells["goal"], near=near)
            return
        (goal,) = goals
        self._goal(number, who, goal, actual)

    def _goal(self, number: int, who: EmployeeId, goal: Row, actual: str) -> None:
        if read_number(actual, goal.unit) is None or len(actual) > LONGEST:
            facts = {"value": actual, "unit": goal.unit}
            self._fault(number, "actual", "actuals.no_number", **facts)
        first = self.first.setdefault((who, goal.id), number)
        if first != number:
            self._fault(number, "goal", "actuals.twice", first=str(first))
        self.given.setdefault(who, {})[goal.id] = _bare(actual, goal.unit)

    def _fault(self, number: int, column: str, key: str, /, **facts: str) -> None:
        self.faults.append(Fault(number, self.headers[column], key, facts))


def _names(row: Row) -> set[str]:
    return {row.id.casefold(), *(text.strip().casefold() for text in row.title.values())}


def _nearest(wanted: str, review: Review) -> str:
    titles = {text.casefold(): text for row in review.sheet.rows for text in row.title.values()}
    near = get_close_matches(wanted.casefold(), titles, 1, 0)
    return titles[near[0]] if near else ""


def _bare(actual: str, unit: str) -> str:
    """Without the goal's own unit, which is shown behind it anyhow."""
    plain = actual.replace("％", "%")
    own = unit.strip().replace("％", "%")
    return plain.removesuffix(own).rstrip() if own else plain
