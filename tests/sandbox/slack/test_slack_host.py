"""What whoever set up a workspace adds to its page: a clock that can be moved, and a path."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import aiohttp

from sandbox.host import Landmark, Step
from sandbox.slack import SlackServer, Workspace

AT = datetime(2026, 10, 13, 2, tzinfo=UTC)


class Inn:
    """A host with one landmark and one step."""

    def __init__(self) -> None:
        self.busy = False
        self.moved: list[Landmark] = []

    def landmarks(self) -> Sequence[Landmark]:
        return (Landmark("next_day", {"zh": "明天", "en": "Tomorrow"}, AT),)

    def move_to(self, landmark: Landmark) -> None:
        self.moved.append(landmark)
        self.busy = True

    def steps(self) -> Sequence[Step]:
        words = {"zh": "看", "en": "Look"}
        return (Step(title=words, text=words, done=False, user="U00000001"),)


async def test_the_page_is_told_of_the_host_and_moves_the_clock_once_at_a_time() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    workspace.host = inn = Inn()
    async with SlackServer(workspace) as server, aiohttp.ClientSession() as session:
        async with session.get(f"{server.url}ui/state?as={ana.id}") as answer:
            told = (await answer.json())["host"]
        moves = []
        for key in ("yesterday", "next_day", "next_day"):
            async with session.post(
                f"{server.url}ui/move", json={"as": ana.id, "key": key}
            ) as answer:
                moves.append((await answer.json())["ok"])
    assert told["busy"] is False
    assert told["landmarks"] == [
        {"key": "next_day", "label": {"zh": "明天", "en": "Tomorrow"}, "at": AT.isoformat()}
    ]
    assert [(step["title"]["en"], step["user"]) for step in told["steps"]] == [("Look", ana.id)]
    assert moves == [False, True, False]
    assert [landmark.key for landmark in inn.moved] == ["next_day"]


async def test_a_form_of_another_site_can_do_nothing() -> None:
    """A page elsewhere can make a browser post a form or text here, but never JSON."""
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with SlackServer(workspace) as server, aiohttp.ClientSession() as session:
        body = f'{{"as": "{ana.id}", "channel": "{workspace.dm(ana.id).id}", "text": "hi"}}'
        async with session.post(
            f"{server.url}ui/say", data=body, headers={"Content-Type": "text/plain"}
        ) as answer:
            status = answer.status
    assert (status, ana.dms()) == (415, [])


async def test_a_server_open_to_the_network_still_tells_its_own_app_a_loopback_address() -> None:
    async with SlackServer(Workspace(), host="0.0.0.0") as server:  # noqa: S104
        assert server.api_url.startswith("http://127.0.0.1:")
