"""A process that slept on its way to a call does not make it when it wakes."""

from __future__ import annotations

import pytest

from bot.config import SlackSettings
from bot.pictures import Painter
from bot.platforms.slack.connect import client_for, session
from bot.platforms.slack.send import SlackMessenger
from handlers.ports import Parcel, Sent, TooLateError
from prompts.card import Card, Heading
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace


async def test_a_call_whose_time_is_over_leaves_no_byte() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana", email="ana@shop.test")
    asked: list[bool] = []

    def slept() -> bool:
        """The look before the call was in time; this one, right before its first byte, is not."""
        asked.append(True)
        return False

    async with SlackServer(workspace) as server, session() as shared:
        settings = SlackSettings(
            bot_token=server.bot_token,
            app_token=server.app_token,
            signing_secret=None,
            http_bind=None,
            api_url=server.api_url,
            hr_channel=None,
        )
        client = client_for(settings)
        client.session = shared
        messenger = SlackMessenger(client, Painter())
        parcel = Parcel(delivery="d1", kind="note", to=ana.id)
        payload = await messenger.draw(Card("A word", (Heading("A word"),)), parcel)
        late = Parcel(delivery="d1", kind="note", to=ana.id, in_time=slept)
        with pytest.raises(TooLateError):
            await messenger.send(late, payload)
        assert (asked, ana.dms()) == ([True], [])
        assert isinstance(await messenger.send(parcel, payload), Sent)
        assert len(ana.dms()) == 1
