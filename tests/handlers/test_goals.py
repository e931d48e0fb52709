"""Goals: written, looked at, confirmed; changed in mid-period; what stands when nobody agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from text_chat import as_text
from world import Home, home, open_cycle, opened, review_of

from handlers.answers import Continues, Done, Refuses, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Answered
from prompts.card import Buttons, Form, Paragraph
from prompts.screens import goals as screen
from review.cycle import Cycle
from review.goal_setting import GoalSheet
from review.record import Review
from review.stages import Stage

OCTOBER = datetime(2026, 10, 8, 4, tzinfo=UTC)
"""A Thursday at noon in Shanghai, in the first days of the quarter."""
DATES = {
    "goals_due": date(2026, 10, 21),
    "self_open": date(2027, 1, 4),
    "self_due": date(2027, 1, 8),
    "manager_due": date(2027, 1, 15),
}
REFUSED = {
    "This is for the person themself or the manager to do.",
    "这一步由本人或上级来做。",
}
MANAGERS = "This is for the manager to do."
ODD = "😀 <!channel> {{ 7 * 7 }} \u202e" + "长" * 2900


@dataclass
class Setting:
    """A cycle whose goals are being set."""

    place: Home
    cycle: Cycle
    review: str

    async def open(self, who: str = "e1") -> Form:
        return opened(await self.place.press(who, "goals.open", self.review))

    async def send(self, form: Form, changed: Mapping[str, str], who: str = "e1") -> object:
        held = {one.key: one.value or "" for one in form.fields}
        return await self.place.send(who, form, held | dict(changed))

    async def press(self, form: Form, button: str, who: str = "e1", **typed: str) -> Form:
        """A button inside the form."""
        held = {one.key: one.value or "" for one in form.fields}
        event = Answered(
            who=Account("text", f"T-{who}"),
            form=form.key,
            subject=form.subject,
            step=form.step,
            answers=held | typed,
            identity=f"{button}:{self.place.clock.now().isoformat()}",
            pressed=button,
            order=f"{self.place.clock.now().timestamp():.6f}",
            surface="V1",
            base=form.base,
        )
        self.place.clock.moment = self.place.clock.moment.replace(
            microsecond=self.place.clock.moment.microsecond + 1000
        )
        return opened(await dispatch(event, self.place.deps))

    async def now(self) -> tuple[Review, GoalSheet | None]:
        async with self.place.deps.database.begin(write=False) as tx:
            review = await tx.reviews.get(self.review)
            assert review is not None
            return review, await tx.goals.get(self.review)

    def told(self, who: str, kind: str) -> list[str]:
        posts = self.place.chat.log
        cards = [as_text(card) for card in self.place.chat.cards(f"T-{who}")]
        kinds = [name for to, name, edit in posts if to == f"T-{who}" and not edit]
        return [text for name, text in zip(kinds, cards, strict=True) if name == kind]

    async def agree(self) -> None:
        assert await self.send(await self.open(), {}) == Done()
        assert await self.place.press("mia", "goals.approve", self.review) == Done()
        assert await self.place.press("e1", "goals.confirm", self.review) == Done()


async def setting(place: Home, name: str = "2026Q4", **dates: date) -> Setting:
    cycle = await open_cycle(place, name, **DATES | dates)
    return Setting(place, cycle, await review_of(place, cycle, "e1"))


def says(answer: object) -> str:
    assert isinstance(answer, Says), answer
    return as_text(answer.card)


async def test_from_the_first_word_to_both_hands(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        form = await here.open()
        assert (form.step, form.steps) == (2, 3)
        assert await here.send(
            form, {"weight:repeat_rate": "50", "weight:message_rates": "30"}
        ) == (Done())
        review, _ = await here.now()
        assert review.stage is Stage.GOALS_SUBMITTED
        look = await here.open("mia")
        assert "Person 1" in as_text(look)
        changed = {"weight:repeat_rate": "60", "weight:message_rates": "20", "decision": "approve"}
        assert await here.send(look, changed, "mia") == Done()
        await place.tick()
        review, kept = await here.now()
        assert kept is not None
        assert {row.id: row.weight for row in kept.proposed.rows} == {
            "repeat_rate": 60,
            "message_rates": 20,
            "conduct": 20,
        }
        assert review.sheet != kept.proposed
        assert await place.press("e1", "goals.confirm", f"{here.review}@{kept.version}") == Done()
        review, _ = await here.now()
        assert review.sheet == kept.proposed


async def test_each_change_reaches_the_person_at_once_as_before_and_after(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        look = await here.open("mia")
        changed = {"weight:repeat_rate": "60", "weight:message_rates": "20", "decision": "approve"}
        place.clock.moment = datetime(2026, 10, 8, 16, tzinfo=UTC)  # midnight in Shanghai
        assert await here.send(look, changed, "mia") == Done()
        await place.tick()
        (word,) = here.told("e1", "goals_word")
        assert word.splitlines() == [
            "Mia Manager has looked at your goals and changed 2 things. Please confirm.",
            "Repeat-purchase rate · weight: 45 → 60",
            "Open and conversion rate of messages · weight: 35 → 20",
        ]
        (own,) = here.told("e1", "my_review")
        assert "Repeat-purchase rate · weight: 45 → 60" in own


async def test_goals_that_come_back_bring_the_word_at_once(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        look = await here.open("mia")
        refused = await here.send(look, {"decision": "return"}, "mia")
        assert isinstance(refused, Refuses)
        assert [one.key for one in refused.form.problems] == ["comment"]
        back = {"decision": "return", "comment": "Fewer, please."}
        assert await here.send(look, back, "mia") == Done()
        await place.tick()
        (word,) = here.told("e1", "goals_word")
        assert word.splitlines()[1] == "> Fewer, please."
        form = await here.open()
        assert "> Fewer, please." in as_text(form)
        assert await here.send(form, {}) == Done()
        review, _ = await here.now()
        assert review.stage is Stage.GOALS_SUBMITTED


async def test_a_change_in_mid_period_asks_both_again_and_the_old_sheet_stands_so_long(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        before, _ = await here.now()
        place.clock.moment = datetime(2026, 11, 20, 4, tzinfo=UTC)
        form = await here.open()
        changed = {"weight:repeat_rate": "70", "weight:message_rates": "10"}
        assert await here.send(form, changed) == Done()
        review, kept = await here.now()
        assert kept is not None
        assert (review.sheet, kept.marks.agreed_at) == (before.sheet, kept.marks.agreed_at)
        assert await place.press("mia", "goals.approve", f"{here.review}@{kept.version}") == Done()
        assert await place.press("e1", "goals.confirm", f"{here.review}@{kept.version + 1}") == (
            Done()
        )
        review, _ = await here.now()
        assert [row.weight for row in review.sheet.rows] == [70, 10, 20]


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


@pytest.mark.parametrize("action", ["goals.open", "goals.approve", "goals.confirm"])
@pytest.mark.parametrize("who", ["e2", "boss", "hr"])
async def test_nobody_else_writes_agrees_or_confirms(tmp_path: Path, who: str, action: str) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        before = await here.now()
        assert says(await place.press(who, action, here.review)) in REFUSED
        assert await here.now() == before


async def test_each_hand_does_its_own_part_only(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        early = says(await place.press("mia", "goals.open", here.review))
        assert early == "That can't be done now: the review is at “goals”."
        assert await here.send(await here.open(), {}) == Done()
        assert says(await place.press("e1", "goals.approve", here.review)) == MANAGERS
        assert (
            says(await place.press("mia", "goals.confirm", here.review))
            == "This is for the person themself to do."
        )


async def test_nobody_agrees_to_what_they_have_not_seen(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        assert await place.press("mia", "goals.approve", f"{here.review}@1") == Done()
        await here.send(await here.open("mia"), {"decision": "approve"}, "mia")
        said = says(await place.press("e1", "goals.confirm", f"{here.review}@2"))
        assert said == "These goals were changed meanwhile. Please look at them as they are now."


async def test_a_second_press_agrees_nothing_twice(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        before = await here.now()
        says(await place.press("e1", "goals.confirm", here.review))
        assert await here.now() == before


async def test_once_the_self_review_is_open_goals_are_what_they_are(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await place.tick(datetime(2027, 1, 4, 4, tzinfo=UTC))
        assert says(await place.press("e1", "goals.open", here.review)) == (
            "The self-review is open: these goals are what is scored now."
        )
        review, _ = await here.now()
        assert (review.stage, review.sign_offs) == (Stage.SELF_REVIEW, ())


async def test_the_managers_list_shows_who_waits_and_is_edited_in_place(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert await here.send(await here.open(), {}) == Done()
        await place.tick()
        (listed,) = here.told("mia", "goal_list")
        assert listed.splitlines() == [
            "## Team goals 2026Q4",
            "0/3 agreed, due Wed 21 Oct.",
            "Person 1 · waits for your word",
            "Person 2 · not sent yet",
            "Person 3 · not sent yet",
        ]
        assert await place.press("mia", "goals.approve", f"{here.review}@1") == Done()
        assert await place.press("e1", "goals.confirm", f"{here.review}@2") == Done()
        await place.tick()
        (listed,) = here.told("mia", "goal_list")
        assert listed.splitlines()[1:3] == ["1/3 agreed, due Wed 21 Oct.", "✅ Person 1 · agreed"]


async def test_what_waits_is_named_to_each_hand(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert "2026Q4 goals, due" in says(await place.command("e1", ""))
        assert await here.send(await here.open(), {}) == Done()
        assert "1 people wait for your word" in says(await place.command("mia", ""))
        assert says(await place.command("e1", "")) == "Nothing waits for you."
        assert await place.press("mia", "goals.approve", here.review) == Done()
        assert "wait for your confirmation" in says(await place.command("e1", ""))


async def test_when_the_day_has_passed_both_hear_what_stands_once(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        for hour in (4, 5):
            await place.tick(datetime(2026, 10, 22, hour, tzinfo=UTC))
        assert here.told("e1", "goals_stand_own") == []
        (own,) = here.told("e3", "goals_stand_own")
        assert own.splitlines()[1].startswith("The day for setting goals (Wed 21 Oct) has passed")
        (above,) = here.told("mia", "goals_stand")
        assert above == (
            "2026Q4: goals were due on Wed 21 Oct. Nothing was agreed with Person 2, Person 3; "
            "what the period began with stands for them until it is changed."
        )


async def test_the_own_goals_are_shown_by_a_word_and_in_the_own_language(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert "Repeat-purchase rate · 45 %" in says(await place.command("e1", "goals"))
        assert "老会员重复购买率 · 45%" in says(await place.command("e2", "目标"))
        await here.send(await here.open(), {})
        assert "Person 1" not in says(await place.command("boss", "goals"))


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
