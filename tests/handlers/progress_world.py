"""Notes on goals, for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from goals_world import Setting

from handlers.answers import Done, Opens
from prompts.card import Button, Buttons, Card, Form, Paragraph
from review.goal_progress import Progress
from review.stages import Stage

GOAL = "repeat_rate"
NOTE = {"outlook": "at_risk", "words": "3.2 %, two campaigns are late"}
NOBODYS = {
    "This is for the person themself or the manager or the skip-level or the HR partner to do.",
    "这一步由本人或上级或隔级上级或HR 来做。",
}


def subject(here: Setting, goal: str = GOAL) -> str:
    return f"{here.review}:{goal}"


async def noting(here: Setting, goal: str = GOAL) -> Form:
    answer = await here.place.press("e1", "progress.open", subject(here, goal))
    assert isinstance(answer, Opens), answer
    return answer.form


async def noted(here: Setting, note: dict[str, str], goal: str = GOAL) -> None:
    assert await here.place.fill("e1", await noting(here, goal), note) == Done()


async def notes(here: Setting) -> tuple[Progress, ...]:
    async with here.place.deps.database.begin(write=False) as tx:
        return await tx.progress.on(here.review)


def buttons(card: Card) -> list[Button]:
    beside = [part.button for part in card.parts if isinstance(part, Paragraph) and part.button]
    rows = [one for part in card.parts if isinstance(part, Buttons) for one in part.buttons]
    return beside + rows


async def _reviewing(here: Setting) -> None:
    """Two notes in the period, and its self-review open."""
    await here.agree()
    await noted(here, NOTE)
    await here.place.tick(datetime(2027, 1, 4, 4, tzinfo=UTC))
    await here.place.tick()
    review, _ = await here.now()
    assert review.stage is Stage.SELF_REVIEW
