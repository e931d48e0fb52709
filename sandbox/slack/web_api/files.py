"""The file upload pair, and files.info.

Source: Slack docs, messaging/working-with-files; slack_sdk's files_upload_v2.
"""

from __future__ import annotations

import mimetypes
from datetime import timedelta

from sandbox.slack import limits
from sandbox.slack.content import Content, checked
from sandbox.slack.errors import SlackError, invalid
from sandbox.slack.model import Channel, File, Json
from sandbox.slack.posting import bot_message, post
from sandbox.slack.present import file_json
from sandbox.slack.web_api.call import Call, method
from sandbox.slack.web_api.chat import thread_of


@method("files.getUploadURLExternal", scope="files:write", tier=4)
def get_upload_url(call: Call) -> Json:
    """Announce a file: its name and length in bytes."""
    workspace, name = call.workspace, call.required("filename")
    length = call.number("length", 0)
    if length <= 0:
        raise invalid("invalid_arguments", ["must be greater than 0: length"])
    file = File(f"F{workspace.number():08d}", name, name, workspace.clock.now(), length=length)
    file.mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    file.alt_text = call.text("alt_txt")
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.base_url}/upload/v1/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", scope="files:write", tier=4)
def complete_upload(call: Call) -> Json:
    """Finish uploads, and share them in a channel or thread if one is named.

    Raises: SlackError file_not_found, invalid_arguments, channel_not_found, not_in_channel.
    """
    workspace = call.workspace
    wanted = call.parsed("files")
    if not isinstance(wanted, list) or not wanted:
        raise invalid("invalid_arguments", ["missing required field: files"])
    files = [_uploaded(call, one) for one in wanted]
    channel = _shared_in(call)
    for file, one in zip(files, wanted, strict=True):
        file.title = one.get("title") or file.name
        file.ready_at = workspace.clock.now() + timedelta(seconds=workspace.file_delay)
    if channel is not None:
        _share(call, channel, files)
    return {"files": [file_json(workspace, file) for file in files]}


@method("files.info", scope="files:read", tier=4)
def files_info(call: Call) -> Json:
    """Describe a file; its mimetype is empty until Slack has looked at it.

    Raises: SlackError file_not_found.
    """
    file = call.workspace.files.get(call.required("file"))
    if file is None or file.ready_at is None:
        raise SlackError("file_not_found")
    return {"file": file_json(call.workspace, file), "comments": []}


def _uploaded(call: Call, one: Json) -> File:
    file = call.workspace.files.get(str(one.get("id", "")))
    if file is None or len(file.content) != file.length:
        raise SlackError("file_not_found")
    return file


def _shared_in(call: Call) -> Channel | None:
    wanted = call.text("channel_id") or call.text("channels")
    if not wanted:
        return None
    channel = call.workspace.channels.get(wanted)
    if channel is None:
        raise SlackError("channel_not_found")
    if call.workspace.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    content = Content(call.text("initial_comment"), None, [], None)
    if call.text("blocks"):
        content = checked(call.workspace, call.args, text_limit=limits.MESSAGE_TEXT)
    message = bot_message(call.workspace, channel, content)
    message.thread_ts = thread_of(channel, call.text("thread_ts"))
    message.files = files
    for file in files:
        file.channels.append(channel.id)
    post(call.workspace, message)
