"""What a call costs: so many a second each interface, so many a month for the organisation.

Source: DingTalk's quota of the standard edition, 5,000 calls a month and 20 a second; the token
and the contacts are exempt from the month. Which status the refusals have is not documented.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sandbox.clock import Clock
from sandbox.dingtalk.errors import DingTalkError

CHINA: Final = ZoneInfo("Asia/Shanghai")
FORBIDDEN: Final = 403
QPS: Final = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"
COUNT: Final = "Forbidden.AccessDenied.ApiCountLimitForOrg"


class Quota:
    """Counts the calls; change `monthly` or `a_second` (None: no limit) to see the bot refused."""

    def __init__(self, clock: Clock, monthly: int | None, a_second: int | None) -> None:
        self._clock = clock
        self.monthly, self.a_second = monthly, a_second
        self._months: Counter[tuple[int, int]] = Counter()
        self._recent: dict[str, deque[datetime]] = {}

    @property
    def used(self) -> int:
        """How many calls of this month were counted."""
        return self._months[self._month()]

    def take(self, path: str, *, counted: bool) -> None:
        """Count one call of that interface; `counted`: also against the month.

        Raises: DingTalkError.
        """
        now = self._clock.now()
        recent = self._recent.setdefault(path, deque())
        while recent and recent[0] <= now - timedelta(seconds=1):
            recent.popleft()
        if self.a_second is not None and len(recent) >= self.a_second:
            raise too_fast()
        if counted and self.monthly is not None and self.used >= self.monthly:
            raise used_up()
        recent.append(now)
        if counted:
            self._months[self._month()] += 1

    def _month(self) -> tuple[int, int]:
        today = self._clock.now().astimezone(CHINA)
        return today.year, today.month


def too_fast() -> DingTalkError:
    """Return the refusal of a call over the limit of a second."""
    return DingTalkError(QPS, "钉钉api服务调用QPS超出限制", status=FORBIDDEN)


def used_up() -> DingTalkError:
    """Return the refusal of a call over the limit of a month."""
    return DingTalkError(COUNT, "企业本月api调用次数已达上限", status=FORBIDDEN)
