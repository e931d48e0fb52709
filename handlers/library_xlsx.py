"""The library as a workbook: a sheet of ladders and one of goals, a column a language."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from handlers.library_cells import ANY_NAME, LANGUAGES, UnreadableLibraryError, clean, texts_of
from handlers.percent_cells import as_percent, percent_cells
from review.library import LEVELS, LOCALES, Library
from review.library_read import (
    ALL_ROLES,
    TEXTS,
    Cell,
    Given,
    GivenGoal,
    GivenLadder,
    LibraryFault,
    Place,
    Words,
)
from review.wording import Wording

LADDERS, GOALS = "ladders", "goals"
NAME = "name"
"""In the column `level`: the row that names the value."""
_PLAIN = ("role", "key", "weight", "unit", "target")
_SPOKEN = (*LOCALES, ANY_NAME)
_LADDER_COLUMNS = ("value", "level", *_SPOKEN)
_GOAL_COLUMNS = (*_PLAIN, *(f"{name} {one}" for name in TEXTS for one in _SPOKEN))
Line = Mapping[str, Cell]


def read(data: bytes) -> Given:
    """What is written in it. Raises UnreadableLibraryError, which names every cell."""
    from python_calamine import CalamineError, CalamineWorkbook  # the running bot reads no file

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        rows = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
    except CalamineError as error:
        raise UnreadableLibraryError(LibraryFault(Place(1), "library.no_file")) from error
    percent = percent_cells(data)
    sheets = {
        name.strip().casefold(): [
            [
                _text(cell, percent=(at, column) in percent.get(name, ()))
                for column, cell in enumerate(row)
            ]
            for at, row in enumerate(table)
        ]
        for name, table in rows.items()
    }
    faults: list[LibraryFault] = []
    ladders = goals = None
    if LADDERS in sheets:
        lines = _lines(sheets[LADDERS], LADDERS, _LADDER_COLUMNS, ("value", "level"), faults)
        ladders = _ladders(lines, faults)
    if GOALS in sheets:
        lines = _lines(sheets[GOALS], GOALS, _GOAL_COLUMNS, ("role", "key", "weight"), faults)
        goals = tuple(map(_goal, lines))
    if ladders is None and goals is None:
        faults.append(LibraryFault(Place(1), "library.no_sheet"))
    if faults:
        raise UnreadableLibraryError(*faults)
    return Given(ladders, goals)


def _text(cell: object, *, percent: bool) -> str:
    if percent and isinstance(cell, int | float):
        return as_percent(cell)
    whole = isinstance(cell, float) and cell.is_integer()
    return clean(str(int(cell)) if isinstance(cell, float) and whole else str(cell))


def _lines(
    rows: Sequence[Sequence[str]],
    sheet: str,
    known: Sequence[str],
    needed: Sequence[str],
    faults: list[LibraryFault],
) -> list[Line]:
    """The rows that are not blank, by column in lower case."""
    header = [name.casefold() for name in rows[0]] if rows else []
    columns = {name.casefold(): name for name in known}
    for at, name in enumerate(header):
        place = Place(1, name, sheet)
        if name and name not in columns:
            near = columns[get_close_matches(name, columns, 1, 0)[0]]
            faults.append(LibraryFault(place, "library.unknown", {"name": name, "near": near}))
        elif name and name in header[:at]:
            faults.append(LibraryFault(place, "library.column_twice"))
    lacking = [name for name in needed if name not in header]
    faults += [LibraryFault(Place(1, name, sheet), "library.no_column") for name in lacking]
    return [
        {
            name: Cell(text, Place(number, columns.get(name, name), sheet))
            for name, text in zip(header, row, strict=False)
            if name
        }
        for number, row in enumerate(rows[1:], start=2)
        if any(row)
    ]


def _words(line: Line, before: str = "") -> Words:
    found = {locale: line.get(before + name) for name, locale in LANGUAGES.items()}
    return {locale: cell for locale, cell in found.items() if cell is not None}


def _ladders(lines: Sequence[Line], faults: list[LibraryFault]) -> tuple[GivenLadder, ...]:
    """Rows of one value together, its levels in their order."""
    keys: dict[str, Cell] = {}
    rows: dict[str, dict[str, Words]] = {}
    for line in lines:
        if not {"value", "level"} <= set(line):
            break  # the lack of the column itself is said
        key, level = line["value"], line["level"].text.casefold()
        keys.setdefault(key.text, key)
        own = rows.setdefault(key.text, {})
        at = line["level"].at
        if level != NAME and level not in _NUMBERS:
            facts = {"value": line["level"].text, "levels": LEVELS}
            faults.append(LibraryFault(at, "library.level", facts))
        elif level in own:
            facts = {"key": line["level"].text, "row": 0}
            faults.append(LibraryFault(at, "library.level_twice", facts))
        own[level] = _words(line)
    return tuple(
        GivenLadder(key, rows[name].get(NAME, {}), tuple(_in_order(rows[name])))
        for name, key in keys.items()
    )


_NUMBERS = tuple(str(number) for number in range(1, LEVELS + 1))


def _in_order(rows: Mapping[str, Words]) -> list[Words]:
    return [rows[number] for number in _NUMBERS if number in rows]


def _goal(line: Line) -> GivenGoal:
    nowhere = Cell("", next(iter(line.values())).at)
    plain = {name: line.get(name, nowhere) for name in _PLAIN}
    unit, target = plain["unit"].text, plain["target"].text
    if unit == "%":  # it is shown behind the target anyhow
        target = target.removesuffix("%").rstrip()
    weight = plain["weight"]
    return GivenGoal(
        role=plain["role"],
        key=plain["key"],
        weight=Cell(weight.text.removesuffix("%").rstrip(), weight.at),
        unit=unit,
        target=target,
        texts={name: _words(line, f"{name} ") for name in TEXTS},
    )


def write(library: Library) -> bytes:
    """All of it; read again it makes the same library. A text stays a text, "=1+1" too."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    ladders: list[dict[str, str | int]] = []
    for key, one in library.ladders.items():
        for level, words in [(NAME, one.name), *zip(_NUMBERS, one.levels, strict=True)]:
            ladders.append({"value": key, "level": level, **_spoken(words)})
    goals: list[dict[str, str | int]] = []
    for role, starting in library.roles.items():
        for goal in starting:
            line: dict[str, str | int] = {
                "role": role or ALL_ROLES,
                "key": goal.key,
                "weight": goal.weight,
                "unit": goal.unit,
                "target": goal.target,
            }
            for name, words in texts_of(goal).items():
                line |= _spoken(words, f"{name} ")
            goals.append(line)
    for title, columns, lines in (
        (LADDERS, _LADDER_COLUMNS, ladders),
        (GOALS, _GOAL_COLUMNS, goals),
    ):
        _fill(book.create_sheet(title), _used(columns, lines), lines)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _used(columns: Sequence[str], lines: Sequence[Mapping[str, object]]) -> list[str]:
    """Words for every language have a column only where there are some."""
    used = {name for line in lines for name, text in line.items() if text}
    return [name for name in columns if not name.endswith(ANY_NAME) or name in used]


def _fill(sheet: object, columns: Sequence[str], lines: Sequence[Mapping[str, str | int]]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)  # noqa: S101  made just above
    sheet.freeze_panes = "C2"
    for at, name in enumerate(columns, start=1):
        sheet.cell(1, at, name).font = Font(bold=True)
        wide = any(name.endswith(one) for one in _SPOKEN)
        sheet.column_dimensions[get_column_letter(at)].width = 44 if wide else 16
        for number, line in enumerate(lines, start=2):
            value = line.get(name, "")
            if value != "":
                cell = sheet.cell(number, at, value)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if isinstance(value, str):
                    cell.data_type = "s"  # "=1+1" is a text here, not a formula


def _spoken(words: Wording, before: str = "") -> dict[str, str | int]:
    return {f"{before}{locale or ANY_NAME}": text for locale, text in words.items()}
