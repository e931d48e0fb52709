"""What was imported stands beside the row, and is never a score."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from goals_world import OCTOBER, setting
from rating_world import ready
from text_chat import as_text
from world import company, home, opened

from handlers import actuals
from handlers.work import Work
from prompts.card import Ask
from review.goals import Sheet
from review.stages import Stage


async def test_an_actual_is_shown_with_the_column_and_sets_no_score(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await ready(place)
        async with place.deps.database.begin() as tx:
            kept = await tx.reviews.get(review)
            assert kept is not None
            first, *rest = kept.sheet.rows
            row = replace(first, target="4 %", unit="%")
            await tx.reviews.save(replace(kept, sheet=Sheet((row, *rest))))
            work = Work(tx=tx, company=company(), now=place.clock.now())
            data = f"employee_id,goal,actual\n{kept.employee_id},{row.id},4.4%\n".encode()
            found = await actuals.check_actuals(cycle.name, data, work)
            assert (found.faults, found.rows, found.over) == ((), 1, ())
            await actuals.import_actuals(found, cycle.name, None, work)
        form = opened(await place.press("mia", "rate:3.5", review))
        said = "Reached: 4.4 %. By the standards that is 3.75 or above; the score is yours to give."
        assert said in as_text(form)
        assert not any(one.value for one in form.fields)


async def test_who_was_rated_already_is_left_alone(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await ready(place)
        async with place.deps.database.begin() as tx:
            kept = await tx.reviews.get(review)
            assert kept is not None
            await tx.reviews.save(replace(kept, stage=Stage.HR))
            work = Work(tx=tx, company=company(), now=place.clock.now())
            data = f"employee_id,goal,actual\n{kept.employee_id},x,1\n".encode()
            found = await actuals.check_actuals(cycle.name, data, work)
            assert (found.faults, found.changed) == ((), ())
            assert found.over == (kept.employee_id,)


async def test_the_form_of_the_goals_shows_what_was_reached(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        async with place.deps.database.begin() as tx:
            kept = await tx.reviews.get(here.review)
            assert kept is not None
            first = kept.sheet.rows[0].id
            await tx.reviews.save(replace(kept, actuals={first: "4.4"}))
        form = await here.open()
        assert as_text(form).count("\nReached: 4.4") == 1
        assert as_text(await here.press(form, f"goals.edit:{first}")).count("Reached: 4.4") == 1
        assert not any(one.ask is Ask.SCORE for one in form.fields)
