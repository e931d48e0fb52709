"""The longest tests begin first, so that nothing waits for one alone at the end."""

from __future__ import annotations

import pytest

pytest_plugins = ["postgres_server"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
