"""A review on its way through the hands of those who sign, for tests."""

from __future__ import annotations

from world import Home, open_cycle, opened, rating_answers, review_of, self_answers

from handlers.answers import Answer, Done, Says
from prompts.card import Button, Buttons, Card, Paragraph
from review.cycle import Cycle
from review.record import Review
from review.seals import Link


async def rated(
    place: Home, cycle: Cycle, who: str = "e1", score: str = "3.5", levels: int = 2, **more: str
) -> str:
    """Their review, written by both and with the skip-level."""
    review = await review_of(place, cycle, who)
    form = opened(await place.press(who, "self_review.open", review))
    assert await place.fill(who, form, self_answers(place)) == Done()
    await rate(place, review, score, levels, **more)
    return review


async def rate(
    place: Home, review: str, score: str = "3.5", levels: int = 2, *, by: str = "mia", **more: str
) -> None:
    """The manager rates, or rates again."""
    form = opened(await place.press(by, "rate.change", review))
    answer = await place.fill(by, form, rating_answers(place, score, levels, **more))
    assert answer == Done(), answer


async def start(place: Home) -> tuple[Cycle, str]:
    """A cycle in which e1 is rated."""
    cycle = await open_cycle(place)
    return cycle, await rated(place, cycle)


async def why(place: Home, who: str, action: str, review: str, comment: str) -> Answer:
    """Press the button that asks why, and say it."""
    form = opened(await place.press(who, action, review))
    return await place.fill(who, form, {"comment": comment})


async def record(place: Home, review: str) -> Review:
    """The review as it stands."""
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.reviews.get(review)
    assert found is not None
    return found


async def links(place: Home, review: str) -> tuple[Link, ...]:
    """Its chain of seals."""
    async with place.deps.database.begin(write=False) as tx:
        return await tx.seals.of(review)


def said(answer: Answer) -> str:
    """What the bot answers."""
    assert isinstance(answer, Says), answer
    return answer.card.summary


def buttons(card: Card, review: str) -> list[str]:
    """The actions that a card offers on a review."""
    found: list[Button] = []
    for part in card.parts:
        if isinstance(part, Buttons):
            found += part.buttons
        if isinstance(part, Paragraph) and part.button:
            found.append(part.button)
    return [one.action for one in found if one.value == review]


def lists(place: Home, who: str) -> list[Card]:
    """Their living lists of what to sign."""
    return [card for card in place.chat.cards(f"T-{who}") if card.summary.startswith("To sign")]
