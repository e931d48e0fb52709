"""Whether DingTalk takes the app's id and secret."""

from __future__ import annotations

from bot.config import DingTalkSettings
from bot.doctor.line import Line, ok, wrong
from bot.platforms.dingtalk.client import CallError, DingTalkClient, session
from bot.platforms.dingtalk.faults import DingTalkRefusedError, fault_of


async def look(settings: DingTalkSettings) -> list[Line]:
    """One line for the credentials."""
    async with session() as calls:
        try:
            await DingTalkClient(settings, calls).token()
        except CallError as error:
            fault = fault_of(error, settings.api_url)
            refused = isinstance(fault, DingTalkRefusedError)
            return [wrong("dingtalk_refused" if refused else "dingtalk_away", **fault.facts)]
    return [ok("dingtalk")]
