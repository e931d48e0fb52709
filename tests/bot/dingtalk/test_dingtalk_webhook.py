"""HR's group by its webhook robot: signed, within its limits, and never a call of the month."""

from __future__ import annotations

import base64
import hmac
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from ding_server import BATCH, GROUP, Answer, DingServer, ding_server

from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.ports import NotSent, Outcome, Parcel, Sent
from prompts.card import Button, Buttons, Card, Paragraph, Span
from sandbox.dingtalk import DingTalkServer, Organisation

ROBOT = "/old/robot/send"
SECRET = "SEChush"
NOW = 1_790_000_000.0
HELLO = Card("Hello", (Paragraph((Span("你好"),)),))
HR = "cidHR=="


@dataclass
class Counted:
    """The calls that would count."""

    kinds: list[str] = field(default_factory=list)

    def made(self, platform: str, kind: str, outcome: str) -> None:
        self.kinds.append(kind)

    async def keep(self) -> None: ...

    async def run(self) -> None: ...


@asynccontextmanager
async def hr_group(
    secret: str | None = SECRET, **other: str | None
) -> AsyncIterator[tuple[DingServer, DingTalkMessenger, Counted]]:
    async with ding_server() as (server, _), session() as calls:
        given: dict[str, Any] = {"hr_webhook": f"{server.url}{ROBOT}?access_token=tok"} | other
        settings = replace(server.settings(), hr_webhook_secret=secret, **given)
        counted = Counted()
        client = DingTalkClient(settings, calls, counted)
        yield server, DingTalkMessenger(client, settings.groups, now=lambda: NOW), counted


def parcel(to: str = HR, **other: Any) -> Parcel:
    return Parcel(delivery="d1", kind="board_strong", to=to, **other)


async def sent(messenger: DingTalkMessenger, one: Parcel, card: Card = HELLO) -> Outcome:
    return await messenger.send(one, await messenger.draw(card, one))


async def test_a_message_of_hr_goes_by_the_webhook_and_costs_nothing() -> None:
    async with hr_group() as (server, messenger, counted):
        assert await sent(messenger, parcel()) == Sent(HR, "webhook:d1")
        (body,) = server.calls(ROBOT)
        assert body == {"msgtype": "markdown", "markdown": {"title": "Hello", "text": "你好"}}
        assert server.calls(GROUP) == []
        assert counted.kinds == []
        assert messenger.buckets(parcel()) == (("dingtalk:webhook", 6.0, 10),)


async def test_buttons_go_along() -> None:
    async with hr_group() as (server, messenger, _):
        card = Card("Hello", (Buttons((Button("goals.open", "Open", "r1"),)),))
        await sent(messenger, parcel(), card)
        (body,) = server.calls(ROBOT)
        (button,) = body["actionCard"]["btns"]
        assert button["title"] == "Open"


async def test_people_and_other_groups_go_another_way() -> None:
    async with hr_group() as (server, messenger, _):
        await sent(messenger, parcel("ann"))
        assert server.calls(ROBOT) == []
        assert len(server.calls(BATCH)) == 1


async def test_a_group_that_is_known_by_its_webhook_alone_is_written_to() -> None:
    async with hr_group(hr_channel=None) as (server, messenger, _):
        assert await sent(messenger, parcel("webhook")) == Sent("webhook", "webhook:d1")
        assert len(server.calls(ROBOT)) == 1


async def test_what_is_to_change_in_place_goes_by_the_robot() -> None:
    async with hr_group(form_template="t.schema") as (_, messenger, _):
        living = parcel(living=True)
        assert messenger.buckets(living)[0][0] == "dingtalk:calls"
        assert messenger.buckets(parcel())[0][0] == "dingtalk:webhook"


async def test_the_address_is_signed_for_this_moment() -> None:
    async with hr_group() as (server, messenger, _):
        await sent(messenger, parcel())
        query = parse_qs(urlsplit(server.addresses[-1]).query)
        stamp = str(round(NOW * 1000))
        digest = hmac.digest(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), "sha256")
        assert query == {
            "access_token": ["tok"],
            "timestamp": [stamp],
            "sign": [base64.b64encode(digest).decode()],
        }


async def test_a_robot_without_a_secret_is_sent_no_signature() -> None:
    async with hr_group(secret=None) as (server, messenger, _):
        await sent(messenger, parcel())
        assert parse_qs(urlsplit(server.addresses[-1]).query) == {"access_token": ["tok"]}


@pytest.mark.parametrize(
    ("errcode", "outcome"),
    [
        (130101, NotSent("130101", retry_after=600.0)),
        (410100, NotSent("410100", retry_after=600.0)),
        (90030, NotSent("90030", retry_after=3600.0)),
        (-1, NotSent("-1", retry_after=15.0)),
        (310000, NotSent("310000", final=True, shut="not_found")),
        (300005, NotSent("300005", final=True, shut="not_found")),
        (430104, NotSent("430104", final=True)),
    ],
)
async def test_each_refusal_is_told_apart(
    errcode: int, outcome: NotSent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with hr_group() as (server, messenger, _):
        server.says(ROBOT, Answer({"errcode": errcode, "errmsg": "access_token=tok"}))
        assert await sent(messenger, parcel()) == outcome
    assert not [line for line in caplog.messages if "tok" in line or SECRET in line]


async def test_what_the_webhook_said_is_neither_changed_nor_taken_back() -> None:
    async with hr_group() as (server, messenger, _):
        stands = parcel(channel=HR, ts="webhook:d1")
        assert await sent(messenger, stands) == Sent(HR, "webhook:d1")
        taken_back = replace(HELLO, withdraws=True)
        assert await sent(messenger, stands, taken_back) == NotSent("not_recalled", final=True)
        assert server.got == []


async def test_a_local_dingtalk_takes_the_signature() -> None:
    organisation = Organisation()
    group = organisation.add_group("HR", [])
    organisation.webhook.group = group
    organisation.quota.a_second = None
    async with DingTalkServer(organisation) as server, ding_server() as (other, _):
        settings = replace(
            other.settings(),
            hr_channel=group.id,
            hr_webhook=f"{server.oapi_url}/robot/send?access_token={organisation.app.webhook_token}",
            hr_webhook_secret=organisation.app.webhook_secret,
        )
        async with session() as calls:
            messenger = DingTalkMessenger(
                DingTalkClient(settings, calls),
                settings.groups,
                now=lambda: organisation.clock.now().timestamp(),
            )
            outcomes = [await sent(messenger, parcel(group.id)) for _ in range(21)]
    assert outcomes == [
        *[Sent(group.id, "webhook:d1")] * 20,
        NotSent("130101", retry_after=600.0),
    ]
    assert len(group.messages) == 20
