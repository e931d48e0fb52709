"""What a history may suffer: how often, and for how long; all of it from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

LONG = (65.0, 400.0)
"""Seconds that a zombie sleeps: longer than its lease (scheduler.claim.LEASE)."""
OVERTAKEN = (58.0, 75.0)
"""Seconds after which a zombie hears how its call ended, while whoever took it over calls."""
TAKES = 5.0
"""Seconds that a call is on its way at most."""
TIMES_OUT = 10.0
RIVALS = 0.25
"""Of all histories, those in which a zombie hears of its call when another calls."""
LATE = 2.5
"""A call that timed out may be taken so many seconds later."""
UNSEEN = 1.5
"""A message may be in the chat for so long before its history shows it.

LATE and UNSEEN together stay below scheduler.ending.DOUBT: what becomes visible after the
look-back is what remains, and no bot can do anything about it.
"""


@dataclass
class Dice:
    """The seed's luck, and how much bad luck is left."""

    seed: int
    calm: bool = False
    """Nothing bad happens (any more)."""
    crashes: int = 3
    zombies: int = 2
    faults: dict[str, int] = field(default_factory=dict)
    """How often each delivery's call went wrong."""
    overtaken: str | None = None
    """The delivery of which a zombie hears late."""
    all_awake: float = 0.0
    """When the last sleeper wakes, in the loop's time."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)  # noqa: S311  a seed has to give the same again
        self.pain = self.random.choice((0.0, 0.02, 0.05, 0.1))
        self.bad_calls = self.random.choice((0.1, 0.3, 0.6))
        self.rivals = self.random.random() < RIVALS
        """Processes that overtake each other in the middle of a call."""

    def chance(self, share: float) -> bool:
        return not self.calm and self.random.random() < share

    def crash(self) -> bool:
        if self.crashes and self.chance(self.pain):
            self.crashes -= 1
            return True
        return False

    def pause(self, *, long: bool) -> float:
        """Seconds until the process gets on; 0: at once."""
        if long and self.zombies and self.chance(self.pain):
            self.zombies -= 1
            return self.random.uniform(*LONG)
        return self.random.uniform(0, 0.5) if self.chance(0.3) else 0.0

    def hears_late(self, delivery: str, *, posted: bool) -> float:
        """Seconds until a process hears how its call ended; 0: as `pause` says.

        First of a call that posted nothing, then of the call of whoever took that delivery over.
        """
        if self.overtaken is None:
            if posted or not (self.rivals and self.zombies and self.chance(0.9)):
                return 0.0
            self.zombies -= 1
            self.overtaken = delivery
        elif posted and delivery == self.overtaken:
            self.overtaken = ""  # even in the calm: the first one wakes only then
        else:
            return 0.0
        return self.random.uniform(*OVERTAKEN)

    def fault(self, delivery: str) -> str:
        """How a call for that delivery ends."""
        if self.faults.get(delivery, 0) >= 3 or not self.chance(self.bad_calls):
            return "ok"
        self.faults[delivery] = self.faults.get(delivery, 0) + 1
        return self.random.choice(REFUSALS if self.rivals else FAULTS)


REFUSALS = ("limited", "refused")
"""What surely posted nothing."""
FAULTS = ("lost", "taken", "late", "broken", "broken_taken", "limited", "refused", "slow")
"""What a call may come to; see FakeMessenger.send."""
