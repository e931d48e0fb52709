"""A backup that there is no room for, or no right to write, leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from commands import Shell
from disks import small_disk


def test_a_full_disk_is_said_and_no_half_stays(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    with small_disk(shell.folder / "small") as disk:
        with disk.full():
            line = shell.refused(["backup", "small/b.db"])
            assert line.startswith("There is no room left on the disk for small")
            assert [file.name for file in disk.folder.iterdir()] == ["ballast"]
        assert shell("backup", "small/b.db").code == 0


def test_a_full_disk_ends_a_restore_and_the_database_is_as_it_was(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    assert shell("backup", "b.db", "--with-key").code == 0
    with small_disk(shell.folder / "small") as disk:
        shell.set(DATABASE_URL="sqlite:///small/x.db")
        assert shell("import", "r.csv").code == 0
        with disk.full():
            assert shell("restore", "b.db", "--force").code == 2
            assert [file.name for file in disk.folder.glob(".*")] == []
            assert [file.name for file in disk.folder.glob("*.old-*")] == []
        assert '"Ann"' in shell("person", "export", "a").out


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_must_not_be_written_is_said(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    shut = Path(shell.folder / "shut")
    shut.mkdir(mode=0o500)
    assert shell.refused(["backup", "shut/b.db"]).startswith("shut")


def test_a_folder_that_is_not_there_is_said(shell: Shell) -> None:
    assert shell("import", "r.csv").code == 0
    said = shell.refused(["backup", "nowhere/b.db"])
    assert said == "nowhere/b.db can't be written: No such file or directory."
