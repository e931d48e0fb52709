"""How init asks: on a terminal, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from rich.console import Console
from rich.prompt import Prompt
from rich.text import Text

YES, NO = ("y", "yes", "是"), ("n", "no", "否")


class Ask(Protocol):
    """Asks a person, and tells them something."""

    asks: bool
    """Whether there is somebody to ask."""

    def say(self, words: str) -> None:
        """Tell them."""

    def text(self, question: str, default: str | None = None) -> str:
        """Ask for words; an empty answer is the default."""

    def secret(self, question: str) -> str:
        """Ask for what must not be seen; may be empty."""

    def choose(self, question: str, choices: Sequence[str], default: str) -> str:
        """Ask for one of the choices."""

    def yes(self, question: str, *, default: bool) -> bool:
        """Ask yes or no."""


class Terminal:
    """Asks on the terminal."""

    asks = True

    def __init__(self) -> None:
        """Speak on the standard output."""
        self._console = Console(highlight=False, soft_wrap=True)

    def say(self, words: str) -> None:
        """Print them."""
        self._console.print(words, markup=False)

    def text(self, question: str, default: str | None = None) -> str:
        """Read a line."""
        answer: str | None = Prompt.ask(
            Text(question), console=self._console, default=default, show_default=bool(default)
        )
        return (answer or "").strip()

    def secret(self, question: str) -> str:
        """Read a line that is not shown."""
        return Prompt.ask(Text(question), console=self._console, password=True).strip()

    def choose(self, question: str, choices: Sequence[str], default: str) -> str:
        """Read until it is one of them."""
        while (answer := self.text(question, default)) not in choices:
            pass
        return answer

    def yes(self, question: str, *, default: bool) -> bool:
        """Read until it is yes or no."""
        answer = ""
        while answer not in (*YES, *NO):
            answer = self.text(f"{question} [y/n]", "y" if default else "n").lower()
        return answer in YES


class Silent:
    """Nobody is there: every default is taken."""

    asks = False

    def say(self, words: str) -> None:
        """Nobody hears it."""

    def text(self, question: str, default: str | None = None) -> str:  # noqa: ARG002
        """The default."""
        return default or ""

    def secret(self, question: str) -> str:  # noqa: ARG002
        """Nothing."""
        return ""

    def choose(self, question: str, choices: Sequence[str], default: str) -> str:  # noqa: ARG002
        """The default."""
        return default

    def yes(self, question: str, *, default: bool) -> bool:  # noqa: ARG002
        """The default."""
        return default
