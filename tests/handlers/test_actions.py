"""Actions agreed in an interview: listed, marked, exported; and who may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from signing import said
from talking import signed, texts
from text_chat import as_text
from world import Home, home, opened

from handlers.answers import Answer, Done, Opens, Redraws, Refuses, Says, Stacks
from handlers.dispatch import dispatch
from handlers.events import Account, Answered
from prompts.card import Buttons, Form, Heading
from review.cycle import Cycle
from review.interview import Going

HARD = "A calendar <!channel> {{ x }} \u202e 🎉" + "长" * 2000
GIVEN = {
    "action:1": HARD,
    "owner:1": "e1",
    "due:1": "2026-11-02",
    "action:2": "Ask for a second desk",
    "owner:2": "mia",
    "due:2": "2026-10-13",
}


async def agreed(place: Home) -> tuple[Cycle, str]:
    cycle, (review,) = await signed(place)
    form = opened(await place.press("mia", "interview.open", review))
    assert await place.fill("mia", form, GIVEN) == Done()
    assert await place.press("mia", "interview.held", review) == Done()
    return cycle, review


async def listed(place: Home, who: str, words: str = "actions") -> str:
    answer = await place.command(who, words)
    assert isinstance(answer, Says)
    return as_text(answer.card)


async def test_each_sees_their_own_and_a_manager_their_teams(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        mine = await listed(place, "e1")
        assert mine.startswith("## My actions (1)\n> A calendar <!channel>")
        assert "\ndue Mon 2 Nov\n## Promised to me (1)\n> Ask for a second desk" in mine
        assert mine.endswith("Mia Manager · due Tue 13 Oct")
        manager = await listed(place, "mia", "待办")
        assert "## My actions (1)\n> Ask for a second desk\nPerson 1 · due Tue 13 Oct" in manager
        assert "## My team's actions (1)" in manager
        place.clock.moment += timedelta(days=3)
        assert "⚠️ was due Tue 13 Oct" in await listed(place, "mia")
        for who in ("boss", "hr", "e3"):
            assert await listed(place, who) == "Nothing that was agreed is open."


async def pressed(place: Home, who: str, form: Form, button: str) -> Form:
    """The open form after one of its buttons."""
    event = Answered(
        who=Account("text", f"T-{who}"),
        form=form.key,
        subject=form.subject,
        step=0,
        answers={},
        identity=f"{button}{place.clock.moment.isoformat()}",
        pressed=button,
    )
    place.clock.moment += timedelta(seconds=1)
    return forms_of(await dispatch(event, place.deps))


def forms_of(answer: Answer) -> Form:
    assert isinstance(answer, Opens | Redraws | Stacks), answer
    return answer.form


def title(form: Form) -> str:
    return next(part.text for part in form.parts if isinstance(part, Heading))


def labels(form: Form) -> list[str]:
    rows = [part.buttons for part in form.parts if isinstance(part, Buttons)]
    return [one.action for row in rows for one in row]


async def trail(place: Home, one: str) -> list[str]:
    async with place.deps.database.begin(write=False) as tx:
        return [line.event for line in await tx.audit.of(one)]


async def test_the_owner_and_the_two_who_agreed_say_how_it_goes(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        one = f"{review}.1"
        assert title(opened(await place.press("e1", "action:stuck", one))) == "🆘 Stuck"
        assert "🆘 stuck" in await listed(place, "e1")
        await place.press("mia", "action:going", one)
        assert "going · due" in await listed(place, "e1")
        for _ in range(2):
            await place.press("e1", "action:done", one)
        assert "## My actions" not in await listed(place, "e1")
        assert await trail(place, one) == ["action.stuck", "action.going", "action.done"]
        assert "## Promised to me (1)\n> Ask for a second desk" in await listed(place, "e1")
        assert title(opened(await place.press("e1", "action:done", f"{review}.2"))) == "✅ Done"
        async with place.deps.database.begin(write=False) as tx:
            kept = await tx.actions.agreed(review)
            said = (await tx.actions.words_on([one]))[one]
        assert [(each.owner, each.going, each.text) for each in kept] == [
            ("e1", Going.DONE, HARD.strip()),
            ("mia", Going.DONE, "Ask for a second desk"),
        ]
        assert [(each.number, each.going, each.by) for each in said] == [
            (1, Going.STUCK, "e1"),
            (2, Going.GOING, "mia"),
            (3, Going.DONE, "e1"),
        ]


async def test_done_is_taken_back_once_where_it_was_said(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        one = f"{review}.1"
        await place.press("e1", "action:going", one)
        form = opened(await place.press("e1", "action:done", one))
        assert labels(form) == ["action.undo:2"]
        again = await pressed(place, "e1", form, "action.undo:2")
        assert title(again) == "👍 Going"
        assert title(await pressed(place, "e1", form, "action.undo:2")) == "👍 Going"
        other = await pressed(place, "e1", again, "action.mark:done")
        assert labels(other) == ["action.undo:4"]
        assert title(await pressed(place, "e1", form, "action.undo:2")) == "✅ Done"
        assert title(await pressed(place, "e1", form, "no.such")) == "✅ Done"
        going = ["action.going", "action.done"]
        assert await trail(place, one) == going * 2


async def test_a_word_on_what_is_in_the_way_reaches_the_other(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        one = f"{review}.1"
        form = opened(await place.press("e1", "action:stuck", one))
        assert await place.fill("e1", form, {}) == Done()
        await place.tick()
        assert "is stuck on something you two agreed" not in texts(place, "mia")
        form = opened(await place.press("e1", "action:stuck", one))
        for _ in range(2):
            assert await place.fill("e1", form, {"words": f" {HARD} "}) == Done()
        await place.tick()
        assert texts(place, "mia").count("Person 1 is stuck on something you two agreed") == 1
        assert HARD.strip()[:40] in texts(place, "mia")
        assert await trail(place, one) == ["action.stuck", "action.stuck"]
        assert HARD.strip()[:40] in await listed(place, "mia")
        await place.press("mia", "action:stuck", f"{review}.2")
        form = opened(await place.press("mia", "action:stuck", f"{review}.2"))
        await place.fill("mia", form, {"words": "No desk is free."})
        await place.tick()
        assert "Mia Manager is stuck on something you two agreed" in texts(place, "e1")
        assert "No desk is free." in await listed(place, "e1")


async def test_dropping_asks_why_and_may_be_taken_back(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        one = f"{review}.1"
        form = opened(await place.press("e1", "action:drop", one))
        refused = await place.fill("e1", form, {"reason": " "})
        assert isinstance(refused, Refuses)
        assert refused.form.problems[0].problem == (
            "Please give a reason: the other person is counting on it."
        )
        for _ in range(2):
            assert await place.fill("e1", form, {"reason": "The shop closed."}) == Done()
        await place.tick()
        assert texts(place, "mia").count("Person 1 dropped something you two agreed") == 1
        assert "The shop closed." in texts(place, "mia")
        assert "## My actions" not in await listed(place, "e1")
        shown = opened(await place.press("e1", "action:done", one))
        assert (title(shown), labels(shown)) == ("Dropped", ["action.undo:1"])
        back = await pressed(place, "mia", shown, "action.undo:1")
        assert title(back) == "To be done"
        assert (await pressed(place, "mia", back, "action.drop")).key == "action_drop"
        assert "## My actions (1)" in await listed(place, "e1")


async def test_what_the_two_take_back_in_the_sheet_is_kept_as_dropped(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        form = opened(await place.press("mia", "interview.open", review))
        await place.fill("mia", form, {"action:2": "", "owner:2": "", "due:2": ""})
        two = f"{review}.2"
        async with place.deps.database.begin(write=False) as tx:
            said = (await tx.actions.words_on([two]))[two]
        assert [(one.going, one.by) for one in said] == [(Going.DROPPED, "mia")]
        shown = opened(await place.press("mia", "action:done", two))
        assert (title(shown), labels(shown)) == ("Dropped", [])


async def test_nobody_else_says_how_it_goes(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        for who, number in (("e3", 1), ("e3", 2), ("boss", 1), ("hr", 1)):
            for how in ("done", "going", "stuck", "drop"):
                refused = said(await place.press(who, f"action:{how}", f"{review}.{number}"))
                assert refused.startswith("This action is")
        assert said(await place.press("mia", "action:done", "no-such"))
        async with place.deps.database.begin(write=False) as tx:
            assert {one.going for one in await tx.actions.agreed(review)} == {Going.OPEN}
