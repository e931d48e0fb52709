"""The real dingtalk-stream SDK on the gateway."""

from __future__ import annotations

import asyncio
from typing import Any

import dingtalk_stream as sdk
import pytest
from ding_rig import CREATE, card, client

from sandbox.dingtalk import Organisation, Template


async def test_sdk_hears_texts_presses_and_events_and_comes_back_after_a_disconnect(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    organisation = Organisation()
    organisation.add_template(Template("plain", actions=(("Agree", "agree"),)))
    ana = organisation.person(organisation.add_member("ana").userid)
    heard: list[Any] = []

    class Texts(sdk.CallbackHandler):  # type: ignore[misc]
        async def process(self, message: Any) -> tuple[int, Any]:
            heard.append(sdk.ChatbotMessage.from_dict(message.data).text.content)
            return 200, "OK"

    class Presses(sdk.CallbackHandler):  # type: ignore[misc]
        async def process(self, message: Any) -> tuple[int, Any]:
            press = sdk.CardCallbackMessage.from_dict(message.data)
            heard.append((press.user_id, press.card_instance_id, press.content))
            return 200, {"cardData": {"cardParamMap": {"title": "Done"}}}

    class Events(sdk.EventHandler):  # type: ignore[misc]
        async def raw_process(self, message: Any) -> Any:
            heard.append((message.headers.event_type, message.data["userId"]))
            ack = sdk.AckMessage()
            ack.headers.message_id = message.headers.message_id
            ack.data = {"status": "SUCCESS"}
            return ack

    async with client(organisation) as bot:
        monkeypatch.setattr(
            sdk.DingTalkStreamClient,
            "OPEN_CONNECTION_API",
            bot.server.api_url + "/v1.0/gateway/connections/open",
        )
        monkeypatch.setattr(sdk.DingTalkStreamClient, "RECONNECT_BASE_DELAY_SECONDS", 0)
        monkeypatch.setattr(sdk.DingTalkStreamClient, "RECONNECT_JITTER_SECONDS", 0)
        monkeypatch.setattr(sdk.DingTalkStreamClient, "get_host_ip", lambda _: "127.0.0.1")
        app = sdk.DingTalkStreamClient(
            sdk.Credential(organisation.app.key, organisation.app.secret)
        )
        app.register_all_event_handler(Events())
        app.register_callback_handler(sdk.ChatbotMessage.TOPIC, Texts())
        app.register_callback_handler(sdk.CallbackHandler.TOPIC_CARD_CALLBACK, Presses())
        running = asyncio.create_task(app.start())
        stream = organisation.stream
        await organisation.until(lambda: stream.connections.open)
        organisation.faults.stream.repeat()
        await ana.say("goals")
        await bot.call(CREATE, card(organisation, ana.id, "one", title="T"))
        await ana.press("Agree")
        pinged = await stream.ping("abc")
        await stream.disconnect()
        await organisation.until(lambda: stream.connections.open)
        await organisation.join(ana.member)
        await app.stop()
        await asyncio.wait_for(running, 5)
    content = {"cardPrivateData": {"actionIds": ["agree"], "params": {}}}
    assert heard == ["goals", (ana.id, "one", content), ("user_add_org", [ana.id])]
    assert (pinged, ana.card(), ana.troubles) == (True, {"title": "Done"}, [])
    assert stream.unsettled == []
