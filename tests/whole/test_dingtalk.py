"""The whole program beside a local DingTalk: it invites, people tap and write, it answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from world import Home, home, open_cycle, team

from bot.app import Bot
from bot.config import DingTalkSettings, Settings, SlackSettings
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.directory import DingTalkDirectory
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.match_accounts import match_accounts
from review.policy import Policy
from sandbox.dingtalk import DingTalkServer, Organisation


async def until(is_so: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110  a chat has no event
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running(
    folder: Path, organisation: Organisation, port: int, slack: SlackSettings | None = None
) -> AsyncIterator[tuple[Home, DingTalkServer]]:
    """The company of the tests on DingTalk, each person under their employee's id."""
    group = organisation.add_group("HR", [])
    async with DingTalkServer(organisation) as server, home(folder) as place:
        settings = DingTalkSettings(
            client_id=organisation.app.key,
            client_secret=organisation.app.secret,
            robot_code=organisation.app.robot_code,
            api_url=f"{server.api_url}/",
            oapi_url=f"{server.oapi_url}/",
            hr_channel=group.id,
            form_template=next(iter(organisation.templates), None),
        )
        ids = ("boss", "hr", "mia", "e1", "e2", "e3")
        for one in ids:
            organisation.add_member(one, userid=f"d-{one}")
        group.members += ["d-hr"]
        async with place.deps.database.begin() as tx:
            await tx.people.put_all(
                replace(one, dingtalk_id=f"d-{one.employee_id}") for one in team()
            )
        stop = asyncio.Event()
        async with session() as calls:
            client = DingTalkClient(settings, calls)
            place.deps.asked_in_parts = frozenset({"dingtalk"})
            place.deps.directories = (DingTalkDirectory(client),)
            place.deps.messengers = {"dingtalk": DingTalkMessenger(client, settings.groups)}
            place.deps.company = replace(place.deps.company, hr_channels=(("dingtalk", group.id),))
            await match_accounts(place.deps)
            everything = Settings(
                database_url=f"sqlite+aiosqlite:///{folder}/home.db",
                policy=Policy(),
                locale="en",
                http_bind=("127.0.0.1", port),
                dingtalk=settings,
                slack=slack,
            )
            bot = Bot(place.deps, everything, plan_every=0.2)
            task = asyncio.create_task(bot.run(stop))
            try:
                await until(lambda: organisation.stream.connections.open)
                yield place, server
            finally:
                stop.set()
                await asyncio.wait_for(task, 15)


async def test_people_are_invited_tap_write_and_are_answered(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    organisation = Organisation()
    async with running(tmp_path, organisation, unused_tcp_port) as (place, _):
        await open_cycle(place)
        ann = organisation.person("d-e1")
        await until(ann.talk)
        assert "2026Q3" in ann.last().words
        titles = [title for title, _ in ann.last().links()]
        before = len(ann.talk())
        await ann.tap(titles[0])
        await until(lambda: len(ann.talk()) > before + 1)
        assert "Question 1 of 9" in ann.last().words
        await ann.say("review help")
        assert "status" in ann.last().words
        await organisation.person("d-e2").say("绩效 帮助")
        assert "进度" in organisation.person("d-e2").last().words
        assert organisation.stream.given_up == []
        (group,) = [one for one in organisation.conversations.values() if one.group]
        assert group.messages


async def test_a_self_review_is_typed_from_the_invitation_to_the_manager(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    organisation = Organisation()
    async with running(tmp_path, organisation, unused_tcp_port) as (place, _):
        cycle = await open_cycle(place)
        bo = organisation.person("d-e2")
        await until(bo.talk)
        await bo.tap(bo.last().links()[0][0])
        await until(lambda: "第 1 题，共 9 题" in bo.last().words)
        await bo.tap("4 超出期望")
        await bo.show()
        assert "我只能收文字" in bo.last().words
        await bo.say("超过了目标")
        await bo.speak("三点五")
        assert "我听到的是" in bo.last().words
        for words in ("跳过", "四分", "跳过"):
            await bo.say(words)
        assert "客户第一" in bo.last().words
        for _ in range(12):
            if "总的说明" in bo.last().words:
                break
            asks_words = "最多 3000 个字" in bo.last().words
            await bo.say("上周二的例子" if asks_words else "部分")
        await bo.say("这个季度做得不错")
        assert "1\\. 自评分：**4 超出期望**" in bo.last().words
        await bo.tap("提交")
        await until(lambda: "已完成：自评 2026Q3" in bo.last().words)
        async with place.deps.database.begin(write=False) as tx:
            sent = await tx.reviews.of(cycle.id, "e2")
            assert await tx.askings.whole("e2") == ()
        assert sent is not None
        assert sent.self_part is not None
        assert list(map(str, sent.self_part.scores.values())) == ["4", "7/2", "4"]
        assert sent.self_part.comment == "这个季度做得不错"
        assert organisation.stream.given_up == []


async def test_a_stranger_is_told_whom_to_ask(tmp_path: Path, unused_tcp_port: int) -> None:
    organisation = Organisation()
    organisation.add_member("Zoe", userid="d-zoe")
    async with running(tmp_path, organisation, unused_tcp_port) as (_, server):
        zoe = organisation.person("d-zoe")
        await zoe.say("status")
        assert "Hanna HR" in zoe.last().words
        assert "/v1.0/robot/oToMessages/batchSend" not in [path for path, _ in server.calls]


async def test_slack_being_away_holds_nobody_back(
    tmp_path: Path, unused_tcp_port_factory: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.connections.GRACE", 0)
    away = SlackSettings(
        bot_token="xoxb-1",
        app_token="xapp-1",
        signing_secret=None,
        http_bind=None,
        api_url=f"http://127.0.0.1:{unused_tcp_port_factory()}/",
        hr_channel=None,
    )
    organisation, port = Organisation(), unused_tcp_port_factory()
    async with running(tmp_path, organisation, port, away) as (place, _):
        await open_cycle(place)
        ann = organisation.person("d-e1")
        await until(ann.talk)
        async with (
            aiohttp.ClientSession() as calls,
            calls.get(f"http://127.0.0.1:{port}/readyz") as answer,
        ):
            assert answer.status == 200
