"""HR's admins ask in a group what the settings call it."""

from __future__ import annotations

from pathlib import Path

from text_chat import as_text
from world import Home, home

from handlers.answers import Says
from handlers.dispatch import dispatch
from handlers.events import Account, Command


async def asked(place: Home, who: str, text: str, group: str) -> str:
    event = Command(who=Account("text", f"T-{who}"), text=text, identity="c1", place=group)
    answer = await dispatch(event, place.deps)
    assert isinstance(answer, Says)
    return as_text(answer.card)


async def test_a_group_is_named_as_the_settings_want_it(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert "cid1==" in await asked(place, "hr", "group id", "cid1==")
        assert "cid1==" in await asked(place, "hr", "群号", "cid1==")


async def test_said_to_the_bot_alone_it_says_where_to_ask(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert "in the DingTalk group itself" in await asked(place, "hr", "group id", "")


async def test_others_are_not_told(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        assert "cid1==" not in await asked(place, "e1", "group id", "cid1==")
