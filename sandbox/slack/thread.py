"""The server in a thread of its own, for tests and apps that do not use asyncio.

with SlackThread(workspace) as slack:
    slack.connect(app)
    slack.do(ana.command("/hello"))
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sandbox.slack.in_place import in_place_of_slack
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_bolt.async_app import AsyncApp

T = TypeVar("T")
PATIENCE = 30.0
SOON = 0.1
"""How long the SDK sits in its socket before it can close it; its own 3 seconds slow every test."""


class SlackThread:
    """A workspace, its server and a loop for both; in Slack's place while the block runs."""

    def __init__(self, workspace: Workspace | None = None) -> None:
        self.workspace = workspace or Workspace()
        self.server = SlackServer(self.workspace)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="slack", daemon=True)
        self._stack = ExitStack()

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do what a person does, and return when the app's acknowledgement has been applied."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def until(self, predicate: Callable[[], object], timeout: float = 5.0) -> None:
        """Return as soon as `predicate()` is true. Raises: TimeoutError."""
        self.do(self.workspace.until(predicate, timeout))

    def settled(self) -> None:
        """Return once nothing is under way."""
        self.do(self.workspace.settled())

    def connect(self, app: App | AsyncApp) -> None:
        """Run a Bolt app in Socket Mode until the block ends."""
        from slack_bolt import App
        from slack_bolt.adapter.socket_mode import SocketModeHandler
        from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

        before = self.server.sockets.connections
        token = self.server.app_token
        if isinstance(app, App):
            handler = SocketModeHandler(app, token)
            handler.connect()  # type: ignore[no-untyped-call]
            self._stack.callback(handler.close)
            if (session := handler.client.current_session) and session.sock:
                session.sock.settimeout(SOON)
        else:

            async def connected() -> AsyncSocketModeHandler:
                made = AsyncSocketModeHandler(app, token)
                await made.connect_async()  # type: ignore[no-untyped-call]
                return made

            waiting = self.do(connected())
            self._stack.callback(lambda: self.do(waiting.close_async()))  # type: ignore[no-untyped-call]
        self.until(lambda: self.server.sockets.connections > before)

    def __enter__(self) -> Self:
        self._thread.start()
        self._stack.callback(self._end)
        self.do(self.server.start())
        self._stack.callback(lambda: self.do(self.server.stop()))
        self._stack.enter_context(in_place_of_slack(self.server))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
