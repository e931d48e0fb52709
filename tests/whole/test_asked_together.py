"""A message for several people stands in one conversation of theirs, and is found there again."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.config import SlackSettings
from bot.pictures import Painter
from bot.platforms.slack.connect import client_for, session
from bot.platforms.slack.send import SlackMessenger
from handlers.ports import NotSent, Parcel, Sent
from prompts.card import Card, Heading
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

CARD = Card("A word", (Heading("A word"),))


async def test_several_people_get_one_conversation_and_it_is_found_again() -> None:
    workspace = Workspace()
    ana, ben = (workspace.add_user(name, email=f"{name}@shop.test") for name in ("ana", "ben"))
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
        parcel = Parcel(delivery="d1", kind="asked", to=f"{ana.id},{ben.id}")
        payload = await messenger.draw(CARD, parcel)
        workspace.app.scopes -= {"mpim:write"}
        refused = await messenger.send(parcel, payload)
        assert isinstance(refused, NotSent)
        assert (refused.reason, refused.final) == ("missing_scope", False)
        workspace.app.scopes |= {"mpim:write"}
        sent = await messenger.send(parcel, payload)
        assert isinstance(sent, Sent)
        channel = workspace.channels[sent.channel]
        assert set(channel.members) == {ana.id, ben.id, workspace.app.bot_user}
        assert (ana.dms(), ben.dms()) == ([], [])
        assert await messenger.look_back(parcel, datetime.fromtimestamp(0, UTC)) == sent
        stranger = Parcel(delivery="d2", kind="asked", to=f"{ana.id},U404")
        gone = await messenger.send(stranger, payload)
        assert isinstance(gone, NotSent)
        assert (gone.reason, gone.final) == ("user_not_found", True)
