"""Puts the stand-in in Slack's place, so that an app runs unchanged.

Slack's SDK has no setting for its address: only an argument that apps do not pass. Within
`in_place_of_slack` that argument's default is the server, and the environment holds its tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sandbox.slack.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack.server import SlackServer


@contextmanager
def in_place_of_slack(server: SlackServer) -> Iterator[None]:
    """Lead every client that is made without a `base_url` to this server while the block runs.

    SLACK_BOT_TOKEN, SLACK_APP_TOKEN and SLACK_SIGNING_SECRET hold the workspace's own meanwhile.
    """
    from slack_sdk.web.async_base_client import AsyncBaseClient
    from slack_sdk.web.base_client import BaseClient

    makers: list[Any] = [BaseClient.__init__, AsyncBaseClient.__init__]
    before = [maker.__defaults__ for maker in makers]
    try:
        for maker in makers:
            maker.__defaults__ = tuple(
                server.api_url if value == BaseClient.BASE_URL else value
                for value in maker.__defaults__
            )
        with patch.dict("os.environ", tokens(server.workspace)):
            yield
    finally:
        for maker, defaults in zip(makers, before, strict=True):
            maker.__defaults__ = defaults


def tokens(workspace: Workspace) -> dict[str, str]:
    """Return what an app looks for in its environment."""
    app = workspace.app
    return {
        "SLACK_BOT_TOKEN": app.bot_token,
        "SLACK_APP_TOKEN": app.app_token,
        "SLACK_SIGNING_SECRET": app.signing_secret,
    }
