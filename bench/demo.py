"""From the command to the demo's first page, and to a first manager's team list on it."""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession

from bench.figures import Figure
from bench.processes import NOSURPRISE, free_port, running

LOOK = 0.05
PATIENCE = 120
ACTING = re.compile(r"[?&]as=(\w+)")
RATING = ("rate:", "rate.change")
"""Only a team list has such buttons."""


async def figures() -> list[Figure]:
    """Both, in seconds."""
    first, whole = await asyncio.wait_for(_measure(), PATIENCE)
    return [
        Figure(
            name="demo: first page",
            value=first,
            unit="s",
            limit=5,
            means="From starting `nosurprise demo --no-browser` of an installed checkout, in an "
            "empty folder, until its address was printed and answers 200.",
        ),
        Figure(
            name="demo: a manager's team list",
            value=whole,
            unit="s",
            means="Until the manager at whose desk the page opens has a list with rating buttons.",
        ),
    ]


async def _measure() -> tuple[float, float]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    words = ("demo", "--no-browser", "--port", str(port))
    with tempfile.TemporaryDirectory(prefix="nosurprise-bench-") as folder:
        started = time.perf_counter()
        async with running(NOSURPRISE, *words, folder=Path(folder), listen=True) as process:
            assert process.stdout is not None
            while (found := ACTING.search((await process.stdout.readline()).decode())) is None:
                assert not process.stdout.at_eof(), "the demo ended"
            async with ClientSession() as session:
                await _until(partial(_answers, session, url))
                first = time.perf_counter() - started
                await _until(partial(_has_list, session, url, found[1]))
                return first, time.perf_counter() - started


async def _until(true: Callable[[], Awaitable[bool]]) -> None:
    """Another process does not tell us: it has to be asked again."""
    while not await true():  # noqa: ASYNC110
        await asyncio.sleep(LOOK)


async def _answers(session: ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.status == 200  # noqa: PLR2004
    except ClientError:
        return False


async def _has_list(session: ClientSession, url: str, user: str) -> bool:
    state = await _json(session, f"{url}ui/state?as={user}")
    for conversation in state["conversations"]:
        asked = f"{url}ui/messages?as={user}&channel={conversation['id']}"
        for message in (await _json(session, asked))["messages"]:
            for block in message["blocks"]:
                names = [str(one.get("action_id", "")) for one in block.get("elements", ())]
                if any(name.startswith(RATING) for name in names):
                    return True
    return False


async def _json(session: ClientSession, url: str) -> Any:
    async with session.get(url) as answer:
        return await answer.json()
