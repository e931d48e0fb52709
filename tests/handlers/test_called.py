"""How commands are called where a message is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from text_chat import as_text
from world import home

from handlers.answers import Says


@pytest.mark.parametrize(("called", "wanted"), [({}, "/review"), ({("text", "en"): "bot"}, "bot")])
async def test_a_command_is_named_as_the_platform_writes_it(
    tmp_path: Path, called: dict[tuple[str, str], str], wanted: str
) -> None:
    async with home(tmp_path) as place:
        place.deps.company = replace(place.deps.company, commands=called)
        helped = await place.command("mia", "help")
        assert isinstance(helped, Says)
        assert wanted in as_text(helped.card)
        assert ("/review" in as_text(helped.card)) == (wanted == "/review")
