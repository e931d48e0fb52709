"""From somebody's first day in DingTalk to the roster: told by the stream, looked over, written."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from ding_chat import settings_of, words_of

from bot import cli_sync
from bot.app import build
from bot.config import Settings
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.listen import Listener
from bot.platforms.dingtalk.watch import DingTalkWatch
from bot.underway import Underway
from handlers.dispatch import dispatch
from prompts.render import Words
from review.contacts import Choice
from review.policy import Policy
from sandbox.dingtalk import DingTalkServer, Organisation
from scheduler.deliver import deliver_all

MORNING = datetime(2026, 11, 26, 3, tzinfo=UTC)
"""A Thursday, 11:00 in Shanghai."""


class Clock:
    def __init__(self) -> None:
        self.moment = MORNING

    def now(self) -> datetime:
        return self.moment


async def synced(settings: Settings) -> int:
    return await cli_sync.run(settings, "dingtalk", Choice(), sure=True, ask=lambda _: None)


async def test_a_join_is_told_to_hr_and_comes_into_the_roster_with_its_account(
    tmp_path: Path,
) -> None:
    organisation, clock = Organisation(a_second=None), Clock()
    organisation.add_member("Hua", userid="u1", job_number="H1", leads=[1])
    async with DingTalkServer(organisation) as server:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{tmp_path}/n.db",
            policy=Policy(),
            locale="en",
            hr_admins=("H1",),
        )
        settings = replace(settings, dingtalk=settings_of(server))
        assert settings.dingtalk is not None
        assert await synced(settings) == 0
        async with build(settings, clock) as deps:
            client = DingTalkClient(settings.dingtalk, session())
            listener = Listener(partial(dispatch, deps=deps), words_of, client)
            watch = DingTalkWatch(client, listener, Underway(), Words("en"))
            await watch.start()
            await organisation.join(organisation.add_member("New", userid="u2", job_number="N1"))
            clock.moment += timedelta(minutes=31)
            await deliver_all(deps)
            await watch.stop()
        (told,) = organisation.person("u1").talk()
        assert "1 joined." in told.words
        assert organisation.stream.unsettled == []
        assert await synced(settings) == 0
        async with build(settings) as deps, deps.database.begin(write=False) as tx:
            new = await tx.people.by_account("dingtalk", "u2")
            assert new is not None
            assert (new.employee_id, new.manager_id) == ("N1", "H1")
            assert await tx.contacts.news() == ()
