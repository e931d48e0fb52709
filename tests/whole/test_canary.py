"""A text planted in every field is found where it belongs, and nowhere else."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from place import Place, place
from place_forms import fill_step, fill_to_the_end, rows_of

from bot.logs import QUIET, set_up
from handlers import export
from handlers.work import Work
from review.cycle import Cycle
from storage import codec

MEMBER, BOSS, OTHER = "N0016", "N0007", "N0014"
CANARY = "canary-7c1e"
BOSS_TEXTS = ("case:overall", "case:missed", "reason", "surprise_reason")
LEVELS = {"customer_first": ("yes", "yes", "yes", "no"), "teamwork": ("yes", "yes", "no")}


def planted(hand: str, rows: list[tuple[str, str]]) -> dict[str, str]:
    """An answer to every field, each text a canary of its own."""
    texts = [f"comment:{row}" for row, _ in rows] + [f"case:value:{key}" for key in LEVELS]
    texts += ["overall"] if hand == "self" else [*BOSS_TEXTS]
    answers = {field: f"{CANARY}-{hand}-{field}\n{'word ' * 50}" for field in texts}
    answers |= {f"goal:{row}": "3.5" for row, _ in rows}
    for key, levels in LEVELS.items():
        answers |= {f"value:{key}:{at}": level for at, level in enumerate(levels, start=1)}
    return answers | ({"overall": "3.25"} if hand == "boss" else {})


def canaries(found: object, hand: str = "") -> set[str]:
    """The planted texts that stand in something."""
    words = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)
    fields = words.split(f"{CANARY}-")[1:]
    return {
        piece.split('"')[0].split("\n")[0].split("\\")[0]
        for piece in fields
        if piece.startswith(hand)
    }


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Everything that is logged by a program that was told to log all it can."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    levels = {name: logging.getLogger(name).level for name in QUIET}
    set_up("DEBUG", "text")
    written = StringIO()
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    root.setLevel(level)
    root.handlers[:] = handlers
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


async def test_a_planted_text_is_kept_from_disk_logs_and_everybody_else(
    tmp_path: Path, logged: StringIO
) -> None:
    async with place(tmp_path, count=17) as here:
        cycle = await here.open_cycle()
        rows = await rows_of(here, cycle, MEMBER)
        await _send_self(here, rows)
        await _leave_half_filled(here, cycle)
        await _read_and_rate(here, rows)
        await here.settle()
        assert await _export_of(here, cycle, MEMBER) == {
            *(f"boss-{text}" for text in BOSS_TEXTS),
            *(f"boss-case:value:{key}" for key in LEVELS),
        }
        assert {
            one: found
            for one in here.who
            if one != MEMBER and (found := canaries(await _kept_of(here, one)))
        } == {}
        assert canaries((await here.exported(cycle)) | {MEMBER: None}) == set()
        assert _messages_with_canaries(here) == []
        assert _files_with_canaries(tmp_path) == []
    assert _files_with_canaries(tmp_path) == []
    lines = logged.getvalue().splitlines()
    assert [line for line in lines if CANARY in line] == []
    assert any(" DEBUG asyncio: " in line for line in lines)


async def test_a_fault_while_sending_logs_a_number_and_not_a_word(
    tmp_path: Path, logged: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with place(tmp_path, count=17) as here:
        cycle = await here.open_cycle()
        rows = await rows_of(here, cycle, MEMBER)
        person = here.who[MEMBER]
        await person.press("self_review.open")
        await fill_step(person, planted("self", rows))

        async def broken(*given: Any) -> None:
            raise RuntimeError("the disk is full")

        monkeypatch.setattr("storage.drafts.DraftStore.put", broken)
        errors = await person.submit()
        monkeypatch.undo()
        (said,) = errors.values()
        told = logged.getvalue()
        (line,) = [line for line in told.splitlines() if " ERROR " in line]
        number = line.split("fault ")[1].split(" ")[0]
        assert number in said
        assert person.form is not None
        assert await fill_to_the_end(person, planted("self", rows)) == 4
        assert CANARY not in logged.getvalue()


async def _send_self(here: Place, rows: list[tuple[str, str]]) -> None:
    person = here.who[MEMBER]
    await person.press("self_review.open")
    await fill_to_the_end(person, planted("self", rows))
    await here.settle()


async def _leave_half_filled(here: Place, cycle: Cycle) -> None:
    """Somebody else saves a first step and goes away."""
    person = here.who[OTHER]
    await person.press("self_review.open")
    answers = planted("draft", await rows_of(here, cycle, OTHER))
    await fill_step(person, answers)
    assert await person.submit() == {}
    await fill_step(person, answers)
    await person.close()


async def _read_and_rate(here: Place, rows: list[tuple[str, str]]) -> None:
    boss = here.who[BOSS]
    await boss.press("rate:3.25", near=here.employee(MEMBER).name)
    assert boss.form is not None
    answers = planted("boss", rows)
    seen = []
    while boss.form is not None:
        seen.append(canaries(boss.form.words, "self"))
        if seen[-1] and "form.read" in str(boss.form.blocks):
            folded = boss.form.words
            await boss.press("form.read")
            assert canaries(boss.form.words, "self") == seen[-1]
            assert len(boss.form.words.split("word ")) > len(folded.split("word "))
            await boss.close()
        await fill_step(boss, answers)
        assert await boss.submit() == {}
    comments = {f"self-comment:{row}" for row, _ in rows}
    cases = [{f"self-case:value:{key}"} for key in LEVELS]
    assert seen == [{"self-overall", *comments}, *cases, set()]


async def _export_of(here: Place, cycle: Cycle, employee: str) -> set[str]:
    return canaries((await here.exported(cycle))[employee])


async def _kept_of(here: Place, employee: str) -> object:
    async with here.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
        return codec.plain(await export.person(employee, work))


def _messages_with_canaries(here: Place) -> list[str]:
    return [
        message.words
        for channel in here.workspace.channels.values()
        for message in channel.messages
        if CANARY in message.words + message.text + json.dumps(message.metadata)
    ]


def _files_with_canaries(folder: Path) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert "bot.db" in {file.name for file in files}
    return [file.name for file in files if CANARY.encode() in file.read_bytes()]
