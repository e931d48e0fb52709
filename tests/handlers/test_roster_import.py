"""A roster against the one that is there: faults by row, changes, and nothing half done."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from world import Home, home

from handlers import roster
from handlers.work import Work
from prompts.render import Words
from review.people import Person
from review.roster_check import Fault

HEADER = "employee_id,name,email,manager_id"


async def check(place: Home, *lines: str, header: str = HEADER) -> roster.Import:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await roster.check_roster("\n".join([header, *lines]).encode(), work)


async def put(place: Home, found: roster.Import) -> None:
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        await roster.import_roster(found, "hr", work)


async def everybody(place: Home) -> tuple[Person, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.people.all()


async def test_part_of_a_roster_may_name_a_manager_who_is_there(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        before = await everybody(place)
        found = await check(place, "n1,New,n1@x.test,mia")
        assert (found.faults, found.changes.added) == ((), ("n1",))
        await put(place, found)
        new = Person(employee_id="n1", name="New", email="n1@x.test", manager_id="mia")
        expected = sorted((*before, new), key=lambda person: person.employee_id)
        assert list(await everybody(place)) == expected
        again = await check(place, "n1,New,n1@x.test,mia")
        assert again.changes.nothing
        assert again.changes.unchanged == ("n1",)


async def test_an_import_is_written_down_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        for _ in range(2):
            await put(place, await check(place, "n1,New,n1@x.test,mia"))
        async with place.deps.database.begin(write=False) as tx:
            trail = await tx.audit.of("roster")
        assert [(one.event, one.actor, one.details) for one in trail] == [
            ("roster.imported", "hr", {"added": 1, "changed": 0})
        ]


async def test_an_unknown_manager_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        before = await everybody(place)
        found = await check(place, "", "n1,New,n1@x.test,nobody", "n2,Too,n2@x.test,mia")
        assert found.faults == (
            Fault(3, "manager_id", "roster.unknown_manager", {"value": "nobody"}),
        )
        assert await everybody(place) == before


async def test_a_double_account_with_somebody_there_stands_at_the_files_row(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        found = await check(place, "", "n1,New,T-e1", header="工号,姓名,slack_id")
        assert found.faults == (
            Fault(3, "slack_id", "roster.duplicate", {"value": "T-e1", "first_row": 0}),
        )


async def test_a_loop_through_somebody_there_stands_at_the_files_row(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        found = await check(place, "", "boss,Bo,b@x.test,e1", header="工号,姓名,邮箱,上级工号")
        loop = {"loop": "boss → e1 → mia → boss"}
        assert found.faults == (Fault(3, "上级工号", "roster.manager_loop", loop),)


async def test_columns_that_are_not_read_are_told(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        found = await check(place, "n1,New,n@x,,", header=HEADER + ",Shoe size")
        assert found.unread == ("Shoe size",)


async def test_a_column_that_is_not_there_keeps_and_an_empty_cell_clears(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        before = {one.employee_id: one for one in await everybody(place)}
        found = await check(place, "e1,Eve,", "e2,Person 2,hr", header="employee_id,name,hrbp_id")
        assert found.faults == (Fault(1, "email, slack_id, dingtalk_id", "roster.missing_column"),)
        header = "employee_id,name,slack_id,hrbp_id"
        found = await check(place, "e1,Eve,T-e1,", "e2,Person 2,T-e2,hr", header=header)
        assert found.faults == ()
        assert found.changes.changed == {"e1": ("name", "hrbp_id")}
        assert found.changes.cleared == {"hrbp_id": 1}
        await put(place, found)
        after = {one.employee_id: one for one in await everybody(place)}
        assert after == before | {"e1": replace(before["e1"], name="Eve", hrbp_id=None)}


async def test_a_loop_through_a_manager_who_is_kept_is_a_fault(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        found = await check(place, "boss,Bo,b@x.test,e1", "e1,Eve,e@x.test,mia")
        assert [one.key for one in found.faults] == ["roster.manager_loop"]


FAULTS = [
    Fault(1, "", "roster.no_people"),
    Fault(1, "", "roster.no_table"),
    Fault(1, "", "roster.encoding"),
    Fault(4, "", "roster.too_many_cells"),
    Fault(1, "email", "roster.missing_column"),
    Fault(1, "邮箱", "roster.duplicate_column", {"first": "email"}),
    Fault(2, "name", "roster.missing"),
    Fault(2, "email", "roster.missing_contact"),
    Fault(2, "left_on", "roster.bad_date", {"value": "2026-13-01"}),
    Fault(2, "work_week", "roster.bad_work_week", {"value": "never"}),
    Fault(2, "time_zone", "roster.bad_time_zone", {"value": "Mars"}),
    Fault(2, "locale", "roster.bad_locale", {"value": "fr"}),
    Fault(2, "track", "roster.bad_track", {"value": "king"}),
    Fault(2, "left_on", "roster.dates_out_of_order", {"first": "hired_on", "second": "left_on"}),
    Fault(2, "leave_to", "roster.leave_without_start"),
    Fault(3, "slack_id", "roster.duplicate", {"value": "U1", "first_row": 2}),
    Fault(3, "slack_id", "roster.duplicate", {"value": "U1", "first_row": 0}),
    Fault(2, "manager_id", "roster.unknown_manager", {"value": "x9"}),
    Fault(2, "hrbp_id", "roster.unknown_hrbp", {"value": "x9"}),
    Fault(2, "manager_id", "roster.manager_loop", {"loop": "a → b → a"}),
]


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_each_fault_has_words_with_row_column_and_value(locale: str) -> None:
    words = Words(locale)
    said = []
    for fault in FAULTS:
        line = words.plain("roster.at", row=fault.row, column=fault.column)
        line += words.plain(fault.key, **fault.facts)
        assert str(fault.row) in line
        assert fault.column in line
        for name in ("value", "loop"):
            assert str(fault.facts.get(name, "")) in line
        said.append(line)
    assert len(set(said)) == len(FAULTS)


async def test_ten_thousand_people_are_imported_in_reasonable_time(tmp_path: Path) -> None:
    lines = ["0,Chief,0@x.test,"]
    lines += [f"{one},Person {one},{one}@x.test,{one // 8}" for one in range(1, 10_000)]
    async with home(tmp_path) as place:
        begun = time.monotonic()
        found = await check(place, *lines)
        assert (found.faults, len(found.changes.added)) == ((), 10_000)
        await put(place, found)
        assert len(await everybody(place)) == 10_000 + 6
        assert (await check(place, *lines)).changes.nothing
        assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    ("kept", "given", "fault"),
    [
        (
            "hired_on,2026-03-02",
            "left_on,2026-03-01",
            ("roster.ends_before_hired_on", {"start": "2026-03-02", "end": "2026-03-01"}),
        ),
        (
            "left_on,2026-03-01",
            "hired_on,2026-03-02",
            ("roster.ends_before_hired_on", {"start": "2026-03-02", "end": "2026-03-01"}),
        ),
    ],
)
async def test_a_date_is_checked_against_the_one_that_is_kept(
    tmp_path: Path, kept: str, given: str, fault: tuple[str, dict[str, str]]
) -> None:
    (first, was), (second, now) = kept.split(","), given.split(",")
    async with home(tmp_path) as place:
        row = "e1,Person 1,e1@x.test,mia"
        await put(place, await check(place, f"{row},{was}", header=f"{HEADER},{first}"))
        found = await check(place, f"{row},{now}", header=f"{HEADER},{second}")
    assert found.faults == (Fault(2, second, *fault),)
