"""Which of DingTalk's calls count against a month's quota, and by which words it turns one away.

Sources: slug api-quota (the token and the contacts are exempt, answers by a conversation's webhook
and the webhook robot are no calls of the API); dingtalk.com/qidian, help 1061621972 (a calendar
month; 90020 and ApiCountLimitForOrg). Whether an upload counts is not documented: here it does.
"""

from __future__ import annotations

from handlers.ports import Calls

PLATFORM = "dingtalk"
KINDS = {
    "v1.0/robot/oToMessages/batchSend": "message",
    "v1.0/robot/groupMessages/send": "group_message",
    "v1.0/card/instances/createAndDeliver": "card",
    "v1.0/card/instances": "card_update",
    "media/upload": "picture",
}
"""A call's path to what it is called in figures."""
BEGINNINGS = {"v1.0/calendar/": "calendar", "v1.0/todo/": "todo", "v1.0/robot/": "recall"}
FREE = (
    "v1.0/oauth2/",
    "v1.0/gateway/",
    "v1.0/contact/",
    "topapi/v2/user/",
    "topapi/v2/department/",
)
USED_UP = ("ApiCountLimit", "90020", "90030")
"""In DingTalk's words for a month's quota that is used up; 90030 is that of webhooks."""
TOO_FAST = ("QpsLimit", "90018")
"""In DingTalk's words for calls that come too fast."""
UNAUTHORIZED, TOO_MANY = 401, 429


def is_used_up(reason: str) -> bool:
    """Whether that word says so."""
    return any(word in reason for word in USED_UP)


def is_too_fast(reason: str) -> bool:
    """Whether that word says so."""
    return any(word in reason for word in TOO_FAST)


def count(calls: Calls, path: str, reason: str | None = None, status: int | None = None) -> None:
    """Count a call, if calls of that path count at all.

    `reason`: why it did not come to a good end, and `status` with which DingTalk said so; None: it
    said nothing.
    """
    kind = kind_of(path)
    if kind is None:
        return
    if reason is None:
        calls.made(PLATFORM, kind, "done")
    elif status is None:
        calls.made(PLATFORM, kind, "unknown")
    elif is_used_up(reason):
        calls.made(PLATFORM, kind, "used_up")
    elif is_too_fast(reason) or status in {UNAUTHORIZED, TOO_MANY}:
        calls.made(PLATFORM, kind, "turned_away")
    else:
        calls.made(PLATFORM, kind, "refused")


def kind_of(path: str) -> str | None:
    """What a call is called in figures; None: it costs nothing."""
    if path.startswith(FREE):
        return None
    if path in KINDS:
        return KINDS[path]
    return next((kind for begins, kind in BEGINNINGS.items() if path.startswith(begins)), "other")
