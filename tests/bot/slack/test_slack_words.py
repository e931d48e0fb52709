"""Every text is used by somebody, and renders with the facts that its caller gives."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import prompts
from prompts.card import Text
from prompts.render import LOCALES, Words
from prompts.samples.every import screens
from prompts.samples.sizes import USUAL, WORST

ROOT = Path(prompts.__file__).parent
CODE = Path(prompts.__file__).parents[1]
ROOMS = ("bot", "handlers", "prompts", "review", "scheduler", "storage")
KINDS = {"desks", "excluded", "needs", "refused", "roster", "stages"}
"""Files whose blocks are found by a computed key; each is held against its enum elsewhere."""


class Listening(Words):
    """Words that remember what they were asked for."""

    def __init__(self, locale: str) -> None:
        super().__init__(locale)
        self.asked: set[str] = set()

    def __call__(self, key: str, **facts: object) -> Text:
        self.asked.add(key)
        return super().__call__(key, **facts)


def every_key() -> set[str]:
    return {
        f"{path.stem}.{name}"
        for path in (ROOT / "en").glob("*.j2")
        for name in re.findall(r"{% block (\w+) %}", path.read_text(encoding="utf-8"))
    }


def computed(source: str) -> set[str]:
    """Patterns of keys that are put together: "clock_{way}" stands for clock_ahead and others.

    What follows the file's name has to have some words of its own.
    """
    found = re.findall(r'f"((?:\w+\.)?\w+\{[^"{}]*\}\w*)"', source)
    return {r"(?:\w+\.)?" + re.sub(r"\{[^}]*\}", r"\\w+", one) for one in found}


@pytest.mark.parametrize("locale", LOCALES)
def test_screens_and_callers_use_every_text(locale: str) -> None:
    words = Listening(locale)
    for sizes in (USUAL, WORST):
        screens(sizes, words)
    source = "\n".join(
        path.read_text(encoding="utf-8") for room in ROOMS for path in (CODE / room).rglob("*.py")
    )
    ends = set(re.findall(r"""["'._](?=(\w+)["'])""", source))
    quoted = set(re.findall(r"""["'](?=(\w+\.\w+))""", source))
    patterns = [re.compile(one) for one in computed(source)]
    silent = {
        key
        for key in every_key() - words.asked
        if key.partition(".")[0] not in KINDS
        and key.partition(".")[2] not in ends
        and key not in quoted
        and not any(one.fullmatch(key) for one in patterns)
    }
    assert silent == set()
    assert words.asked <= every_key()
