"""What a failed call to DingTalk means for what was to be sent."""

from __future__ import annotations

import json
import logging
from collections.abc import Collection, Mapping
from typing import Any

from bot.platforms.dingtalk.client import (
    CallError,
    LoginError,
    RefusedError,
    UnansweredError,
)
from bot.platforms.dingtalk.metering import TOO_MANY, UNAUTHORIZED, is_too_fast, is_used_up
from handlers.ports import NotSent, Outcome, Sent, Shut, Unknown

log = logging.getLogger(__name__)

SOON, AWAY, CLOSED, LATER = 2.0, 15.0, 60.0, 3600.0
"""Seconds until it is tried again after too many calls, where DingTalk can't be reached, where it
takes no credentials of ours, and where the quota is used up (ours)."""
NO_GROUP = ("openConversationId", "chatDisband", "robotNotInGroup")
"""In DingTalk's words for a group that it does not know, or that our robot is not in."""
NO_RIGHT = "Forbidden.AccessDenied"


def outcome_of(error: CallError) -> Outcome:
    """What a failed call means for its message."""
    match error:
        case LoginError(cause=RefusedError(reason=reason)):
            return NotSent(reason, retry_after=CLOSED)
        case LoginError(reason=reason) | UnansweredError(reason=reason, begun=False):
            return NotSent(reason, retry_after=AWAY)
        case RefusedError(reason=reason, status=status):
            return _refused(reason, status)
        case _:
            return Unknown(error.reason)


def _refused(reason: str, status: int) -> NotSent:
    if is_used_up(reason):
        return NotSent(reason, retry_after=LATER)
    if is_too_fast(reason):
        return NotSent(reason, retry_after=SOON)
    if status == TOO_MANY:
        return NotSent(reason, retry_after=AWAY)
    if status == UNAUTHORIZED or lacks_right(reason):
        return NotSent(reason, retry_after=CLOSED)
    shut: Shut | None = "not_found" if any(word in reason for word in NO_GROUP) else None
    return NotSent(reason, final=True, shut=shut)


def lacks_right(reason: str) -> bool:
    """Whether the app was not given the right for that call."""
    limited = is_too_fast(reason) or is_used_up(reason)
    return reason.startswith(NO_RIGHT) and not limited


def hinders(outcome: NotSent) -> bool:
    """Whether it passes, and befalls whatever is called: not a right that one call lacks."""
    return outcome.retry_after is not None and not lacks_right(outcome.reason)


def body_of(drawn: Mapping[str, Any], robot: str) -> dict[str, Any]:
    """A drawn message as a call of the robot, but for whom it goes to."""
    given = json.dumps(drawn["msgParam"], ensure_ascii=False)
    return {"robotCode": robot, "msgKey": drawn["msgKey"], "msgParam": given}


def taken(answer: Mapping[str, Any], place: str, people: Collection[str]) -> Outcome:
    """Of several people it is enough that one can read it; the others are named in no log."""
    invalid = set(answer.get("invalidStaffIdList") or ()).intersection(people)
    limited = set(answer.get("flowControlledStaffIdList") or ()).intersection(people) - invalid
    left_out = len(invalid | limited)
    if people and left_out == len(set(people)):
        # Limits of one person hold nobody else up: tried again later, and no bucket is pushed back.
        return NotSent("flow_controlled") if limited else NotSent("invalid_staff", final=True)
    if left_out:
        log.warning("a message reached all but %s of %s people", left_out, len(people))
    key = answer.get("processQueryKey")
    return Sent(place, str(key)) if key else Unknown("no processQueryKey")
