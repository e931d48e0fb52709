"""A task as an item of somebody's DingTalk to-do list."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(slots=True)
class Robot:
    """Our robot in chats: no call names it, but each message to it does."""

    id: str = ""

    @property
    def chat(self) -> str:
        """The address that opens the conversation with it, as well as it is known."""
        return f"{OPENS}{quote(self.id, safe='')}" if self.id else CLIENT


def path(union: str, task: str = "") -> str:
    """Where the person's list is, or that item; what is done there is done in their own name."""
    found = f"v1.0/todo/users/{quote(union, safe='')}/tasks"
    place = f"{found}/{quote(task, safe='')}" if task else found
    return f"{place}?operatorId={quote(union, safe='')}"


def body(one: Task, union: str, robot: Robot) -> dict[str, Any]:
    """A new item, on that person's list alone; it opens the conversation with the robot."""
    return {
        "sourceId": one.id,
        "subject": cut(one.text, SUBJECT),
        "creatorId": union,
        "executorIds": [union],
        "dueTime": _due(one),
        "detailUrl": {"appUrl": robot.chat, "pcUrl": robot.chat},
        "isOnlyShowExecutor": True,
        "priority": ORDINARY,
    }


def change(one: Task) -> dict[str, Any]:
    """What becomes of an item that stands on the list."""
    return {"subject": cut(one.text, SUBJECT), "dueTime": _due(one), "done": one.done}


def _due(one: Task) -> int:
    return int(one.due.timestamp() * 1000)
