"""Sign-off that waits: whom it is told, when, and in whose place somebody signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from signing import lists, record, said, start
from text_chat import as_text
from world import NOON, Home, home, review_of

from handlers.answers import Done, Says
from review.record import SignOff


async def waiting(place: Home, who: str) -> str:
    answer = await place.command(who, "")
    assert isinstance(answer, Says)
    return as_text(answer.card)


async def test_what_waits_names_both_desks(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        one = "2026Q3 1 review waits for your word as skip-level, due Fri 23 Oct"
        assert one in await waiting(place, "boss")
        await place.press("boss", "signoff.agree", review)
        assert "skip-level" not in await waiting(place, "boss")
        assert "2026Q3 1 review waits for your word as HR" in await waiting(place, "hr")


async def test_they_are_reminded_when_it_is_due(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await start(place)
        await place.tick(NOON + (cycle.skip_due - date(2026, 10, 12)))
        assert any(
            "Your 2026Q3 sign-offs are due today; 1 to go: Person 1." in as_text(one)
            for one in place.chat.cards("T-boss")
        )
        assert review


async def test_a_stand_in_signs_and_it_shows_for_whom(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await start(place)
        answer = said(await place.command("boss", "delegate e3 2026-10-12 2026-10-20"))
        assert answer.startswith("Person 3 stands in for you")
        assert said(await place.press("boss", "signoff.agree", review))
        await place.tick()
        (card,) = lists(place, "e3")
        assert "Person 1 · 3.5 · for Bo Boss" in as_text(card)
        assert await place.press("e3", "signoff.agree", review) == Done()
        word = (await record(place, review)).sign_offs[-1]
        assert word == replace(
            SignOff(by="e3", role="skip_level", decision="agree", at=word.at), instead_of="boss"
        )
        mine = await review_of(place, cycle, "e3")
        assert said(await place.press("e3", "signoff.agree", mine))
