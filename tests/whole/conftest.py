"""The company with a chat of plain text, of the tests beside these, is used here too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "handlers"))
