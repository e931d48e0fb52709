"""Roster files as people have them: encodings, separators, workbooks, and what is no roster."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook

from handlers.roster_file import UnreadableFileError, rows_of

TEXT = "工号,姓名,邮箱\n1,王芳,w@x.test\n"
ROWS = [{"工号": "1", "姓名": "王芳", "邮箱": "w@x.test"}]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_in_each_encoding_and_with_each_separator(
    encoding: str, separator: str, end: str
) -> None:
    written = TEXT.replace(",", separator).replace("\n", end)
    assert rows_of(written.encode(encoding)) == ROWS


def test_quotes_commas_and_missing_cells_are_read() -> None:
    assert rows_of(b'name,title,email\n"Wang, F","a ""b"""\n\n') == [
        {"name": "Wang, F", "title": 'a "b"', "email": None},
        {"name": None, "title": None, "email": None},
    ]


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_read_with_its_numbers_and_dates() -> None:
    days = (date(2026, 1, 2), datetime(2026, 1, 3, 4, 5))  # noqa: DTZ001  as Excel keeps them
    header = ("工号", "姓名", "入职日期", "离职日期")
    assert rows_of(workbook(header, (7, "王芳", *days), (), ("08", None, None, "x"))) == [
        {"工号": "7", "姓名": "王芳", "入职日期": "2026-01-02", "离职日期": "2026-01-03"},
        {"工号": "", "姓名": "", "入职日期": "", "离职日期": ""},
        {"工号": "08", "姓名": "", "入职日期": "", "离职日期": "x"},
    ]


UNREADABLE = {
    "no bytes": (b"", "roster.no_table"),
    "blank lines": (b"\n \n", "roster.no_table"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "roster.no_table"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "roster.no_table"),
    "half a workbook": (workbook(("name",))[:300], "roster.no_table"),
    "open quotes": (b'name,email\n"a,b', "roster.no_table"),
    "UTF-16": (TEXT.encode("utf-16"), "roster.encoding"),
    "UTF-16 BE": (b"\xfe\xff" + TEXT.encode("utf-16-be"), "roster.encoding"),
    "no encoding": (b"name,email\nJos\xff\xff,x\n", "roster.encoding"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_roster_is_refused_with_its_words(name: str) -> None:
    data, key = UNREADABLE[name]
    with pytest.raises(UnreadableFileError) as refused:
        rows_of(data)
    assert (refused.value.key, refused.value.row, refused.value.column) == (key, 1, "")


def test_a_header_twice_is_refused_but_not_one_that_is_not_read() -> None:
    with pytest.raises(UnreadableFileError) as refused:
        rows_of(b"name,email,email\na,b,c\n")
    found = refused.value
    assert (found.key, found.column, found.facts) == (
        "roster.duplicate_column",
        "email",
        {"first": "email"},
    )
    assert rows_of(b"name,,\na,,\n") == [{"name": "a", "": ""}]


def test_a_comma_without_quotes_is_refused_at_its_row() -> None:
    with pytest.raises(UnreadableFileError) as refused:
        rows_of(b"name,email\nA,a@x\n\nWang, F,w@x\n")
    assert (refused.value.key, refused.value.row) == ("roster.too_many_cells", 4)


def test_a_cell_that_shows_percent_is_read_as_it_is_shown() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("工号", "目标", "实际值"))
    shown = (("0%", 0.04), ("0.00%", 0.037), ("0.0%;[Red]-0.0%", -0.125), ("0.00", 0.037))
    for number, (form, value) in enumerate(shown, start=2):
        sheet.append((number, "x", value))
        sheet.cell(number, 3).number_format = form
    sheet.append((6, "x", "3.7 %"))
    sheet.cell(6, 3).number_format = "0%"
    out = io.BytesIO()
    book.save(out)
    found = [row["实际值"] for row in rows_of(out.getvalue())]
    assert found == ["4%", "3.7%", "-12.5%", "0.037", "3.7 %"]
