"""What the demo asks of a local chat workspace; there is one for each platform."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sandbox.changes import Changes
from sandbox.company import Person
from sandbox.host import Host

Answers = Mapping[str, str]
Asked = Callable[[], Awaitable[str | None]]
"""The field that the bot asks of somebody now; "" when all are answered, None without a form."""


class Account(Protocol):
    """Somebody's account in the workspace."""

    @property
    def id(self) -> str:
        """What the platform calls them."""


class Chat(Protocol):
    """The workspace that the sample company moves into."""

    @property
    def platform(self) -> str:
        """As the bot's roster has it."""

    @property
    def changes(self) -> Changes:
        """Rings at every change."""

    @property
    def url(self) -> str:
        """Its page for a browser, once it is served."""

    @property
    def watching(self) -> Collection[str]:
        """Accounts that somebody acts as in a browser now: the visitor's own business."""

    @property
    def edits(self) -> bool:
        """Whether a list that was sent shows later what is true by then."""

    @property
    def threads(self) -> bool:
        """Whether what is said of a message stands below it, folded."""

    @property
    def hr(self) -> str:
        """The conversation of HR, as the page's address has it."""

    def welcome(self, host: Host) -> None:
        """Show on its page what this host offers."""

    def move_in(self, people: tuple[Person, ...], said: Mapping[str, str]) -> Mapping[str, Account]:
        """Give everybody who has not left an account, and make the channels; by employee id.

        `said` is what some of them have said where everybody reads it.
        """

    def come_back(self, people: tuple[Person, ...]) -> Mapping[str, Account]:
        """The accounts of a workspace that they moved into before."""

    def served(self, host: str, port: int) -> AbstractAsyncContextManager[None]:
        """Serve it there while the block runs."""

    def settings(self) -> Mapping[str, Any]:
        """How the bot reaches it: fields of Settings."""

    def has_seen(self, user: str, ts: Collection[str]) -> bool:
        """Whether that person has read one of these messages in HR's conversation."""

    def has_form(self, user: str) -> bool:
        """Whether they are in the middle of a form, as far as the client shows it."""

    async def write(
        self, user: str, button: str, near: str | None, answers: Answers, asked: Asked
    ) -> None:
        """Press a button, one that stands by that name, and fill the form and send it.

        Raises: TimeoutError when it is on no message, PersonError and UnfilledError.
        """

    def save(self) -> str:
        """All of it as text, for a later start to go on with."""
