"""Times and actions, from a press to people's DingTalk calendars and lists."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from ding_chat import settings_of
from talking import signed
from test_actions import GIVEN
from test_entries import leaves
from test_erasing import erase
from times_world import DAY, TUESDAY, talk
from world import Home, home, opened, team

from bot.app import company_of
from bot.config import Settings
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import DingTalkMessenger
from handlers.answers import Done
from handlers.times import name_of
from review.policy import Policy
from sandbox.dingtalk import DingTalkServer, Organisation


@asynccontextmanager
async def on_dingtalk(folder: Path) -> AsyncIterator[tuple[Home, Organisation]]:
    """The company of the tests, each person under their employee's id, without a listener."""
    organisation = Organisation(a_second=None)
    for one in team():
        organisation.add_member(one.name, userid=one.employee_id)
    async with DingTalkServer(organisation) as server, home(folder) as place, session() as calls:
        settings = settings_of(server)
        known = company_of(Settings(database_url="", policy=Policy(), dingtalk=settings))
        place.deps.company = replace(place.deps.company, hr_channels=(), planners=known.planners)
        messenger = DingTalkMessenger(DingTalkClient(settings, calls), [])
        place.deps.messengers = {"dingtalk": messenger}
        async with place.deps.database.begin() as tx:
            pairs = [(one.employee_id, one.employee_id) for one in team()]
            await tx.people.link_all("dingtalk", pairs)
        yield place, organisation


async def minutes(place: Home) -> None:
    """A few, so that a call of unknown end is made again, and no limit holds one back."""
    for _ in range(3):
        await place.tick(place.clock.now() + timedelta(minutes=1))


def kept(organisation: Organisation, kind: str, who: str) -> list[dict[str, Any]]:
    entries = organisation.entries
    return [one.body for one in entries if (one.kind, one.userid) == (kind, who)]


async def test_a_time_and_an_action_are_kept_moved_done_and_taken_away(tmp_path: Path) -> None:
    async with on_dingtalk(tmp_path) as (place, organisation):
        organisation.faults.drop("/v1.0/calendar/*", accepted=True)
        _, (review,) = await signed(place)
        for days in (0, 2):
            day = (TUESDAY + days * DAY).date()
            form = opened(await place.press("mia", "interview.times", review))
            given = {"date:1": str(day), "date:2": str(day + DAY)}
            assert await place.fill("mia", form, given) == Done()
            first = (await talk(place, review)).slots[0]
            await place.press("e1", "interview.first", f"{review}@{name_of(first)}")
            await minutes(place)
            starts = {
                one["start"]["dateTime"][:16]
                for who in ("e1", "mia")
                for one in kept(organisation, "event", who)
            }
            assert (starts, len(organisation.entries)) == ({f"{day}T10:00"}, 2)

        form = opened(await place.press("mia", "interview.open", review))
        assert await place.fill("mia", form, GIVEN | {"action:1": "A desk"}) == Done()
        await place.press("mia", "interview.held", review)
        await minutes(place)
        await place.press("e1", "action:done", f"{review}.1")
        await minutes(place)
        (task,), (other,) = kept(organisation, "task", "e1"), kept(organisation, "task", "mia")
        assert (task["subject"], task["done"]) == ("A desk", True)
        assert (other["subject"], other.get("done")) == ("Ask for a second desk", None)

        await leaves(place)
        await erase(place)
        await minutes(place)
        assert organisation.entries == []
