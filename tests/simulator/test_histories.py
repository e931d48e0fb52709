"""Whatever goes wrong on the way, everything is said once and counts once."""

from __future__ import annotations

import os

import pytest
from telling import bad_ones

HISTORIES = int(os.environ.get("HISTORIES", "2000"))
"""`make soak` plays 50,000."""
SHARD = 50


@pytest.mark.parametrize("first", range(0, HISTORIES, SHARD))
def test_every_history_ends_well(first: int) -> None:
    bad = bad_ones(range(first, min(first + SHARD, HISTORIES)))
    assert not bad, bad[0]
