"""The guided path: five steps, from a rating that turns a team red to the breach resolved."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.demo.cast import FAVOURED, LEAD, TO_RATE, Cast
from bot.demo.chat import Chat
from bot.demo.clockwork import NEXT_DAY
from bot.demo.say import both
from handlers.living import HR
from handlers.ports import Deps
from handlers.spread import board_with_names
from handlers.work import Work
from review.cycle import Cycle
from review.groups import GroupKind, GroupName
from sandbox.host import Step
from scheduler.check_distribution import RESOLVED, STRONG

log = logging.getLogger(__name__)
TEAM = GroupName(GroupKind.MANAGER, LEAD)


@dataclass(slots=True)
class Path:
    """Where the visitor is on it, out of what happened in the workspace."""

    cast: Cast
    cycle: Cycle
    deps: Deps
    chat: Chat
    visit: datetime
    """When the visitor came."""
    _rated: bool = field(default=False)
    _in_policy: bool = field(default=False)
    _said: dict[str, set[str]] = field(default_factory=dict)
    """What stands in HR's conversation, by kind."""

    async def look(self) -> None:
        """See what has been rated by now."""
        async with self.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=self.deps.company, now=self.deps.clock.now())
            review = await tx.reviews.of(self.cycle.id, TO_RATE)
            board, _ = await board_with_names(self.cycle, work)
            sent = await tx.outbox.ledger(receiver=HR)
        for one in sent:
            if one.ts is not None:
                self._said.setdefault(one.kind, set()).add(one.ts)
        self._rated = review is not None and review.rating is not None
        out = {name for breach in board.breaches for name in breach.group.names}
        self._in_policy = self._rated and TEAM not in out

    def steps(self) -> Sequence[Step]:
        """The five steps, each with whether it is done."""
        if not self.cast.guided:
            return ()
        people = {one.employee_id: one for one in self.cast.people}
        members = self.cast.members
        lead, admin = members[LEAD].id, members[self.cast.admin].id
        hr = self.chat.hr
        today = self.deps.clock.now().astimezone(self.visit.tzinfo).date()
        names: dict[str, str | bool] = {
            "lead": people[LEAD].name,
            "person": people[TO_RATE].name,
            "favoured": people[FAVOURED].name,
            "admin": people[self.cast.admin].name,
            "threads": self.chat.threads,
            "edits": self.chat.edits,
        }
        warned, resolved = (
            self.chat.has_seen(admin, self._said.get(kind, set())) for kind in (STRONG, RESOLVED)
        )
        return (
            _step(1, names, done=self._rated, user=lead),
            _step(2, names, done=self._rated and warned, user=admin, channel=hr),
            _step(3, names, done=today > self.visit.date(), landmark=NEXT_DAY),
            _step(4, names, done=self._in_policy, user=lead),
            _step(5, names, done=self._in_policy and resolved, user=admin, channel=hr),
        )


def _step(
    number: int,
    names: dict[str, str | bool],
    *,
    done: bool,
    user: str | None = None,
    channel: str | None = None,
    landmark: str | None = None,
) -> Step:
    return Step(
        title=both(f"demo.step{number}_title", **names),
        text=both(f"demo.step{number}", **names),
        done=done,
        user=user,
        channel=channel,
        landmark=landmark,
    )
