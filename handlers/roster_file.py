"""A roster file's bytes as rows by header: CSV in the encodings people have, or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order; GB18030 takes GBK and GB2312 too."""
XLSX = b"PK\x03\x04"
Row = dict[str, str | None]


class UnreadableFileError(Exception):
    """The file is no CSV and no XLSX; `key` names the words."""

    def __init__(self, key: str) -> None:
        """Keep the words' key."""
        super().__init__(key)
        self.key = key


def rows_of(data: bytes) -> list[Row]:
    """The data rows, blank ones too. Raises UnreadableFileError."""
    if data.startswith(XLSX):
        return _table(_sheet(data))
    return _table(_csv(_text(data)))


def _text(data: bytes) -> str:
    if b"\x00" in data:
        raise UnreadableFileError("roster.no_table")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError("roster.encoding")


def _csv(text: str) -> Iterable[list[str]]:
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableFileError("roster.no_table") from error


def _sheet(data: bytes) -> Iterable[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        return [[_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise UnreadableFileError("roster.no_table") from error


def _cell(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _table(lines: Iterable[list[str]]) -> list[Row]:
    header, *rest = [*lines] or [[]]
    if not any(cell.strip() for cell in header):
        raise UnreadableFileError("roster.no_table")
    rows: list[Row] = []
    for line in rest:
        row: Row = dict.fromkeys(header)
        row |= dict(zip(header, line, strict=False))
        rows.append(row)
    return rows or [dict.fromkeys(header)]
