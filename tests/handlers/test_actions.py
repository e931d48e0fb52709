"""Actions agreed in an interview: listed, marked, exported; and who may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from signing import said
from talking import signed
from text_chat import as_text
from world import Home, home, opened

from handlers.answers import Done, Says
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
        assert mine.endswith("due Mon 2 Nov")
        manager = await listed(place, "mia", "待办")
        assert "## My actions (1)\n> Ask for a second desk\nPerson 1 · due Tue 13 Oct" in manager
        assert "## My team's actions (1)" in manager
        place.clock.moment += timedelta(days=3)
        assert "⚠️ was due Tue 13 Oct" in await listed(place, "mia")
        for who in ("boss", "hr", "e3"):
            assert await listed(place, who) == "Nothing agreed in an interview is open."


async def test_the_owner_and_the_manager_say_how_it_goes(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        one = f"{review}.1"
        answer = await place.press("e1", "action:stuck", one)
        assert isinstance(answer, Says)
        assert "🆘 stuck" in as_text(answer.card)
        await place.press("mia", "action:going", one)
        assert "going · due" in await listed(place, "e1")
        for _ in range(2):
            await place.press("e1", "action:done", one)
        assert await listed(place, "e1") == "Nothing agreed in an interview is open."
        async with place.deps.database.begin(write=False) as tx:
            trail = [line.event for line in await tx.audit.of(one)]
            kept = await tx.actions.agreed(review)
        assert trail == ["action.stuck", "action.going", "action.done"]
        assert [(each.owner, each.going, each.text) for each in kept] == [
            ("e1", Going.DONE, HARD.strip()),
            ("mia", Going.OPEN, "Ask for a second desk"),
        ]


async def test_nobody_else_says_how_it_goes(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await agreed(place)
        for who, number in (("e1", 2), ("e3", 1), ("boss", 1), ("hr", 1)):
            for how in ("done", "going", "stuck"):
                refused = said(await place.press(who, f"action:{how}", f"{review}.{number}"))
                assert refused.startswith("This action is")
        assert said(await place.press("mia", "action:done", "no-such"))
        async with place.deps.database.begin(write=False) as tx:
            assert {one.going for one in await tx.actions.agreed(review)} == {Going.OPEN}
