"""What an action may be besides a task: a training, or a pairing with a mentor."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

LINK_LIMIT = 500
"""Characters of a training's address (ours)."""


class ActionKind(StrEnum):
    """What somebody agreed to do."""

    TASK = "task"
    TRAINING = "training"
    """Done with what was learnt."""
    MENTORING = "mentoring"
    """With a mentor, until both have closed it."""


def is_link(text: str) -> bool:
    """Whether it is an address that may be shown: https, with a host, no name or password in it.

    Whoever reads it presses it, so nothing else is taken.
    """
    if len(text) > LINK_LIMIT or any(one.isspace() or not one.isprintable() for one in text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme == "https" and "." in (host or "") and parts.username is None
