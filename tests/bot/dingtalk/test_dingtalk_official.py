"""Every call of ours is one of DingTalk's own client, which makes the same of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from ding_chat import OURS, settings_of
from official_calls import BESIDE, UnknownCallError, filled, lost, official, shapes, typed
from Tea.exceptions import TeaException

from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from bot.platforms.dingtalk.stream import TOPICS
from handlers.ports import Parcel, Sent
from prompts.card import Button, Buttons, Card, Heading, Paragraph, Span
from sandbox.dingtalk import DingTalkServer, Organisation
from sandbox.dingtalk.calls.dispatch import Made

BATCH = "/v1.0/robot/oToMessages/batchSend"
CREATE = "/v1.0/card/instances/createAndDeliver"
"""Which the local DingTalk takes once for each card."""
MESSAGES = ["sampleMarkdown", "sampleActionCard", *(f"sampleActionCard{n}" for n in range(2, 6))]


def made(path: str = BATCH, verb: str = "POST", **args: Any) -> Made:
    return Made(verb, path, args, {}, {})


def card(buttons: int) -> Card:
    listed = tuple(Button("rate", f"{number} 分", str(number)) for number in range(buttons))
    return Card("评分", (Heading("评分"), Paragraph((Span("您好"),)), Buttons(listed)))


async def spoken(organisation: Organisation, server: DingTalkServer) -> list[Made]:
    """All kinds of messages to people and to a group, cards, and a connection."""
    organisation.add_template(OURS)
    group = organisation.add_group("HR", [])
    people = [organisation.add_member(name).userid for name in ("ana", "bo")]
    async with session() as calls:
        client = DingTalkClient(settings_of(server), calls)
        messenger = DingTalkMessenger(client, [group.id])
        for buttons in range(7):
            for to in (people[0], ",".join(people), group.id):
                parcel = Parcel(delivery="d1", kind="hello", to=to)
                await messenger.send(parcel, await messenger.draw(card(buttons), parcel))
        for to in (people[0], group.id):
            await living(messenger, to)
        await client.open_stream(TOPICS)
    return server.made


async def living(messenger: DingTalkMessenger, to: str) -> None:
    """A card that is made and edited, and a message that is taken back."""
    given: dict[str, Any] = {"delivery": f"board-{to}", "kind": "board", "to": to}
    for parcel in (
        Parcel(**given, living=True),
        Parcel(**given, living=True, ts=f"card-board-{to}"),
    ):
        await messenger.send(parcel, await messenger.draw(card(2), parcel))
    posted = Parcel(**given)
    sent = await messenger.send(posted, await messenger.draw(card(1), posted))
    assert isinstance(sent, Sent)
    gone = Parcel(**given, ts=sent.ts, channel=to)
    await messenger.send(gone, await messenger.draw(replace(card(0), withdraws=True), gone))


async def test_each_call_is_read_by_its_official_type_and_nothing_of_it_is_lost() -> None:
    organisation = Organisation(a_second=None)
    async with DingTalkServer(organisation) as server:
        calls = typed(await spoken(organisation, server))
    assert [lost(one) for one in calls] == [{}] * len(calls)
    said = {(official(one).method, one.args.get("msgKey")) for one in calls}
    assert said == {
        ("get_access_token_with_options", None),
        ("open_connection_with_options", None),
        ("create_and_deliver_with_options", None),
        ("update_card_with_options", None),
        ("batch_recall_otowith_options", None),
        ("org_group_recall_with_options", None),
        *(("batch_send_otowith_options", key) for key in MESSAGES),
        *(("org_group_send_with_options", key) for key in MESSAGES),
    }


async def test_the_official_client_makes_the_same_call_of_it() -> None:
    organisation = Organisation(a_second=None)
    async with DingTalkServer(organisation) as server:
        for ours in shapes(await spoken(organisation, server)):
            endpoint = server.api_url.removeprefix("http://")
            if ours.path == CREATE:
                with pytest.raises(TeaException, match="outTrackIdDuplicate"):
                    await asyncio.to_thread(official(ours).make, ours, endpoint)
            else:
                answer = await asyncio.to_thread(official(ours).make, ours, endpoint)
                assert any(answer.to_map().values())
            theirs = server.made[-1]
            assert (theirs.verb, theirs.path, theirs.query) == (ours.verb, ours.path, ours.query)
            beside = BESIDE.get(ours.path, set())
            said = {name: one for name, one in ours.args.items() if name not in beside}
            assert filled(theirs.args) == filled(said)


def test_a_call_that_dingtalk_does_not_know_is_found_out() -> None:
    with pytest.raises(UnknownCallError, match=r"PUT /v1\.0/robot/oToMessages/batchSend"):
        lost(made(verb="PUT"))


@pytest.mark.parametrize(
    ("wrong", "gone"),
    [
        ({"userId": ["ana"]}, {"userId": (["ana"], None)}),
        ({"robotcode": "r"}, {"robotcode": ("r", None)}),
    ],
)
def test_a_name_that_dingtalk_does_not_know_is_found_out(wrong: Any, gone: Any) -> None:
    assert lost(made(msgKey="sampleText", msgParam="{}", **wrong)) == gone


def test_an_unknown_name_is_found_out_however_deep_it_stands() -> None:
    wrong = made(
        "/v1.0/card/instances",
        "PUT",
        outTrackId="c1",
        cardData={"cardParamMap": {"title": "T"}},
        cardUpdateOptions={"updateCardByKey": True},
    )
    assert lost(wrong) == {"cardUpdateOptions": ({"updateCardByKey": True}, None)}
