"""A workspace as a file, so that it can be gone on with: people, conversations and what was said.

Forms that were open, Home tabs and response_urls are not kept: an app draws them anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cattrs.preconf.json import make_converter

from sandbox.kept import structured
from sandbox.slack.model import Channel, File, User
from sandbox.slack.people import Person
from sandbox.slack.workspace import Workspace

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept of a workspace."""

    format: int
    now: datetime
    number: int
    users: list[User]
    channels: list[Channel]
    files: list[File]


_converter = make_converter(forbid_extra_keys=True)


def save(workspace: Workspace) -> str:
    """Return the workspace as text."""
    kept = Saved(
        FORMAT,
        workspace.clock.now(),
        workspace.taken(),
        list(workspace.users.values()),
        list(workspace.channels.values()),
        list(workspace.files.values()),
    )
    return _converter.dumps(kept)


def read(text: str) -> Saved:
    """Return what was saved. Raises UnreadableError."""
    return structured(text, FORMAT, Saved, _converter)


def load(kept: Saved, workspace: Workspace) -> None:
    """Move what was saved into a new workspace, whose clock should stand at `kept.now` or later."""
    workspace.count_from(kept.number)
    workspace.users = {user.id: user for user in kept.users}
    workspace.people = {user.id: Person(workspace, user) for user in kept.users if not user.is_bot}
    workspace.files = {file.id: file for file in kept.files}
    workspace.channels = {channel.id: channel for channel in kept.channels}
    for channel in kept.channels:
        for message in channel.messages:
            message.files = [workspace.files[file.id] for file in message.files]
