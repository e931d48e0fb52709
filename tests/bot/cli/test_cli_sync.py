"""`sync`: its words on the command line, and Slack's users as its source."""

from __future__ import annotations

import asyncio

from commands import Shell

from bot.platforms.slack.directory import SlackDirectory
from review.contacts import Contact
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace


def test_without_a_platform_it_says_what_to_set(shell: Shell) -> None:
    assert "No chat platform is set" in shell.refused(["sync"])


def test_a_source_that_is_not_set_up_or_none_is_refused(shell: Shell) -> None:
    shell.set(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1-A1-2-3")
    assert "DingTalk is not set up" in shell.refused(["sync", "--source", "dingtalk"])
    assert "it should be dingtalk, slack" in shell.refused(["sync", "--source", "paper"])


async def test_slacks_users_are_matched_by_mail_and_their_profiles_are_their_own(
    shell: Shell,
) -> None:
    workspace = Workspace("Shop", app_name="nosurprise")
    ann = workspace.add_user("ann", real_name="Ann the Great", email="A@x.test", title="Queen")
    gone = workspace.add_user("cy", email="c@x.test")
    async with SlackServer(workspace) as server:
        shell.set(
            SLACK_API_URL=server.api_url,
            SLACK_BOT_TOKEN=server.bot_token,
            SLACK_APP_TOKEN="xapp-1-A1-2-3",
        )
        await asyncio.to_thread(shell, "import", "r.csv")
        first = await asyncio.to_thread(shell, "sync")
        *lines, last = first.out.splitlines()
        assert lines == [
            "Slack: 2 people in the contacts.",
            "Changed (2):",
            f"  ~ a Ann: Slack account “–” → “{ann.id}”",
            f"  ~ c Cy: Slack account “–” → “{gone.id}”",
            "1 in the roster are not in these contacts and stay as they are: Bo Boss (b).",
        ]
        assert "--apply" in last
        done = await asyncio.to_thread(shell, "sync", "--apply")
        assert done.out.endswith("Written: 0 added, 2 changed.\n")
        workspace.users[gone.id].deleted = True
        left = await asyncio.to_thread(shell, "sync", "--apply")
        assert "  - c Cy: last day" in left.out


async def test_guests_are_no_colleagues_and_are_not_gone() -> None:
    class Client:
        async def users_list(self, **_: object) -> dict[str, object]:
            guest = {"id": "U2", "is_restricted": True, "profile": {"real_name": "Guest"}}
            return {"members": [{"id": "U1", "name": "ann", "profile": {}}, guest]}

    directory = SlackDirectory(Client())  # type: ignore[arg-type]
    assert await directory.contacts() == (Contact(id="U1", name="ann"),)
    assert [await directory.is_there(one) for one in ("U2", "U3")] == [True, False]
