"""Feedback as the tests give it, and read what came of it."""

from __future__ import annotations

from world import Home, opened

from handlers.answers import Answer, Says
from review.feedback import Feedback

HARD = "🎉 <!channel> {{ x }} \u202eabc & *b* " + "长" * 2000
GIVEN = {
    "kind": "constructive",
    "about": "goal:repeat_rate",
    "behaviour": "On Friday the list went out a day late.",
    "effect": "Two shops had nothing to send.",
    "expectation": "Say so a day before.",
}


async def give(place: Home, giver: str, receiver: str, **more: str) -> Answer:
    form = opened(await place.press(giver, "feedback.open", receiver))
    return await place.fill(giver, form, GIVEN | more)


async def kept(place: Home) -> list[Feedback]:
    async with place.deps.database.begin(write=False) as tx:
        return [*await tx.feedback.of("e1")]


def said(answer: Answer) -> str:
    assert isinstance(answer, Says), answer
    return answer.card.summary
