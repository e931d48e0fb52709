"""Ratings that nobody had heard of: pointed out, kept with a reason, counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from rating_world import LOW, SEPTEMBER, WORD, heard, kept, last_step, rated, ready, reasons
from text_chat import as_text
from world import (
    NOON,
    Home,
    home,
    rating_answers,
    review_of,
    team,
)

from handlers import cycles, export, no_surprise
from handlers.answers import Done
from handlers.manager_review import submit
from handlers.work import Act, Work
from review.cycle import Cycle
from review.surprise import Told


async def test_a_low_rating_says_talk_first_and_goes_on_with_a_reason(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await ready(place)
        form = await last_step(place, review, LOW | {"surprise_reason": ""})
        assert "Please talk first. Person 1 has not heard this from you yet" in as_text(form)
        assert "at least 14 days ago" in as_text(form)
        assert reasons(form) == ["reason", "surprise_reason"]
        problems = {one.key: one.problem for one in form.problems}
        assert problems["surprise_reason"] == (
            "They have not heard this from you in time: please say why you go on all the same."
        )
        assert await rated(place, review, LOW | {"surprise_reason": "It is new."}) == Done()
        record = await kept(place, review)
        assert record.manager_part is not None
        assert (record.surprise, record.manager_part.surprise_reason) == (True, "It is new.")
        (row,) = [one for one in await reviews(place, cycle) if one["employee_id"] == "e1"]
        assert (row["surprise"], row["surprise_reason"]) == (True, "It is new.")


async def reviews(place: Home, cycle: Cycle) -> list[dict[str, Any]]:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await export.reviews(cycle, work)


async def test_what_was_heard_in_time_is_no_surprise(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "mia", "e1")
        place.clock.moment = NOON
        await place.tick()
        review = await review_of(place, cycle, "e1")
        form = await last_step(place, review, LOW)
        assert "Please talk first" not in as_text(form)
        assert reasons(form) == ["reason"]
        assert await rated(place, review, LOW) == Done()
        assert (await kept(place, review)).surprise is False


async def test_words_too_late_of_a_peer_or_on_nothing_do_not_count(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "e2", "e1", about="value:teamwork")
        await heard(place, "mia", "e1", about="other")
        await heard(place, "mia", "e1", kind="positive")
        place.clock.moment = datetime(2026, 9, 29, 4, tzinfo=UTC)
        await heard(place, "mia", "e1")
        place.clock.moment = NOON
        await place.tick()
        review = await review_of(place, cycle, "e1")
        assert "Please talk first" in as_text(await last_step(place, review, LOW))
        place.clock.moment = NOON + timedelta(days=1)
        assert "Please talk first" not in as_text(await last_step(place, review, LOW))


async def _at_work(place: Home) -> Cycle:
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        dates = {"self_open": date(2026, 10, 9), "self_due": date(2026, 10, 10)}
        cycle, _, _ = await cycles.open_cycle(
            cycles.OpenCycle(name="2026Q3", dates=dates), "hr", work
        )
    return cycle


async def test_a_word_of_the_earlier_manager_counts_after_a_transfer(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "mia", "e1")
        async with place.deps.database.begin() as tx:
            one = await tx.people.get("e1")
            assert one is not None
            await tx.people.put_all([replace(one, manager_id="boss")])
        place.clock.moment = NOON
        await place.tick()
        review = await review_of(place, cycle, "e1")
        assert await rated(place, review, LOW, by="boss") == Done()
        assert (await kept(place, review)).surprise is False


async def test_a_value_below_is_a_surprise_too_and_the_reason_goes_with_it(tmp_path: Path) -> None:
    people = team()
    async with home(tmp_path, people) as place:
        _, review = await ready(place)
        low = {f"value:customer_first:{at}": "yes" if at == 1 else "partly" for at in range(1, 3)}
        more = {"overall": "3.5", "reason": "The second half was better."}
        assert await rated(place, review, more | low | {"surprise_reason": "It is new."}) == Done()
        record = await kept(place, review)
        assert (record.rating, record.surprise) == (Fraction("3.5"), True)
        assert record.manager_part is not None
        part = replace(
            record.manager_part, levels=record.self_part.levels if record.self_part else {}
        )
        async with place.deps.database.begin() as tx:
            act = Act(
                tx=tx,
                company=place.deps.company,
                now=place.clock.now(),
                actor=people[2],
                platform="text",
            )
            nothing = Told(warned=False, praised=False)
            await submit(record, part, act, has_reports=False, told=nothing)
        record = await kept(place, review)
        assert record.manager_part is not None
        assert (record.surprise, record.manager_part.surprise_reason) == (False, "")


async def test_praise_that_was_never_said_is_pointed_out_and_stops_nobody(tmp_path: Path) -> None:
    high = {"overall": "4", "reason": "The second half was strong."}
    async with home(tmp_path) as place:
        _, review = await ready(place)
        assert "A good word is missing." in as_text(await last_step(place, review, high))
        await heard(place, "mia", "e1", kind="positive", about="other")
        assert "A good word is missing." not in as_text(await last_step(place, review, high))
        assert await rated(place, review, high) == Done()
        assert (await kept(place, review)).surprise is False


async def test_gaps_are_marked_before_the_rating_is_sent(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with home(tmp_path) as place:
        _, review = await ready(place)
        given = rating_answers(place, "3") | {"overall": "3", "case:overall": ""}
        form = await last_step(place, review, given)
        assert "Repeat-purchase rate self 3.5, you 3 · " in as_text(form)
    async with home(tmp_path / "other") as place:
        _, review = await ready(place)
        given = {"overall": "3.5"}
        assert "marked for the interview" not in as_text(await last_step(place, review, given))


async def test_feedback_is_counted_and_never_quoted(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "mia", "e1")
        await heard(place, "mia", "e1", kind="positive")
        await heard(place, "e1", "mia", about="value:teamwork", kind="negative")
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            rows = await no_surprise.feedback_counts(cycle, work)
            mine = await export.person("e1", work)
        found = {row["employee_id"]: tuple(row.values())[2:] for row in rows}
        assert found["mia"] == (2, 1, 1, 0, 1, 3, 1)
        assert found["e1"] == (1, 0, 0, 1, 2, 0, 0)
        assert mine is not None
        assert mine["feedback"] == {"given": 1, "received": 2}
        assert WORD["behaviour"] not in str(rows) + str(mine)
