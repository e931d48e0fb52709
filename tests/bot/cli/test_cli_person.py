"""`person erase`, `hold` and `release`: words, exit codes, and the name that is asked for."""

from __future__ import annotations

import json
import sys

import pytest
from commands import Shell


@pytest.fixture
def peopled(shell: Shell) -> Shell:
    assert shell("import", "r.csv").code == 0
    return shell


REFUSED = {
    "person erase z": "Nobody in the roster has the id “z”.",
    "person erase b": "2 colleagues have Bo Boss as manager or HR partner: Ann, Cy. "
    "Import the roster with who takes over first.",
    "person hold a": "Missing option '--reason'; see `nosurprise --help`.",
    "person hold a --reason=": "--reason needs a few words on the dispute.",
    "person hold z --reason=x": "Nobody in the roster has the id “z”.",
    "person release a": "No hold is set on what is kept of Ann.",
}


def test_what_can_not_be_done_is_said_in_one_line_with_exit_2(peopled: Shell) -> None:
    assert {words: peopled.refused(words.split()) for words in REFUSED} == REFUSED


def test_a_person_is_held_then_released_and_erased_once(peopled: Shell) -> None:
    assert peopled("person", "hold", "a", "--reason", "a dispute").code == 0
    held = peopled.refused(["person", "erase", "a", "--yes"])
    assert held == (
        "A hold is set on what is kept of Ann, so nothing of it is erased. "
        "Once the dispute is over: nosurprise person release a."
    )
    assert json.loads(peopled("person", "export", "a").out)["hold"]["reason"] == "a dispute"
    assert peopled("person", "release", "a").code == 0
    done = peopled("person", "erase", "a", "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out == (
        "a is erased: 0 reviews emptied; 0 ratings count on without a name. "
        "Backups keep what was there until you delete them.\n"
    )
    again = peopled.refused(["person", "erase", "a", "--yes"])
    assert again == "a was erased before. Only the id is left."
    assert "Ann" not in peopled("person", "export", "a").out
    back = peopled("import", "r.csv")
    assert back.code == 0
    assert back.err == (
        "1 row is about people who were erased, and left alone: a. "
        "Whoever comes back needs a new id.\n"
    )
    assert "a" not in json.loads(peopled("person", "export", "a").out)["person"]["name"].split()


@pytest.mark.parametrize(("typed", "code"), [(" Ann ", 0), ("ann", 2), ("", 2)])
def test_on_a_terminal_the_name_is_typed(
    peopled: Shell, monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        asked.append(question)
        return typed

    monkeypatch.setattr("builtins.input", answer)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    done = peopled("person", "erase", "a")
    assert done.code == code
    assert done.err == ("" if code == 0 else "That is not the name, so nothing was erased.\n")
    assert "everything about Ann (a): 0 reviews" in asked[0]
