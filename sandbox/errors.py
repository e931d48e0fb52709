"""What both workspaces refuse: an act on a screen, and a text that holds no workspace."""

from __future__ import annotations


class PersonError(Exception):
    """What a person asked for can't be done on their screen."""


class UnfilledError(PersonError):
    """The client keeps the form: `blocks` (ids to reasons) are missing or out of bounds."""

    def __init__(self, blocks: dict[str, str]) -> None:
        super().__init__("; ".join(f"{block}: {why}" for block, why in blocks.items()))
        self.blocks = blocks


class UnreadableError(Exception):
    """The text is no workspace of this version."""
