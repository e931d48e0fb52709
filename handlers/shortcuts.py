"""Shortcuts on a message: which use case each one is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from handlers import evidence, feedback_doors
from handlers.answers import Answer, Says
from handlers.events import Noted
from handlers.work import Act
from prompts.screens import common

SHORTCUTS: Mapping[str, Callable[[Noted, Act], Awaitable[Answer]]] = {
    "keep_evidence": evidence.keep_message,
    "give_feedback": feedback_doors.from_message,
}


async def handle(event: Noted, act: Act) -> Answer:
    """Do what the shortcut stands for; one that is no longer there says so."""
    if event.shortcut not in SHORTCUTS:
        return Says(common.says(act.say, "common.old_button"))
    return await SHORTCUTS[event.shortcut](event, act)
