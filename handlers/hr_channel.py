"""The HR channel can't be written to: HR's admins are told, once each time it happens."""

from __future__ import annotations

from handlers import living
from handlers.ports import Shut
from handlers.work import Work

KIND = "hr_channel"


async def is_shut(platform: str, why: Shut, work: Work) -> None:
    """Tell every HR admin; again only after something got through to the channel meanwhile."""
    since = await work.tx.outbox.last_sent(living.HR)
    facts = {"channel": work.company.hr_channel(platform) or "", "why": why}
    await living.tell_hr_admins(KIND, facts, f"{KIND}/{platform}/{why}/{since}", work)
