"""Reviews that are signed and talked through, for tests."""

from __future__ import annotations

from signing import rated
from text_chat import as_text
from world import Home, open_cycle

from handlers.answers import Done
from prompts.card import Buttons, Card
from review.cycle import Cycle


async def signed(place: Home, *who: str, score: str = "3.5") -> tuple[Cycle, list[str]]:
    """A cycle in which HR has agreed to theirs (or e1's): the interview is next."""
    cycle = await open_cycle(place)
    reviews = [await rated(place, cycle, one, score) for one in who or ("e1",)]
    for review in reviews:
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
    await place.tick()
    return cycle, reviews


async def held(place: Home, score: str = "3.5") -> tuple[Cycle, str]:
    """e1's interview was held."""
    cycle, (review,) = await signed(place, score=score)
    assert await place.press("mia", "interview.held", review) == Done()
    await place.tick()
    return cycle, review


def card(place: Home, who: str, begins: str) -> Card:
    """The one message of theirs whose summary begins so."""
    found = [one for one in place.chat.cards(f"T-{who}") if one.summary.startswith(begins)]
    assert len(found) == 1, [one.summary for one in place.chat.cards(f"T-{who}")]
    return found[0]


def noted(place: Home, who: str, words: str) -> Card:
    """The one message of a day of theirs that says so."""
    days = [one for one in place.chat.cards(f"T-{who}") if "remind.later" in buttons_of(one)]
    found = [one for one in days if words in as_text(one)]
    assert len(found) == 1, [as_text(one) for one in days]
    return found[0]


def buttons_of(card: Card) -> set[str]:
    """The ids of all its buttons."""
    rows = (part.buttons for part in card.parts if isinstance(part, Buttons))
    return {button.action for row in rows for button in row}


def texts(place: Home, who: str) -> str:
    """All that they can read in their chat."""
    return "\n".join(as_text(one) for one in place.chat.cards(f"T-{who}"))
