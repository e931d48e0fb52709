"""Messages that change later: sent as cards and edited; without a template they stay, or go."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from ding_chat import OURS, settings_of
from official_calls import lost, typed

from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import CARD_RATE, RATE, DingTalkMessenger
from handlers.ports import LookBackFailedError, NotSent, Outcome, Parcel, Sent
from prompts.card import Button, Buttons, Card, Paragraph, Picture, Span
from sandbox.dingtalk import DingTalkServer, Organisation, Person

NOW = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
CREATE, UPDATE = "/v1.0/card/instances/createAndDeliver", "/v1.0/card/instances"
BATCH, GROUP = "/v1.0/robot/oToMessages/batchSend", "/v1.0/robot/groupMessages/send"
RECALL, RECALL_GROUP = "/v1.0/robot/otoMessages/batchRecall", "/v1.0/robot/groupMessages/recall"
GONE = Card("Taken back", (Paragraph((Span("Taken back."),)),), withdraws=True)


def said(words: str) -> Card:
    buttons = Buttons((Button("board.show", "Show", "c1", style="primary"),))
    return Card(words, (Paragraph((Span(words),)), buttons))


@dataclass
class Post:
    """The bot's way out, and who reads."""

    messenger: DingTalkMessenger
    server: DingTalkServer
    ann: Person
    group: str

    async def send(self, card: Card, to: str = "ann", **other: Any) -> Outcome:
        parcel = Parcel(delivery="d1", kind="board", to=to, **({"living": True} | other))
        return await self.messenger.send(parcel, await self.messenger.draw(card, parcel))

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.server.calls if "Token" not in path]


@asynccontextmanager
async def posting(*, cards: bool = True) -> AsyncIterator[Post]:
    organisation = Organisation()
    if cards:
        organisation.add_template(OURS)
    ann = organisation.person(organisation.add_member("ann", userid="ann").userid)
    group = organisation.add_group("HR", ["ann"]).id
    async with DingTalkServer(organisation) as server, session() as calls:
        client = DingTalkClient(settings_of(server), calls)
        yield Post(DingTalkMessenger(client, [group]), server, ann, group)


async def test_what_may_change_later_is_a_card_and_edited_in_place() -> None:
    async with posting() as post:
        assert await post.send(said("One of three")) == Sent("ann", "card-d1")
        assert await post.send(said("Two of three"), ts="card-d1") == Sent("ann", "card-d1")
        assert post.paths == [CREATE, UPDATE]
        assert (post.ann.card()["title"], post.ann.card()["text1"]) == ("Two of three", "")
        assert json.loads(post.ann.card()["btns"]) == [
            {
                "text": "Show",
                "color": "blue",
                "status": "normal",
                "event": {
                    "type": "sendCardRequest",
                    "params": {"actionId": "board.show", "params": {"value": "c1"}},
                },
            }
        ]
        assert len(post.ann.talk()) == 1


async def test_a_card_stands_in_a_group_as_well() -> None:
    async with posting() as post:
        assert await post.send(said("Board"), to=post.group) == Sent(post.group, "card-d1")
        await post.send(said("Newer"), to=post.group, ts="card-d1")
        assert post.ann.card()["title"] == "Newer"


async def test_what_does_not_change_is_a_message() -> None:
    async with posting() as post:
        await post.send(said("Hello"), living=False)
        assert post.paths == [BATCH]


async def test_a_card_that_is_sent_again_is_there_once() -> None:
    async with posting() as post:
        await post.send(said("Board"))
        parcel = Parcel(delivery="d1", kind="board", to="ann", living=True, drawn=b'{"card": {}}')
        assert await post.messenger.look_back(parcel, NOW) is None
        assert await post.send(said("Board")) == Sent("ann", "card-d1")
        assert len(post.ann.talk()) == 1


async def test_a_card_that_is_gone_may_be_posted_anew() -> None:
    async with posting() as post:
        outcome = await post.send(said("Board"), ts="card-d0")
        assert outcome == NotSent("param.outTrackIdNotExist", final=True, gone=True)


async def test_a_card_for_nobody_is_not_sent() -> None:
    async with posting() as post:
        assert await post.send(said("Board"), to="zoe") == NotSent("invalid_staff", final=True)


@pytest.mark.parametrize(
    ("code", "status"),
    [("param.cardTemplateNotExist", 400), ("Forbidden.AccessDenied.AccessTokenDenied", 403)],
)
async def test_without_a_card_it_is_a_message_and_the_fault_is_told_once(
    code: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    async with posting() as post:
        post.server.organisation.faults.error(CREATE, code, times=2, status=status)
        outcome = await post.send(said("Board"))
        assert isinstance(outcome, Sent)
        assert not outcome.ts.startswith("card-")
        assert isinstance(await post.send(said("Board")), Sent)
        assert (post.paths.count(CREATE), post.paths.count(BATCH)) == (1, 2)
        with pytest.raises(LookBackFailedError):
            await post.messenger.look_back(
                Parcel(delivery="d1", kind="board", to="ann", living=True, drawn=b'{"card": {}}'),
                NOW,
            )
    (told,) = [one for one in caplog.records if one.levelname == "ERROR"]
    assert told.getMessage() == f"DingTalk makes no card of DINGTALK_FORM_TEMPLATE: {code}"


async def test_a_limit_holds_a_card_up_and_makes_no_message_of_it() -> None:
    async with posting() as post:
        post.server.organisation.faults.too_fast(CREATE)
        outcome = await post.send(said("Board"))
        assert isinstance(outcome, NotSent)
        assert outcome.retry_after is not None
        assert post.paths == [CREATE]


async def test_a_card_is_edited_now_and_then_only() -> None:
    async with posting() as post:
        parcel = Parcel(delivery="d1", kind="board", to="ann", ts="card-d1", living=True)
        wanted = (RATE, ("dingtalk:card:card-d1", *CARD_RATE))
        assert post.messenger.buckets(parcel) == wanted


async def test_an_edit_without_a_template_changes_nothing_and_costs_nothing() -> None:
    async with posting(cards=False) as post:
        outcome = await post.send(said("One"))
        assert isinstance(outcome, Sent)
        picture = Card("Two", (*said("Two").parts, Picture("{}", "A chart")))
        assert await post.send(picture, ts=outcome.ts) == outcome
        assert post.paths == [BATCH]


@pytest.mark.parametrize(("alone", "path"), [(True, RECALL), (False, RECALL_GROUP)])
async def test_what_is_taken_back_is_not_left_to_be_read(*, alone: bool, path: str) -> None:
    async with posting(cards=False) as post:
        to = "ann" if alone else post.group
        outcome = await post.send(said("Praise for Bo"), to=to)
        assert isinstance(outcome, Sent)
        assert await post.send(GONE, to=to, ts=outcome.ts) == outcome
        assert post.paths[-1] == path
        assert post.ann.last().words == ""
        again = await post.send(GONE, to=to, ts="other")
        assert again == NotSent("not_recalled", final=True)


async def test_a_card_that_is_taken_back_says_so_and_keeps_no_note() -> None:
    async with posting() as post:
        await post.send(said("Of Bo"))
        card = post.server.organisation.cards["card-d1"]
        card.private["ann"] = {"note1": "More of Bo"}
        await post.send(said("Still of Bo"), ts="card-d1")
        assert post.ann.card()["note1"] == "More of Bo"
        await post.send(GONE, ts="card-d1")
        assert "Bo" not in "".join(post.ann.card().values())
        assert RECALL not in post.paths


async def test_each_call_of_a_card_is_read_by_its_official_type_and_nothing_is_lost() -> None:
    async with posting() as post:
        await post.send(said("One"))
        await post.send(GONE, ts="card-d1")
        for to in ("ann", post.group):
            outcome = await post.send(said("Two"), to=to, living=False)
            assert isinstance(outcome, Sent)
            await post.send(GONE, to=to, ts=outcome.ts)
        calls = typed(post.server.made)
    assert [lost(one) for one in calls] == [{}] * len(calls)
    assert {CREATE, UPDATE, RECALL, RECALL_GROUP} <= {one.path for one in calls}


async def test_a_card_in_a_group_is_read_by_its_official_type() -> None:
    async with posting() as post:
        await post.send(said("One"), to=post.group)
        assert [lost(one) for one in typed(post.server.made)] == [{}, {}]
