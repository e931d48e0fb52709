"""`import`: what it says and does, in both languages."""

from __future__ import annotations

import pytest
from commands import ROSTER, Said, Shell


def test_import_says_what_it_did_and_the_same_again_changes_nothing(shell: Shell) -> None:
    assert shell("import", "r.csv") == Said(0, "Imported: 3 added, 0 changed, 0 unchanged.\n", "")
    assert shell("import", "r.csv") == Said(0, "Imported: 0 added, 0 changed, 3 unchanged.\n", "")


def test_dry_run_says_what_would_change_and_writes_nothing(shell: Shell) -> None:
    first = shell("import", "r.csv", "--dry-run")
    words = "Dry run: 3 would be added, 0 changed, 0 unchanged. Nothing was written.\n"
    assert first == Said(0, words + "  + b\n  + a\n  + c\n", "")
    assert shell("import", "r.csv").out.startswith("Imported: 3 added")
    shell.file("r.csv", "\n".join(ROSTER.splitlines()[:3]).replace("Ann", "Anna"))
    again = shell("import", "r.csv", "--dry-run")
    assert again.out == (
        "Dry run: 0 would be added, 1 changed, 1 unchanged; 1 not in the file stay as they are. "
        "Nothing was written.\n  ~ a: name\n"
    )
    assert shell("import", "r.csv").out.startswith("Imported: 0 added, 1 changed")


@pytest.mark.parametrize(
    ("locale", "would", "did"),
    [
        (
            "en",
            " Empty cells would clear manager_id of 1. ",
            " Empty cells cleared manager_id of 1.",
        ),
        ("zh-CN", "空单元格将清除：manager_id 1 人。", "空单元格清除了：manager_id 1 人。"),
    ],
)
def test_import_counts_what_empty_cells_clear(
    shell: Shell, locale: str, would: str, did: str
) -> None:
    shell("import", "r.csv")
    shell.set(LOCALE=locale)
    shell.file("r.csv", ROSTER.replace("a,Ann,a@x.test,b", "a,Ann,a@x.test,"))
    assert would in shell("import", "r.csv", "--dry-run").out
    assert did in shell("import", "r.csv").out
    assert "manager_id" not in shell("import", "r.csv").out


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        (
            "en",
            [
                "row 3, manager_id: There is no manager “z”.",
                "row 4, employee_id: “a” is already in row 3.",
            ],
        ),
        (
            "zh-CN",
            [
                "第 3 行，manager_id 列：找不到上级“z”。",
                "第 4 行，employee_id 列：“a”与第 3 行重复。",
            ],
        ),
    ],
)
def test_import_names_every_fault_and_writes_nothing(
    shell: Shell, locale: str, lines: list[str]
) -> None:
    shell.set(LOCALE=locale)
    shell.file(
        "bad.csv", ROSTER.replace("a,Ann,a@x.test,b", "a,Ann,a@x.test,z").replace("c,", "a,")
    )
    said = shell("import", "bad.csv")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines() == lines
    shell.set(LOCALE="en")
    assert shell("import", "r.csv").out.startswith("Imported: 3 added")


def test_import_tells_columns_that_it_does_not_read(shell: Shell) -> None:
    header, *rest = ROSTER.splitlines()
    shell.file("r.csv", "\n".join([header + ",Shoes", *rest]))
    said = shell("import", "r.csv")
    assert (said.code, said.err) == (0, "These columns are not read: Shoes.\n")


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "There is no file x.csv; check its name."),
        ("zh-CN", "找不到文件 x.csv，请检查文件名。"),
    ],
)
def test_import_of_no_file_is_refused(shell: Shell, locale: str, words: str) -> None:
    shell.set(LOCALE=locale)
    assert shell.refused(["import", "x.csv"]) == words


def test_import_of_a_folder_is_refused(shell: Shell) -> None:
    assert shell.refused(["import", "."]) == ". can't be read: Is a directory."


def test_colours_and_progress_are_for_terminals_only(shell: Shell) -> None:
    many = [f"{one},N,{one}@x.test,,," for one in range(501)]
    shell.file("many.csv", "\n".join([ROSTER.splitlines()[0], *many]))
    assert "\x1b[31m" in shell("import", "x.csv", terminal=True).err
    shell.set(DATABASE_URL="sqlite:///few.db")
    assert shell("import", "r.csv", terminal=True).err == ""
    shell.set(DATABASE_URL="sqlite:///pipe.db")
    assert shell("import", "many.csv").err == ""
    assert "─" not in shell("export", "x").err
    shell.set(DATABASE_URL="sqlite:///many.db")
    assert "100%" in shell("import", "many.csv", terminal=True).err
    assert "100%" in shell("cycle", "open", "2026Q3", terminal=True).err
    exported = shell("export", "2026Q3", "-o", "x.json", terminal=True)
    assert (exported.code, exported.out) == (0, "")
    assert "100%" in exported.err
