"""The same text for different people is one call, and each message keeps its own end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from ding_server import BATCH, DONE, Answer, DingServer, Got, ding_server

from bot.platforms.dingtalk import batch
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.ports import NotSent, Outcome, Parcel, Sent, TooLateError
from prompts.card import Card, Paragraph, Span

CODE = "Forbidden.AccessDenied."


def parcel(to: str, **other: Any) -> Parcel:
    return Parcel(delivery=f"d-{to}", kind="hello", to=to, **other)


async def sent(
    *parcels: Parcel,
    says: Callable[[Got], Answer] | Answer | None = None,
    words: Callable[[Parcel], str] = lambda _: "Hello",
) -> tuple[list[Outcome | BaseException], list[list[str]]]:
    """How each ends, and whom each call was for; all are sent at once."""
    async with ding_server() as (server, client):
        if says is not None:
            server.says(BATCH, says)
        found = await _send(DingTalkMessenger(client, []), parcels, words)
        return found, _calls(server)


async def _send(
    messenger: DingTalkMessenger, parcels: tuple[Parcel, ...], words: Callable[[Parcel], str]
) -> list[Outcome | BaseException]:
    async def one(wanted: Parcel) -> Outcome:
        text = words(wanted)
        card = Card(text, (Paragraph((Span(text),)),))
        return await messenger.send(wanted, await messenger.draw(card, wanted))

    return await asyncio.gather(*map(one, parcels), return_exceptions=True)


def _calls(server: DingServer) -> list[list[str]]:
    return sorted(sorted(one["userIds"]) for one in server.calls(BATCH))


async def test_the_same_text_for_several_people_is_one_call() -> None:
    people = [parcel(one) for one in ("ann", "bo", "cy")]
    outcomes, calls = await sent(*people)
    assert calls == [["ann", "bo", "cy"]]
    assert outcomes == [Sent(one.to, "q1") for one in people]


async def test_other_words_are_another_call() -> None:
    people = [parcel(one) for one in ("ann", "bo", "cy")]
    _, calls = await sent(*people, words=lambda one: "Hi" if one.to == "bo" else "Hello")
    assert calls == [["ann", "cy"], ["bo"]]


async def test_a_call_is_for_twenty_at_most() -> None:
    _, calls = await sent(*(parcel(f"p{number}") for number in range(41)))
    assert sorted(map(len, calls)) == [1, 20, 20]


async def test_a_person_stands_in_a_call_once() -> None:
    outcomes, calls = await sent(parcel("ann"), parcel("bo"), parcel("ann"))
    assert calls == [["ann"], ["ann", "bo"]]
    assert outcomes == [Sent("ann", "q1"), Sent("bo", "q1"), Sent("ann", "q1")]


async def test_who_is_a_stranger_or_limited_keeps_it_from_nobody_else() -> None:
    said = {**DONE, "invalidStaffIdList": ["bo"], "flowControlledStaffIdList": ["cy"]}
    outcomes, calls = await sent(*map(parcel, ("ann", "bo", "cy")), says=Answer(said))
    assert len(calls) == 1
    assert outcomes == [
        Sent("ann", "q1"),
        NotSent("invalid_staff", final=True),
        NotSent("flow_controlled"),
    ]


async def test_a_call_that_is_refused_for_one_is_made_for_each() -> None:
    def says(got: Got) -> Answer:
        return Answer({"code": "staffId.bad"}, 400) if "bo" in got.body["userIds"] else Answer(DONE)

    outcomes, calls = await sent(*map(parcel, ("ann", "bo")), says=says)
    assert calls == [["ann"], ["ann", "bo"], ["bo"]]
    assert outcomes == [Sent("ann", "q1"), NotSent("staffId.bad", final=True)]


async def test_a_call_that_came_too_fast_is_not_made_for_each() -> None:
    says = Answer({"code": f"{CODE}QpsLimitForAppkeyAndApi"}, 403)
    outcomes, calls = await sent(*map(parcel, ("ann", "bo")), says=says)
    assert len(calls) == 1
    assert outcomes == [NotSent(f"{CODE}QpsLimitForAppkeyAndApi", retry_after=2.0)] * 2


async def test_who_is_too_late_is_left_out() -> None:
    outcomes, calls = await sent(parcel("ann"), parcel("bo", in_time=lambda: False))
    assert calls == [["ann"]]
    assert outcomes[0] == Sent("ann", "q1")
    assert isinstance(outcomes[1], TooLateError)


async def test_who_gave_up_waiting_is_left_out() -> None:
    async with ding_server() as (server, client):
        batches = batch.Batches(client)
        payload = b'{"msgKey": "sampleText", "msgParam": {"content": "x"}}'
        staying, going = (
            asyncio.create_task(batches.send(parcel(one), payload, one)) for one in ("ann", "bo")
        )
        await asyncio.sleep(0)
        going.cancel()
        assert await staying == Sent("ann", "q1")
        assert _calls(server) == [["ann"]]


async def test_what_is_urgent_takes_the_others_along_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "QUIET", 60.0)
    _, calls = await sent(parcel("ann"), parcel("bo", urgent=True))
    assert calls == [["ann", "bo"]]


async def test_one_that_others_keep_joining_waits_no_longer_than_that(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "QUIET", 60.0)
    monkeypatch.setattr(batch, "LONGEST", 0.05)
    outcomes, _ = await sent(parcel("ann"), parcel("bo"))
    assert outcomes == [Sent("ann", "q1"), Sent("bo", "q1")]
