from __future__ import annotations

import asyncio
import os
import shlex
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from bot.pictures import PNG, Band, Column, DistributionPicture, Group, Painter, PictureFailedError

PICTURE = DistributionPicture(
    title="2026 年第一季度 · 评分分布",
    note="截至目前：60 人中已评 48 人",
    columns_heading="各档占比",
    columns=(
        Column(label="4", share=0.3, figure="30%", detail="3 人", band="杰出"),
        Column(label="3.5", share=0.7, figure="70%", detail="7 人", band="符合期望"),
    ),
    bands_heading="与公司规定相比",
    bands=(
        Band(
            label="4 分及以上",
            share=0.3,
            figure="30%",
            limit="最多 20%",
            at_most=0.2,
            out=True,
        ),
    ),
    groups=(Group(label="Operations 运营部 / 张伟", figure="10 人", words="R&D $x^$ <b>"),),
)


def shell(script: str) -> tuple[str, ...]:
    return ("/bin/sh", "-c", script)


SAY_PNG = r"printf '\211PNG\r\n\032\nrest'"


def gone(pid: int) -> bool:
    """Whether there is no such process, not even one that nobody waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def running(pid: int) -> bool:
    """Whether it still does something; a process that only waits for init to forget it does not."""
    return not gone(pid) and "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def was_removed(named_in: Path) -> bool:
    return not Path(named_in.read_text().strip()).exists()


def content(file: Path) -> str:
    return file.read_text() if file.exists() else ""


async def written(file: Path) -> str:
    """What another process writes into a file, as soon as it does."""
    async with asyncio.timeout(20):
        while not (text := content(file)):  # noqa: ASYNC110 the file has no event
            await asyncio.sleep(0.01)
    return text


async def test_draw_gives_a_png_1080_wide_and_the_same_bytes_again() -> None:
    painter = Painter()
    once = await painter.draw(asdict(PICTURE))
    assert once.startswith(PNG)
    assert int.from_bytes(once[16:20], "big") == 1080
    assert await painter.draw(asdict(PICTURE)) == once
    assert await painter.draw(asdict(replace(PICTURE, note=""))) != once


def test_the_bot_itself_never_loads_the_drawing_library() -> None:
    script = "import sys, bot.pictures; sys.exit('matplotlib' in sys.modules)"
    env = {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run([sys.executable, "-c", script], check=False, env=env).returncode == 0  # noqa: S603


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (asdict(PICTURE) | {"kind": "pie"}, "kind"),
        (asdict(PICTURE) | {"bars": []}, "bars"),
        ({"kind": "distribution"}, "title"),
        (asdict(PICTURE) | {"columns": [{"label": "4", "share": 1.5, "figure": ""}]}, "columns"),
        ("{", "JSON"),
    ],
)
async def test_draw_refuses_data_that_makes_no_picture(
    wrong: dict[str, object] | str, why: str
) -> None:
    with pytest.raises(PictureFailedError, match=rf"ended with 1: no .*{why}"):
        await Painter().draw(wrong)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        Column(label="4", share=share, figure="")
    with pytest.raises(ValueError, match="between 0 and 1"):
        Band(label="4", share=0.5, figure="", at_most=share)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("echo bad >&2; echo worse >&2; exit 3", "ended with 3: worse"),
        ("kill -9 $$", "ended with -9: it said nothing"),
        ("cat >/dev/null; echo no picture", "ended with 0: it said nothing"),
    ],
)
async def test_draw_says_how_the_process_crashed(script: str, why: str) -> None:
    with pytest.raises(PictureFailedError, match=why):
        await Painter(program=shell(script)).draw({"title": "x" * 1_000_000})


async def test_draw_says_that_the_process_did_not_start() -> None:
    with pytest.raises(PictureFailedError, match="did not start"):
        await Painter(program=("/nowhere/python",)).draw({})


async def test_draw_over_its_time_ends_the_process_and_what_that_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    script = f"sleep 600 & echo $$ $! > {shlex.quote(str(started))}; wait"
    with pytest.raises(PictureFailedError, match="longer than 1 s"):
        await Painter(seconds=1, program=shell(script)).draw({})
    child, grandchild = map(int, content(started).split())
    assert gone(child)
    assert not running(grandchild)


async def test_draw_cancelled_ends_the_process_and_lets_the_next_one_draw(tmp_path: Path) -> None:
    started = tmp_path / "started"
    where = shlex.quote(str(started))
    script = f"test -e {where} && {SAY_PNG} && exit; echo $$ > {where}; exec sleep 600"
    painter = Painter(program=shell(script))
    drawing = asyncio.create_task(painter.draw({}))
    pid = int(await written(started))
    drawing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert gone(pid)
    assert (await painter.draw({})).startswith(PNG)


async def test_only_one_picture_is_drawn_at_a_time(tmp_path: Path) -> None:
    alone = shlex.quote(str(tmp_path / "alone"))
    script = f"mkdir {alone} || exit; cat >/dev/null; sleep 0.1; rmdir {alone}; {SAY_PNG}"
    painter = Painter(program=shell(script))
    images = await asyncio.gather(*(painter.draw({}) for _ in range(4)))
    assert images == [PNG + b"rest"] * 4


async def test_the_process_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-local-bot")
    script = f'test -z "$SLACK_BOT_TOKEN" && {SAY_PNG}'
    assert (await Painter(program=shell(script)).draw({})).startswith(PNG)


async def test_the_process_writes_only_into_a_folder_that_is_gone_afterwards(
    tmp_path: Path,
) -> None:
    kept = tmp_path / "kept"
    script = f'touch "$MPLCONFIGDIR/x"; echo "$MPLCONFIGDIR" > {shlex.quote(str(kept))}; {SAY_PNG}'
    await Painter(program=shell(script)).draw({})
    assert was_removed(kept)
