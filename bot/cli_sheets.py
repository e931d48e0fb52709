"""Sheets as an Excel file: what people wrote stays text, whatever it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from unicodedata import east_asian_width

from handlers.export_sheets import Cell, Kind, Sheet

FORMATS = {
    Kind.SCORE: "0.00",
    Kind.COUNT: "0",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
WIDTHS = {Kind.TEXT: 18, Kind.LONG: 60, Kind.MOMENT: 17, Kind.DAY: 12}
NARROW = 11
LONGEST = 32_767
"""Characters that a cell takes (https://support.microsoft.com, "Excel specifications")."""


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook: headings stay in sight and can be filtered by."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    book.remove(book.worksheets[0])
    top, fill = Alignment(vertical="top"), PatternFill("solid", fgColor="E8EEF4")
    wrapped, bold = Alignment(vertical="top", wrap_text=True), Font(bold=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for at, column in enumerate(sheet.columns, start=1):
            head = page.cell(1, at, column.heading)
            head.font, head.fill, head.alignment = bold, fill, wrapped
            width = max(WIDTHS.get(column.kind, NARROW), _width(column.heading) + 4)
            page.column_dimensions[get_column_letter(at)].width = width
        for number, row in enumerate(sheet.rows, start=2):
            for at, (column, value) in enumerate(zip(sheet.columns, row, strict=True), start=1):
                if value is None:
                    continue
                cell = page.cell(number, at, _cell(value))
                cell.alignment = wrapped if column.kind is Kind.LONG else top
                if isinstance(value, str):
                    cell.data_type = "s"
                    cell.quotePrefix = True  # still a text after somebody edited the cell
                elif column.kind in FORMATS:
                    cell.number_format = FORMATS[column.kind]
        page.freeze_panes = "C2" if len(sheet.columns) > 2 else "A2"  # noqa: PLR2004
        page.auto_filter.ref = page.dimensions
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _width(heading: str) -> int:
    """A Chinese sign is as wide as two letters."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in heading)


def _cell(value: Cell) -> Cell:
    """The value as Excel can keep it: moments without a zone, texts without control characters."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, str):
        kept: str = ILLEGAL_CHARACTERS_RE.sub("", value)
        return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "…"
    return value
