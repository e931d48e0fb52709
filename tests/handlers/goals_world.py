"""Goals that are being set, for tests: the people of one team, early in the quarter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from text_chat import as_text
from world import Home, open_cycle, opened, review_of

from handlers.answers import Done, Says
from prompts.card import Form
from review.cycle import Cycle
from review.goal_setting import GoalSheet
from review.record import Review

OCTOBER = datetime(2026, 10, 8, 4, tzinfo=UTC)
"""A Thursday at noon in Shanghai, in the first days of the quarter."""
DATES = {
    "goals_due": date(2026, 10, 21),
    "self_open": date(2027, 1, 4),
    "self_due": date(2027, 1, 8),
    "manager_due": date(2027, 1, 15),
}
REFUSED = {
    "This is for the person themself or the manager to do.",
    "这一步由本人或上级来做。",
}
MANAGERS = "This is for the manager to do."
ODD = "😀 <!channel> {{ 7 * 7 }} \u202e" + "长" * 2900


@dataclass
class Setting:
    """A cycle whose goals are being set."""

    place: Home
    cycle: Cycle
    review: str

    async def open(self, who: str = "e1") -> Form:
        return opened(await self.place.press(who, "goals.open", self.review))

    async def send(self, form: Form, changed: Mapping[str, str], who: str = "e1") -> object:
        held = {one.key: one.value or "" for one in form.fields}
        return await self.place.send(who, form, held | dict(changed))

    async def press(self, form: Form, button: str, who: str = "e1", **typed: str) -> Form:
        """A button inside the form."""
        return opened(await self.place.press_in(who, form, button, typed))

    async def now(self) -> tuple[Review, GoalSheet | None]:
        async with self.place.deps.database.begin(write=False) as tx:
            review = await tx.reviews.get(self.review)
            assert review is not None
            return review, await tx.goals.get(self.review)

    def told(self, who: str, kind: str) -> list[str]:
        posts = self.place.chat.log
        cards = [as_text(card) for card in self.place.chat.cards(f"T-{who}")]
        kinds = [name for to, name, edit in posts if to == f"T-{who}" and not edit]
        return [text for name, text in zip(kinds, cards, strict=True) if name == kind]

    async def agree(self) -> None:
        assert await self.send(await self.open(), {}) == Done()
        assert await self.place.press("mia", "goals.approve", self.review) == Done()
        assert await self.place.press("e1", "goals.confirm", self.review) == Done()


async def setting(place: Home, name: str = "2026Q4", **dates: date) -> Setting:
    cycle = await open_cycle(place, name, **DATES | dates)
    return Setting(place, cycle, await review_of(place, cycle, "e1"))


def says(answer: object) -> str:
    assert isinstance(answer, Says), answer
    return as_text(answer.card)
