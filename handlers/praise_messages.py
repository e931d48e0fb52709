"""What stands of a praise: in the channel, with its receiver, with its giver, and on the board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers import living
from handlers.hours import Hours
from handlers.praise import GIVEN, IN_CHANNEL, TOLD, board_at, is_public
from handlers.work import Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens import praise as screen
from review.people import EmployeeId, Person
from review.praise import counted, next_month
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

BOARD = "praise_board"


def month_of(moment: datetime, work: Work) -> str:
    """The board that counts what was said then: "2026-11"."""
    return f"{work.date_of(moment):%Y-%m}"


async def paint_board(month: date, due: datetime, work: Work) -> None:
    """The board of that month is to stand in the channel, with what is true by then."""
    await work.tx.outbox.paint(BOARD, living.PRAISE, f"{month:%Y-%m}", due)


async def facts_of(month: date, work: Work) -> screen.BoardFacts | None:
    """What the board of a month says; None: nobody was praised in it."""
    zone = ZoneInfo(work.company.time_zone)
    since, until = (datetime.combine(one, time(), zone) for one in (month, next_month(month)))
    found = counted(await work.tx.praise.within(since, until))
    if not found.count:
        return None
    people = await work.tx.people.many(found.receivers | found.givers)
    names = {one.employee_id: one.name for one in people}
    ladders = work.company.library.ladders
    order = (*work.company.policy.values, *sorted(found.values))
    return screen.BoardFacts(
        month=month,
        count=found.count,
        values=tuple(
            (ladders[key].name if key in ladders else {"": key}, found.values[key])
            for key in dict.fromkeys(order)
            if key in found.values
        ),
        receivers=tuple(sorted(names[one] for one in found.receivers)),
        givers=tuple(sorted(names[one] for one in found.givers)),
    )


async def _board(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    facts = await facts_of(date.fromisoformat(f"{delivery.subject}-01"), work)
    if facts is None:
        return None if delivery.ts is None else common.unsaid(work.words())
    return screen.board(facts, work.words())


async def _in_channel(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    praise = await work.tx.praise.get(delivery.subject or "")
    if praise is None:
        return None
    if praise.taken_at is not None:
        return None if delivery.ts is None else screen.taken(work.words())
    names = await _names((praise.giver, praise.receiver), work)
    return screen.in_channel(praise, names[praise.giver], names[praise.receiver], work.words())


async def _told(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    praise = await work.tx.praise.get(delivery.subject or "")
    if praise is None or person is None:
        return None
    if praise.taken_at is not None:
        return None if delivery.ts is None else screen.taken(work.words(person))
    names = await _names((praise.giver,), work)
    return screen.told(praise, names[praise.giver], work.words(person), public=is_public(work))


async def _given(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    praise = await work.tx.praise.get(delivery.subject or "")
    if praise is None or person is None:
        return None
    names = await _names((praise.receiver,), work)
    until = Hours(work.company).date_of(board_at(praise.at, work))
    words = work.words(person)
    return screen.given(praise, names[praise.receiver], until, words, public=is_public(work))


async def _names(wanted: tuple[EmployeeId, ...], work: Work) -> Mapping[EmployeeId, str]:
    known = {one.employee_id: one.name for one in await work.tx.people.many(wanted)}
    return {one: known.get(one, one) for one in wanted}


SAYINGS: Mapping[str, Saying] = {
    TOLD: _told,
    GIVEN: _given,
    IN_CHANNEL: _in_channel,
    BOARD: _board,
}
