"""One press can be followed: its log line, what it wrote to the outbox, and how that was sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from place import Place, place
from place_forms import write_self

from bot.logs import set_up
from storage.notice import Entry

MEMBER, BOSS = "N0015", "N0007"
PRIVATE = "a-word-for-the-boss-alone"


@pytest.fixture
def logged(request: pytest.FixtureRequest) -> Iterator[StringIO]:
    """What the program logs, as JSON or as text."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    set_up("INFO", getattr(request, "param", "json"))
    written = StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.setLevel(level)
    root.handlers[:] = handlers


async def _ledger(here: Place, receiver: str, kind: str) -> Entry:
    async with here.deps.database.begin(write=False) as tx:
        (found,) = [one for one in await tx.outbox.ledger(receiver=receiver) if one.kind == kind]
    return found


def _lines(logged: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in logged.getvalue().splitlines()]


async def test_a_presss_trace_is_on_its_line_its_deliveries_and_their_lines(
    tmp_path: Path, logged: StringIO
) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER, overall=PRIVATE)
        await here.settle()
        mine = await _ledger(here, MEMBER, "my_review")
        bosses = await _ledger(here, BOSS, "team_list")
    sent = [line for line in _lines(logged) if " of self_review: " in line["message"]]
    *steps, last = sent
    assert {len(line["trace"]) for line in sent} == {16}
    assert len({line["trace"] for line in sent}) == len(sent) > 2
    assert mine.trace == bosses.trace == last["trace"]
    assert mine.trace not in {line["trace"] for line in steps}
    for one in (mine, bosses):
        said = [line for line in _lines(logged) if f"delivery {one.id}" in line["message"]]
        assert (said[-1]["message"], said[-1]["trace"]) == (
            f"delivery {one.id} ({one.kind}) sent",
            last["trace"],
        )
    assert PRIVATE not in logged.getvalue()
    assert "self_review.open" in logged.getvalue()


async def test_what_the_clock_set_off_has_no_trace(tmp_path: Path, logged: StringIO) -> None:
    async with place(tmp_path, count=12) as here:
        await here.open_cycle()
    sent = [line for line in _lines(logged) if line["message"].endswith("(my_review) sent")]
    assert sent
    assert all("trace" not in line for line in sent)


@pytest.mark.parametrize("logged", ["text"], indirect=True)
async def test_a_line_of_text_ends_with_its_trace(tmp_path: Path, logged: StringIO) -> None:
    async with place(tmp_path, count=12) as here:
        await here.who["N0009"].command("/review help")
    (line,) = [one for one in logged.getvalue().splitlines() if "command: Says" in one]
    assert line.endswith("]")
    assert len(line.rpartition("[")[2]) == 17
    assert " INFO bot.app: " in line


async def test_a_fault_is_logged_under_the_trace_of_its_press(
    tmp_path: Path, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with place(tmp_path, count=12) as here:

        async def broken(*_given: Any) -> None:
            raise RuntimeError("by itself")

        monkeypatch.setattr("handlers.commands.handle", broken)
        await here.who["N0009"].command("/review help")
    (line,) = [one for one in _lines(logged) if one["level"] == "ERROR"]
    assert len(line["trace"]) == 16
    assert "RuntimeError: by itself" in line["fault"]
