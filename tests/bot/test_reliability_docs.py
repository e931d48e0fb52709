"""The page on reliability: its figures are those that were measured, its commands name tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
FIGURES = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"`(?:\w+=\w+ )*t (tests/[^`]+)`")


def _cells(page: str) -> list[list[str]]:
    return [
        [one.strip() for one in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("|")
    ]


def test_its_figures_are_those_of_the_bench() -> None:
    measured = {row[0]: row[1] for row in _cells(FIGURES)}
    table = PAGE.partition("## Figures")[2].partition("## ")[0]
    _, _, *rows = _cells(table)
    assert rows
    assert {name: value for name, value, _ in rows} == {
        row[0]: measured.get(row[0]) for row in rows
    }
    subjects = re.findall(r"`make bench ARGS=(\w+)`", PAGE)
    assert [one for one in subjects if not (ROOT / "bench" / f"{one}.py").exists()] == []


@pytest.mark.parametrize("command", COMMAND.findall(PAGE))
def test_a_command_names_tests_that_are_there(command: str) -> None:
    words, _, chosen = command.partition(" -k ")
    files = words.split()
    names = [
        name
        for file in files
        for name in re.findall(r"def (test_\w+)", (ROOT / file).read_text(encoding="utf-8"))
    ]
    wanted = chosen.strip('"').split(" or ") if chosen else [""]
    assert [part for part in wanted if not any(part in name for name in names)] == []
