"""Planted secrets: texts that say of themselves what they are and whose, and who may read them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from review.stages import Stage

LETTERS: Mapping[Stage, str] = dict(zip(Stage, "GgSMCKHIhaxpE", strict=True))
ALL = "".join(LETTERS.values())
TALKED = "haxp"
_MARK = re.compile(r"secret\[(\w+)\|([\w-]+)\]")
_LINE = dict.fromkeys(("manager", "skip_level", "above", "hrbp", "hr_admin"), ALL)

READERS: Mapping[str, Mapping[str, str]] = {
    "own": _LINE | {"person": ALL, "decider": "p"},
    "rating": _LINE | {"person": TALKED, "decider": "p"},
    "feedback": {"person": ALL, "giver": ALL},
    "whisper": {"person": ALL, "peer": ALL},
    "prepared": {"person": ALL, "manager": ALL},
    "led": {"manager": ALL, "person": f"{TALKED}ME"},
    "agreed": {"person": ALL, "manager": ALL, "hr_admin": ALL, "mentor": ALL},
    "paired": {"person": ALL, "pair": ALL},
    "appeal": {"person": ALL, "hr_admin": ALL, "decider": ALL},
    "decided": dict.fromkeys((*_LINE, "person", "decider"), ALL),
    "kept": {"person": ALL},
    "draft": {"person": ALL},
}
"""Kind of text to the roles that may read it, and at which stages (product.md 13).

"own": goals, progress, self-review. "rating": the manager's words, and theirs who sign. "feedback"
is the manager's, "whisper" a colleague's. "prepared" and "led": what the person and the manager
prepare for the talk; once talked through it stays known, also where HR opens the review again.
"paired": of a one-on-one, the pair's alone. Of
"kept" (a message of the chat) and "draft" (what was not sent) the "person" is its keeper or writer.
"""
IN_EXPORTS = {kind for kind, readers in READERS.items() if "hr_admin" in readers}
"""What HR may carry out of the program."""


def secret(kind: str, whose: str) -> str:
    """A text of that kind about, or of, somebody."""
    return f"secret[{kind}|{whose}]"


def found_in(text: str) -> set[tuple[str, str]]:
    """The secrets in it: what each is, and whose."""
    return set(_MARK.findall(text))


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who is what to whom, and where each one's review stands."""

    roles: Callable[[str, str], frozenset[str]]
    """What a viewer is to somebody."""
    stage: Callable[[str], Stage]

    def wrong(self, viewer: str, text: str) -> list[str]:
        """The secrets in it that are not for that viewer."""
        return sorted(
            f"{viewer} reads {kind} of {whose}"
            for kind, whose in found_in(text)
            if not self._may(viewer, kind, whose)
        )

    def _may(self, viewer: str, kind: str, whose: str) -> bool:
        readers = READERS[kind]
        at = LETTERS[self.stage(whose)]
        return any(at in readers.get(role, "") for role in self.roles(viewer, whose))
