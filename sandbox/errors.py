"""What a client itself does not let a person do."""

from __future__ import annotations


class PersonError(Exception):
    """What a person asked for can't be done on their screen."""


class UnfilledError(PersonError):
    """The client keeps the form: `blocks` (ids to reasons) are missing or out of bounds."""

    def __init__(self, blocks: dict[str, str]) -> None:
        super().__init__("; ".join(f"{block}: {why}" for block, why in blocks.items()))
        self.blocks = blocks
