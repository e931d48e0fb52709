"""Fixtures for pytest: put `pytest_plugins = ["sandbox.slack.fixtures"]` into conftest.py.

def test_hello(workspace, slack):
    ana = workspace.add_user("ana")
    slack.connect(app)
    slack.do(ana.command("/hello"))
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sandbox.slack.thread import SlackThread
from sandbox.slack.workspace import Workspace


@pytest.fixture
def workspace() -> Workspace:
    """An empty workspace; override it to fill it, or to give it another clock."""
    return Workspace()


@pytest.fixture
def slack(workspace: Workspace) -> Iterator[SlackThread]:
    """That workspace, served in Slack's place."""
    with SlackThread(workspace) as running:
        yield running
