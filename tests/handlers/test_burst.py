"""Everybody at once: after HR's message, two hundred people press in the same moment."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest
from world import home, open_cycle, opened, review_of, team

from handlers import dispatch
from handlers.answers import Says
from prompts.render import Words
from prompts.screens import common

PEOPLE = [f"e{number}" for number in range(1, 101)]


async def test_two_hundred_presses_at_once_are_all_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "PATIENCE", 0.5)  # far less than all of them take together
    async with home(tmp_path, team(len(PEOPLE))) as place:
        cycle = await open_cycle(place)
        reviews = [await review_of(place, cycle, one) for one in PEOPLE]
        forms, said = await asyncio.gather(
            asyncio.gather(
                *(
                    place.press(one, "self_review.open", review)
                    for one, review in zip(PEOPLE, reviews, strict=True)
                )
            ),
            asyncio.gather(*(place.press(one, "remind.later", "") for one in PEOPLE)),
        )
        async with place.deps.database.begin(write=False) as tx:
            waits = [await tx.occurrences.wait_until(one) for one in PEOPLE]
    assert [opened(one).subject for one in forms] == reviews
    tomorrow = date(2026, 10, 13)
    assert [one and one.date() for one in waits] == [tomorrow] * len(PEOPLE)
    words = {one: Words("zh-CN" if one == "e2" else "en") for one in PEOPLE}
    assert said == [
        Says(common.says(words[one], "daily.later_done", until=tomorrow)) for one in PEOPLE
    ]
