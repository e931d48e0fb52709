"""What the tests of ratings have in common: feedback that arrives, and ratings filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from world import (
    Home,
    open_cycle,
    opened,
    rating_answers,
    review_of,
    self_answers,
)

from handlers.answers import Answer, Done
from prompts.card import Form
from review.cycle import Cycle
from review.record import Review

SEPTEMBER = datetime(2026, 9, 1, 4, tzinfo=UTC)
"""In the quarter that is reviewed, six weeks before the ratings."""
WORD = {
    "kind": "constructive",
    "about": "goal:repeat_rate",
    "behaviour": "The list went out a day late.",
}
LOW = {"overall": "3.25", "reason": "The second half was weak."}


async def heard(place: Home, giver: str, receiver: str, **more: str) -> None:
    """Somebody gives feedback, and it arrives."""
    form = opened(await place.press(giver, "feedback.open", receiver))
    assert await place.fill(giver, form, WORD | more) == Done()
    await place.tick()
    await place.tick()


async def ready(place: Home, employee: str = "e1") -> tuple[Cycle, str]:
    """A cycle in which somebody's self-review is in."""
    cycle = await open_cycle(place)
    review = await review_of(place, cycle, employee)
    form = opened(await place.press(employee, "self_review.open", review))
    assert await place.fill(employee, form, self_answers(place)) == Done()
    return cycle, review


async def rated(place: Home, review: str, given: Mapping[str, str], by: str = "mia") -> Answer:
    """A rating with no more words than are due."""
    form = opened(await place.press(by, f"rate:{given['overall']}", review))
    usual = [v for v in place.deps.company.policy.values if f"value:{v}:1" not in given]
    unbacked = {f"case:value:{value}": "" for value in usual}
    return await place.fill(by, form, {**rating_answers(place), **unbacked, **given})


async def last_step(place: Home, review: str, given: Mapping[str, str]) -> Form:
    """The form's last step with those answers, once its fields have been looked at."""
    answer = await rated(place, review, {**given, "case:overall": ""})
    return opened(answer)


async def kept(place: Home, review: str) -> Review:
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.reviews.get(review)
    assert found is not None
    return found


def reasons(form: Form) -> list[str]:
    return [one.key for one in form.fields if one.key.endswith("reason")]
