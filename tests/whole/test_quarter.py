"""A whole quarter through the workspace, with its hard days: `make quarter` plays it for 200.

The test command plays one for 18, on Slack and on DingTalk (test_dingtalk_quarter).
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from place import place
from quarter_story import BEGIN
from quarter_whole import play_quarter

PEOPLE = int(os.environ.get("QUARTER_PEOPLE", "24"))


@pytest.mark.slow
@pytest.mark.long
async def test_a_quarter_ends_closed_sealed_and_told(tmp_path: Path) -> None:
    async with place(tmp_path, count=PEOPLE, start=BEGIN) as here:
        await play_quarter(here)
