"""What a second start goes on with: the database, and the workspace as a file beside it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.demo.chat import Chat
from sandbox.changes import Change
from storage.lock import running
from storage.migrate import head

PLACE = Path("data") / "demo"
DATABASE, WORKSPACE, STORY, ADDRESS = "demo.db", "workspace.json", "story.json", "address"
QUIET = 2.0
"""Seconds without a change, after which the workspace is written down."""
Story = Mapping[str, str | int]
"""What a start was asked for; another one can't go on with it."""


def place(platform: str) -> Path:
    """Where the demo of a platform is kept: each has a place of its own."""
    return PLACE if platform == "slack" else PLACE / platform


def database_url(folder: Path) -> str:
    """The database in that folder."""
    return f"sqlite+aiosqlite:///{folder / DATABASE}"


def story(**asked: str | int) -> Story:
    """What was asked for, and by which version of the program."""
    return {**asked, "schema": head()}


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Be the only one in that folder. Raises AlreadyRunningError, OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with running(database_url(folder)):
        yield


def found(folder: Path, wanted: Story) -> str | None:
    """The workspace that was kept there for that story, as text; None: there is none."""
    try:
        if json.loads((folder / STORY).read_text(encoding="utf-8")) != dict(wanted):
            return None
        return (folder / WORKSPACE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def clear(folder: Path) -> bool:
    """Forget what was kept; whether there was anything."""
    kept = [*folder.glob(f"{DATABASE}*"), *folder.glob(f"{WORKSPACE}*"), folder / STORY]
    gone = [one for one in kept if one.suffix != ".lock" and one.exists()]
    for one in gone:
        one.unlink()
    return bool(gone)


class Keeper:
    """Writes the workspace down whenever it has been quiet for a moment, and at the end."""

    def __init__(self, chat: Chat, folder: Path, story: Story) -> None:
        """Keep it in that folder, as that story's."""
        self._chat = chat
        self._folder = folder
        self._story = story
        self._changed = asyncio.Event()
        self._forget = chat.changes.listen(self._note)
        self._loop = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Write it down a last time."""
        self._forget()
        self._loop.cancel()
        await asyncio.gather(self._loop, return_exceptions=True)
        await asyncio.to_thread(self._write, self._chat.save())

    def _note(self, _: Change) -> None:
        self._changed.set()

    async def _watch(self) -> None:
        while True:
            await self._changed.wait()
            while self._changed.is_set():
                self._changed.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._changed.wait(), QUIET)
            await asyncio.to_thread(self._write, self._chat.save())

    def _write(self, text: str) -> None:
        """All or nothing; the story last, for without it nothing is gone on with."""
        for name, content in ((WORKSPACE, text), (STORY, json.dumps(dict(self._story)))):
            half = self._folder / f"{name}.new"
            half.write_text(content, encoding="utf-8")
            half.replace(self._folder / name)
