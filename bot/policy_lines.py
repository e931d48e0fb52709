"""Where each setting of a TOML text stands, so that a fault can be said with its line."""

from __future__ import annotations

import re

from review.policy_check import Place

__all__ = ["Place", "line_of", "lines_of", "section"]

_LIST = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_SECTION = re.compile(r"\s*\[\s*([\w.-]+)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


def lines_of(written: str) -> dict[Place, int]:
    """Line, from 1, of every section, entry of a list and key that begins a line."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    inside: Place = ()
    for number, line in enumerate(written.splitlines(), start=1):
        if entry := _LIST.match(line):
            name: Place = tuple(entry[1].split("."))
            inside = (*name, counts.get(name, 0))
            counts[name] = counts.get(name, 0) + 1
            found.setdefault(name, number)
            found[inside] = number
        elif section := _SECTION.match(line):
            inside = tuple(section[1].split("."))
            found.setdefault(inside, number)
        elif key := _KEY.match(line):
            found.setdefault((*inside, key[1]), number)
    return found


def line_of(place: Place, lines: dict[Place, int], beside: Place = ()) -> int | None:
    """The line of that place, else of `beside`, else of the nearest thing around the place.

    None: nothing of it is in the file.
    """
    if place not in lines and beside in lines:
        return lines[beside]
    for end in range(len(place), 0, -1):
        if place[:end] in lines:
            return lines[place[:end]]
    return None


def section(place: Place) -> str:
    """A section as it is written in the file; "" for the policy itself."""
    if not place:
        return ""
    name = ".".join(str(part) for part in place if isinstance(part, str))
    return f"[[{name}]]" if isinstance(place[-1], int) else f"[{name}]"
