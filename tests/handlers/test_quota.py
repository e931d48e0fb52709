"""A month's calls: HR is told when they run low, and what may not wait goes to the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from text_chat import TextChat, as_text
from world import NOON, Home, home, open_cycle

from bot.tally import Tally
from handlers import quota
from handlers.ports import Parcel, Quota
from handlers.work import Work
from storage.notice import CLOSING, URGENT, Notice, State

OCTOBER = date(2026, 10, 1)
NEW_MONTH = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai."""
BUCKET = ("text:calls", 0.0, 100)


class CountedChat(TextChat):
    """Its calls are counted, but for those to HR's channel."""

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        return () if parcel.to == "#hr" else (BUCKET,)


@asynccontextmanager
async def counting(folder: Path, *, free_channel: bool = False) -> AsyncIterator[Home]:
    async with home(folder) as place:
        one = Quota(
            platform="text", calls=100, buckets=frozenset({BUCKET[0]}), free_channel=free_channel
        )
        place.deps.quotas = (one,)
        place.deps.calls = Tally(place.deps)
        place.chat = CountedChat()
        place.deps.messengers = {"text": place.chat}
        yield place


async def call(place: Home, times: int, outcome: str = "done") -> None:
    for _ in range(times):
        place.deps.calls.made("text", "message", outcome)
    await place.deps.calls.keep()


async def put(place: Home, once: str, *, receiver: str = "e1", **other: object) -> None:
    async with place.deps.database.begin() as tx:
        given = {"kind": "press_again", "receiver": receiver, "once": once, "due": NOON} | other
        await tx.outbox.put(Notice(**given))  # type: ignore[arg-type]


async def states(place: Home) -> dict[str, State]:
    async with place.deps.database.begin(write=False) as tx:
        return {one.once: one.state for one in await tx.outbox.ledger()}


def told(place: Home, to: str = "T-hr") -> list[str]:
    return [as_text(card) for card in place.chat.cards(to)]


async def test_hr_is_told_once_a_month_that_the_calls_run_low(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 79)
        await place.tick()
        assert told(place) == []
        await call(place, 1)
        await call(place, 1)
        await place.tick()
        (said,) = told(place)
        assert said.startswith("## DingTalk: calls are running low\n80 of 100 calls")
        assert "Sun 1 Nov" in said
        await place.tick(NEW_MONTH + timedelta(days=20))
        await call(place, 80)
        await place.tick()
        assert len(told(place)) == 2


async def test_near_the_end_only_what_may_not_wait_is_sent(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 95)
        await put(place, "bulk")
        await put(place, "person", receiver="e2", person=True)
        await put(place, "urgent", receiver="e3", priority=URGENT)
        await put(place, "closing", receiver="mia", priority=CLOSING)
        await put(place, "channel", receiver="#hr")
        await place.tick()
        assert {once: state.value for once, state in (await states(place)).items()} == {
            "bulk": "pending",
            "person": "sent",
            "urgent": "sent",
            "closing": "sent",
            "channel": "sent",
            "quota_low/text/2026-10-01/hr": "sent",
        }
        assert "## DingTalk: the last calls of the month" in told(place)[-1]


async def test_what_waits_goes_in_the_next_month_and_within_hours(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 95)
        await put(place, "bulk")
        await place.tick()
        await place.tick(NEW_MONTH - timedelta(hours=10))  # the last day of it, 14:00
        assert (await states(place))["bulk"] is State.PENDING
        await place.tick(NEW_MONTH + timedelta(hours=10))  # a Sunday
        assert (await states(place))["bulk"] is State.PENDING
        await place.tick(NEW_MONTH + timedelta(days=1, hours=10))
        assert (await states(place))["bulk"] is State.SENT


async def test_what_waits_goes_within_the_hour_once_there_are_more_calls(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 95)
        await put(place, "bulk")
        await place.tick()
        (one,) = place.deps.quotas
        place.deps.quotas = (Quota(platform="text", calls=1000, buckets=one.buckets),)
        await place.tick(NOON + timedelta(minutes=59))
        assert (await states(place))["bulk"] is State.PENDING
        await place.tick(NOON + timedelta(minutes=61))
        assert (await states(place))["bulk"] is State.SENT


async def test_others_may_have_used_the_calls_up_until_one_is_taken_again(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 3)
        await call(place, 2, "used_up")
        await put(place, "bulk")
        await put(place, "urgent", receiver="e3", priority=URGENT)
        await place.tick()
        found = await states(place)
        assert (found["bulk"], found["urgent"]) == (State.PENDING, State.SENT)
        assert (
            "takes no more calls of the company this month; 3 of 100 were mine" in told(place)[-1]
        )
        place.clock.moment += timedelta(hours=1)
        await call(place, 1)
        place.clock.moment += timedelta(minutes=1)
        await place.tick()
        assert (await states(place))["bulk"] is State.SENT


async def test_calls_that_were_used_up_last_month_are_there_again(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 1, "used_up")
        place.clock.moment = NEW_MONTH
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            (found,) = await quota.budgets(place.deps.quotas, work)
        assert (found.refused, found.used, found.is_near) == (False, 0, False)


async def test_calls_that_the_platform_turned_away_do_not_count(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await call(place, 50, "turned_away")
        await call(place, 50, "used_up")
        await call(place, 2, "unknown")
        await call(place, 1, "refused")
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.calls.used("text", OCTOBER) == 3


async def test_hrs_channel_is_told_too_where_that_takes_no_call(tmp_path: Path) -> None:
    async with counting(tmp_path, free_channel=True) as place:
        await call(place, 1, "used_up")
        await place.tick()
        assert [said.splitlines()[0] for said in told(place, "#hr")] == [
            "## DingTalk: the month's calls are used up"
        ]


async def test_what_could_not_be_written_down_is_kept_for_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise TimeoutError

    async with counting(tmp_path) as place:
        with monkeypatch.context() as patched:
            patched.setattr(quota, "counted", fails)
            with pytest.raises(TimeoutError):
                await call(place, 2)
        await call(place, 1)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.calls.used("text", OCTOBER) == 3


async def test_a_deadline_of_today_is_told_and_others_wait(tmp_path: Path) -> None:
    async with counting(tmp_path) as place:
        await open_cycle(place)
        await call(place, 95)
        day = datetime(2026, 10, 15, 4, tzinfo=UTC)
        await place.tick(day)
        assert not _reminded(place)
        await place.tick(day + timedelta(days=1))
        assert _reminded(place) == ["Reminder: Your 2026Q3 self-review is due today."]


def _reminded(place: Home) -> list[str]:
    return [card.summary for card in place.chat.cards("T-e1") if "Reminder" in card.summary]
