"""Slow tests begin first, so that nothing waits for one alone; long ones run when asked for."""

from __future__ import annotations

import os

import pytest

pytest_plugins = ["postgres_server", "speed"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if "LONG" not in os.environ:
        skip = pytest.mark.skip(reason="long: `make long` runs it")
        for item in items:
            if item.get_closest_marker("long") is not None:
                item.add_marker(skip)
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
