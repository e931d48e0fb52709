"""What was noted on goals is at hand while reviewing, kept, and stays when a goal goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from goals_world import OCTOBER, says, setting
from progress_world import GOAL, NOTE, _reviewing, noted, notes, subject
from test_evidence import actions, last_step, press
from text_chat import as_text
from world import home, rating_answers, self_answers

from handlers import export
from handlers.answers import Done, Opens, Redraws, Says, Stacks
from handlers.work import Work


async def test_the_managers_form_has_it_a_press_away(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await noted(here, NOTE)
        form = await here.open("mia")
        assert "goals.progress" in actions(form)
        answer = await press(place, "mia", form, "goals.progress")
        assert isinstance(answer, Stacks)
        assert "🟡 at risk · Thu 8 Oct: 3.2 %, two campaigns are late" in as_text(answer.form)


async def test_it_is_at_hand_in_the_self_review_and_while_rating(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await _reviewing(here)
        await noted(here, {"outlook": "on_track", "words": "3.7 % at the end"})
        over = await place.command("e1", "goals")
        assert isinstance(over, Says)
        assert "🟢 on track · Mon 4 Jan: 3.7 % at the end" in as_text(over.card)
        answer = await place.press("e1", "self_review.open", here.review)
        assert isinstance(answer, Opens)
        long = self_answers(place) | {"overall": "x" * 3001}
        form = await last_step(place, "e1", answer.form, long)
        shown = await press(place, "e1", form, "form.at_hand")
        assert isinstance(shown, Redraws)
        text = as_text(shown.form)
        assert "🟢 on track\n> 3.7 % at the end" in text
        assert "🟡 at risk\n> 3.2 %, two campaigns are late" in text
        assert await place.send("e1", form, {"overall": ""}) == Done()
        over = await place.press("e1", "progress.open", subject(here))
        assert says(over).startswith("Progress can be noted until the self-review is sent")
        answer = await place.press("mia", "rate:3.5", here.review)
        assert isinstance(answer, Opens)
        given = rating_answers(place) | {"case:overall": ""}
        form = await last_step(place, "mia", answer.form, given)
        shown = await press(place, "mia", form, "form.at_hand")
        assert isinstance(shown, Redraws)
        quotes = [one for one in actions(shown.form) if one.startswith("quote:")]
        assert len(quotes) == 2
        put = await press(place, "mia", shown.form, quotes[0])
        assert isinstance(put, Redraws)
        (case,) = [one for one in put.form.fields if one.key == "case:overall"]
        assert case.value is not None
        assert case.value.startswith("“3.7 % at the end” (Progress: ")
        assert case.value.endswith(", 2027-01-04)")


async def test_all_that_was_noted_is_in_what_is_kept_of_a_person(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await noted(here, NOTE)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            told = await export.person("e1", work)
            other = await export.person("e3", work)
            trail = await tx.audit.of(here.review)
        assert told is not None
        assert other is not None
        assert [one["said"]["words"] for one in told["goal_progress"]] == [NOTE["words"]]
        assert other["goal_progress"] == []
        last = trail[-1]
        assert (last.event, last.actor, dict(last.details)) == (
            "goals.progress",
            "e1",
            {"goal": GOAL, "number": 1},
        )


@pytest.mark.parametrize("gone", [True, False])
async def test_a_goal_taken_out_keeps_its_notes_and_is_counted_no_more(
    tmp_path: Path, *, gone: bool
) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await noted(here, NOTE)
        form = await here.open()
        if gone:
            form = await here.press(form, f"goals.remove:{GOAL}")
            form = await here.press(form, "goals.share")
        assert await here.send(form, {}) == Done()
        assert await place.press("mia", "goals.approve", here.review) == Done()
        assert await place.press("e1", "goals.confirm", here.review) == Done()
        await place.tick()
        team = [as_text(card) for card in place.chat.cards("T-mia")]
        assert any("at risk" in text for text in team) is not gone
        assert len(await notes(here)) == 1
        late = await place.press("e1", "progress.open", subject(here))
        assert isinstance(late, Says) is gone
