"""Assistant threads: a person opens the app's own thread, and the app is told.

Source: Slack docs, ai/developing-agents; reference/events/assistant_thread_started.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import payloads
from sandbox.slack.model import Json, Message, Thread

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


async def open_assistant(workspace: Workspace, user: str, seen: str | None = None) -> Thread:
    """Open a new thread with the app; `seen` is the id of the channel the person looks at."""
    channel = workspace.dm(user)
    first = Message(channel.id, workspace.next_ts(), workspace.app.bot_user, "", [], by_bot=True)
    first.subtype = "assistant_app_thread"
    workspace.put(first)
    thread = Thread(first.ts)
    workspace.app.threads[channel.id, first.ts] = thread
    if "assistant_thread_started" in workspace.app.events:
        about = {"channel_id": seen, "team_id": workspace.team_id} if seen else {}
        told: Json = {"user_id": user, "context": about}
        told |= {"channel_id": channel.id, "thread_ts": first.ts}
        inner: Json = {"type": "assistant_thread_started", "assistant_thread": told}
        inner["event_ts"] = workspace.next_ts()
        await workspace.wire.event(payloads.event(workspace, inner))
    return thread
