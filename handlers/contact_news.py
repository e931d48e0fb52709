"""A platform tells of its contacts: who joined or left is told to HR; the roster waits for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.events import Account, Altered, Joined, Left
from handlers.events import News as Event
from handlers.work import Work
from prompts.card import Card
from prompts.screens import contact_news as screen
from review.people import Person
from storage.contacts import News, Told
from storage.notice import Delivery, Notice

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "contact_news"
TOGETHER = timedelta(minutes=30)
"""Who joins or leaves in so much time is told in one message (ours)."""


async def came(event: Event, work: Work) -> None:
    """Keep it until the roster is compared with the contacts, and tell HR's admins by then.

    An account of somebody whom the roster has already is linked at once.
    """
    person = await _whose(event.who, work)
    news = _news(event, person, work)
    match event:
        case Joined() if person is not None and not person.has_left(work.today(person)):
            await work.tx.people.link_all(event.who.platform, [(event.who.id, person.employee_id)])
        case Left() if person is None:
            await work.tx.contacts.forget(event.who.platform, event.who.id)
        case Left() if person is not None and person.left_on is not None:
            pass
        case Altered():
            await _altered(news, work)
        case _:
            await work.tx.contacts.tell(news)
            await _tell_hr(event.who.platform, _next(work.now), work)


async def _altered(news: News, work: Work) -> None:
    """Only a company that takes its roster from there is told, and once a day."""
    told = await work.tx.contacts.news(news.platform)
    known = any(one.account_id == news.account_id for one in told)
    theirs = news.employee_id is not None or not news.account_id
    if known or not theirs or not await work.tx.contacts.said(news.platform):
        return
    await work.tx.contacts.tell(news)
    zone = ZoneInfo(work.company.time_zone)
    tomorrow = datetime.combine(work.today() + timedelta(days=1), time(), zone)
    await _tell_hr(news.platform, tomorrow, work)


async def _whose(who: Account, work: Work) -> Person | None:
    """Whom the roster has behind that account."""
    person = await work.tx.people.by_account(who.platform, who.id)
    if person is not None or not who.id:
        return person
    field = f"{who.platform}_id"
    everybody = await work.tx.people.all()
    return next((one for one in everybody if getattr(one, field) == who.id), None)


def _news(event: Event, person: Person | None, work: Work) -> News:
    kinds = {Joined: Told.JOINED, Left: Told.LEFT, Altered: Told.CHANGED}
    return News(
        platform=event.who.platform,
        account_id=event.who.id,
        kind=kinds[type(event)],
        at=event.at if isinstance(event, Left) else work.now,
        employee_id=None if person is None else person.employee_id,
    )


def _next(now: datetime) -> datetime:
    """When what comes in at that moment is told, together with what comes until then."""
    epoch = datetime.fromtimestamp(0, now.tzinfo)
    return epoch + ((now - epoch) // TOGETHER + 1) * TOGETHER


async def _tell_hr(platform: str, due: datetime, work: Work) -> None:
    for admin in await work.tx.people.many(work.company.hr_admins):
        await work.tx.outbox.put(
            Notice(
                kind=KIND,
                receiver=admin.employee_id,
                facts={"platform": platform},
                once=f"{KIND}/{platform}/{due.isoformat()}/{admin.employee_id}",
                due=due,
            )
        )


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """All that waits by then; nothing where the roster was compared meanwhile."""
    platform = str(delivery.facts["platform"])
    found = await work.tx.contacts.news(platform)
    if person is None or not found or not work.is_hr_admin(person):
        return None
    gone = {one.employee_id: one.at for one in found if one.kind is Told.LEFT}
    people = await work.tx.people.many({one for one in gone if one is not None})
    facts = screen.NewsFacts(
        platform=platform,
        joined=sum(one.kind is Told.JOINED for one in found),
        left=tuple((one.name, work.date_of(gone[one.employee_id])) for one in people),
        changed=sum(one.kind is Told.CHANGED and one.account_id != "" for one in found),
        departments=any(not one.account_id for one in found),
    )
    return screen.card(facts, work.words(person))


SAYINGS: Mapping[str, Saying] = {KIND: _said}
