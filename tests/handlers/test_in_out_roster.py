"""Who is in and who is out as the roster says it: leaving, leave, coming back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from in_out_world import HEAD, form_of, line, out, put
from signing import record, start
from talking import texts
from world import home, open_cycle, review_of

from handlers.answers import Done
from review.stages import Stage


async def test_who_leaves_before_the_rating_is_out_and_back_when_they_stay(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        await put(place, HEAD, line(left="2026-10-11"))
        found = await record(place, review)
        assert (found.stage, found.excluded_reason) == (Stage.EXCLUDED, "left")
        await put(place, HEAD, line())
        found = await record(place, review)
        assert (found.stage, found.excluded_reason) == (Stage.SELF_REVIEW, None)


async def test_who_leaves_later_is_out_on_the_day_after(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        await put(place, HEAD, line(left="2026-10-13"))
        assert (await record(place, review)).stage is Stage.SELF_REVIEW
        await place.tick(datetime(2026, 10, 13, 4, tzinfo=UTC))
        assert (await record(place, review)).stage is Stage.SELF_REVIEW
        await place.tick(datetime(2026, 10, 14, 4, tzinfo=UTC))
        assert (await record(place, review)).stage is Stage.EXCLUDED
        assert "Person 1 · not in this review: has left" in texts(place, "mia")


async def test_a_long_leave_takes_out_and_coming_back_takes_in(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        await put(place, HEAD, line(leave="2026-07-01,2026-10-05"))
        assert (await record(place, review)).excluded_reason == "on_leave"
        assert "you were on leave for more than half" in texts(place, "e1")
        await put(place, HEAD, line(leave="2026-07-01,2026-07-20"))
        assert (await record(place, review)).stage is Stage.SELF_REVIEW


async def test_the_roster_leaves_alone_whom_hr_took_in_or_out(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        await put(place, HEAD, line(leave="2026-07-01,2026-10-05"))
        assert await place.fill("hr", await form_of(place, "include e1"), {}) == Done()
        await place.tick(datetime(2026, 10, 13, 4, tzinfo=UTC))
        assert (await record(place, review)).stage is Stage.SELF_REVIEW
        await out(place, reason="elsewhere")
        await put(place, HEAD, line())
        assert (await record(place, review)).stage is Stage.EXCLUDED


async def test_who_was_rated_and_leaves_stays_in(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await put(place, HEAD, line(left="2026-10-11"))
        assert (await record(place, review)).stage is Stage.SKIP_LEVEL


async def test_a_stand_in_gets_the_list_when_the_self_review_opens(tmp_path: Path) -> None:
    early = datetime(2026, 9, 24, 4, tzinfo=UTC)
    async with home(tmp_path, now=early) as place:
        await open_cycle(place)
        await place.command("mia", "delegate e3 2026-10-08 2026-10-30")
        await place.tick(datetime(2026, 10, 9, 4, tzinfo=UTC))
        assert "Team ratings 2026Q3" in texts(place, "e3")
        assert date(2026, 10, 9) == place.clock.now().date()
