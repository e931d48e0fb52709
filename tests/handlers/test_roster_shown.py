"""What shows people in a running cycle, after an import."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from text_chat import as_text
from world import home, open_cycle, team

from handlers import roster
from handlers.work import Work
from review.roster_changes import changes


async def test_a_list_that_nobody_is_on_any_more_says_so(tmp_path: Path) -> None:
    people = team(1)
    async with home(tmp_path, people) as place:
        await open_cycle(place)
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            moved = tuple(
                replace(one, manager_id="boss") if one.employee_id == "e1" else one
                for one in await tx.people.all()
            )
            found = roster.Import(moved, (), changes(await tx.people.all(), moved))
            await roster.import_roster(found, "hr", work)
        await place.tick()
        lists = {
            to: [as_text(card) for card in place.chat.cards(to) if "Team" in card.summary]
            for to in ("T-mia", "T-boss")
        }
    assert lists["T-mia"] == [
        "## Team ratings 2026Q3\nNobody is on this list any more; they are rated by others now."
    ]
    assert ["Person 1" in text for text in lists["T-boss"]] == [True]
