"""Somebody who answers what `init` asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Answer = str | bool | type[BaseException]


@dataclass
class Answering:
    """Gives the answers in order; "" is Enter. An exception is what the keyboard sends."""

    answers: list[Answer]
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    asks: bool = True

    def say(self, words: str) -> None:
        self.said.append(words)

    def text(self, question: str, default: str | None = None) -> str:
        answer = self._next(f"{question} ({default})" if default is not None else question)
        assert isinstance(answer, str)
        return answer or default or ""

    def secret(self, question: str) -> str:
        answer = self._next(question)
        assert isinstance(answer, str)
        return answer

    def choose(self, question: str, choices: Sequence[str], default: str) -> str:
        answer = self.text(question, default)
        assert answer in choices
        return answer

    def yes(self, question: str, *, default: bool) -> bool:
        answer = self._next(question)
        assert isinstance(answer, bool) or not answer
        return answer if isinstance(answer, bool) else default

    def _next(self, question: str) -> str | bool:
        self.asked.append(question)
        answer = self.answers.pop(0)
        if isinstance(answer, type):
            raise answer
        return answer
