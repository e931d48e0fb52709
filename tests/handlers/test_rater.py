"""Who rates somebody whom the roster moves after the period's end."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from in_out_world import HEAD, intact, line, put
from signing import rated, record, said
from talking import texts
from world import Home, home, open_cycle, opened, rating_answers, review_of, self_answers

from handlers.answers import Done
from handlers.roster import check_roster
from handlers.work import Work
from review.stages import Stage

IN_JANUARY = {
    "self_open": date(2027, 1, 4),
    "self_due": date(2027, 1, 8),
    "manager_due": date(2027, 1, 15),
}
KEPT = "2026Q3: Person 1 is rated by Mia Manager, whatever the roster says by now."


async def _written(place: Home) -> str:
    cycle = await open_cycle(place)
    review = await review_of(place, cycle, "e1")
    form = opened(await place.press("e1", "self_review.open", review))
    assert await place.fill("e1", form, self_answers(place)) == Done()
    await place.tick()
    return review


async def test_who_led_them_at_the_periods_end_rates_after_a_move(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _written(place)
        await put(place, HEAD, line(manager="e2"))
        assert (await record(place, review)).led_by == "mia"
        assert said(await place.command("hr", "rater e1")).startswith(KEPT)
        assert said(await place.press("e2", "rate.change", review)) == "这一步由上级来做。"
        form = opened(await place.press("mia", "rate.change", review))
        assert await place.fill("mia", form, rating_answers(place)) == Done()
        await place.tick()
        assert (await record(place, review)).stage is Stage.SKIP_LEVEL
        assert "Person 1" not in texts(place, "e2")
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await intact(place)


async def test_a_second_move_and_the_way_back_change_nothing(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _written(place)
        for manager in ("e2", "boss", "mia"):
            await put(place, HEAD, line(manager=manager))
            assert (await record(place, review)).led_by == "mia"
            opened(await place.press("mia", "rate.change", review))


async def test_a_dry_run_says_who_stays_and_writes_nothing(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _written(place)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            found = await check_roster(f"{HEAD}\n{line(manager='e2')}".encode(), work)
        assert [(one.cycle.name, one.led) for one in found.stays] == [("2026Q3", {"e1": "mia"})]
        assert (await record(place, review)).led_by is None


async def test_a_move_inside_the_period_takes_the_rating_along(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place, "2026Q4", **IN_JANUARY)
        review = await review_of(place, cycle, "e1")
        await put(place, HEAD, line(manager="e2"))
        assert (await record(place, review)).led_by is None
        said_ = said(await place.command("hr", "rater e1 mia"))
        assert said_.startswith("Person 1 has no review in a running cycle")


async def test_who_led_them_and_is_gone_is_followed_by_the_next_above(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _written(place)
        await put(place, HEAD, line(manager="e2"))
        gone = "mia,Mia Manager,T-mia,Shop,boss,hr,,2026-10-11,,"
        await put(place, HEAD, gone)
        assert said(await place.press("mia", "rate.change", review))
        assert "Person 1" in texts(place, "boss")
        opened(await place.press("boss", "rate.change", review))


async def test_hr_names_another_who_reads_the_early_rating(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await rated(place, cycle)
        answer = said(await place.command("hr", "rater Person 1 Person 3"))
        assert answer.startswith("2026Q3: Person 1 is rated by Person 3, whatever the roster")
        await place.tick()
        form = opened(await place.press("e3", "rate.change", review))
        assert {one.key: one.value for one in form.fields}["overall"] == "3.5"
        given = rating_answers(place, overall="3.75", reason="Seen longer.")
        assert await place.fill("e3", form, given) == Done()
        assert (await record(place, review)).rated_by == "e3"
        assert said(await place.press("mia", "rate.change", review))
        assert await intact(place)
        answer = said(await place.command("hr", "评分人 Person 1 名册"))
        assert answer.startswith("2026Q3: Person 1 is rated by Mia Manager.")


async def test_only_hr_names_whoever_rates_and_nobody_rates_themself(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        review = await _written(place)
        for who in ("e1", "mia", "boss"):
            assert "Hanna HR" in said(await place.command(who, "rater e1 e3"))
        assert said(await place.command("hr", "rater e1 e1")) == (
            "Person 1 can't be rated by themself; please name another manager."
        )
        assert said(await place.command("hr", "rater")) == "Please say who: /review rater @who."
        assert said(await place.command("hr", "rater hr mia")) == "This is for an HR admin to do."
        answer = said(await place.command("hr", "rater nobody mia"))
        assert answer.startswith("I don't know “nobody mia”. Please write the name")
        assert (await record(place, review)).led_by is None
