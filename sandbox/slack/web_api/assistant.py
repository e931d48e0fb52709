"""assistant.threads.setStatus, setTitle, setSuggestedPrompts."""

from __future__ import annotations

from sandbox.slack.errors import SlackError, invalid
from sandbox.slack.model import Json, Thread
from sandbox.slack.web_api.call import Call, method

PROMPTS = 4


@method("assistant.threads.setStatus", tier=4)
def set_status(call: Call) -> Json:
    """Say what the app is doing. Source: reference/methods/assistant.threads.setStatus."""
    thread = _thread(call)
    thread.statuses.append(call.text("status"))
    return _told(call)


@method("assistant.threads.setTitle", scope="assistant:write", tier=2)
def set_title(call: Call) -> Json:
    """Name the thread. Source: reference/methods/assistant.threads.setTitle."""
    _thread(call).title = call.required("title")
    return _told(call)


@method("assistant.threads.setSuggestedPrompts", scope="assistant:write", tier=2)
def set_suggested_prompts(call: Call) -> Json:
    """Offer up to four prompts. Source: reference/methods/assistant.threads.setSuggestedPrompts."""
    thread, prompts = _thread(call), call.parsed("prompts")
    if not isinstance(prompts, list) or not 1 <= len(prompts) <= PROMPTS:
        raise invalid("invalid_arguments", [f"must be 1 to {PROMPTS} prompts: prompts"])
    if not all(isinstance(one, dict) and {"title", "message"} <= one.keys() for one in prompts):
        raise invalid("invalid_arguments", ["a prompt needs title and message: prompts"])
    thread.prompts = prompts
    return _told(call)


def _thread(call: Call) -> Thread:
    """Return the assistant thread that the call names. Raises: SlackError channel_not_found."""
    key = call.required("channel_id"), call.text("thread_ts")
    if key not in call.workspace.app.threads:
        raise SlackError("channel_not_found")
    return call.workspace.app.threads[key]


def _told(call: Call) -> Json:
    call.workspace.changes.tell("assistant")
    return {}
