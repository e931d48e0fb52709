"""A person of a DingTalk organisation with a calendar and a to-do list, and a messenger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from ding_chat import settings_of

from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.ports import Outcome, Parcel, Sent
from prompts.card import Appointment, Card, CardPart, Task
from sandbox.dingtalk import DingTalkServer, Organisation

AT = datetime(2026, 10, 14, 2, tzinfo=UTC)
"""10:00 in Shanghai."""
DATE = Appointment(
    uid="r1@nosurprise",
    sequence=1,
    title="Review talk: Ana and Mia",
    begins=AT,
    ends=AT + timedelta(hours=1),
    zone="Asia/Shanghai",
    at=AT - timedelta(days=2),
    name="interview.ics",
    label="Add to my calendar",
)
TASK = Task(id="r1.1/1", text="Read the guide", due=AT)


@dataclass
class Planner:
    """Ana, and the messenger that writes for her."""

    organisation: Organisation
    server: DingTalkServer
    messenger: DingTalkMessenger
    union: str
    stands: Sent | None = None

    async def keep(self, part: CardPart, **other: Any) -> Outcome:
        """Draw and send it where it stands; where it stands from then on is kept in mind."""
        parcel = self.parcel(part, **other)
        outcome = await self.messenger.send(
            parcel, await self.messenger.draw(Card("", (part,)), parcel)
        )
        self.stands = outcome if isinstance(outcome, Sent) else None
        return outcome

    def parcel(self, part: CardPart, **other: Any) -> Parcel:
        kind = "calendar" if isinstance(part, Appointment) else "todo"
        given: dict[str, Any] = {"delivery": "d1", "kind": kind, "to": "ana", "entry": True}
        if self.stands is not None:
            given |= {"channel": self.stands.channel, "ts": self.stands.ts}
        return Parcel(**given | other)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What stands in her calendar and on her list."""
        return [one.body for one in self.organisation.entries]

    @property
    def paths(self) -> list[str]:
        """The calls that were made, but for tokens."""
        return [path for path, _ in self.server.calls if "oauth2" not in path]


@asynccontextmanager
async def planner() -> AsyncIterator[Planner]:
    organisation = Organisation()
    ana = organisation.add_member("Ana", userid="ana")
    async with DingTalkServer(organisation) as server, session() as calls:
        messenger = DingTalkMessenger(DingTalkClient(settings_of(server), calls), [])
        yield Planner(organisation, server, messenger, ana.unionid)
