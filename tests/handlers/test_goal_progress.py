"""Progress on goals: noted in a small form, read by the line and HR, quoted in the review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from goals_world import OCTOBER, ODD, says, setting
from progress_world import GOAL, NOBODYS, NOTE, buttons, noted, notes, noting, subject
from test_evidence import press
from text_chat import as_text
from world import home

from handlers.answers import Done, Opens, Says, Stacks
from handlers.dispatch import dispatch
from handlers.events import Account, Submitted
from prompts.card import Form
from review.goal_progress import Outlook
from review.stages import Stage


async def test_a_note_takes_two_answers_and_shows_beside_its_goal(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        answer = await place.command("e1", "goals")
        assert isinstance(answer, Says)
        open_to = [one.value for one in buttons(answer.card) if one.action == "progress.open"]
        assert open_to == [subject(here), subject(here, "message_rates")]
        form = await noting(here)
        assert [(one.key, one.value) for one in form.fields] == [("outlook", None), ("words", None)]
        assert await place.fill("e1", form, NOTE) == Done()
        (one,) = await notes(here)
        assert (one.row, one.number, one.outlook, one.said.words) == (
            GOAL,
            1,
            Outlook.AT_RISK,
            NOTE["words"],
        )
        line = "🟡 at risk · Thu 8 Oct: 3.2 %, two campaigns are late"
        assert line in says(await place.command("e1", "goals"))
        await place.tick()
        own = [as_text(card) for card in place.chat.cards("T-e1")]
        assert any(line in text for text in own)
        again = await noting(here)
        assert line in as_text(again)
        whole = await press(place, "e1", again, "progress.whole")
        assert isinstance(whole, Stacks)
        assert as_text(whole.form).splitlines()[1:] == [
            "🟡 at risk · Thu 8 Oct",
            "> 3.2 %, two campaigns are late",
        ]
        assert await press(place, "e1", again, "progress.other") == Done()


async def test_the_managers_list_says_whose_goals_look_bad(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        await place.tick()
        await noted(here, NOTE)
        await noted(here, {"outlook": "off_track", "words": "1 %"}, "message_rates")
        await place.tick()
        team = [as_text(card) for card in place.chat.cards("T-mia")]
        assert any("Person 1 · agreed · 🟡 1 at risk · 🔴 1 off track" in text for text in team)
        for goal in (GOAL, "message_rates"):
            await noted(here, {"outlook": "on_track", "words": "Better."}, goal)
        await place.tick()
        team = [as_text(card) for card in place.chat.cards("T-mia")]
        assert any("✅ Person 1 · agreed\n" in f"{text}\n" for text in team)


async def test_goals_that_nobody_sent_yet_offer_no_notes_until_they_stand(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        answer = await place.command("e1", "goals")
        assert isinstance(answer, Says)
        assert [one.action for one in buttons(answer.card)] == ["goals.open"]
        place.clock.moment = datetime(2026, 10, 22, 4, tzinfo=UTC)
        answer = await place.command("e1", "goals")
        assert isinstance(answer, Says)
        assert [one.action for one in buttons(answer.card)].count("progress.open") == 2
        await noted(here, NOTE)


async def test_the_same_sent_twice_is_one_note_and_a_week_later_another(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        first, second = await noting(here), await noting(here)
        assert await place.fill("e1", first, NOTE) == Done()
        assert await place.fill("e1", second, NOTE, surface="V2") == Done()
        assert len(await notes(here)) == 1
        place.clock.moment += timedelta(days=7)
        await noted(here, NOTE)
        assert [one.number for one in await notes(here)] == [1, 2]


async def test_what_is_lacking_is_said_at_its_field_and_nothing_typed_is_lost(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        answer = await place.send("e1", await noting(here), {"outlook": "", "words": ODD})
        form = getattr(answer, "form", None)
        assert isinstance(form, Form)
        assert [one.key for one in form.problems] == ["outlook"]
        again = await noting(here)
        assert {one.key: one.value for one in again.fields} == {"outlook": None, "words": ODD}
        for wrong in ({"words": " "}, {"words": "長" * 3001}, {"outlook": "splendid"}):
            answer = await place.send("e1", again, {"outlook": "at_risk", "words": "1"} | wrong)
            form = getattr(answer, "form", None)
            assert isinstance(form, Form)
            assert [one.key for one in form.problems] == [*wrong]
        assert await notes(here) == ()
        await place.send("e1", again, {"outlook": "at_risk", "words": ODD})
        (one,) = await notes(here)
        assert one.said.words == ODD.strip()
        assert ODD[:30] in says(await place.command("e1", "goals"))


async def test_nobody_notes_on_anothers_goals(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        for who in ("e3", "mia", "boss", "hr"):
            answer = await place.press(who, "progress.open", subject(here))
            assert says(answer) == "This is for the person themself to do."
            forged = Submitted(
                who=Account("text", f"T-{who}"),
                form="goal_progress",
                subject=subject(here),
                step=0,
                answers=NOTE,
                identity=f"forged:{who}",
            )
            assert isinstance(await dispatch(forged, place.deps), Says)
        for value in ("no-such:repeat_rate", subject(here, "conduct"), subject(here, "gone"), ""):
            assert isinstance(await place.press("e1", "progress.open", value), Says)
        assert await notes(here) == ()


async def test_the_line_and_hr_read_it_and_nobody_else(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        await here.agree()
        for words in ("1 %", "2 %", "3 %", "4 %"):
            await noted(here, {"outlook": "on_track", "words": words})
        for who in ("e1", "mia", "boss", "hr"):
            answer = await place.press(who, "progress.read", here.review)
            assert isinstance(answer, Opens)
            text = as_text(answer.form)
            assert text.startswith("## Person 1, goals 2026Q4\n")
            assert "🟢 on track · Thu 8 Oct: 4 %" in text
            assert "And 1 earlier." in text
            assert answer.form.submit is None
            whole = await press(place, who, answer.form, "progress.whole:0")
            assert isinstance(whole, Stacks)
            assert [line for line in as_text(whole.form).splitlines() if line[0] == ">"] == [
                *("> 4 %", "> 3 %", "> 2 %", "> 1 %"),
            ]
            for none in ("progress.whole:9", "progress.whole:x", "progress.other"):
                assert await press(place, who, answer.form, none) == Done()
            listed = says(await place.command(who, "goals Person 1"))
            assert "🟢 on track · Thu 8 Oct: 4 %" in listed
        assert isinstance(answer, Opens)
        for who in ("e3", "e2"):
            refused = says(await place.press(who, "progress.read", here.review))
            assert refused in NOBODYS
            assert says(await place.command(who, "goals Person 1")) == refused
            assert says(await press(place, who, answer.form, "progress.whole:0")) == refused
        assert isinstance(await place.press("mia", "progress.read", "no-such"), Says)


async def test_one_without_notes_or_goals_says_so(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await setting(place)
        assert "Nothing noted yet." in says(await place.command("mia", "goals Person 1"))
        answer = await place.press("mia", "progress.read", here.review)
        assert isinstance(answer, Opens)
        assert as_text(answer.form).count("Nothing noted yet.") == 2
        assert says(await place.command("boss", "goals Hanna HR")).startswith("## Hanna HR, goals")
        async with place.deps.database.begin() as tx:
            review = await tx.reviews.get(here.review)
            assert review is not None
            out = replace(review, stage=Stage.EXCLUDED, excluded_reason="on_leave")
            await tx.reviews.save(out)
        said = says(await place.command("mia", "goals Person 1"))
        assert said == "Person 1 has no goals in a period that is running."
        assert isinstance(await place.press("e1", "progress.open", subject(here)), Says)
