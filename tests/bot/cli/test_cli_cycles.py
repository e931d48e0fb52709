"""`cycle`, `tick`, `export`, `person export`: words, exit codes, files."""

from __future__ import annotations

import csv
import io
import json

import pytest
from commands import ROSTER, Shell

from bot.cli_files import as_csv


@pytest.fixture
def peopled(shell: Shell) -> Shell:
    assert shell("import", "r.csv").code == 0
    return shell


REFUSED = {
    "cycle open foo": "I don't know “foo”. Write: 2026Q4, 2026.",
    "cycle open 2026Q5": "I don't know “2026Q5”. Write: 2026Q4, 2026.",
    "cycle open 2026Q3 --track senior": "I don't know “2026Q3”. Write: 2026H2, 2026.",
    "cycle open 2026H2 --track staff": "I don't know “2026H2”. Write: 2026Q4, 2026.",
    "cycle open 2026H2": "There is nobody to review. Import the roster first, "
    "or check tracks and hire dates.",
    "cycle open 2026Q3 --track king": "--track is “king”; it should be staff, senior.",
    "cycle open 2026Q3 --start soon": "--start is “soon”; write a day such as 2026-10-01.",
    "cycle open 2026Q3 --self-due 2026-10-07": "The dates are in the wrong order: “self-review "
    "is due” (--self-due) must not be before “self-review opens” (--self-open).",
    "cycle open 2026Q3 --start 2026-10-01": "The dates are in the wrong order: “the period's "
    "end” (--end) must not be before “the period's start” (--start).",
    "cycle status 2026Q3": "I don't know “2026Q3”. No cycle has been opened yet.",
    "cycle close 2026Q3": "I don't know “2026Q3”. No cycle has been opened yet.",
    "export 2026Q3": "I don't know “2026Q3”. No cycle has been opened yet.",
    "export 2026Q3 --what luck": "--what is “luck”; it should be reviews, distribution, "
    "actions, annual, surprises, feedback-counts.",
    "export 2026Q3 --format xml": "--format is “xml”; it should be json, csv, xlsx.",
    "person export z": "Nobody in the roster has the id “z”.",
    "tick --now soon": "--now is “soon”; write a moment such as 2026-12-01T09:00:00+08:00.",
    "luck": "No such command 'luck'; see `nosurprise --help`.",
    "import": "Missing argument 'file'; see `nosurprise --help`.",
    "import r.csv --luck": "No such option: --luck; see `nosurprise --help`.",
}


def test_bad_words_are_answered_in_one_line_with_exit_2(peopled: Shell) -> None:
    said = {words: peopled.refused(words.split()) for words in REFUSED}
    assert said == REFUSED


def test_a_cycle_is_opened_looked_at_and_closed_once(peopled: Shell) -> None:
    opened = peopled("cycle", "open", "2026q3", "--self-open", "2026/10/9")
    assert (opened.code, opened.err) == (0, "")
    assert opened.out == (
        "2026Q3 is open: 3 people take part. Self-reviews begin on Fri 9 Oct; "
        "I will tell everyone.\n"
    )
    again = ["cycle", "open", "2026Q3"]
    assert peopled.refused(again) == "2026Q3 has been opened already."
    seen = peopled("cycle", "status", "2026Q3")
    assert (seen.code, seen.err) == (0, "")
    assert "Self-reviews 0/3 · ratings 0/3\n" in seen.out
    unknown = "I don't know “2026Q9”. Write: 2026Q3."
    assert peopled.refused(["cycle", "status", "2026Q9"]) == unknown
    assert peopled("cycle", "close", "2026Q3").out == "2026Q3 is closed.\n"
    assert peopled.refused(["cycle", "close", "2026Q3"]) == "2026Q3 is closed already."


def test_a_half_year_is_for_seniors_and_a_year_for_both(shell: Shell) -> None:
    header, boss, *rest = ROSTER.splitlines()
    shell.file("r.csv", "\n".join([header + ",track", boss + ",senior", *(r + "," for r in rest)]))
    assert shell("import", "r.csv").code == 0
    said = [
        shell("cycle", "open", *words.split()).out.split(" take")[0]
        for words in ("2026H1", "2025", "2025 --track senior")
    ]
    assert said == [
        "2026H1/senior is open: 1 people",
        "2025 is open: 2 people",
        "2025/senior is open: 1 people",
    ]
    assert shell("cycle", "close", "2026H1").out == "2026H1/senior is closed.\n"
    assert shell("cycle", "close", "2025").out == "2025 is closed.\n"
    assert shell.refused(["cycle", "close", "2025"]) == "2025 is closed already."
    assert shell("cycle", "close", "2025/Senior").out == "2025/senior is closed.\n"


def test_an_export_goes_to_a_pipe_or_a_file(peopled: Shell) -> None:
    assert peopled("cycle", "open", "2026Q3").code == 0
    piped = peopled("export", "2026Q3")
    assert [row["employee_id"] for row in json.loads(piped.out)] == ["a", "b", "c"]
    assert peopled("export", "2026Q3", "-o", "x.csv").out == ""
    assert (peopled.folder / "x.csv").read_text(encoding="utf-8") == piped.out
    table = peopled("export", "2026Q3", "--format", "csv")
    assert not table.out.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(table.out, newline="")))
    assert [row["employee_id"] for row in rows] == ["a", "b", "c"]
    assert json.loads(rows[0]["goals"])[0]["kind"] == "goal"
    assert rows[0]["rating"] == ""
    peopled("export", "2026Q3", "--format", "csv", "-o", "reviews.txt")
    written = (peopled.folder / "reviews.txt").read_bytes()
    assert written == b"\xef\xbb\xbf" + table.out.encode()
    empty = peopled("export", "2026Q3", "--what", "distribution", "--format", "csv")
    assert empty.out.startswith("kind,group,quota,count,")
    assert json.loads(peopled("export", "2026Q3", "--what", "actions").out) == []
    for what in ("reviews", "surprises"):
        book = f"{what}.xlsx"
        named = ("--what", what, "--format", "xlsx", "-o", book)
        assert peopled("export", "2026Q3", *named).code == 0
        assert (peopled.folder / book).read_bytes().startswith(b"PK")
    assert peopled.refused(["export", "2026Q3", "-o", "none/x.json"]) == (
        "none/x.json can't be written: No such file or directory."
    )


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_no_cell_is_taken_for_a_formula(start: str) -> None:
    written = as_csv([{"a": f"{start}cmd()", "b": 1, "c": [f"{start}x"], "d": None}], "abcd")
    (row,) = csv.DictReader(io.StringIO(written, newline=""))
    assert (row["a"], row["b"], row["d"]) == (f"'{start}cmd()", "1", "")
    assert json.loads(row["c"]) == [f"{start}x"]


def test_a_person_is_exported_in_full(peopled: Shell) -> None:
    assert peopled("cycle", "open", "2026Q3").code == 0
    assert peopled("person", "export", "a", "-o", "a.json").code == 0
    found = json.loads((peopled.folder / "a.json").read_text(encoding="utf-8"))
    assert list(found) == [
        *(
            "person",
            "accounts",
            "contacts",
            "reviews",
            "goals",
            "cascade",
            "goal_progress",
            "check_ins",
        ),
        *("praise", "talks", "appeals", "actions", "action_words", "pairings", "pairings_met"),
        *("one_on_ones", "rhythms", "seals", "calibration_moves", "delegations", "drafts"),
        "askings",
        *("audit", "messages", "waits_until", "hold"),
        *("evidence", "feedback", "feedback_requests", "interviews"),
        *("one_on_one_notes", "one_on_one_actions"),
    ]
    assert found["person"]["name"] == "Ann"
    assert [one["cycle"] for one in found["reviews"]] == ["2026Q3"]


def test_tick_without_a_platform_plans_and_ends(peopled: Shell) -> None:
    assert peopled("cycle", "open", "2026Q3").code == 0
    said = peopled("tick", "--now", "2026-10-09T10:00")
    assert (said.code, said.out, said.err) == (0, "", "")
    reviews = json.loads(peopled("export", "2026Q3").out)
    assert {row["stage"] for row in reviews} == {"self_review"}


def test_help_is_no_error(shell: Shell) -> None:
    for words in ([], ["cycle"], ["person"], ["import", "--help"]):
        said = shell(*words)
        assert (said.code, said.err) == (0, ""), words
        assert "Usage: nosurprise" in said.out
