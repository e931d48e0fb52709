"""One-on-ones for tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from text_chat import as_text
from world import NOON, Home, home, open_cycle

from prompts.card import Button, Buttons, Card
from review.one_on_one import OneOnOne, State
from review.people import Person
from review.policy import Policy

TITLE = "## One-on-ones"
FIRST = datetime(2026, 10, 14, 2, tzinfo=UTC)
"""Wednesday, 10:00 in Shanghai."""


@asynccontextmanager
async def paired(
    folder: Path,
    people: tuple[Person, ...] | None = None,
    *,
    policy: Policy | None = None,
    now: datetime = NOON,
) -> AsyncIterator[Home]:
    """The company, with one-on-ones."""
    async with home(folder, people, policy=policy or Policy(), now=now) as place:
        yield place


async def talks(place: Home, *pair: str) -> list[OneOnOne]:
    """All of a pair, the oldest first; of everybody without one."""
    async with place.deps.database.begin(write=False) as tx:
        if pair:
            person, manager = pair
            return [*reversed(await tx.one_on_ones.of_pair(person, manager))]
        return list(await tx.one_on_ones.ahead())


async def put(place: Home, **more: object) -> OneOnOne:
    """A talk of Person 1 and Mia."""
    facts: dict[str, object] = {"id": "t1", "person": "e1", "manager": "mia", "number": 1}
    talk = OneOnOne(**{**facts, "starts_at": FIRST, **more})  # type: ignore[arg-type]
    async with place.deps.database.begin() as tx:
        await tx.one_on_ones.save(talk)
    return talk


async def held(place: Home, at: datetime) -> OneOnOne:
    """One that took place."""
    return await put(place, starts_at=at, state=State.HELD, settled_at=at)


async def began(place: Home) -> None:
    """The company uses the bot."""
    await open_cycle(place)


async def days(place: Home, until: datetime) -> None:
    """Every day at the same hour."""
    while place.clock.moment < until:
        await place.tick(place.clock.moment + timedelta(days=1))


def said(place: Home, who: str) -> list[str]:
    """What the messages of a day say of one-on-ones, the oldest first."""
    texts = [as_text(card) for card in place.chat.cards(f"T-{who}")]
    return [text[text.index(TITLE) :] for text in texts if TITLE in text]


def buttons(card: Card) -> list[Button]:
    """All buttons of a card, in rows."""
    rows = [part.buttons for part in card.parts if isinstance(part, Buttons)]
    return [one for row in rows for one in row]
