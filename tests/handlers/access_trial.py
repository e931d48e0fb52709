"""Everything is tried as dispatch would do it, and nothing is kept."""

from __future__ import annotations

from contextlib import AsyncExitStack, suppress
from typing import Self

from access_company import NOW, Sights

from handlers import answers, commands, forms, presses, shortcuts
from handlers.answers import Answer
from handlers.events import Answered, Command, Event, Noted, Pressed, Submitted
from handlers.work import Act
from review.errors import ReviewError
from review.people import Person
from storage.transaction import Transaction


class UndoneError(Exception):
    """Nothing of it is kept."""


class Trial:
    """Tries one thing after another as dispatch would, but for claim and account; keeps nothing.

    What is refused has written nothing, so the next is tried in the same transaction.
    """

    def __init__(self, seen: Sights) -> None:
        self.seen = seen
        self.known: dict[str, Person] = {}
        self._open: AsyncExitStack | None = None
        self._tx: Transaction | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.undo()

    async def __call__(self, event: Event, who: str, *, undo: bool = True) -> Answer | str:
        """What they are answered, or the name of the refusal."""
        tx = await self.begun()
        if not self.known:
            self.known = {one.employee_id: one for one in await tx.people.all()}
        act = Act(
            tx=tx,
            company=self.seen.place.deps.company,
            now=NOW,
            actor=self.known[who],
            platform="text",
        )
        try:
            answer = await answered_to(event, act)
        except ReviewError as refusal:
            return type(refusal).__name__
        if undo:
            await self.undo()
        return answer

    async def begun(self) -> Transaction:
        """The transaction that everything is tried in."""
        if self._open is None or self._tx is None:
            self._open = AsyncExitStack()
            begun = self.seen.place.deps.database.begin()
            self._tx = await self._open.enter_async_context(begun)
        return self._tx

    async def undo(self) -> None:
        """All that was written is gone."""
        if self._open is not None:
            undone, self._open = self._open, None
            with suppress(UndoneError):
                async with undone:
                    raise UndoneError


async def answered_to(event: Event, act: Act) -> Answer:
    """What the use case says."""
    match event:
        case Pressed():
            return await presses.handle(event, act)
        case Answered():
            return await forms.answered(event, act)
        case Submitted():
            return await forms.submitted(event, act)
        case Command():
            return await commands.handle(event, act)
        case Noted():
            return await shortcuts.handle(event, act)
    raise TypeError(event)


def text_of(answer: Answer | str) -> str:
    """All that reaches them."""
    return answer if isinstance(answer, str) else answers.dump(answer).decode()
