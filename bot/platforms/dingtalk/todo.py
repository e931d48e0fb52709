"""A task as an item of somebody's DingTalk to-do list."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from bot.platforms.shorten import cut
from prompts.card import Task

SUBJECT = 1024
"""DingTalk: characters of a to-do's title (slug add-dingtalk-to-do-task)."""
ORDINARY = 20
"""DingTalk's number for an ordinary priority."""
OPENS = "dingtalk://dingtalkclient/action/jumprobot?dingtalkid="
"""Opens the conversation with a robot, whose own id in chats follows."""
CLIENT = "dingtalk://dingtalkclient/"
"""Opens DingTalk, where that id is not known."""


def path(union: str, task: str = "") -> str:
    """Where the person's list is, or that item; what is done there is done in their own name."""
    found = f"v1.0/todo/users/{quote(union, safe='')}/tasks"
    place = f"{found}/{quote(task, safe='')}" if task else found
    return f"{place}?operatorId={quote(union, safe='')}"


def body(one: Task, union: str, robot: str) -> dict[str, Any]:
    """A new item, on that person's list alone. `robot`: its id in chats, "" where not known."""
    url = f"{OPENS}{quote(robot, safe='')}" if robot else CLIENT
    return {
        "sourceId": one.id,
        "subject": cut(one.text, SUBJECT),
        "creatorId": union,
        "executorIds": [union],
        "dueTime": _due(one),
        "detailUrl": {"appUrl": url, "pcUrl": url},
        "isOnlyShowExecutor": True,
        "priority": ORDINARY,
    }


def change(one: Task) -> dict[str, Any]:
    """What becomes of an item that stands on the list."""
    return {"subject": cut(one.text, SUBJECT), "dueTime": _due(one), "done": one.done}


def _due(one: Task) -> int:
    return int(one.due.timestamp() * 1000)
