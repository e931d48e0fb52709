"""A country's public holidays."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import holidays

COUNTRIES = "holidays.countries"


@lru_cache(maxsize=64)
def country(code: str) -> Any:
    """Its holidays, by date; `weekend_workdays` are the days that are worked for them.

    Raises NotImplementedError for a code that `holidays` has not.
    """
    _without_the_others()
    return holidays.country_holidays(code)


def _without_the_others() -> None:
    """The package of all countries imports every one, 8 MB, for the sake of short names.

    Each is a module of its own and needs nothing of it but a place to be looked for.
    """
    if COUNTRIES not in sys.modules:
        package = ModuleType(COUNTRIES)
        package.__path__ = [str(Path(holidays.__file__).parent / "countries")]
        sys.modules[COUNTRIES] = package
