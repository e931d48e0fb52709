"""Every example of the sandbox's README runs as it stands there."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from slack_rig import quiet

import sandbox

README = (Path(sandbox.__file__).parent / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_readme_has_its_examples_and_the_first_is_short() -> None:
    lines = [line for line in EXAMPLES[0].splitlines() if line.strip()]
    assert len(EXAMPLES) == 4
    assert len(lines) <= 20


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
async def test_example_of_the_readme_runs(number: int) -> None:
    quiet()
    found: dict[str, Any] = {}
    exec(compile(EXAMPLES[number], f"README example {number}", "exec"), found)  # noqa: S102 - our own page
    tests = [thing for name, thing in found.items() if name.startswith("test_")]
    assert len(tests) == 1
    answer = tests[0]()
    if inspect.isawaitable(answer):
        await answer
