"""What can be wrong at start: one line in the company's language, exit 2, nothing touched."""

from __future__ import annotations

import ctypes
import os
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from commands import ROOT, Shell
from disks import held, small_disk

from storage.migrations import HEAD

COMMANDS = (["import", "r.csv"], ["cycle", "open", "2026Q3"], ["export", "2026Q3"])
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-hush-1", "SLACK_APP_TOKEN": "xapp-hush-2"}
PR_CAPBSET_DROP = 24
OVERRIDES = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: without them file modes bind root, too."""


def no_overrides() -> None:
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for one in OVERRIDES:
            assert libc.prctl(PR_CAPBSET_DROP, one, 0, 0, 0) == 0, ctypes.get_errno()


def bound_by_modes(shell: Shell, *words: str) -> tuple[int, str]:
    """Run it as somebody whom file modes bind; its exit code and what it said."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "bot", *words],
        cwd=shell.folder,
        env=dict(os.environ) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        preexec_fn=no_overrides,
    )
    return done.returncode, done.stderr.decode()


def files(folder: Path) -> dict[str, bytes]:
    """All but what SQLite keeps beside an open database."""
    kept = [one for one in folder.iterdir() if one.is_file()]
    return {one.name: one.read_bytes() for one in kept if one.suffix not in {".db-wal", ".db-shm"}}


@contextmanager
def _mode(path: Path, mode: int) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


@contextmanager
def _version(file: Path, version: str) -> Iterator[None]:
    def put(name: str) -> str:
        with sqlite3.connect(file) as base:
            (before,) = base.execute("SELECT version_num FROM alembic_version").fetchone()
            base.execute("UPDATE alembic_version SET version_num = ?", (name,))
        base.close()
        return str(before)

    before = put(version)
    try:
        yield
    finally:
        put(before)


@contextmanager
def _away(file: Path) -> Iterator[None]:
    file.rename(file.with_suffix(".away"))
    try:
        yield
    finally:
        file.with_suffix(".away").rename(file)


WORDS = {
    "a read-only file": (
        "d/x.db can't be written: the file, its folder or the disk is read-only. "
        "Let the bot's user write there.",
        "无法写入 d/x.db：文件、目录或磁盘是只读的。请给运行机器人的用户写入权限。",
    ),
    "a read-only folder": (
        "d/x.db can't be written: the file, its folder or the disk is read-only. "
        "Let the bot's user write there.",
        "无法写入 d/x.db：文件、目录或磁盘是只读的。请给运行机器人的用户写入权限。",
    ),
    "locked": (
        "Another program has been writing to d/x.db for too long. Let it end, or end it; "
        "the bot goes on by itself then.",
        "另一个程序长时间占用 d/x.db。请等它结束，或将它停掉，之后机器人会自行恢复。",
    ),
    "newer": (
        f"The database is of version 9999, newer than this program ({HEAD}). Start the newer "
        "program, or put a backup back; nothing was changed.",
        f"数据库的版本是 9999，比本程序（{HEAD}）新。"
        "请启动新版程序，或用备份恢复；数据没有任何改动。",
    ),
    "key lost": (
        "The texts in this database are sealed, and their key d/x.db.key is gone. "
        "Put the key file back, or set DATA_KEY; nothing was changed.",
        "这个数据库里的文本是加密的，但密钥 d/x.db.key 不见了。"
        "请放回密钥文件，或设置 DATA_KEY；数据没有任何改动。",
    ),
}
FAULTS: dict[str, Callable[[Path], AbstractContextManager[None]]] = {
    "a read-only file": lambda folder: _mode(folder / "x.db", 0o444),
    "a read-only folder": lambda folder: _mode(folder, 0o555),
    "locked": lambda folder: held(folder / "x.db"),
    "newer": lambda folder: _version(folder / "x.db", "9999"),
    "key lost": lambda folder: _away(folder / "x.db.key"),
}


@pytest.mark.parametrize("wrong", FAULTS)
def test_a_database_that_can_not_be_used_is_said_left_alone_and_works_afterwards(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    shell.set(DATABASE_URL="sqlite:///d/x.db")
    assert shell("import", "r.csv").code == 0
    folder = shell.folder / "d"
    monkeypatch.setattr("storage.engine.BUSY_MS", 50)
    with FAULTS[wrong](folder):
        before = files(folder)
        for locale, words in zip(("en", "zh-CN"), WORDS[wrong], strict=True):
            shell.set(LOCALE=locale)
            if wrong.startswith("a read-only"):
                assert bound_by_modes(shell, "import", "r.csv") == (2, f"{words}\n")
            else:
                for command in COMMANDS:
                    assert shell.refused(command) == words
        assert files(folder) == before
    shell.set(LOCALE="en")
    assert shell("import", "r.csv").out == "Imported: 0 added, 0 changed, 3 unchanged.\n"


@pytest.mark.long
def test_a_run_in_a_read_only_folder_is_refused_in_both_languages(shell: Shell) -> None:
    shell.set(DATABASE_URL="sqlite:///d/x.db", **TOKENS)
    assert shell("import", "r.csv").code == 0
    with _mode(shell.folder / "d", 0o555):
        said = {}
        for locale in ("en", "zh-CN"):
            shell.set(LOCALE=locale)
            said[locale] = bound_by_modes(shell, "run")
    assert said == {
        "en": (
            2,
            "d/x.db.lock can't be used: Permission denied. Check DATABASE_URL and the folder's "
            "rights.\n",
        ),
        "zh-CN": (2, "无法使用 d/x.db.lock：没有权限。请检查 DATABASE_URL 和目录权限。\n"),
    }


def test_a_full_disk_is_said_and_works_afterwards(shell: Shell) -> None:
    with small_disk(shell.folder / "d") as disk:
        shell.set(DATABASE_URL="sqlite:///d/x.db")
        with disk.full():
            for locale, words in (
                ("en", "There is no room left on the disk for d/x.db, so nothing more can be "),
                ("zh-CN", "d/x.db 所在的磁盘已满，无法再保存任何内容。请腾出空间，之后"),
            ):
                shell.set(LOCALE=locale)
                assert shell.refused(["import", "r.csv"]).startswith(words)
        shell.set(LOCALE="en")
        assert shell("import", "r.csv").out.startswith("Imported: 3 added")
        with disk.full():
            assert shell.refused(["import", "r.csv"]).startswith("There is no room left on the")
            assert shell.refused(["cycle", "open", "2026Q3"]).startswith("There is no room left")
        assert shell("import", "r.csv").out == "Imported: 0 added, 0 changed, 3 unchanged.\n"


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        (
            "d",
            "d is a folder. DATABASE_URL should name a file",
            "d 是一个目录。DATABASE_URL 应指向",
        ),
        ("r.csv", "r.csv is not a database.", "r.csv 不是数据库。"),
        ("r.csv/x.db", "r.csv can't be used: File exists.", "无法使用 r.csv：同名文件已存在。"),
        ("/proc/x/y.db", "/proc/x can't be used: No such file", "无法使用 /proc/x：没有这个文件"),
    ],
)
def test_a_database_url_that_names_no_database_is_said(
    shell: Shell, place: str, english: str, chinese: str
) -> None:
    (shell.folder / "d").mkdir()
    shell.set(DATABASE_URL=f"sqlite:///{place}", **TOKENS)
    before = files(shell.folder)
    for locale, words in (("en", english), ("zh-CN", chinese)):
        shell.set(LOCALE=locale)
        for command in COMMANDS:
            assert shell.refused(command).startswith(words)
    assert files(shell.folder) == before


def test_a_path_without_rights_is_said(shell: Shell) -> None:
    (shell.folder / "d").mkdir()
    shell.set(DATABASE_URL="sqlite:///d/e/x.db")
    with _mode(shell.folder / "d", 0o000):
        assert bound_by_modes(shell, "import", "r.csv") == (
            2,
            "d/e can't be used: Permission denied. Check DATABASE_URL and the folder's rights.\n",
        )


@pytest.mark.parametrize("locale", ["en", "zh-CN", "fr", None])
def test_settings_are_said_in_the_language_that_is_set_and_a_bad_one_in_both(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, locale: str | None
) -> None:
    if locale is None:
        monkeypatch.delenv("LOCALE")
    else:
        shell.set(LOCALE=locale)
    shell.set(TIME_ZONE="Mars")
    english = "TIME_ZONE is “Mars”; it should be one such as Asia/Shanghai."
    chinese = "TIME_ZONE 不能是“Mars”，请写成 Asia/Shanghai 这样。"
    bad = "LOCALE 不能是“fr”，可选：zh-CN、en。 / LOCALE is “fr”; it should be one of zh-CN, en."
    wanted = {"en": english, "zh-CN": chinese, "fr": bad, None: chinese}
    assert shell.refused(["run"]) == wanted[locale]


@pytest.mark.parametrize("kind", ["a broken line", "a folder", "NUL"])
def test_a_wrong_dotenv_ends_every_command_with_one_line(shell: Shell, kind: str) -> None:
    if kind == "a folder":
        (shell.folder / ".env").mkdir()
    else:
        text = "HR_ADMINS=a\nSLACK_BOT_TOKEN xoxb-hush" if kind == "a broken line" else "A=\0"
        shell.file(".env", text)
    words = {
        "a broken line": ".env, line 2 is no setting. Write NAME=value; quotes must be closed.",
        "a folder": ".env can't be read: Is a directory.",
        "NUL": ".env, line 1 holds a byte that is no text (NUL). Write the line again, "
        "and save the file in UTF-8.",
    }
    for command in (["run"], *COMMANDS):
        assert shell.refused(command) == words[kind]


def test_quotas_that_cannot_all_hold_stop_every_command_with_their_line(shell: Shell) -> None:
    shell.file(
        "policy.toml",
        '[[distribution.quotas]]\nkey = "top"\nlowest = 4\nat_most = "20 %"\n'
        '[[distribution.quotas]]\nkey = "middle"\nlowest = 3.5\nhighest = 3.75\nat_most = "20 %"\n'
        '[[distribution.quotas]]\nkey = "lower"\nhighest = 3.25\nat_most = "50 %"\n',
    )
    for command in (["run"], *COMMANDS):
        assert shell.refused(command) == (
            "policy.toml: line 10: quotas: no spread of ratings can keep these together: "
            "top at most 20 %, middle at most 20 %, lower at most 50 %"
        )
    shell.set(LOCALE="zh-CN")
    assert shell.refused(["run"]) == (
        "policy.toml：第 10 行：quotas：没有任何评分分布能同时满足这些配额："
        "top 不多于 20 %，middle 不多于 20 %，lower 不多于 50 %"
    )


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "HTTP_BIND can't be used (Address already in use): end what runs there"),
        ("zh-CN", "HTTP_BIND 无法使用（地址已被占用）：请停掉占用它的程序"),
    ],
)
def test_a_taken_port_is_said_before_slack_is_asked(shell: Shell, locale: str, words: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        shell.set(LOCALE=locale, HTTP_BIND=f"127.0.0.1:{port}", **TOKENS)
        shell.set(SLACK_API_URL="http://127.0.0.1:1/api/")
        assert shell.refused(["run"]).startswith(words)
