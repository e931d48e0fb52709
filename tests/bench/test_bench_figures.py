"""The bench's own arithmetic and words; what it measures is not tested."""

from __future__ import annotations

import pytest

from bench.figures import Figure, exponent, markdown, short, table

MET = Figure(name="board", value=0.4999, unit="s", limit=0.5, means="All of it.")
MISSED = Figure(name="memory", value=180, unit="MB", limit=120)
TO_COMPARE = Figure(name="a peer", value=81, unit="s", goal="as given")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0.0053, "0.0053"),
        (0.05, "0.05"),
        (12.34, "12.3"),
        (7.0, "7"),
        (0, "0"),
        (10_217.4, "10,217"),
    ],
)
def test_short_keeps_three_digits(number: float, shown: str) -> None:
    assert short(number) == shown


@pytest.mark.parametrize(("power", "expected"), [(1, 1.0), (2, 2.0), (0, 0.0)])
def test_exponent_of_a_power(power: int, expected: float) -> None:
    assert exponent((1_000, 3.0), (10_000, 3.0 * 10**power)) == pytest.approx(expected)


def test_verdict_says_met_or_by_how_much() -> None:
    assert [one.verdict for one in (MET, MISSED, TO_COMPARE)] == ["met", "missed, 1.5 times", ""]
    assert Figure(name="more", value=0, limit=0).verdict == "met"
    assert Figure(name="more", value=3, limit=0).verdict == "missed"


def test_table_lines_up() -> None:
    assert table([MET, MISSED, TO_COMPARE]).splitlines() == [
        "figure  measured  goal",
        "board   0.5 s     ≤ 0.5 s   met",
        "memory  180 MB    ≤ 120 MB  missed, 1.5 times",
        "a peer  81 s      as given",
    ]


def test_markdown_has_machine_table_and_meanings() -> None:
    page = markdown([MET, MISSED], "2 cores").splitlines()
    assert page[2].startswith("2 cores. ")
    assert "| memory | 180 MB | ≤ 120 MB | missed, 1.5 times |" in page
    assert page[-1] == "- **board**: All of it."
