"""What names a person in texts that are not their own: ids, names and accounts to look for."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from review.people import EmployeeId

ACTS = {"by", "giver"}
"""Facts that say who spoke: they stay an id, and are named as whoever that id is by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What to look for."""

    employee_id: EmployeeId
    about: frozenset[str] = frozenset()
    """Ids of what is theirs: reviews, feedback they received, actions from their talks, and praise,
    which names them whoever spoke."""
    named: frozenset[str] = frozenset()
    """`once` of messages that stay, and name them: feedback that they gave, whom others asked."""
    accounts: frozenset[str] = frozenset()
    """What the platforms know them by."""
    words: frozenset[str] = frozenset()
    """Name, e-mail and accounts."""

    def in_name(self, text: str | None) -> bool:
        """Whether a key, such as "<review>:<goal>", names something of theirs."""
        return text is not None and any(one in text for one in self.about)

    def in_text(self, text: str) -> bool:
        """Whether it names something of theirs, or them."""
        return self.in_name(text) or any(_holds(text, one) for one in self.words)

    def in_json(self, data: bytes) -> bool:
        """Whether it tells of them, and not only that they spoke."""
        return self._in(json.loads(data))

    def _in(self, value: Any) -> bool:
        match value:
            case str():
                return value == self.employee_id or self.in_text(value)
            case Mapping():
                return any(
                    self.in_text(one) if name in ACTS and isinstance(one, str) else self._in(one)
                    for name, one in value.items()
                )
            case list():
                return any(self._in(one) for one in value)
            case _:
                return False


def _holds(text: str, word: str) -> bool:
    """Whether the word stands in it; a Latin one only by itself, so that Ann is not in Anna."""
    if word not in text:
        return False
    before = r"(?<![0-9A-Za-z])" if word[0].isascii() else ""
    after = r"(?![0-9A-Za-z])" if word[-1].isascii() else ""
    return re.search(f"{before}{re.escape(word)}{after}", text) is not None


def needles(*words: str | None) -> frozenset[str]:
    """Those that are there; a blank one would be found everywhere."""
    return frozenset(word for word in words if word and word.strip())


def once_among(once: str, prefix: str, ids: Collection[str]) -> bool:
    """Whether a message's `once` is that of one of these."""
    return once.startswith(prefix) and once.removeprefix(prefix) in ids
