"""Slow tests begin first, so that nothing waits for one alone; long ones run when asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

pytest_plugins = ["postgres_server", "speed"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "LONG" not in os.environ:
        skip = pytest.mark.skip(reason="long: `make long` runs it")
        for item in items:
            if item.get_closest_marker("long") is not None:
                item.add_marker(skip)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(autouse=True)
def _official_calls(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test of the bot on DingTalk is about, its calls fit DingTalk's own types."""
    if "dingtalk" not in request.path.name:
        yield
        return
    from official_calls import watched

    with watched():
        yield
