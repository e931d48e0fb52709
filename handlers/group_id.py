"""What HR's group, or the one for praise, is called in the settings."""

from __future__ import annotations

from handlers.answers import Answer, Says
from handlers.work import Act
from prompts.screens import common


async def command(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`group id`, said in a group: how the settings name it. Told to whoever asked, alone."""
    if not act.place:
        return Says(common.says(act.say, "commands.no_group"))
    return Says(common.says(act.say, "commands.group", place=act.place))
