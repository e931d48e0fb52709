"""Runs `nosurprise` in this process, as its entry point would."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main

ROOT = Path(__file__).parents[3]
ROSTER = """employee_id,name,email,manager_id,role,department
b,Bo Boss,b@x.test,,,Shop
a,Ann,a@x.test,b,crm,Shop
c,Cy,c@x.test,b,crm,Shop
"""


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


class Stream(io.TextIOWrapper):
    """A pipe, or a terminal."""

    def __init__(self, *, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def said(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined,no-any-return]


@dataclass
class Shell:
    """A folder with nothing in it and no setting but what a test sets."""

    folder: Path
    patch: pytest.MonkeyPatch

    def __call__(self, *words: str, terminal: bool = False) -> Said:
        out, err = Stream(terminal=terminal), Stream(terminal=terminal)
        with self.patch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as ended:
                main(words)
        code = ended.value.code
        assert isinstance(code, int)
        return Said(code, out.said(), err.said())

    def set(self, **settings: str) -> None:
        for name, value in settings.items():
            self.patch.setenv(name, value)

    def file(self, name: str, text: str) -> str:
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def refused(self, words: Sequence[str], code: int = 2) -> str:
        """Its one line on stderr."""
        said = self(*words)
        assert (said.code, said.out) == (code, ""), said
        (line,) = said.err.splitlines()
        return line


SETTINGS = (
    *("DATABASE_URL", "POLICY_FILE", "LOCALE", "TIME_ZONE", "HR_ADMINS", "HTTP_BIND", "DATA_KEY"),
    *("LOG_LEVEL", "LOG_FORMAT", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"),
)


def shell_in(folder: Path, patch: pytest.MonkeyPatch) -> Shell:
    """A shell in that folder, in English."""
    patch.chdir(folder)
    for name in (
        *SETTINGS,
        *(name for name in os.environ if name.startswith(("SLACK_", "DINGTALK_"))),
    ):
        patch.delenv(name, raising=False)
    patch.setenv("LOCALE", "en")
    patch.setenv("TERM", "xterm")
    made = Shell(folder, patch)
    made.file("r.csv", ROSTER)
    return made
