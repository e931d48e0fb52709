"""People who type and press where forms are asked part by part."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from text_chat import as_text
from world import Home, home

from handlers.answers import Answer, Asks, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Event, Filled, Pressed, Said
from prompts.card import Button, Buttons, Card, Paragraph
from review.policy import Policy


@dataclass
class Talk:
    """One person's conversation with the bot."""

    place: Home
    who: str
    answers: list[Answer] = field(default_factory=list)

    async def say(self, text: str, *, heard: bool = False) -> str:
        """What stands in the message that answers these words."""
        event = Said(who=self._me, text=text, identity=self.place._new(), heard=heard)
        return await self.tell(event)

    async def press(self, label: str, *, before: int = 0) -> str:
        """Press a button of the last message, or of one before, by its label or how it begins."""
        buttons = self.buttons(before)
        found = [one for one in buttons if one.label == label]
        found = found or [one for one in buttons if one.label.startswith(label)]
        assert found, (label, [one.label for one in buttons])
        return await self.does(found[0].action, found[0].value)

    async def does(self, action: str, value: str) -> str:
        """Press what has that action."""
        return await self.tell(
            Pressed(who=self._me, action=action, value=value, identity=self.place._new())
        )

    async def fill(self, pressed: str | None = None, **answers: str) -> str:
        """Fill in some of the questions on a card."""
        event = Filled(
            who=self._me,
            surface=self.asks.surface,
            answers={key.replace("__", ":"): value for key, value in answers.items()},
            identity=self.place._new(),
            pressed=pressed,
        )
        return await self.tell(event)

    async def tell(self, event: Event) -> str:
        self.answers.append(await dispatch(event, self.place.deps))
        return self.text

    @property
    def card(self) -> Card:
        return self.card_of(0)

    def card_of(self, before: int) -> Card:
        answer = self.answers[-1 - before]
        assert isinstance(answer, Asks | Says), answer
        return answer.card

    @property
    def asks(self) -> Asks:
        answer = self.answers[-1]
        assert isinstance(answer, Asks), answer
        return answer

    @property
    def text(self) -> str:
        return as_text(self.card)

    def buttons(self, before: int = 0) -> list[Button]:
        found: list[Button] = []
        for part in self.card_of(before).parts:
            if isinstance(part, Buttons):
                found += part.buttons
            elif isinstance(part, Paragraph) and part.button is not None:
                found.append(part.button)
        return found

    @property
    def _me(self) -> Account:
        return Account("text", f"T-{self.who}")


@asynccontextmanager
async def asked(folder: Path, *, policy: Policy | None = None) -> AsyncIterator[Home]:
    """The company of the tests, in a chat without forms."""
    async with home(folder, policy=policy) as place:
        place.deps.asked_in_parts = frozenset({"text"})
        yield place
