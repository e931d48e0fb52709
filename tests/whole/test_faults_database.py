"""The database fails in the middle of the day: it is said, nothing is lost, and it goes on."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from disks import held, small_disk
from place import Place, kind_of, place
from place_forms import fill_step, rows_of, shown, write_self

from handlers.ports import Outcome, Parcel
from review.stages import Stage
from sandbox.company import self_answers
from scheduler.deliver import deliver_all
from scheduler.timetable import Timetable
from storage.errors import FullError, LockedError, NoFileError, UnusableError
from storage.notice import State

ENGLISH, CHINESE = "N0015", "N0014"
CANARY = "Zimtstern-金丝雀"
SAID = {
    ENGLISH: "Nothing was saved: the bot can't write to its database right now. What you typed "
    "still stands in this form. Please send it again in a few minutes; if it still fails, give HR "
    "the number ",
    CHINESE: "没有保存任何内容：机器人暂时无法写入数据库。您填写的文字还在这个表单里，"
    "请几分钟后再提交；若仍不行，请把编号 ",
}
DAY_BEFORE_DUE = datetime(2026, 10, 15, 8, 0, tzinfo=UTC)
Fault = Callable[[], AbstractContextManager[None]]


@contextmanager
def _disk_for(wrong: str, folder: Path) -> Iterator[tuple[Path, Fault]]:
    """A folder for the database, and what makes it fail for a while."""
    if wrong == "locked":
        yield folder, lambda: held(folder / "bot.db")
    else:
        with small_disk(folder / "disk") as disk:
            yield disk.folder, disk.full


KINDS: dict[str, type[UnusableError]] = {"full": FullError, "locked": LockedError}
both = pytest.mark.parametrize("wrong", KINDS)
each = pytest.mark.parametrize("who", [ENGLISH, CHINESE])


@both
@each
async def test_a_form_sent_meanwhile_stays_open_with_all_that_was_typed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, wrong: str, who: str
) -> None:
    with _disk_for(wrong, tmp_path) as (folder, fault):
        async with place(folder, count=16) as here:
            cycle = await here.open_cycle()
            person, colleague = here.who[who], here.employee(who)
            answers = self_answers(colleague, await rows_of(here, cycle, who))
            answers = {
                key: CANARY if key.startswith("comment:") else answer
                for key, answer in answers.items()
            }
            await person.press("self_review.open")
            await fill_step(person, answers)
            before = shown(person)
            assert CANARY in before.values()
            with fault():
                caplog.clear()
                begun = time.monotonic()
                said = set((await person.submit()).values())
                assert time.monotonic() - begun < 3
            (words,) = said
            number = re.search(r"[0-9a-f]{8}", words)
            assert number is not None
            assert words.startswith(SAID[who] + number[0])
            assert shown(person) == before
            logged = [one.getMessage() for one in caplog.records if number[0] in one.getMessage()]
            assert logged == [f"fault {number[0]} in a form: {_logged(wrong, folder)}"]
            assert CANARY not in caplog.text
            assert "Traceback" not in caplog.text
            while person.form is not None:
                assert not await person.submit()
                if person.form is not None:
                    await fill_step(person, answers)
            assert (await here.review(cycle, who)).stage is Stage.MANAGER_REVIEW
            assert not any(here.workspace.troubles.values())


def _logged(wrong: str, folder: Path) -> str:
    fault = "" if wrong == "locked" else " fault=database or disk is full"
    kept = " fault=database is locked" if wrong == "locked" else ""
    return f"storage.{wrong} file={folder / 'bot.db'}{fault}{kept}"


@both
async def test_a_press_and_a_command_meanwhile_are_answered_and_work_afterwards(
    tmp_path: Path, wrong: str
) -> None:
    with _disk_for(wrong, tmp_path) as (folder, fault):
        async with place(folder, count=16) as here:
            await here.open_cycle()
            person = here.who[CHINESE]
            with fault():
                await person.press("self_review.open")  # what only shows needs no place to write
                assert person.form is not None
                assert person.form.callback_id == "self_review"
                goal = next(one for one in person.form.values if one.startswith("goal:"))
                await person.select(goal, "3.5")
                assert person.form.callback_id == "notice"
                assert person.form.words.startswith(
                    "没有保存任何内容：机器人暂时无法写入数据库。请几分钟后再试"
                )
                await person.close()
                await here.who[ENGLISH].command("/review status")
                await here.who[ENGLISH].command("/review help")
            told, shown_all = here.who[ENGLISH].ephemerals[-2:]
            assert told.words.startswith("Nothing was saved: the bot")
            assert "/review status" in shown_all.words
            await person.close()
            await person.press("self_review.open")
            await person.select(goal, "3.5")
            assert person.form.callback_id == "self_review"
            await person.close()
            await person.press("self_review.open")
            assert shown(person)[goal] == "3.5"


@both
async def test_a_message_button_that_writes_is_refused_meanwhile_and_works_afterwards(
    tmp_path: Path, wrong: str
) -> None:
    with _disk_for(wrong, tmp_path) as (folder, fault):
        async with place(folder, count=16) as here:
            cycle = await here.open_cycle()
            await write_self(here, cycle, ENGLISH)
            await here.tick(DAY_BEFORE_DUE)
            await here.settle()
            boss = here.who[str(here.employee(ENGLISH).manager_id)]
            presses = (
                (here.who[CHINESE], "remind.later", None),
                (boss, "rate:4", here.employee(ENGLISH).name),
            )
            with fault():
                for person, action, near in presses:
                    await person.press(action, near=near)
                    assert person.form is not None
                    assert person.form.callback_id == "notice"
                    assert person.form.words.startswith(
                        "没有保存任何内容：机器人暂时无法写入数据库"
                    )
                    await person.close()
            later, rated = [here.who[CHINESE], boss]
            await later.press("remind.later")
            assert later.form is not None
            assert "再提醒您" in later.form.words
            await rated.press("rate:4", near=here.employee(ENGLISH).name)
            assert rated.form is not None
            assert rated.form.callback_id == "manager_review"
            assert not any(here.workspace.troubles.values())


@both
async def test_messages_wait_meanwhile_and_are_sent_once_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    monkeypatch.setattr("storage.engine.BUSY_MS", 50)
    with _disk_for(wrong, tmp_path) as (folder, fault):
        async with place(folder, count=16, running=False) as here:
            await here.plan_cycle()
            with fault(), pytest.raises(KINDS[wrong]):
                await deliver_all(here.deps)
            assert here.board() == []
            await here.settle()
            await _all_sent_once(here)


async def test_messages_whose_end_could_not_be_kept_are_looked_up_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack has the message, and then there is no room to write so."""
    with small_disk(tmp_path / "disk") as disk:
        async with place(disk.folder, count=16, running=False) as here:
            await here.plan_cycle()
            messenger = here.deps.messengers["slack"]
            real, full = messenger.send, ExitStack()

            async def sends(parcel: Parcel, payload: bytes) -> Outcome:
                outcome = await real(parcel, payload)
                if not (disk.folder / "ballast").exists():  # others are sent beside it
                    full.enter_context(disk.full())
                return outcome

            with full:
                monkeypatch.setattr(messenger, "send", sends)
                with pytest.raises(FullError):
                    await deliver_all(here.deps)
                assert any(method == "chat.postMessage" for method, _ in here.server.calls)
            monkeypatch.setattr(messenger, "send", real)
            await here.settle()
            await _all_sent_once(here)


async def _all_sent_once(here: Place) -> None:
    async with here.deps.database.begin(write=False) as tx:
        assert {one.state for one in await tx.outbox.ledger()} == {State.SENT}
    staff = [one.employee_id for one in here.colleagues if one.track == "staff"]
    assert [[kind_of(m) for m in here.dms(one, "my_review")] for one in staff] == [
        ["my_review"] for _ in staff
    ]
    assert len(here.board()) == 1


async def test_the_running_loops_say_once_that_they_wait_and_once_that_they_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("storage.engine.BUSY_MS", 50)
    monkeypatch.setattr("scheduler.timetable.DELIVER_EVERY", 0.1)
    caplog.set_level(logging.INFO, "scheduler.timetable")
    async with place(tmp_path, count=16, running=False) as here:
        await here.plan_cycle()
        table = Timetable(here.deps, plan_every=0.1)
        with held(tmp_path / "bot.db"):
            table.start()
            await _until(lambda: caplog.text.count(" waits: ") == 2)
            await asyncio.sleep(1)
        await _until(lambda: caplog.text.count(" goes on") == 2)
        await table.stop()
    said = [one.getMessage().split(":")[0] for one in caplog.records]
    assert sorted(said) == [
        "deliver_all goes on",
        "deliver_all waits",
        "plan goes on",
        "plan waits",
    ]
    assert "Traceback" not in caplog.text


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110  a log has no event
            await asyncio.sleep(0.02)


async def test_a_database_taken_away_while_it_runs_is_not_ready(tmp_path: Path) -> None:
    async with place(tmp_path, count=12) as here:
        await here.deps.database.check()
        (tmp_path / "bot.db").rename(tmp_path / "away.db")
        with pytest.raises(NoFileError):
            await here.deps.database.check()
        (tmp_path / "away.db").rename(tmp_path / "bot.db")
        await here.deps.database.check()
