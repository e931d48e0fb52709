"""What DingTalk tells of the organisation by itself, as neutral events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handlers.events import Account, Altered, Joined, Left, News

JOINED, LEFT, CHANGED = "user_add_org", "user_leave_org", "user_modify_org"
DEPARTMENTS = ("org_dept_create", "org_dept_modify", "org_dept_remove")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event of DingTalk's, by what stands in its frame's headers."""

    id: str
    kind: str
    born: int
    """Milliseconds since 1970."""
    data: Mapping[str, Any]


def told(event: Told) -> tuple[News, ...]:
    """What it means: one for each person, each with an identity of its own; () for any other."""
    if event.kind in DEPARTMENTS:
        who = Account("dingtalk", "")
        return (Altered(who=who, identity=f"event:{event.id}"),)
    if event.kind not in {JOINED, LEFT, CHANGED}:
        return ()
    return tuple(_of(one, event) for one in _users(event.data))


def _of(user: str, event: Told) -> News:
    who, identity = Account("dingtalk", user), f"event:{event.id}:{user}"
    match event.kind:
        case "user_add_org":
            return Joined(who=who, identity=identity)
        case "user_leave_org":
            at = datetime.fromtimestamp(event.born / 1000, UTC)
            return Left(who=who, at=at, identity=identity)
        case _:
            return Altered(who=who, identity=identity)


def _users(data: Mapping[str, Any]) -> list[str]:
    """The user ids; HTTP callbacks write the name with a capital."""
    given = data.get("userId") or data.get("UserId") or ()
    return [given] if isinstance(given, str) else [str(one) for one in given]
