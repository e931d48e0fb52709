"""Who is above and who is below somebody, read at once whatever the size of the company."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from storage_samples import cycle, full_review, opened, person, review

from review.stages import Stage
from storage.standings import Given
from storage.transaction import Transaction

AWAY = date(2026, 1, 1)
TOP = person("top")
BOSS = person("boss", "top")
LEAD = replace(person("lead", "boss"), hrbp_id="partner")
ANN = person("ann", "lead")
BOB = person("bob", "lead")
COE = person("coe", "ann")
PARTNER = person("partner", "hr-head")
HR_HEAD = person("hr-head", "top")
ADMIN = person("admin", "hr-head")
OTHER = person("other", "top")
ALL = (TOP, BOSS, LEAD, ANN, BOB, COE, PARTNER, HR_HEAD, ADMIN, OTHER)


async def _around(work: Transaction, who: str, *others: str) -> set[str]:
    found = await work.people.around(who, others)
    assert sorted(found, key=lambda one: one.employee_id) == list(found)
    return {one.employee_id for one in found}


async def test_around_somebody_are_all_who_have_a_say_and_the_reports(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        with database.count_statements() as counted:
            found = await work.people.around("lead", ["admin"])
        assert counted.count == 1
        assert found == (ADMIN, ANN, BOB, BOSS, HR_HEAD, LEAD, PARTNER, TOP)
        assert await _around(work, "lead") == {
            "lead", "ann", "bob", "boss", "top", "partner", "hr-head"
        }  # fmt: skip
        assert await _around(work, "top") == {"top", "boss", "hr-head", "other"}
        assert await _around(work, "nobody", "nobody-else") == set()


async def test_around_somebody_in_a_loop_ends(url: str) -> None:
    loop = [person("a", "b"), person("b", "c"), person("c", "a")]
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(loop)
        assert await _around(work, "a") == {"a", "b", "c"}
        assert await work.reviews.given_below("2026Q4", "a", "a") == ()


async def test_a_team_is_the_reports_and_all_above_them(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        assert await _team(work, "lead") == {"ann", "bob", "lead", "boss", "top"}
        assert await _team(work, "ann") == {"coe", "ann", "lead", "boss", "top"}
        assert await _team(work, "admin") == {"admin", "hr-head", "top"}
        assert await _team(work, "ann", "admin") == await _team(work, "ann") | {"admin", "hr-head"}


async def test_a_team_has_those_without_a_manager_where_asked(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all([*ALL, person("alone")])
        found = await work.reviews.around_team("c", "ann", [], unled=True)
    expected = {"coe", "ann", "lead", "boss", "top", "alone"}
    assert {one.employee_id for one, _ in found} == expected


@pytest.mark.parametrize("away", [{"left_on": AWAY}, {"leave_from": AWAY}])
async def test_a_team_has_the_reports_of_whoever_may_be_away(
    away: dict[str, date], url: str
) -> None:
    gone = [replace(one, **away) for one in (LEAD, ANN)]  # type: ignore[arg-type]
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        assert await _team(work, "boss") == {"lead", "boss", "top"}
        await work.people.put_all(gone)
        assert await _team(work, "boss") == {"ann", "bob", "coe", "lead", "boss", "top"}


async def _team(work: Transaction, manager: str, *others: str) -> set[str]:
    found = await work.reviews.around_team("c", manager, others, unled=False)
    return {one.employee_id for one, _ in found}


async def test_a_team_comes_with_where_its_records_stand(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        await work.cycles.add(cycle())
        await work.cycles.add(cycle("2026Q3"))
        await work.reviews.add_all([full_review("ann"), review("boss")])
        found = await work.reviews.around_team("2026Q4", "lead", ["admin"], unled=False)
        standing = {one.employee_id: one for one in await work.reviews.standings("2026Q4")}
        assert found == (
            (ADMIN, None),
            (replace(ANN, manager_id="boss"), standing["ann"]),
            (BOB, None),
            (BOSS, standing["boss"]),
            (HR_HEAD, None),
            (LEAD, None),
            (TOP, None),
        )
        led = await work.reviews.around_team("2026Q4", "boss", [], unled=False)
        assert [one.employee_id for one, _ in led] == ["ann", "boss", "lead", "top"]
        away = replace(BOSS, left_on=AWAY)
        await work.people.put_all([away])
        led = await work.reviews.around_team("2026Q4", "top", [], unled=False)
        assert "ann" in {one.employee_id for one, _ in led}
        other = await work.reviews.around_team("2026Q3", "lead", [], unled=False)
        assert [stands for _, stands in other] == [None] * len(other)


async def test_ratings_below_somebody_are_counted(url: str) -> None:
    rated = {name: full_review(name) for name in ("ann", "bob", "coe", "other", "lead")}
    rated["bob"] = replace(rated["bob"], outcome=None)
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        await work.cycles.add(cycle())
        await work.reviews.add_all([*rated.values(), review("boss")])
        with database.count_statements() as counted:
            found = await work.reviews.given_below("2026Q4", "boss", "other")
        assert counted.count == 1
        three, whole = Fraction(15, 4), Fraction(7, 2)
        assert set(found) == {Given(three, whole, 4), Given(three, None, 1)}
        await work.reviews.move_all("2026Q4", Stage.MANAGER_REVIEW, Stage.EXCLUDED, ["ann"])
        below_lead = await work.reviews.given_below("2026Q4", "lead", "bob")
        assert set(below_lead) == {Given(three, whole, 1), Given(three, None, 1)}
        assert await work.reviews.given_below("2026Q3", "boss", "other") == ()


async def test_a_record_comes_with_its_cycle(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await work.people.put_all(ALL)
            await work.cycles.add(cycle())
            await work.reviews.add_all([full_review("ann")])
        for write in (True, False):
            async with database.begin(write=write) as work:
                with database.count_statements() as counted:
                    found = await work.reviews.with_cycle("r-ann")
                # A server is asked to hold it for whoever may write it.
                assert counted.count == (2 if write and url.startswith("postgresql") else 1)
                assert found == (await work.reviews.get("r-ann"), cycle())
                assert await work.reviews.with_cycle("nothing") is None
