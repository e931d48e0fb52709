"""What a pair agrees in a one-on-one is theirs alone: not HR's, nor a stand-in's."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

from signing import said
from talking import texts
from test_actions import listed, title
from world import Home, home, opened

from handlers import export
from handlers.answers import Done
from handlers.work import Work
from review.interview import Action, Going
from review.one_on_one import OneOnOne, State
from storage.delegations import Delegation

WORDS = "Show the new ones around"
AT = datetime(2026, 10, 9, 2, tzinfo=UTC)
ONE = "t1.p.1"


async def agreed(place: Home) -> None:
    """Something that Person 1 does, from a one-on-one with Mia."""
    async with place.deps.database.begin() as tx:
        await tx.one_on_ones.save(
            OneOnOne(id="t1", person="e1", manager="mia", number=1, state=State.HELD, starts_at=AT)
        )
        await tx.actions.put(
            Action(
                id=ONE,
                talk="t1",
                about="e1",
                owner="e1",
                text=WORDS,
                due=date(2026, 10, 30),
                going=Going.OPEN,
                agreed_at=AT,
                changed_at=AT,
            )
        )
        away = {"first_day": date(2026, 10, 1), "last_day": date(2026, 10, 30)}
        await tx.delegations.add(Delegation(id="away", owner="mia", stand_in="boss", at=AT, **away))


async def test_the_two_see_it_and_nobody_else(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        assert (await listed(place, "e1")).startswith(f"## My actions (1)\n> {WORDS}\ndue Fri 30")
        shown = await listed(place, "mia")
        assert shown == f"## Promised to me (1)\n> {WORDS}\nPerson 1 · due Fri 30 Oct"
        for who in ("boss", "hr", "e3"):
            assert WORDS not in await listed(place, who)
            for how in ("done", "drop"):
                refused = said(await place.press(who, f"action:{how}", ONE))
                assert refused.startswith("This action is")


async def test_either_says_how_it_goes_and_the_other_hears(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        form = opened(await place.press("mia", "action:stuck", ONE))
        assert title(form) == "🆘 Stuck"
        assert await place.fill("mia", form, {"words": "No time."}) == Done()
        await place.tick()
        assert "Mia Manager is stuck on something you two agreed" in texts(place, "e1")
        form = opened(await place.press("e1", "action:drop", ONE))
        assert await place.fill("e1", form, {"reason": "Nobody came."}) == Done()
        await place.tick()
        assert "Nobody came." in texts(place, "mia")


async def test_hr_carries_nothing_of_it_out(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await agreed(place)
        await place.press("e1", "action:going", ONE)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=AT)
            found = await export.person("e1", work)
        assert found is not None
        assert WORDS not in json.dumps(found)
        assert (found["actions"], found["action_words"]) == ([], [])
        assert found["one_on_one_actions"] == {"agreed": 1}
        assert found["one_on_one_notes"] == {"written": 0}
