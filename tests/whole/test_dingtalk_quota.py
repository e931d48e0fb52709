"""A local DingTalk whose month's calls are used up: HR hears of it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from world import home, open_cycle

from bot.config import DingTalkSettings
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.send import COUNTED, DingTalkMessenger
from bot.tally import Tally
from handlers.ports import Quota
from sandbox.dingtalk import DingTalkServer, Organisation

NEW_MONTH = datetime(2026, 11, 2, 2, tzinfo=UTC)
"""The first working day of it, 10:00 in Shanghai."""
PEOPLE = ("boss", "hr", "mia", "e1", "e2", "e3")


async def test_hr_is_told_by_the_webhook_and_what_waits_goes_in_the_new_month(
    tmp_path: Path,
) -> None:
    organisation = Organisation()
    group = organisation.add_group("HR", [])
    organisation.webhook.group = group
    for one in PEOPLE:
        organisation.add_member(one, userid=f"d-{one}")
    async with DingTalkServer(organisation) as server, home(tmp_path) as place, session() as calls:
        hook = f"{server.oapi_url}/robot/send?access_token={organisation.app.webhook_token}"
        settings = DingTalkSettings(
            client_id=organisation.app.key,
            client_secret=organisation.app.secret,
            robot_code=organisation.app.robot_code,
            api_url=f"{server.api_url}/",
            oapi_url=f"{server.oapi_url}/",
            hr_webhook=hook,
            hr_webhook_secret=organisation.app.webhook_secret,
        )
        deps = place.deps
        deps.quotas = (Quota(platform="dingtalk", calls=5_000, buckets=COUNTED, free_channel=True),)
        deps.calls = Tally(deps)
        deps.messengers = {
            "dingtalk": DingTalkMessenger(
                DingTalkClient(settings, calls, deps.calls),
                settings.groups,
                now=lambda: organisation.clock.now().timestamp(),
            )
        }
        deps.company = replace(deps.company, hr_channels=(("dingtalk", "webhook"),))
        async with deps.database.begin() as tx:
            await tx.people.link_all("dingtalk", [(f"d-{one}", one) for one in PEOPLE])

        organisation.quota.monthly = 0
        await open_cycle(place)
        assert not [one for one in PEOPLE if organisation.person(f"d-{one}").talk()]
        await deps.calls.keep()
        await place.tick()
        words = [message.words for message in group.messages]
        assert [one for one in words if "the month's calls are used up" in one]

        organisation.quota.monthly = None
        await place.tick(place.clock.moment + timedelta(minutes=5))
        assert organisation.person("d-e1").talk() == []

        for minutes in range(5):
            await place.tick(NEW_MONTH + timedelta(minutes=minutes))
        talks = {one: len(organisation.person(f"d-{one}").talk()) for one in ("e1", "e3")}
        assert set(talks.values()) == {2}, "the invitation, and the day's message"
        batches = [
            sorted(body["userIds"])
            for path, body in server.calls
            if path.endswith("batchSend") and "d-e1" in body["userIds"]
        ]
        assert ["d-e1", "d-e3"] in batches, "both read English, and nothing personal is in it"
        async with deps.database.begin(write=False) as tx:
            assert await tx.calls.used("dingtalk", NEW_MONTH.date().replace(day=1)) == 0
        await deps.calls.keep()
        async with deps.database.begin(write=False) as tx:
            made = await tx.calls.used("dingtalk", NEW_MONTH.date().replace(day=1))
        assert made == organisation.quota.used
