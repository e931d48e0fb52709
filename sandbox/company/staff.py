"""The sample company's people, any number of them."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from sandbox.company import names
from sandbox.company.chart import CHIEF, DEPARTMENTS, OFFICE, SENIOR, STAFF, Seat, seats
from sandbox.company.person import Person
from sandbox.company.scale import moved

DOMAIN = "nestwell.example"
ENDS_ON = date(2026, 9, 30)
"""The last day of the quarter whose reviews the company is in."""
_OLDEST = 8 * 365
_LATEST = 200
_LATE = 24
_ORDER = tuple(seat.key for seat in seats(generous=False))
_Desk = tuple[int, str]
"""A seat, and which repetition of the chart it stands in."""


def people(count: int = 48, seed: int = 1, ends_on: date = ENDS_ON) -> tuple[Person, ...]:
    """So many people, the chief executive first, managers before their reports.

    Up to 48 they are the top of the chart; beyond it the departments repeat, with a number.
    In each repetition one person was hired too late to be reviewed for the period that ends on
    `ends_on`, one is away for most of it, and one has left before it ended.
    """
    return tuple(itertools.islice(_everybody(count, seed, ends_on), count))


def _everybody(count: int, seed: int, ends_on: date) -> Iterator[Person]:
    chosen = random.Random(seed)  # noqa: S311
    pools = {False: names.chinese(seed), True: names.european(seed)}
    ids: dict[_Desk, str] = {}
    locales: dict[str, str] = {}
    reports: Counter[str] = Counter()
    same_work: Counter[tuple[str, str]] = Counter()
    for number, (block, seat) in enumerate(_desks(), start=1):
        desk = (0 if seat.key == CHIEF else block, seat.key)
        ids[desk] = f"N{number:04}"
        name = next(pools[seat.berlin])
        above = ids.get((0 if seat.above == CHIEF else block, seat.above))
        place, nth = reports[above or ""], same_work[above or "", seat.work]
        reports[above or ""] += 1
        same_work[above or "", seat.work] += 1
        hired_on, left_on, leave_from, leave_to = _days(seat, ends_on, chosen)
        locale = "en" if seat.berlin else "zh-CN"
        locales[ids[desk]] = locale
        yield Person(
            employee_id=ids[desk],
            name=name.full,
            email=f"{name.address}@{DOMAIN}",
            title=seat.title,
            role=seat.role,
            department=_department(seat, block),
            manager_id=above,
            hrbp_id=_partner(seat, block, count),
            track=SENIOR if seat.above in {"", CHIEF} else STAFF,
            hired_on=hired_on,
            left_on=left_on,
            leave_from=leave_from,
            leave_to=leave_to,
            work_week="Mon-Thu" if seat.note == "part" else "Mon-Fri",
            time_zone="Europe/Berlin" if seat.berlin else "Asia/Shanghai",
            locale=locale,
            called=name.called,
            work=seat.work,
            deserves=seat.deserves,
            given=moved(seat.deserves, 1) if seat.note == "favoured" else seat.deserves,
            place=place,
            nth=nth,
            manager_locale=locales[above] if above else None,
            hr_admin=seat.note == "admin" and block == 0,
            seed=seed,
        )


def _desks() -> Iterator[tuple[int, Seat]]:
    yield 0, Seat(CHIEF, "", "", "创始人兼首席执行官", "", "operations_lead", "3.5")
    for block in itertools.count():
        for seat in seats(generous=block == 0):
            yield block, seat


def _department(seat: Seat, block: int) -> str:
    if not seat.department:
        return OFFICE
    name = DEPARTMENTS[seat.department]
    return f"{name} {block + 1}" if block else name


def _partner(seat: Seat, block: int, count: int) -> str | None:
    """The id of the HR partner: one for operations, members and HR itself, one for the rest.

    Nobody is their own; the first partner has the second, and the other way round.
    """
    second = seat.department in {"brand", "promotion", "design"} or seat.key == "partner"
    key = "partner2" if second else "partner"
    number = 2 + block * len(_ORDER) + _ORDER.index(key)
    return f"N{number:04}" if number <= count else None


def _days(
    seat: Seat, ends_on: date, chosen: random.Random
) -> tuple[date, date | None, date | None, date | None]:
    """Hired, left, leave from, leave to."""
    ago = chosen.randrange(_LATEST, _OLDEST)
    hired = ends_on - timedelta(days=ago)
    match seat.note:
        case "late":
            return ends_on - timedelta(days=_LATE), None, None, None
        case "left":
            return hired, ends_on - timedelta(days=12), None, None
        case "leave":
            away = ends_on - timedelta(days=75), ends_on + timedelta(days=60)
            return hired, None, *away
    return hired, None, None, None
