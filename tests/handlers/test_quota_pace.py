"""Calls that are not needed are made only while the month is on pace."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from text_chat import TextChat
from world import NOON, Home, home, open_cycle

from bot.tally import Tally
from handlers import living, quota
from handlers.entries import CALENDAR
from handlers.ports import Outcome, Parcel, Quota
from handlers.work import Work
from storage.notice import URGENT, Painting

BUCKET = ("text:calls", 0.0, 100)
CALLS = 1_000
MORNING = datetime(2026, 10, 12, 4, 5, tzinfo=UTC)


@dataclass
class CardChat(TextChat):
    """Each call is counted, but that of an edit which a press waits for."""

    parcels: list[Parcel] = field(default_factory=list)
    waited_for: bool = False

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        return () if parcel.ts and self.waited_for else (BUCKET,)

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        self.parcels.append(parcel)
        return await super().send(parcel, payload)

    @property
    def edits(self) -> list[str]:
        return [one.kind for one in self.parcels if one.ts]


@asynccontextmanager
async def counting(folder: Path) -> AsyncIterator[tuple[Home, CardChat]]:
    async with home(folder) as place:
        chat = CardChat()
        one = Quota(platform="text", calls=CALLS, buckets=frozenset({BUCKET[0]}))
        place.deps.quotas = (one,)
        place.deps.calls = Tally(place.deps)
        place.deps.messengers = {"text": chat}
        yield place, chat


async def use(place: Home, calls: int, outcome: str = "done") -> None:
    for _ in range(calls):
        place.deps.calls.made("text", "message", outcome)
    await place.deps.calls.keep()


async def paint(place: Home, cycle: str, who: str = "mia", *, priority: int = living.SOON) -> None:
    async with place.deps.database.begin() as tx:
        now = place.clock.now()
        await tx.outbox.paint(living.TEAM_LIST, who, f"{cycle}#0", now, priority=priority)


async def changes(place: Home, cycle: str, *minutes: int) -> None:
    """The list changes so many minutes after the morning began."""
    for one in minutes:
        place.clock.moment = MORNING + timedelta(minutes=one)
        await paint(place, cycle)
        await place.tick(place.clock.moment)


async def spares(place: Home) -> bool:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await quota.spares(place.deps.quotas, "text", work)


@pytest.mark.parametrize(
    ("day", "used", "lasts"),
    [
        (date(2026, 11, 1), 499, True),
        (date(2026, 11, 1), 500, False),
        (date(2026, 11, 16), 2_249, True),
        (date(2026, 11, 16), 2_250, False),
        (date(2026, 11, 30), 3_883, True),
        (date(2026, 11, 30), 3_884, False),
        (date(2026, 2, 28), 3_874, True),
        (date(2026, 2, 28), 3_875, False),
        (date(2026, 12, 31), 0, True),
    ],
)
def test_a_tenth_may_be_spent_at_once_and_no_more_than_hr_is_told_of_by_the_end(
    day: date, used: int, *, lasts: bool
) -> None:
    assert quota.on_pace(used, 5_000, day) is lasts


async def test_without_a_quota_there_are_always_calls_to_spare(tmp_path: Path) -> None:
    async with counting(tmp_path) as (place, _):
        await use(place, CALLS)
        assert not await spares(place)
        place.deps.quotas = ()
        assert await spares(place)


async def test_once_the_platform_takes_no_more_there_is_none_to_spare(tmp_path: Path) -> None:
    async with counting(tmp_path) as (place, _):
        assert await spares(place)
        await use(place, 1, "used_up")
        assert not await spares(place)


@pytest.mark.parametrize(("used", "plain"), [(0, False), (500, True)])
async def test_what_changes_goes_as_a_plain_message_while_calls_are_short(
    tmp_path: Path, used: int, *, plain: bool
) -> None:
    async with counting(tmp_path) as (place, chat):
        await use(place, used)
        await open_cycle(place)
        await place.tick(MORNING)
        assert {one.plain for one in chat.parcels if one.kind == living.TEAM_LIST} == {plain}


async def test_while_there_are_calls_to_spare_nothing_is_put_off(tmp_path: Path) -> None:
    async with counting(tmp_path) as (place, chat):
        cycle = await open_cycle(place)
        await place.tick(MORNING)
        chat.parcels.clear()
        await changes(place, cycle.id, 1, 2, 3)
        assert chat.edits.count(living.TEAM_LIST) == 3


async def test_while_calls_are_short_an_edit_waits_for_a_press(tmp_path: Path) -> None:
    async with counting(tmp_path) as (place, chat):
        cycle = await open_cycle(place)
        await place.tick(MORNING)
        await use(place, 500)
        chat.parcels.clear()
        await changes(place, cycle.id, 1, 2, 3 * 60)
        assert chat.edits == []
        chat.waited_for = True
        await paint(place, cycle.id)
        await place.tick(place.clock.moment)
        assert chat.edits == [living.TEAM_LIST]


async def test_an_edit_comes_within_the_hour_once_there_are_calls_to_spare(tmp_path: Path) -> None:
    async with counting(tmp_path) as (place, chat):
        cycle = await open_cycle(place)
        await place.tick(MORNING)
        await use(place, 350)  # the line is 348 of 1,000 on this day, and 371 on the next
        chat.parcels.clear()
        await changes(place, cycle.id, 1, 11 * 60)
        assert chat.edits == []
        await place.tick(MORNING + timedelta(hours=13))
        assert chat.edits == [living.TEAM_LIST]


async def test_an_entry_and_what_may_not_wait_are_edited_at_once(tmp_path: Path) -> None:
    async with counting(tmp_path) as (place, _):
        await use(place, 500)
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            found = await quota.budgets(place.deps.quotas, work)
            waits = {}
            for kind, priority in (("a", living.SOON), ("a", URGENT), (CALENDAR, living.SOON)):
                one = Painting(
                    kind=kind, receiver="mia", subject=str(priority), due=NOON, priority=priority
                )
                await tx.outbox.paint_all([one])
                entry = await tx.outbox.find(one.once)
                assert entry is not None
                stands = replace(entry, ts="1")
                waits[kind, priority] = quota.held(stands, [BUCKET], found, NOON)
                assert quota.held(entry, [BUCKET], found, NOON) is None, "it is no edit"
        assert waits == {
            ("a", living.SOON): NOON + quota.LOOK,
            ("a", URGENT): None,
            (CALENDAR, living.SOON): None,
        }
