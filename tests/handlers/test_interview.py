"""Both prepare the interview: who is asked when, what each sees of the other, what is agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from signing import buttons, said
from talking import noted, signed, texts
from text_chat import as_text
from world import Home, home, opened

from handlers.answers import Done, Opens, Redraws, Refuses, Says
from prompts.card import Form
from review.interview import Action, Going

DAY = timedelta(days=1)
MINE = {
    "good": "I kept every old customer <!channel> {{ x }} \u202e" + "长" * 2000,
    "improve": "Say no earlier.",
    "judged": "A 4, I think.",
    "expected": "More of my own projects.",
    "action:1": "Write the handbook",
    "due:1": "2026-11-20",
}
THEIRS = {
    "good": "The campaign in May.",
    "improve": "Two reports came late.",
    "judged": "3.5 on both.",
    "expected": "Reports by the fifth.",
    "action:1": "A calendar for reports",
    "owner:1": "e1",
    "due:1": "2026-11-02",
    "action:2": "Ask for a second desk",
    "owner:2": "mia",
    "due:2": "2026-11-09",
}


async def prepare(place: Home, who: str, review: str, given: dict[str, str]) -> None:
    form = opened(await place.press(who, "interview.open", review))
    assert await place.fill(who, form, given) == Done()


async def pages(place: Home, who: str, review: str) -> str:
    """All steps of their form, as they stand."""
    form = opened(await place.press(who, "interview.open", review))
    found = [as_text(form)]
    while form.step < form.steps - 1:
        held = {one.key: one.value or "" for one in form.fields}
        form = opened(await place.send(who, form, held))
        found.append(as_text(form))
    return "\n".join(found)


async def agreed(place: Home, review: str) -> tuple[Action, ...]:
    async with place.deps.database.begin(write=False) as tx:
        return await tx.actions.agreed(review)


async def test_both_are_asked_to_prepare_once_hr_has_signed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (first, second) = await signed(place, "e1", "e2")
        for _ in range(2):
            await place.tick()
        invited = noted(place, "e1", "Your 2026Q3 review has been signed off")
        assert buttons(invited, first) == ["interview.open"]
        assert "评估已完成签核" in texts(place, "e2")
        asked = noted(place, "mia", "2026Q3: 2 interviews are next")
        assert buttons(asked, second) == ["interview.open"]


async def test_a_manager_is_asked_once_a_day_for_all_and_inside_their_hours(
    tmp_path: Path,
) -> None:
    late = datetime(2026, 10, 12, 12, tzinfo=UTC)  # 20:00 in Shanghai
    async with home(tmp_path, now=late) as place:
        await signed(place)
        assert "interview is next" not in texts(place, "mia")
        assert "Prepare" not in texts(place, "e1")
        await place.tick(late + 13 * timedelta(hours=1))
        noted(place, "mia", "2026Q3: one interview is next")
        noted(place, "e1", "Your 2026Q3 review has been signed off")


async def test_each_has_their_own_part_and_the_manager_sees_both(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await prepare(place, "e1", review, MINE)
        await prepare(place, "mia", review, THEIRS)
        manager = await pages(place, "mia", review)
        for words in (*MINE.values(), *THEIRS.values()):
            shown = {"2026-11-20": "Fri 20 Nov", "e1": "e1 / mia"}.get(words, words)
            assert shown in manager, words
        person = await pages(place, "e1", review)
        assert MINE["good"] in person
        hidden = [THEIRS[key] for key in ("good", "improve", "judged", "expected", "action:1")]
        assert [words for words in hidden if words in person] == []
        assert await agreed(place, review) == ()

        await place.press("mia", "interview.held", review)
        person = await pages(place, "e1", review)
        assert [words for words in hidden if words not in person] == []
        assert "You both see this." in person


async def test_what_the_manager_prepared_is_agreed_when_it_was_held(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await prepare(place, "mia", review, THEIRS)
        await place.press("mia", "interview.held", review)
        first, second = await agreed(place, review)
        assert (first.id, first.owner, first.text) == (
            f"{review}.1",
            "e1",
            "A calendar for reports",
        )
        assert (second.owner, second.due.isoformat()) == ("mia", "2026-11-09")
        await prepare(place, "mia", review, {"action:1": "A shared calendar"})
        first, again = await agreed(place, review)
        assert (first.text, first.going, again) == ("A shared calendar", Going.OPEN, second)


async def test_an_action_that_is_taken_out_is_dropped(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await prepare(place, "mia", review, THEIRS)
        await place.press("mia", "interview.held", review)
        await prepare(place, "mia", review, {"action:2": "", "due:2": ""})
        assert [one.going for one in await agreed(place, review)] == [Going.OPEN, Going.DROPPED]


async def press(place: Home, who: str, form: Form, button: str) -> Form:
    answer = await place.press_in(who, form, button)
    assert isinstance(answer, Redraws), answer
    return answer.form


async def test_the_manager_takes_over_what_the_person_proposes_and_adds_a_line(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await prepare(place, "e1", review, MINE)
        form = opened(await place.press("mia", "interview.open", review))
        for _ in range(2):
            form = opened(await place.send("mia", form, {}))
        form = await press(place, "mia", form, "interview.adopt")
        values = {one.key: one.value for one in form.fields}
        assert (values["action:1"], values["due:1"]) == ("Write the handbook", "2026-11-20")
        assert "action:4" not in values
        form = await press(place, "mia", form, "interview.more")
        assert "action:4" in {one.key for one in form.fields}


async def test_an_action_needs_its_day_and_one_of_the_two(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.open", review))
        for _ in range(2):
            form = opened(await place.send("mia", form, {}))
        held = {one.key: one.value or "" for one in form.fields}
        for wrong in (
            {"action:1": "Something"},
            {"due:1": "2026-11-02"},
            {"action:1": "Something", "due:1": "2026-11-02", "owner:1": "boss"},
        ):
            assert isinstance(await place.send("mia", form, held | wrong), Refuses), wrong


async def test_a_form_left_half_done_goes_on_where_it_was(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("e1", "interview.open", review))
        await place.send("e1", form, {"good": MINE["good"], "improve": ""})
        again = opened(await place.press("e1", "interview.open", review))
        assert again.step == 1
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.interviews.prepared(review) == ()


async def test_nobody_else_opens_or_sends_it(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.open", review))
        for who in ("e2", "boss", "hr"):
            assert not isinstance(await place.press(who, "interview.open", review), Opens)
            assert said(await place.send(who, replace(form, step=2), THEIRS))
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.interviews.prepared(review) == ()


async def test_the_person_changes_nothing_once_it_was_held(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await prepare(place, "e1", review, MINE)
        form = opened(await place.press("e1", "interview.open", review))
        await place.press("mia", "interview.held", review)
        await place.send("e1", replace(form, step=2), {"good": "other"})
        assert MINE["good"] in await pages(place, "e1", review)


async def test_the_command_finds_the_interview(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert "no interview" in said(await place.command("e1", "interview"))
        await signed(place, "e1", "e3")
        assert opened(await place.command("e1", "绩效面谈")).key == "interview"
        assert opened(await place.command("mia", "interview Person 3")).title.endswith("Person 3")
        answer = await place.command("mia", "interview")
        assert isinstance(answer, Says)
        assert "With whom?" in as_text(answer.card)
        for who, name in (("mia", "Person 2"), ("e1", "Person 3"), ("boss", "Person 1")):
            assert "no interview" in said(await place.command(who, f"interview {name}"))


async def test_before_hr_has_signed_there_is_nothing_to_open(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, _ = await signed(place)
        async with place.deps.database.begin(write=False) as tx:
            other = await tx.reviews.of(cycle.id, "e2")
        assert other is not None
        assert "没有要准备" in said(await place.press("e2", "interview.open", other.id))
        assert said(await place.press("mia", "interview.open", other.id))
