"""Somebody who answers what `init` asks, in a workspace with the app in it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from commands import Shell
from dotenv import dotenv_values

from bot.init import run
from sandbox.slack.model import Channel
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

APP_ID = "A00000001"
APP = f"xapp-1-{APP_ID}-42-feed"
SECRET = "0123456789abcdef" * 2
CHINESE, ENGLISH = "1", "2"
ON_SLACK, ON_DINGTALK, ON_BOTH = "1", "2", "3"
SOCKET, HTTP = "1", "2"


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


@dataclass
class Desk:
    """An empty folder, and a workspace with the app in it."""

    shell: Shell
    server: SlackServer
    workspace: Workspace
    hr: Channel

    async def init(self, answers: list[Answer], **options: str) -> tuple[int, Answering]:
        """Answer everything; nothing may be left over."""
        ask = Answering(answers)
        code = await asyncio.to_thread(run.init, options, offline=False, sure=False, ask=ask)
        assert ask.answers == []
        return code, ask

    def written(self) -> Mapping[str, str | None]:
        """What stands in .env."""
        return dotenv_values(self.shell.folder / ".env")

    def files(self) -> set[str]:
        """Names of all that stands in the folder."""
        return {file.name for file in self.shell.folder.iterdir()} - {"r.csv"}

    @property
    def token(self) -> str:
        return self.server.bot_token


@asynccontextmanager
async def at_desk(shell: Shell) -> AsyncIterator[Desk]:
    """An empty folder, and a workspace with the app in it."""
    workspace = Workspace("Shop", app_name="nosurprise")
    workspace.app.app_token = APP
    hr = workspace.add_channel("hr", private=True)
    async with SlackServer(workspace) as server:
        shell.set(SLACK_API_URL=server.api_url)
        yield Desk(shell, server, workspace, hr)


def happy(desk: Desk) -> list[Answer]:
    return [
        ENGLISH,
        ON_SLACK,
        desk.token,
        SOCKET,
        APP,
        "#hr",
        "berlin",
        "Europe/Berlin",
        "N1, N2",
        False,
    ]
