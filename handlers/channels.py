"""A channel of the company can't be written to: HR's admins are told, once each time it happens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers import living
from handlers.ports import Shut
from handlers.work import Work
from prompts.card import Card
from prompts.screens import common
from review.people import Person
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "hr_channel"
"""Its name from when there was no other channel."""


async def is_shut(receiver: str, platform: str, why: Shut, work: Work) -> None:
    """Tell every HR admin; again only after something got through to the channel meanwhile."""
    since = await work.tx.outbox.last_sent(receiver)
    named = work.company.channel(receiver, platform) or ""
    facts = {"channel": named, "why": why, "receiver": receiver, "platform": platform}
    once = f"{KIND}/{platform}/{why}/{since}"
    if receiver != living.HR:
        once = f"{KIND}/{receiver}/{platform}/{why}/{since}"
    await living.tell_hr_admins(KIND, facts, once, work)


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    facts, why = delivery.facts, str(delivery.facts["why"])
    if facts.get("platform") == "dingtalk":
        why = f"dingtalk_{why}"
    key = f"praise_{why}" if facts.get("receiver") == living.PRAISE else why
    return common.says(work.words(person), f"hr_channel.{key}", channel=facts["channel"])


SAYINGS: Mapping[str, Saying] = {KIND: _said}
