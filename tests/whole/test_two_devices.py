"""One form open on two devices of one person, and Slack refusing to draw it again."""

from __future__ import annotations

from pathlib import Path

from place import Place, place
from place_forms import fill_step, rows_of, shown, step, write_self

from sandbox.slack import forms
from sandbox.slack.model import OpenView
from sandbox.slack.people import Person

MEMBER, BOSS = "N0015", "N0007"
MAIN, OTHER, CONDUCT = "goal:main_result", "goal:team_service", "goal:conduct"
COMMENT, COMMENT2 = "comment:main_result", "comment:team_service"


async def _two(here: Place) -> tuple[Person, OpenView]:
    """The person with the form open on this device, and the same form on an older one."""
    person = here.who[MEMBER]
    await person.press("self_review.open")
    older = person.form
    assert older is not None
    await person.press("self_review.open")
    return person, older


async def test_words_of_another_device_are_told_at_the_field_and_the_second_send_wins(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person, older = await _two(here)
        scores = {MAIN: "4", OTHER: "3.5", CONDUCT: "3.5"}
        await fill_step(person, {COMMENT: "from the phone", **scores})
        assert await person.submit() == {}
        for field, value in (scores | {COMMENT: "from the desk"}).items():
            forms.set_value(older, field, None, value)
        told = await forms.submit(here.workspace, older)
        assert told == {
            COMMENT: "On another device you wrote: “from the phone”. "
            "To use what stands here instead, press save again."
        }
        await person.press("form.back")
        assert shown(person)[COMMENT] == "from the phone"
        assert await forms.submit(here.workspace, older) == {}
        await person.press("self_review.open")
        await person.press("form.back")
        assert shown(person) == scores | {
            COMMENT: "from the desk",
            COMMENT2: "",
            "comment:conduct": "",
        }


async def test_an_empty_field_of_an_older_form_wipes_nothing(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person, older = await _two(here)
        await fill_step(
            person, {COMMENT: "from the phone", MAIN: "4", OTHER: "3.5", CONDUCT: "3.5"}
        )
        assert await person.submit() == {}
        forms.set_value(older, MAIN, None, "3.25")
        await forms.tell(here.workspace, older, MAIN, None)
        await person.press("self_review.open")
        if step(person) != "Step 1 of 4":
            await person.press("form.back")
        assert shown(person) == {
            MAIN: "3.25",
            COMMENT: "from the phone",
            OTHER: "3.5",
            COMMENT2: "",
            CONDUCT: "3.5",
            "comment:conduct": "",
        }


async def test_an_answer_of_another_device_is_drawn_into_the_open_form(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person, older = await _two(here)
        for field, value in ((COMMENT, "from the desk"), (MAIN, "4.5")):
            forms.set_value(older, field, None, value)
        await forms.tell(here.workspace, older, MAIN, None)
        await person.fill({OTHER: "3.5"})
        assert (shown(person)[MAIN], shown(person)[COMMENT]) == ("4.5", "from the desk")
        await person.fill({CONDUCT: "3.5"})
        assert await person.submit() == {}
        await person.press("form.back")
        assert shown(person)[COMMENT] == "from the desk"


async def test_a_form_that_slack_does_not_redraw_can_be_sent_all_the_same(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        boss = here.who[BOSS]
        await boss.press("rate:3.5", near=here.employee(MEMBER).name)
        here.server.faults.rate_limit("views.update", times=100)
        rows = [row for row, _ in await rows_of(here, cycle, MEMBER)]
        await fill_step(boss, {f"goal:{row}": "3.5" for row in rows})
        assert await boss.submit() == {}
        levels = ("yes", "yes", "partly")
        for value in ("customer_first", "teamwork"):
            for number, level in enumerate(levels, start=1):
                assert boss.form is not None
                await boss.fill({f"value:{value}:{number}": level})
                assert await boss.submit() == {}
        await fill_step(boss, {"overall": "3.25", "case:overall": "What came of it."})
        assert set(shown(boss)) == {"overall", "case:overall"}
        assert await boss.submit() == {}
        assert boss.form is not None
        reasons = {"reason", "surprise_reason"}
        assert set(shown(boss)) == {"overall", "case:overall", "case:missed"} | reasons
        assert "⚠️ 请写明没有达到哪些标准。" in boss.form.words
        await fill_step(boss, {"case:missed": "The second one."})
        await fill_step(boss, dict.fromkeys(reasons, "As discussed."))
        assert await boss.submit() == {}
        assert boss.form is None
        found = (await here.exported(cycle))[MEMBER]
        assert (found["rating"], found["suggested"], found["rating_reason"]) == (
            "3.25",
            "3.5",
            "As discussed.",
        )
        assert not any(here.workspace.troubles.values())


async def test_a_form_that_slack_is_too_busy_to_open_asks_for_another_press(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        person = here.who[MEMBER]
        here.server.faults.rate_limit("views.open")
        await person.press("self_review.open")
        await here.settle()
        assert person.form is None
        assert [one.words for one in here.dms(MEMBER, "press_again")] == [
            "Sorry, I was too slow to open the form. Please press once more."
        ]
        await person.press("self_review.open")
        assert step(person) == "Step 1 of 4"
