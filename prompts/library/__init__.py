"""The ladders and starting goals that ship, in both languages."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any

from review.library import Ladder, Library, StartingGoal

OTHER = "other"
"""The role that stands for all roles without goals of their own."""


def load() -> Library:
    """The library that ships with the program."""
    return Library(
        ladders={
            key: Ladder(key, ladder["name"], tuple(ladder["levels"]))
            for key, ladder in _read("ladders.toml").items()
        },
        roles={
            "" if key == OTHER else key: tuple(StartingGoal(**goal) for goal in role["goals"])
            for key, role in _read("roles.toml").items()
        },
    )


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / name).read_text(encoding="utf-8"))
