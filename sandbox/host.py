"""What whoever set up the workspace adds to its page: times to go to, and a guided path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

Words = Mapping[str, str]
"""The same words by language: "zh" and "en"."""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A moment that the page offers to move the clock to."""

    key: str
    label: Words
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something to try, and where."""

    title: Words
    text: Words
    done: bool
    user: str | None = None
    """Whom to act as for it."""
    channel: str | None = None
    """The conversation it is in; None: the one with the app."""
    landmark: str | None = None
    """The key of a landmark to move the clock to, for a step that is nowhere else."""


class Host(Protocol):
    """Whoever set up the workspace."""

    @property
    def busy(self) -> bool:
        """Whether things are still being arranged, or the clock is being moved."""

    def landmarks(self) -> Sequence[Landmark]:
        """The moments that can be gone to now."""

    def move_to(self, landmark: Landmark) -> None:
        """Begin to move the clock there."""

    def steps(self) -> Sequence[Step]:
        """The guided path; empty where there is none."""


def told(host: Host | None) -> dict[str, Any]:
    """What the page is told of it, as JSON."""
    if host is None:
        return {"busy": False, "landmarks": [], "steps": []}
    return {
        "busy": host.busy,
        "landmarks": [
            asdict(landmark) | {"at": landmark.at.isoformat()} for landmark in host.landmarks()
        ],
        "steps": [asdict(step) for step in host.steps()],
    }
