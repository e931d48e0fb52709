"""A roster file's bytes as rows by header: CSV in the encodings people have, or XLSX."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from handlers.percent_cells import as_percent, percent_cells
from review.roster_read import FIRST_ROW, field_of

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order; GB18030 takes GBK and GB2312 too."""
XLSX = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
Row = dict[str, str | None]


class UnreadableFileError(Exception):
    """The file is no table that people can be read from; `key` names the words."""

    def __init__(
        self, key: str, *, row: int = 1, column: str = "", facts: Mapping[str, str] | None = None
    ) -> None:
        """Keep the words' key and facts, and where it is."""
        super().__init__(key)
        self.key = key
        self.row = row
        self.column = column
        self.facts = facts or {}


def rows_of(data: bytes) -> list[Row]:
    """The data rows, blank ones too. Raises UnreadableFileError."""
    if data.startswith(XLSX):
        return _table(_sheet(data))
    return _table(_csv(text_of(data)))


def text_of(data: bytes) -> str:
    """A text file in one of the encodings that people have. Raises UnreadableFileError."""
    if data.startswith(UTF_16):
        raise UnreadableFileError("roster.encoding")
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
    from python_calamine import CalamineError, CalamineWorkbook  # the running bot reads no file

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise UnreadableFileError("roster.no_table") from error
    percent = percent_cells(data).get(book.sheet_names[0], frozenset())
    return [
        [_cell(cell, percent=(at, column) in percent) for column, cell in enumerate(row)]
        for at, row in enumerate(rows)
    ]


def _cell(cell: object, *, percent: bool) -> str:
    if percent and isinstance(cell, int | float):
        return as_percent(cell)
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
    for name, count in Counter(header).items():
        if count > 1 and field_of(name) is not None:
            again = "roster.duplicate_column"
            raise UnreadableFileError(again, column=name, facts={"first": name})
    rows: list[Row] = []
    for number, line in enumerate(rest, start=FIRST_ROW):
        if any(cell.strip() for cell in line[len(header) :]):
            raise UnreadableFileError("roster.too_many_cells", row=number)
        row: Row = dict.fromkeys(header)
        row |= dict(zip(header, line, strict=False))
        rows.append(row)
    return rows or [dict.fromkeys(header)]
