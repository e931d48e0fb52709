"""Other processes: started, asked, looked at and ended."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOSURPRISE = str(Path(sys.executable).parent / "nosurprise")
PATIENCE = 15
"""Seconds that a process may take to end."""


async def answer_of(module: str, *arguments: str) -> Any:
    """The JSON that a module of the bench writes. Raises RuntimeError if it fails."""
    asked = [sys.executable, "-m", module, *arguments]
    process = await asyncio.create_subprocess_exec(*asked, cwd=ROOT, stdout=PIPE)
    out, _ = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{module} ended with {process.returncode}")
    return json.loads(out)


@asynccontextmanager
async def running(
    *command: str, folder: Path, env: Mapping[str, str] | None = None, listen: bool = False
) -> AsyncIterator[Process]:
    """A program in that folder, ended by SIGTERM; `listen`: its output can be read."""
    around = {**os.environ, "PYTHONPATH": str(ROOT), **(env or {})}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=around, stdout=PIPE if listen else DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()


def memory_of(pid: int) -> tuple[float, float]:
    """Resident memory of a process in MB: now, and at its most."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    found = dict(line.split(":", maxsplit=1) for line in lines)
    now, most = (int(found[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return now, most


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
