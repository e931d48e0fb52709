"""Charts in DingTalk: painted and uploaded once, and shown between the words of their message."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from ding_chat import settings_of

from bot.pictures import PNG, Painter
from bot.platforms.dingtalk import pictures
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.ports import NotDrawnError, NotSent, Parcel, Sent
from prompts.card import Button, Buttons, Card, Paragraph, Picture, Span
from sandbox.dingtalk import DingTalkServer, Organisation

UPLOAD = "/media/upload"
PAINTS = "cat > seen; printf '\\211PNG\\r\\n\\032\\n'; cat seen"
"""A drawing process that gives back what it was told, as a PNG."""
QPS = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"


def board(*data: str, button: bool = False) -> Card:
    parts: list[Any] = [Paragraph((Span("So far"),)), *(Picture(one, "a [chart]") for one in data)]
    parts.append(Paragraph((Span("That is all"),)))
    if button:
        parts.append(Buttons((Button("board.open", "Open", "q3"),)))
    return Card("Board", tuple(parts))


def painter(script: str = PAINTS) -> Painter:
    return Painter(program=("/bin/sh", "-c", f"cd $MPLCONFIGDIR; {script}"))


@asynccontextmanager
async def messenger(
    organisation: Organisation, paints: str = PAINTS
) -> AsyncIterator[tuple[DingTalkMessenger, DingTalkServer]]:
    async with DingTalkServer(organisation) as server, session() as calls:
        client = DingTalkClient(settings_of(server), calls)
        groups = [one.id for one in organisation.conversations.values()]
        yield DingTalkMessenger(client, groups, painter(paints)), server


def uploads(server: DingTalkServer) -> int:
    return sum(path == UPLOAD for path, _ in server.calls)


async def test_hr_reads_the_chart_between_the_words_of_one_message() -> None:
    organisation = Organisation()
    group = organisation.add_group("HR", [organisation.add_member("ana").userid])
    async with messenger(organisation) as (sender, _):
        parcel = Parcel(delivery="d1", kind="board", to=group.id)
        outcome = await sender.send(parcel, await sender.draw(board("{}", button=True), parcel))
    assert isinstance(outcome, Sent)
    ((media, content),) = organisation.media.items()
    assert content == PNG + b"{}"
    (message,) = group.messages
    assert message.key == "sampleActionCard"
    assert message.param["text"] == f"So far\n\n![a \\[chart\\]]({media})\n\nThat is all"


async def test_the_same_picture_is_uploaded_once_and_another_one_as_well(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "REMEMBERED", 2)
    async with messenger(Organisation()) as (sender, server):
        parcel = Parcel(delivery="d1", kind="board", to="ana")
        first = await sender.draw(board("1"), parcel)
        assert (await sender.draw(board("1"), parcel), uploads(server)) == (first, 1)
        other = await sender.draw(board("2"), parcel)
        assert (other != first, uploads(server)) == (True, 2)
        await sender.draw(board("3", "2", "1"), parcel)
        assert uploads(server) == 4


async def test_a_picture_that_can_not_be_painted_leaves_the_words() -> None:
    async with messenger(Organisation(), "exit 3") as (sender, server):
        parcel = Parcel(delivery="d1", kind="board", to="ana")
        drawn = json.loads(await sender.draw(board("{}"), parcel))
        assert (drawn["msgParam"]["text"], uploads(server)) == ("So far\n\nThat is all", 0)


@pytest.mark.parametrize("body", ['{"errcode": 40006, "errmsg": "x"}', '{"errcode": 0}'])
async def test_a_picture_that_is_refused_leaves_the_words_and_is_tried_with_the_next(
    body: str,
) -> None:
    organisation = Organisation()
    async with messenger(organisation) as (sender, _):
        organisation.faults.server_error(UPLOAD, status=200, body=body)
        parcel = Parcel(delivery="d1", kind="board", to="ana")
        drawn = json.loads(await sender.draw(board("{}"), parcel))
        assert drawn["msgParam"]["text"] == "So far\n\nThat is all"
        again = json.loads(await sender.draw(board("{}"), parcel))
        assert f"]({next(iter(organisation.media))})" in again["msgParam"]["text"]


@pytest.mark.parametrize(
    ("body", "status", "outcome"),
    [
        (f'{{"errcode": 88, "sub_code": "{QPS}"}}', 200, NotSent(QPS, retry_after=2.0)),
        ("<html>", 502, NotSent("HTTP 502, no answer of DingTalk's", retry_after=15.0)),
    ],
)
async def test_a_message_waits_for_its_picture_where_that_passes(
    body: str, status: int, outcome: NotSent
) -> None:
    organisation = Organisation()
    async with messenger(organisation) as (sender, _):
        organisation.faults.server_error(UPLOAD, status=status, body=body)
        with pytest.raises(NotDrawnError) as refused:
            await sender.draw(board("{}"), Parcel(delivery="d1", kind="board", to="ana"))
        assert refused.value.outcome == outcome


async def test_a_stale_token_does_not_cost_the_picture() -> None:
    organisation = Organisation()
    async with messenger(organisation) as (sender, server):
        parcel = Parcel(delivery="d1", kind="board", to="ana")
        await sender.draw(board("1"), parcel)
        organisation.faults.expire_tokens()
        await sender.draw(board("2"), parcel)
        assert (len(organisation.media), uploads(server)) == (2, 3)


@pytest.mark.parametrize("robots", [1, 0])
async def test_a_chart_goes_by_the_apps_robot_where_hrs_group_has_one_of_each(
    robots: int,
) -> None:
    organisation = Organisation()
    group = organisation.add_group("HR", [])
    organisation.webhook.group = group
    async with DingTalkServer(organisation) as server, session() as calls:
        url = f"{server.oapi_url}/robot/send?access_token={organisation.app.webhook_token}"
        settings = replace(
            settings_of(server),
            hr_channel=group.id if robots else None,
            hr_webhook=url,
            hr_webhook_secret=organisation.app.webhook_secret,
        )
        client = DingTalkClient(settings, calls)
        sender = DingTalkMessenger(client, settings.groups, painter())
        parcel = Parcel(delivery="d1", kind="board", to=settings.hr_place or "")
        assert isinstance(await sender.send(parcel, await sender.draw(board("{}"), parcel)), Sent)
        assert isinstance(await sender.send(parcel, await sender.draw(board(), parcel)), Sent)
    by_robot = [path for path, _ in server.calls if path.endswith("groupMessages/send")]
    assert (len(by_robot), len(group.messages)) == (robots, 2)
