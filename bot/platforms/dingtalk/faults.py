"""What can be wrong between the bot and DingTalk, for whoever runs it to mend."""

from __future__ import annotations

from bot.faults import Fault
from bot.platforms.dingtalk.client import CallError, LoginError, RefusedError

NO_RIGHT = ("60011", "88", "50002", "50004")
"""oapi's numbers for what an app has no right to, or may not see."""


class DingTalkRefusedError(Fault):
    """DingTalk does not take the app's id and secret."""

    def __init__(self, reason: str) -> None:
        """Give DingTalk's word."""
        super().__init__("dingtalk.refused", reason=reason)
        self.reason = reason


class DingTalkNoRightError(DingTalkRefusedError):
    """The app was not given a right that it needs; giving it in the console mends that."""

    def __init__(self, reason: str) -> None:
        """Give DingTalk's word."""
        super().__init__(reason)
        self.key = "dingtalk.no_right"


class DingTalkUnreachableError(Fault):
    """DingTalk does not answer, or what answers there is not DingTalk."""

    def __init__(self, url: str, reason: str) -> None:
        """Name the address and the fault."""
        super().__init__("dingtalk.unreachable", url=url, reason=reason)


class DingTalkLostError(Fault):
    """DingTalk answers, but its messages can't come in."""

    def __init__(self) -> None:
        """There is nothing to name."""
        super().__init__("dingtalk.lost")


def fault_of(error: CallError, url: str) -> Fault:
    """The fault that a failed call shows."""
    cause = error.cause if isinstance(error, LoginError) else error
    if isinstance(cause, RefusedError) and lacks_a_right(cause.reason):
        return DingTalkNoRightError(cause.reason)
    if isinstance(cause, RefusedError):
        return DingTalkRefusedError(cause.reason)
    return DingTalkUnreachableError(url, cause.reason)


def lacks_a_right(reason: str) -> bool:
    """Whether that word of DingTalk's is of a right that the app was not given."""
    limit = any(word in reason for word in ("QpsLimit", "ApiCountLimit"))
    return reason in NO_RIGHT or (reason.startswith("Forbidden.AccessDenied") and not limit)
