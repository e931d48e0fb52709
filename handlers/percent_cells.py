"""Cells of a workbook that show percent: Excel keeps 3.7 % as 0.037, and people mean 3.7 %."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from decimal import Decimal

_STYLES = "xl/styles.xml"
_PERCENT = re.compile(rb'<xf [^>]*numFmtId="(?:9|10)"|formatCode="[^"]*%')
DIGITS = 12
"""Digits of a number that count: what a binary fraction adds beyond is nobody's (ours)."""

Cells = Mapping[str, frozenset[tuple[int, int]]]
"""Of each sheet by name: row and column, both from 0."""


def percent_cells(data: bytes) -> Cells:
    """Where numbers are shown as percent; empty where no cell of the workbook is."""
    if not _may_have(data):
        return {}
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        return {
            sheet.title: frozenset(
                (row, column)
                for row, cells in enumerate(sheet.iter_rows())
                for column, cell in enumerate(cells)
                if "%" in (cell.number_format or "") and isinstance(cell.value, int | float)
            )
            for sheet in book.worksheets
        }
    finally:
        book.close()


def as_percent(number: float) -> str:
    """The number as its cell shows it: "3.7%"."""
    exact = Decimal(f"{number:.{DIGITS}g}") * 100
    return f"{exact.normalize():f}%"


def _may_have(data: bytes) -> bool:
    """Whether the styles know percent at all: few workbooks are worth a second reading."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return _STYLES in book.namelist() and bool(_PERCENT.search(book.read(_STYLES)))
    except zipfile.BadZipFile:
        return False
