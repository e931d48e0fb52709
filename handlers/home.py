"""Somebody's own page: shown when they open it, and again after what they do while it is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers import home_sections as sections
from handlers.answers import Answer, Done, Says
from handlers.events import Answered, Event, Opened, Pressed, Submitted
from handlers.living import OWN_PAGE
from handlers.work import Act, Work
from prompts.card import Card, CardPart
from prompts.screens import home as screen
from review.people import EmployeeId, Person
from storage.notice import URGENT, Delivery, Painting

if TYPE_CHECKING:
    from handlers.notices import Saying

Section = Callable[[Person, Work], Awaitable[tuple[CardPart, ...]]]
SECTIONS: tuple[Section, ...] = (
    sections.waits,
    sections.feedback,
    sections.own_reviews,
    sections.talks,
    sections.actions,
    sections.team,
    sections.cycles,
)
"""In the order in which they stand; one that has nothing to say to somebody is left out."""
STAYS = timedelta(minutes=10)
"""How long after its opening a page is taken to stand before somebody still (ours)."""
GAP = timedelta(seconds=2)
"""A page is shown anew at most once in this time, and once at the end (ours)."""


async def opened(act: Act) -> Answer:
    """The page is opened: it shows what is true now."""
    await _paint(act)
    return Done()


async def follow(
    event: Event, answer: Answer, act: Act, looked: dict[EmployeeId, datetime]
) -> None:
    """What somebody does while their page is open shows there, too.

    `looked` is of this process alone: elsewhere the page is true at its next opening.
    """
    if isinstance(event, Opened):
        _forget(looked, act.now)
        looked[act.by] = act.now
        return
    pressed = isinstance(event, Pressed) or (isinstance(event, Answered) and event.pressed)
    done = pressed or (isinstance(event, Submitted) and isinstance(answer, Done | Says))
    at = looked.get(act.by)
    if done and at is not None and act.now - at <= STAYS:
        await _paint(act)


def _forget(looked: dict[EmployeeId, datetime], now: datetime) -> None:
    """Pages that were opened long ago stand before nobody any more."""
    for one in [one for one, at in looked.items() if now - at > STAYS]:
        del looked[one]


async def _paint(act: Act) -> None:
    one = Painting(
        kind=OWN_PAGE,
        receiver=act.by,
        subject="",
        due=act.now,
        gap=GAP,
        platform=act.platform,
        priority=URGENT,
    )
    await act.tx.outbox.paint_all([one])


async def _page(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    if person is None:
        return None
    found = [await section(person, work) for section in SECTIONS]
    zone = ZoneInfo(person.time_zone or work.company.time_zone)
    return screen.page(found, work.now.astimezone(zone), work.words(person))


SAYINGS: Mapping[str, Saying] = {OWN_PAGE: _page}
