"""Times and tasks in Slack: a file for each time beside the words; there are no to-do lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.config import SlackSettings
from bot.pictures import Painter
from bot.platforms.slack.connect import client_for, session
from bot.platforms.slack.send import SlackMessenger
from handlers.ports import NotDrawnError, NotSent, Parcel
from prompts.card import Appointment, Card, Paragraph, Span, Task
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

AT = datetime(2026, 10, 14, 2, tzinfo=UTC)
ONE = Appointment(
    uid="t1@nosurprise",
    sequence=1,
    title="One-on-one: Ana and Mia",
    begins=AT,
    ends=AT + timedelta(minutes=30),
    zone="Asia/Shanghai",
    at=AT - timedelta(days=2),
    name="one-on-one.ics",
    label="Add to my calendar",
)
OTHER = replace(ONE, uid="t2@nosurprise", sequence=3, off=True, label="Take it out")


async def test_each_time_of_a_message_has_a_file_of_its_own_and_entries_are_left_out() -> None:
    workspace = Workspace()
    ana = workspace.add_user("Ana")
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
        parcel = Parcel(delivery="d1", kind="reminder", to=ana.id)
        card = Card("Talks", (Paragraph((Span("Two talks"),)), ONE, OTHER))
        await messenger.send(parcel, await messenger.draw(card, parcel))
        (message,) = ana.dms()
        files = list(workspace.files.values())
        assert [one.id in str(message.blocks) for one in files] == [True, True]
        found = [Calendar.from_ical(one.content) for one in files]
        events = [one.walk("VEVENT")[0] for one in found]
        assert [(str(one["uid"]), one["sequence"]) for one in events] == [
            ("t1@nosurprise", 1),
            ("t2@nosurprise", 3),
        ]
        assert [str(one["method"]) for one in found] == ["PUBLISH", "CANCEL"]

        for part in (ONE, Task(id="a", text="Read", due=AT)):
            with pytest.raises(NotDrawnError) as refused:
                await messenger.draw(Card("", (part,)), replace(parcel, entry=True))
            assert refused.value.outcome == NotSent("no_entries", final=True)
        assert len(workspace.files) == 2
