"""An organisation, its server and a client for the tests beside this file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox.dingtalk import DingTalkServer, Organisation

Json = dict[str, Any]
SEND = "/v1.0/robot/oToMessages/batchSend"
GROUP = "/v1.0/robot/groupMessages/send"
CREATE = "/v1.0/card/instances/createAndDeliver"
UPDATE = "/v1.0/card/instances"
TOKEN = "/v1.0/oauth2/accessToken"


class Client:
    """Makes calls as an app does; each answer is its status and its body."""

    def __init__(self, server: DingTalkServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session
        self.token = ""

    async def call(
        self, path: str, body: Json, *, verb: str = "POST", **more: str
    ) -> tuple[int, Json]:
        """Call one of api.dingtalk.com, with `more` headers (client_token)."""
        headers = {"x-acs-dingtalk-access-token": self.token}
        headers |= {f"x-{name}".replace("_", "-"): value for name, value in more.items()}
        url = self.server.api_url + path
        async with self.session.request(verb, url, json=body, headers=headers) as answer:
            return answer.status, await answer.json() if await answer.read() else {}

    async def code(self, path: str, body: Json, *, verb: str = "POST") -> str:
        """Return the code of a call that is refused."""
        status, answer = await self.call(path, body, verb=verb)
        assert status >= 400
        return str(answer["code"])

    async def old(self, path: str, body: Json) -> Json:
        """Call one of oapi.dingtalk.com."""
        url = f"{self.server.oapi_url}{path}?access_token={self.token}"
        async with self.session.post(url, json=body) as answer:
            assert answer.status == 200
            return dict(await answer.json())

    async def log_in(self) -> None:
        """Get a token."""
        app = self.server.organisation.app
        status, answer = await self.call(TOKEN, {"appKey": app.key, "appSecret": app.secret})
        assert status == 200
        self.token = answer["accessToken"]

    async def say(self, *users: str, text: str = "hello") -> tuple[int, Json]:
        """Send a text to these people."""
        return await self.call(SEND, message(self.server.organisation, text) | {"userIds": users})


def message(organisation: Organisation, text: str) -> Json:
    param = json.dumps({"content": text})
    code = organisation.app.robot_code
    return {"robotCode": code, "msgKey": "sampleText", "msgParam": param}


def card(organisation: Organisation, user: str, track: str, **values: str) -> Json:
    """What createAndDeliver is sent for a card to one person."""
    return {
        "cardTemplateId": "plain",
        "outTrackId": track,
        "callbackType": "STREAM",
        "cardData": {"cardParamMap": values},
        "openSpaceId": f"dtv1.card//IM_ROBOT.{user}",
        "imRobotOpenSpaceModel": {"supportForward": False},
        "imRobotOpenDeliverModel": {
            "spaceType": "IM_ROBOT",
            "robotCode": organisation.app.robot_code,
        },
    }


@asynccontextmanager
async def client(organisation: Organisation) -> AsyncIterator[Client]:
    """A running server and a client that has a token."""
    async with DingTalkServer(organisation) as server, aiohttp.ClientSession() as session:
        one = Client(server, session)
        await one.log_in()
        yield one
