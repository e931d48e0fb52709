"""Sendings side by side: in whose order, within which limits, and what one can't do to another."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from text_chat import TextChat
from world import Home, home, team

from handlers import living, notices
from handlers.ports import Outcome, Parcel, Sent
from prompts.card import Card
from prompts.card import Heading as Title
from scheduler import claim
from scheduler.claim import LEASE
from scheduler.deliver import HANDS, LOOK, deliver, deliver_all
from storage.notice import BULK, URGENT, Notice, State

POSTS, EDITS = ("posts", 60.0, 8), ("edits", 60.0, 4)
"""So slow that in one test nothing more comes than the burst."""


@dataclass
class LimitedChat(TextChat):
    """A chat with limits, each call of which takes a while."""

    at_once: int = 0
    most: int = 0
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    """Calls for these receivers wait until they are let through."""

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        return (EDITS if parcel.ts else POSTS,)

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            await asyncio.sleep(0.01)
            if parcel.to in self.gates:
                await self.gates[parcel.to].wait()
            return await super().send(parcel, payload)
        finally:
            self.at_once -= 1


@pytest.fixture(autouse=True)
def said_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind of message that needs no cycle."""

    async def note(delivery: object, *_: object) -> Card:
        return Card("A word", (Title("A word"),))

    monkeypatch.setitem(notices.SAYINGS, "note", note)


async def _put(
    place: Home, receiver: str, once: str, *, priority: int = BULK, after: int = 0
) -> str:
    """A notice that is due so many seconds after noon; its id."""
    notice = Notice(
        kind="note",
        receiver=receiver,
        once=once,
        due=place.clock.now() + timedelta(seconds=after),
        priority=priority,
    )
    async with place.deps.database.begin() as tx:
        await tx.outbox.put(notice)
        made = await tx.outbox.find(once)
    assert made is not None
    return made.id


def _limited(place: Home) -> LimitedChat:
    chat = LimitedChat()
    place.deps.messengers = {"text": chat}
    return chat


def _order(chat: TextChat) -> list[str]:
    return [to.removeprefix("T-") for to, _, _ in chat.log]


async def _states(place: Home) -> dict[str, State]:
    async with place.deps.database.begin(write=False) as tx:
        return {one.once: one.state for one in await tx.outbox.ledger()}


async def test_many_are_sent_at_once_but_no_more_than_there_are_hands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LimitedChat, "buckets", TextChat.buckets)
    async with home(tmp_path, team(50)) as place:
        chat, gate = _limited(place), asyncio.Event()
        for number in range(1, 51):
            await _put(place, f"e{number}", f"n{number}")
            chat.gates[f"T-e{number}"] = gate
        sending = asyncio.create_task(deliver_all(place.deps))
        while chat.at_once < HANDS:  # noqa: ASYNC110  a chat has no event
            await asyncio.sleep(0.01)
        await asyncio.sleep(2 * LOOK)
        gate.set()
        await sending
        assert chat.most == HANDS
        assert sorted(_order(chat)) == sorted(f"e{number}" for number in range(1, 51))


async def test_a_receiver_gets_one_thing_at_a_time_in_its_order(tmp_path: Path) -> None:
    async with home(tmp_path, team(2)) as place:
        chat = _limited(place)
        chat.gates["T-e1"] = asyncio.Event()
        for number in (1, 2):
            await _put(place, "e1", f"first {number}", after=number - 5)
        await _put(place, "e2", "other")
        sending = asyncio.create_task(deliver_all(place.deps))
        while chat.log != [("T-e2", "note", False)]:  # noqa: ASYNC110  a log has no event
            await asyncio.sleep(0.01)
        states = await _states(place)
        assert (states["first 1"], states["first 2"]) == (State.SENDING, State.PENDING)
        chat.gates["T-e1"].set()
        await sending
        assert _order(chat) == ["e2", "e1", "e1"]


async def test_what_is_urgent_is_sent_although_the_bulk_took_all_that_it_may(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, team(12)) as place:
        chat = _limited(place)
        for number in range(1, 11):
            await _put(place, f"e{number}", f"n{number}")
        await deliver_all(place.deps)
        assert len(chat.log) == 6  # of the eight, two are kept
        await _put(place, "e12", "answer", priority=URGENT)
        await deliver_all(place.deps)
        assert _order(chat)[6:] == ["e12"]


async def test_urgent_goes_ahead_of_what_waited_longer(tmp_path: Path) -> None:
    async with home(tmp_path, team(12)) as place:
        _limited(place)
        for number in range(1, 11):
            await _put(place, f"e{number}", f"n{number}", after=-60)
        await _put(place, "e12", "answer", priority=URGENT)
        await deliver_all(place.deps)
        states = await _states(place)
        assert states["answer"] is State.SENT
        assert list(states.values()).count(State.PENDING) == 5


async def test_edits_that_wait_for_their_limit_hold_up_no_post(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(tmp_path, team(150)) as place:
        chat = _limited(place)
        async with place.deps.database.begin() as tx:
            for number in range(1, 141):
                await tx.outbox.paint("note", f"e{number}", "s", place.clock.now())
        with monkeypatch.context() as unlimited:
            unlimited.setattr(LimitedChat, "buckets", TextChat.buckets)
            await deliver_all(place.deps)
        async with place.deps.database.begin() as tx:
            for number in range(1, 141):
                await tx.outbox.paint("note", f"e{number}", "s", place.clock.now())
        await _put(place, "e150", "post", priority=BULK)
        chat.log.clear()
        await deliver_all(place.deps)
        assert [edit for _, _, edit in chat.log].count(True) == 3
        assert ("T-e150", "note", False) in chat.log


async def test_somebody_in_an_unknown_time_zone_keeps_nobody_else_waiting(tmp_path: Path) -> None:
    people = [
        replace(one, time_zone="Mars/Phobos") if one.employee_id == "e1" else one for one in team(3)
    ]
    async with home(tmp_path, tuple(people)) as place:
        chat = _limited(place)
        for number in (1, 2, 3):
            await _put(place, f"e{number}", f"n{number}", after=number - 60)
        await deliver_all(place.deps)
        assert _order(chat) == ["e2", "e3"]
        assert (await _states(place))["n1"] is State.SENDING  # looked at again later, then parked


@pytest.mark.parametrize(
    ("slept", "by_another"), [(LEASE, ["e1"]), (LEASE - timedelta(seconds=10), [])]
)
async def test_who_slept_over_a_claim_leaves_the_call_to_who_has_it_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: timedelta, by_another: list[str]
) -> None:
    async with home(tmp_path, team(3)) as place:
        chat = _limited(place)
        await _put(place, "e1", "n1")
        real, asleep = chat.draw, asyncio.Event()

        async def sleeps(card: Card, parcel: Parcel) -> bytes:
            drawn = await real(card, parcel)
            if not asleep.is_set():
                asleep.set()
                place.clock.moment += slept
                await deliver_all(place.deps)  # another process
            return drawn

        monkeypatch.setattr(chat, "draw", sleeps)
        await deliver_all(place.deps)
        assert _order(chat) == by_another
        place.clock.moment += LEASE
        await deliver_all(place.deps)
        assert _order(chat) == ["e1"]


async def test_what_another_sent_since_the_look_is_edited_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(tmp_path) as place:
        chat = _limited(place)
        await _paint(place)
        real, sent = claim._claim, []

        async def late(*asked: Any) -> Any:
            monkeypatch.setattr(claim, "_claim", real)
            await deliver_all(place.deps)  # another process
            await _paint(place)
            return await real(*asked)

        async def send(parcel: Parcel, payload: bytes) -> Outcome:
            sent.append((parcel.channel, parcel.ts is not None))
            return Sent("C1", "1.0")

        monkeypatch.setattr(claim, "_claim", late)
        monkeypatch.setattr(chat, "send", send)
        await deliver_all(place.deps)
        assert sent == [(None, False), ("C1", True)]


async def _paint(place: Home) -> None:
    async with place.deps.database.begin() as tx:
        await tx.outbox.paint("note", living.HR, "2026Q3", place.clock.now())


async def test_what_somebody_does_wakes_the_sender_and_what_they_look_at_does_not(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        await place.command("e1", "help")
        assert not place.deps.said.is_set()
        await place.press("e1", "remind.later", "")
        assert place.deps.said.is_set()


async def test_one_delivery_by_its_id_says_from_when_it_is_worth_asking_again(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, team(8)) as place:
        chat = _limited(place)
        made = [await _put(place, f"e{number}", f"n{number}") for number in range(1, 8)]
        said = [await deliver(one, place.deps) for one in made]
        assert said[:6] == [None] * 6
        assert said[6] is not None
        assert said[6] > place.clock.now()
        assert await deliver(made[0], place.deps) is None
        assert _order(chat) == [f"e{number}" for number in range(1, 7)]
