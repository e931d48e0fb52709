"""The HR channel is shut, at start and in mid-day: HR is told once, and the board comes back."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from faults_log import soon, until
from place import Place, kind_of, place

from scheduler.deliver import deliver_all

ADMIN = "N0016"


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    soon(monkeypatch, caplog)


def _archived(here: Place, *, shut: bool) -> None:
    channel = here.workspace.channel("#hr")
    assert channel is not None
    channel.archived = shut


def _left(here: Place, *, shut: bool) -> None:
    channel = here.workspace.channel("#hr")
    assert channel is not None
    (channel.members.remove if shut else channel.members.append)(here.workspace.app.bot_user)


SHUT = {
    "archived": (
        _archived,
        "HR 频道 #hr 已归档，无法在里面显示内容。请取消归档，或换一个 SLACK_HR_CHANNEL，"
        "之后看板会自动恢复。",
    ),
    "left": (
        _left,
        "我不在 HR 频道 #hr 里，无法在那里发消息。请用 /invite 邀请我，之后看板会自动恢复。",
    ),
}


@pytest.mark.parametrize("how", SHUT)
async def test_an_hr_channel_shut_before_the_start_is_told_once_and_the_board_comes_later(
    tmp_path: Path, how: str
) -> None:
    close, words = SHUT[how]
    async with place(tmp_path, count=20) as here:
        await here.stop()
        close(here, shut=True)
        await here.start()
        await until(lambda: here.dms(ADMIN, "hr_channel"))
        await here.open_cycle()
        await here.kill()
        await here.settle()
        assert here.board() == []
        assert [one.words for one in here.dms(ADMIN, "hr_channel")] == [words]
        close(here, shut=False)
        here.clock.move(timedelta(minutes=5))
        await here.settle()
        assert [kind_of(one) for one in here.board()] == ["board"]
        assert here.dms(ADMIN, "unreachable") == []


EDITED = {
    "archived": SHUT["archived"][1],
    "left": "找不到 HR 频道 #hr。请检查 SLACK_HR_CHANNEL；如果是私密频道，请用 /invite 邀请我，"
    "之后看板会自动恢复。",
}
"""What Slack says of an edit: to whom is not in it, the channel is not there."""


@pytest.mark.parametrize("how", SHUT)
async def test_an_hr_channel_shut_in_the_middle_is_told_once_each_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    close, _ = SHUT[how]
    async with place(tmp_path, count=20) as here:
        cycle = await here.open_cycle()
        for times in (1, 2):
            close(here, shut=True)
            for _ in range(12):  # more often than a message is tried
                await _paint(here, cycle.id)
                here.clock.move(timedelta(minutes=5))
                await deliver_all(here.deps)
            assert [one.words for one in here.dms(ADMIN, "hr_channel")] == [EDITED[how]] * times
            edits = here.board()[0].edits
            close(here, shut=False)
            here.clock.move(timedelta(minutes=5))
            await here.settle()
            assert here.board()[0].edits > edits
        assert len(here.board()) == 1
    assert len(re.findall(r"\(board\) not sent: ", caplog.text)) == 2


async def _paint(here: Place, cycle: str) -> None:
    async with here.deps.database.begin() as tx:
        await tx.outbox.paint("board", "#hr", cycle, here.clock.now())
