"""Measures what is claimed: `make bench`, all in one run; `--write FILE` makes a page of it."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    board,
    calls,
    clock,
    deliveries,
    demo,
    life,
    memory,
    opening,
    presses,
    statements,
    submissions,
)
from bench.figures import Figure, markdown, table

SUBJECTS: dict[str, Callable[[], Awaitable[list[Figure]]]] = {
    "presses": presses.figures,
    "statements": statements.figures,
    "opening": opening.figures,
    "deliveries": deliveries.figures,
    "submissions": submissions.figures,
    "clock": clock.figures,
    "board": board.figures,
    "demo": demo.figures,
    "memory": memory.figures,
    "life": life.figures,
    "calls": calls.figures,
}
BY_HAND = "## What missed its goal, and why"


def machine() -> str:
    """What it was measured on, and when."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    cpu = next(iter(named), platform.machine())
    today = datetime.now(UTC).date()
    return f"{os.cpu_count()} cores ({cpu}), Python {platform.python_version()}, {today}"


async def measured(wanted: Sequence[str]) -> list[Figure]:
    """The figures of those subjects, one subject after another."""
    found: list[Figure] = []
    for name in wanted:
        started = time.perf_counter()
        found += await SUBJECTS[name]()
        sys.stderr.write(f"{name}: {time.perf_counter() - started:.0f} s\n")
    return found


def main() -> None:
    """Print the table, and write the page if asked to."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    asked.add_argument("--write", type=Path, metavar="FILE", help="also write it as Markdown")
    given = asked.parse_args()
    unknown = set(given.subjects) - set(SUBJECTS)
    if unknown:
        asked.error(f"no such subject: {', '.join(sorted(unknown))}")
    found = asyncio.run(measured(given.subjects or list(SUBJECTS)))
    sys.stdout.write(f"{machine()}\n\n{table(found)}\n")
    if given.write is not None:
        kept = written_by_hand(given.write)
        given.write.write_text(f"{markdown(found, machine())}{kept}", encoding="utf-8")


def written_by_hand(page: Path) -> str:
    """What people wrote on the page about the figures: from that heading on."""
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    return "\n" + text[text.index(BY_HAND) :] if BY_HAND in text else ""


if __name__ == "__main__":
    main()
