"""How Slack writes users, conversations, messages, files and views as JSON."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sandbox.slack.model import Channel, File, Json, Message, OpenView, User

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


def user_json(workspace: Workspace, user: User, *, email: bool) -> Json:
    """Return a user as users.info does; `email` needs its own scope."""
    offset = workspace.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset() or timedelta()
    profile = {"real_name": user.real_name, "display_name": user.name, "title": user.title}
    if email and user.email:
        profile["email"] = user.email
    return {
        "id": user.id,
        "team_id": workspace.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_offset": int(offset.total_seconds()),
        "locale": user.locale,
        "profile": profile,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": user.updated,
    }


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """Return a conversation as conversations.info does."""
    is_dm = channel.kind == "dm"
    shown: Json = {
        "id": channel.id,
        "is_im": is_dm,
        "is_archived": channel.archived,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_private": channel.kind != "channel",
        "is_mpim": channel.kind == "mpim",
        "context_team_id": workspace.team_id,
    }
    if is_dm:
        return shown | {"user": channel.members[0]}
    return shown | {
        "name": channel.name,
        "is_member": workspace.app.bot_user in channel.members,
        "num_members": len(channel.members),
        "topic": {"value": channel.topic},
    }


def message_json(workspace: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """Return a message as history does, with its metadata if asked for."""
    shown: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": workspace.team_id,
    }
    if message.by_bot:
        shown |= {"bot_id": workspace.app.bot_id, "app_id": workspace.app.id}
    optional: dict[str, Any] = {
        "subtype": message.subtype,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "username": message.username,
        "edited": message.edited,
        "thread_ts": message.thread_ts,
        "files": [file_json(workspace, file) for file in message.files],
        "metadata": message.metadata if metadata else None,
        "reactions": [
            {"name": name, "users": users, "count": len(users)}
            for name, users in message.reactions.items()
        ],
    }
    shown |= {key: value for key, value in optional.items() if value}
    replies = workspace.channels[message.channel].replies(message.ts)
    if replies:
        shown |= {"thread_ts": message.ts, "reply_count": len(replies)}
        shown["latest_reply"] = replies[-1].ts
    if message.ephemeral:
        shown["is_ephemeral"] = True
    return shown


def file_json(workspace: Workspace, file: File) -> Json:
    """Return a file as files.info does: its type is missing until Slack has looked at it.

    Source: bolt-python #1521, where fresh files had to be waited for.
    """
    ready = is_ready(workspace, file)
    return {
        "id": file.id,
        "created": int(file.made_at.timestamp()),
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype if ready else "",
        "filetype": file.mimetype.rpartition("/")[2] if ready else "",
        "size": len(file.content),
        "user": workspace.app.bot_user,
        "channels": file.channels,
        "alt_txt": file.alt_text,
        "url_private": f"{workspace.base_url}/files/{file.id}",
        "url_private_download": f"{workspace.base_url}/files/{file.id}",
        "permalink": f"https://{workspace.domain}.slack.com/files/{file.id}/{file.name}",
    }


def is_ready(workspace: Workspace, file: File) -> bool:
    """Say whether an upload was completed and Slack has looked at the file."""
    return file.ready_at is not None and workspace.clock.now() >= file.ready_at


def view_json(workspace: Workspace, shown: OpenView) -> Json:
    """Return a view as views.open answers it and as interactions carry it."""
    empty: Json = {"private_metadata": "", "callback_id": "", "close": None, "submit": None}
    flags = {"clear_on_close": False, "notify_on_close": False, "title": None}
    return {
        **empty,
        **flags,
        **shown.view,
        "id": shown.id,
        "team_id": workspace.team_id,
        "state": {"values": shown.values},
        "hash": shown.hash,
        "previous_view_id": shown.previous_id,
        "root_view_id": shown.root_id,
        "app_id": workspace.app.id,
        "external_id": shown.external_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.app.bot_id,
    }
