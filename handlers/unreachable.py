"""Somebody could not be reached: HR's admins are told once, until something gets through again."""

from __future__ import annotations

from handlers import living
from handlers.work import Work
from storage.notice import Delivery, is_channel

KIND = "unreachable"


async def tell_hr(delivery: Delivery, reason: str, work: Work) -> None:
    """Tell every HR admin of that receiver and reason, however many messages it befalls.

    They are told again once something got through meanwhile; never about such a message itself.
    """
    if delivery.kind == KIND:
        return
    to_channel = is_channel(delivery.receiver)
    person = None if to_channel else await work.tx.people.get(delivery.receiver)
    since = await work.tx.outbox.last_sent(delivery.receiver)
    facts = {
        "to": delivery.receiver,
        "name": "" if person is None else person.name,
        "reason": reason,
    }
    once = f"{KIND}/{delivery.receiver}/{reason}/{since}"
    await living.tell_hr_admins(KIND, facts, once, work, facts_version=2)
