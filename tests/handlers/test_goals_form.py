"""The form of goals: added, weighed, removed, kept; what blocks and what is only advice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from goals_world import OCTOBER, ODD, setting
from text_chat import as_text
from world import home

from handlers.answers import Continues, Done, Refuses
from prompts.card import Buttons, Paragraph
from prompts.screens import goals as screen


async def test_goals_are_added_written_and_removed_one_step_each(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        form = await here.press(await here.open(), screen.ADD)
        assert (form.step, form.steps) == (2, 4)
        new = next(one.key for one in form.fields if one.key.startswith("title:"))
        row = new.removeprefix("title:")
        empty = await here.send(form, {})
        assert isinstance(empty, Refuses)
        assert [one.key for one in empty.form.problems] == [new, f"standard:{row}:3.5"]
        told = {new: "Fewer returns", f"standard:{row}:3.5": "below 4 %", f"target:{row}": "4"}
        listed = await here.send(form, told)
        assert isinstance(listed, Continues)
        assert listed.form.step == 3
        listed = await here.press(listed.form, f"{screen.REMOVE}message_rates")
        fits = await here.press(listed, screen.SHARE)
        assert "Together 100, with 20 for how it was done." in as_text(fits)
        assert await here.send(fits, {}) == Done()
        _, kept = await here.now()
        assert kept is not None
        assert [(one.title.get("", ""), one.weight) for one in kept.proposed.rows][1:] == [
            ("Fewer returns", 40),
            ("", 20),
        ]


async def test_thirty_three_each_is_said_at_the_field_and_nothing_is_lost(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        form = await here.press(await here.open(), screen.ADD)
        row = next(one.key for one in form.fields).removeprefix("title:")
        form = await here.press(
            form, screen.LIST, **{f"title:{row}": "Third", f"standard:{row}:3.5": "done"}
        )
        third = {f"weight:{one}": "33" for one in ("repeat_rate", "message_rates", row)}
        refused = await here.send(form, third)
        assert isinstance(refused, Refuses)
        assert {one.key: one.problem for one in refused.form.problems} == {
            f"weight:{row}": (
                "The weights make 119, with 20 for how it was done: 19 too many for 100."
            )
        }
        again = await here.open()
        assert {one.key: one.value for one in again.fields} == third


async def test_thirty_goals_go_through_and_no_more_are_offered(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        form = await here.open()
        for _ in range(28):
            form = await here.press(form, screen.ADD)
            row = next(one.key for one in form.fields).removeprefix("title:")
            form = await here.press(
                form, screen.LIST, **{f"title:{row}": "One", f"standard:{row}:3.5": "done"}
            )
        rows = [one for one in form.parts if isinstance(one, Buttons)]
        assert [one.action for part in rows for one in part.buttons] == [
            screen.SHARE,
            screen.ADD_UP,
        ]
        fits = await here.press(form, screen.SHARE)
        assert await here.send(fits, {}) == Done()
        _, kept = await here.now()
        assert kept is not None
        assert (len(kept.proposed.rows), sum(one.weight for one in kept.proposed.rows)) == (31, 100)


async def test_advice_is_given_and_blocks_nothing(tmp_path: Path) -> None:
    async with home(tmp_path, now=datetime(2026, 12, 1, 4, tzinfo=UTC)) as place:
        here = await setting(place)
        form = await here.press(await here.open(), f"{screen.REMOVE}message_rates")
        form = await here.press(form, f"{screen.EDIT}repeat_rate")
        form = await here.press(form, screen.LIST, **{"measure:repeat_rate": ""})
        advice = [line for line in as_text(form).splitlines() if line.startswith("💡")]
        assert [line[2:14] for line in advice] == ["A third of t", "No measure y", "A single goa"]
        assert await here.send(await here.press(form, screen.SHARE), {}) == Done()


async def test_last_periods_goals_can_be_gone_on_with(tmp_path: Path) -> None:
    async with home(tmp_path, now=datetime(2026, 7, 2, 4, tzinfo=UTC)) as place:
        summer = {
            "goals_due": date(2026, 7, 20),
            "self_open": date(2026, 10, 5),
            "self_due": date(2026, 10, 16),
            "manager_due": date(2026, 10, 23),
        }
        here = await setting(place, "2026Q3", **summer)
        form = await here.open()
        changed = {"weight:repeat_rate": "70", "weight:message_rates": "10"}
        assert await here.send(form, changed) == Done()
        assert await place.press("mia", "goals.approve", here.review) == Done()
        assert await place.press("e1", "goals.confirm", here.review) == Done()
        place.clock.moment = OCTOBER
        later = await setting(place)
        review, _ = await later.now()
        assert [row.weight for row in review.sheet.rows] == [70, 10, 20]
        form = await later.press(await later.open(), screen.START)
        assert [one.value for one in form.fields] == ["45", "35"]
        form = await later.press(form, screen.LAST)
        assert [one.value for one in form.fields] == ["70", "10"]


async def test_what_is_typed_survives_a_change_from_the_other_side(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        form = await here.press(await here.open(), f"{screen.EDIT}repeat_rate")
        form = await here.press(form, screen.LIST, **{"doing:repeat_rate": ODD})
        assert await place.press("mia", "goals.approve", here.review) == Done()
        form = await here.open()
        assert "These goals were changed while you wrote." in as_text(form)
        page = await here.press(form, f"{screen.EDIT}repeat_rate")
        held = {one.key: one.value for one in page.fields}
        assert held["doing:repeat_rate"] == ODD
        fresh = await here.press(await here.press(page, screen.LIST), screen.FRESH)
        assert "changed while you wrote" not in as_text(fresh)


async def test_no_text_of_a_goal_is_a_command_or_a_template(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        form = await here.press(await here.open(), f"{screen.EDIT}repeat_rate")
        texts = {
            one.key: ODD[: one.limit] for one in form.fields if not one.key.startswith("weight")
        }
        listed = await here.press(form, screen.LIST, **texts)
        assert await here.send(listed, {}) == Done()
        _, kept = await here.now()
        assert kept is not None
        row = kept.proposed.rows[0]
        assert row.doing == {"": ODD[:3000].strip()}
        assert row.title == {"": ODD[:150].strip()}
        shown = [one for one in (await here.open("mia")).parts if isinstance(one, Paragraph)]
        assert any("<!channel> {{ 7 * 7 }}" in as_text_of(one) for one in shown)


def as_text_of(part: Paragraph) -> str:
    return "".join(span.text for span in part.text)
