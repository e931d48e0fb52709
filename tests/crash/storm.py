"""Bots that are killed in the middle of their work, and what the chat holds in the end."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.company import Kept
from bench.processes import ROOT, free_port
from bench.quick_bot import BEGAN
from sandbox.slack.server import SlackServer
from storage.notice import Entry, State

PATIENCE = 240
"""Seconds until everything must have arrived."""
LOOK = 0.5


@dataclass
class Storm:
    """A database, a workspace, and the processes that send from the one to the other."""

    kept: Kept
    server: SlackServer
    log: Path
    chance: random.Random
    commands: tuple[str, ...] = ("run",)
    bots: list[Process] = field(default_factory=list)
    began: str = field(default_factory=lambda: datetime.now(UTC).isoformat())
    killed: int = 0

    async def start(self, command: str) -> None:
        """One more process of that command."""
        env = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            BEGAN: self.began,
            "DATABASE_URL": self.kept.url,
            "DATA_KEY": self.kept.key,
            "HR_ADMINS": "p0",
            "HTTP_BIND": f"127.0.0.1:{free_port()}",
            "LOCALE": "en",
            "LOG_LEVEL": "WARNING",
            "SLACK_API_URL": self.server.api_url,
            "SLACK_APP_TOKEN": self.server.app_token,
            "SLACK_BOT_TOKEN": self.server.bot_token,
            "SLACK_HR_CHANNEL": "#hr",
        }
        with self.log.open("ab") as log:
            bot = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bench.quick_bot",
                command,
                cwd=self.kept.folder,
                env=env,
                stdout=DEVNULL,
                stderr=log,
            )
        self.bots.append(bot)

    async def kill_one(self) -> None:
        """kill -9 for one of them, and another takes its place."""
        place = self.chance.randrange(len(self.commands))
        bot = self.bots.pop(place)
        bot.send_signal(signal.SIGKILL)
        await bot.wait()
        self.killed += 1
        await self.start(self.commands[place])
        self.bots.insert(place, self.bots.pop())

    async def rage(self, kills: int, messages: int) -> None:
        """So many kills, spread over the arrival of so many messages."""
        for command in self.commands:
            await self.start(command)
        for number in range(1, kills + 1):
            await self.until(messages * number // (kills + 1))
            await asyncio.sleep(self.chance.random() / 5)
            await self.kill_one()

    async def calm(self) -> list[Entry]:
        """Wait until nothing is left to send; the ledger."""
        async with asyncio.timeout(PATIENCE), self.kept.opened() as deps:
            while True:
                async with deps.database.begin(write=False) as tx:
                    ledger = list(await tx.outbox.ledger())
                if ledger and not any(one.state in _UNDER_WAY for one in ledger):
                    return ledger
                await asyncio.sleep(LOOK)

    async def end(self) -> None:
        """No process is left."""
        for bot in self.bots:
            if bot.returncode is None:
                bot.kill()
                await bot.wait()

    def arrived(self) -> Counter[str]:
        """How often each delivery stands in the chat."""
        return Counter(_deliveries(self.server))

    async def until(self, messages: int) -> None:
        """Wait until so many messages stand in the chat."""
        async with asyncio.timeout(PATIENCE):
            while sum(1 for _ in _deliveries(self.server)) < messages:
                for bot in self.bots:
                    assert bot.returncode is None, self.log.read_text()[-2000:]
                await asyncio.sleep(0.02)


_UNDER_WAY = {State.PENDING, State.SENDING}


def _deliveries(server: SlackServer) -> Iterator[str]:
    for channel in server.workspace.channels.values():
        for message in channel.messages:
            payload = (message.metadata or {}).get("event_payload", {})
            if "delivery" in payload:
                yield str(payload["delivery"])


def lost_and_doubled(storm: Storm, ledger: Iterable[Entry]) -> tuple[list[str], list[str]]:
    """Deliveries that are nowhere in the chat, and those that are there twice."""
    arrived = storm.arrived()
    lost = [one.id for one in ledger if one.state is State.SENT and not arrived[one.id]]
    return lost, [name for name, times in arrived.items() if times > 1]
