"""What doctor says of DingTalk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from ding_server import TOKEN, Answer, DingServer, ding_server

from bot.config import Settings
from bot.doctor import examine
from bot.doctor.dingtalk import look
from bot.doctor.line import Mark
from prompts.render import LOCALES, Words
from review.policy import Policy


async def test_credentials_that_are_taken_are_said_to_be() -> None:
    async with ding_server() as (_, client):
        (line,) = await look(client.settings)
        assert (line.mark, line.key) == (Mark.OK, "dingtalk")


async def test_credentials_that_are_refused_are_named() -> None:
    async with ding_server() as (server, client):
        server.says(TOKEN, Answer({"code": "invalidClientIdOrSecret"}, 400))
        (line,) = await look(client.settings)
        assert (line.mark, line.key) == (Mark.WRONG, "dingtalk_refused")
        assert all("invalidClientIdOrSecret" in line.text(Words(one)) for one in LOCALES)


async def test_an_address_that_does_not_answer_is_named(unused_tcp_port: int) -> None:
    url = f"http://127.0.0.1:{unused_tcp_port}/"
    (line,) = await look(replace(DingServer().settings(), api_url=url))
    assert (line.mark, line.key) == (Mark.WRONG, "dingtalk_away")
    assert all(url in line.text(Words(one)) for one in LOCALES)


async def test_dingtalk_alone_is_a_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with ding_server() as (_, client):
        url = f"sqlite+aiosqlite:///{tmp_path}/n.db"
        settings = Settings(database_url=url, policy=Policy(), dingtalk=client.settings)
        keys = [line.key for line in await examine.examine(settings)]
    assert "dingtalk" in keys
    assert "no_platform" not in keys
