"""What both local workspaces keep between two starts: text of a known format, read again."""

from __future__ import annotations

import json
from typing import TypeVar

import cattrs
from cattrs import Converter

from sandbox.errors import UnreadableError

T = TypeVar("T")


def structured(text: str, form: int, kind: type[T], converter: Converter) -> T:
    """Return what was saved in that format as that kind. Raises UnreadableError."""
    try:
        found = json.loads(text)
        told = found.get("format") if isinstance(found, dict) else None
        if told != form:
            raise UnreadableError(f"format {told}")
        return converter.structure(found, kind)
    except (ValueError, cattrs.BaseValidationError) as fault:
        raise UnreadableError(str(fault)) from fault
