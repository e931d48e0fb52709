"""Half-filled forms: what was answered is there again, wherever and whenever it is opened."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from place import Place, kind_of, place
from place_forms import (
    fill_step,
    fill_to_the_end,
    rate,
    rows_of,
    shown,
    step,
    write_self,
)
from story_clock import StoryClock

from sandbox.company import rating_answers, self_answers
from sandbox.slack import forms

MEMBER, BOSS = "N0015", "N0007"
MAIN = "goal:main_result"
COMMENT = "comment:main_result"


async def _held(here: Place, count: int) -> None:
    """Wait until so many deliveries are kept back."""
    await here.workspace.until(lambda: len(here.workspace.faults.held) == count)


async def _written(here: Place) -> list[str]:
    """What happened to reviews, in order."""
    return [line.event for line in await here.trail() if "sent" in line.event]


async def test_a_killed_bot_finds_every_saved_answer_and_the_step(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        answers = self_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        person = here.who[MEMBER]
        await person.press("self_review.open")
        first = step(person)
        await fill_step(person, answers)
        assert await person.submit() == {}
        await fill_step(person, answers)
        second, held = step(person), shown(person)
        await here.kill()
        await person.close()
        await person.press("self_review.open")
        assert (first, second) == ("Step 1 of 4", "Step 2 of 4")
        kept = {field: value for field, value in held.items() if not field.startswith("case:")}
        levels = ("yes", "yes", "no")
        assert kept == {f"value:customer_first:{at}": one for at, one in enumerate(levels, 1)}
        assert (step(person), shown(person)) == (second, kept | {"case:value:customer_first": ""})
        await person.press("form.back")
        assert shown(person) == {
            field: value
            for field, value in answers.items()
            if field.startswith(("goal:", "comment:"))
        }
        await fill_to_the_end(person, answers)
        assert await _written(here) == ["self_review.sent"]


async def test_a_choice_saves_the_words_typed_before_it(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person = here.who[MEMBER]
        await person.press("self_review.open")
        await person.fill({COMMENT: "typed first", MAIN: "4"})
        await here.kill()
        await person.close()
        await person.press("self_review.open")
        assert (shown(person)[COMMENT], shown(person)[MAIN]) == ("typed first", "4")


async def test_a_form_sent_twice_at_once_counts_once(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        answers = self_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        person = here.who[MEMBER]
        await person.press("self_review.open")
        while step(person) != "Step 4 of 4":
            await fill_step(person, answers)
            assert await person.submit() == {}
        await fill_step(person, answers)
        last = person.form
        assert last is not None
        await asyncio.gather(*(forms.submit(here.workspace, last) for _ in range(2)))
        await here.settle()
        assert await _written(here) == ["self_review.sent"]
        assert len(here.dms(MEMBER, "my_review")) == 1


async def test_a_double_click_on_a_rating_opens_one_form_and_rates_once(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        name = here.employee(MEMBER).name
        boss = here.who[BOSS]
        here.workspace.faults.hold()
        clicks = [asyncio.create_task(boss.press("rate:3.5", near=name)) for _ in range(2)]
        await here.workspace.until(lambda: len(here.workspace.faults.held) == 2)
        await here.workspace.faults.release()
        await asyncio.gather(*clicks)
        assert len(here.workspace.views.stacks[boss.id]) == 1
        await boss.close()
        await rate(here, cycle, MEMBER)
        assert await _written(here) == ["self_review.sent", "rating.sent"]
        assert not any(here.workspace.troubles.values())


async def test_choices_that_arrive_in_the_wrong_order_leave_the_later_one(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person = here.who[MEMBER]
        await person.press("self_review.open")
        here.workspace.faults.hold()
        tasks = []
        for number, score in enumerate(("3.25", "4.5"), start=1):
            tasks.append(asyncio.create_task(person.fill({MAIN: score})))
            await _held(here, number)
        await here.workspace.faults.release("last")
        await asyncio.gather(*tasks)
        await person.close()
        await person.press("self_review.open")
        assert shown(person)[MAIN] == "4.5"


async def test_a_choice_that_arrives_after_the_sent_rating_leaves_it_as_sent(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        boss, faults = here.who[BOSS], here.workspace.faults
        answers = rating_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        await boss.press("rate:3.5", near=here.employee(MEMBER).name)
        while step(boss) != "第 4 步，共 4 步":
            await fill_step(boss, answers)
            assert await boss.submit() == {}
        await fill_step(boss, answers)
        last = boss.form
        assert last is not None
        faults.hold()
        late = asyncio.create_task(boss.fill({"overall": "4"}))
        await here.workspace.until(lambda: len(faults.held) == 1)
        forms.set_value(last, "overall", None, answers["overall"])
        sending = asyncio.create_task(boss.submit())
        await here.workspace.until(lambda: len(faults.held) == 2)
        await faults.release("last")
        await asyncio.gather(late, sending)
        await here.settle()
        await boss.press("rate.change", near=here.employee(MEMBER).name)
        opened: dict[str, str] = {}
        while True:
            opened |= shown(boss)
            if step(boss) == "第 4 步，共 4 步":
                break
            assert await boss.submit() == {}
        assert opened == {field: answers[field] for field in opened}
        assert (await here.exported(cycle))[MEMBER]["rating"] == answers["overall"]


async def test_a_sent_step_is_the_last_word_even_if_slacks_clock_runs_ahead(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        here.workspace.clock = StoryClock(here.clock.now() + timedelta(minutes=1))
        person = here.who[MEMBER]
        await person.press("self_review.open")
        await fill_step(person, {COMMENT: "first words", MAIN: "4", "goal:team_service": "4"})
        await person.fill({COMMENT: "better words"})
        await person.fill({"goal:conduct": "3.5", COMMENT: "best words"})
        assert await person.submit() == {}
        await person.press("form.back")
        assert shown(person)[COMMENT] == "best words"


async def test_a_bot_that_is_too_slow_to_open_asks_for_another_press(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person, faults = here.who[MEMBER], here.workspace.faults
        faults.hold()
        pressing = asyncio.create_task(person.press("self_review.open"))
        await here.workspace.until(lambda: len(faults.held) == 1)
        here.clock.move(timedelta(seconds=4))
        await faults.release()
        await pressing
        await here.settle()
        assert person.form is None
        assert [(kind_of(one), one.words) for one in here.dms(MEMBER)[1:]] == [
            ("press_again", "Sorry, I was too slow to open the form. Please press once more.")
        ]
        await person.press("self_review.open")
        assert step(person) == "Step 1 of 4"
