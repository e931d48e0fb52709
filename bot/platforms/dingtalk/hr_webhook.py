"""HR's group by its webhook robot: it costs no call of the month, and can neither edit nor recall.

Sources: slug custom-robot-access (the signature; twenty messages a minute, else none for ten);
the numbers of its refusals as users report them.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from bot.platforms import late
from bot.platforms.dingtalk import draw
from bot.platforms.dingtalk.client import CallError, DingTalkClient, RefusedError
from bot.platforms.dingtalk.metering import is_used_up
from bot.platforms.dingtalk.outcomes import AWAY, LATER, outcome_of
from handlers.ports import NotSent, Outcome, Parcel, Sent

RATE = ("dingtalk:webhook", 6.0, 10)
"""Twenty within any minute: ten at once, and ten more in that minute."""
BLOCKED = 600.0
"""DingTalk: seconds for which it takes nothing after too many."""
STANDS = "webhook:"
"""Begins what its messages are known by."""
TOO_FAST = {"130101", "410100"}
BUSY = {"-1"}
NOT_OURS = {
    *("310000", "300001", "300005", "400101", "400102", "400106"),
    *("token.notExisted", "bot.stopped", "group.disbanded"),
}
"""It does not take address or signature, or the robot is there no longer."""


class HrWebhook:
    """Writes in HR's group."""

    def __init__(
        self, client: DingTalkClient, url: str, secret: str | None, now: Callable[[], float]
    ) -> None:
        """`url` bears the access token; `now` in seconds since 1970, as the signature has it."""
        self._client = client
        self._url = url
        self._secret = secret
        self._now = now

    async def send(self, parcel: Parcel, place: str, drawn: dict[str, Any]) -> Outcome:
        """Post it. Raises TooLateError."""
        with late.only(parcel.in_time):
            try:
                await self._client.reply(self._signed(), draw.webhook(drawn))
            except CallError as error:
                return _outcome(error)
        return Sent(place, f"{STANDS}{parcel.delivery}")

    async def refusal(self) -> str | None:
        """DingTalk's word for why it takes no message there; None: it would.

        Asked with a message of no kind, which is shown to nobody. Raises CallError.
        """
        try:
            await self._client.reply(self._signed(), {"msgtype": "none"})
        except RefusedError as error:
            return error.reason if error.reason in NOT_OURS else None
        return None

    def _signed(self) -> str:
        """The address of this moment; a signature holds for an hour."""
        if self._secret is None:
            return self._url
        stamp = str(round(self._now() * 1000))
        signed = hmac.digest(self._secret.encode(), f"{stamp}\n{self._secret}".encode(), "sha256")
        said = {"timestamp": stamp, "sign": base64.b64encode(signed).decode()}
        return f"{self._url}&{urlencode(said)}"


def _outcome(error: CallError) -> Outcome:
    if not isinstance(error, RefusedError):
        return outcome_of(error)
    reason = error.reason
    if reason in TOO_FAST:
        return NotSent(reason, retry_after=BLOCKED)
    if is_used_up(reason):
        return NotSent(reason, retry_after=LATER)
    if reason in BUSY:
        return NotSent(reason, retry_after=AWAY)
    if reason in NOT_OURS:
        return NotSent(reason, final=True, shut="not_found")
    return outcome_of(error)
