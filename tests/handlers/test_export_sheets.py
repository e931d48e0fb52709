"""Sheets of the exports: worded in the company's language, with true numbers and dates."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from world import Home, home, open_cycle, opened, rating_answers, review_of, self_answers

from bot.cli_sheets import as_xlsx
from handlers import export, export_actions, export_sheets
from handlers.export_sheets import Column, Kind, Sheet, plain
from handlers.work import Work
from prompts.render import LOCALES, Words
from review.cycle import Cycle
from review.interview import Action, Going
from review.stages import Move

BAD = '=HYPERLINK("http://x") <!channel> {{ x }} \x07' + "长" * 2900


def work_in(tx: Any, place: Home) -> Work:
    return Work(tx=tx, company=place.deps.company, now=place.clock.now())


async def rated(place: Home) -> Cycle:
    """One of three is rated, with the words that a spreadsheet would like to run."""
    cycle = await open_cycle(place)
    review = await review_of(place, cycle, "e1")
    form = opened(await place.press("e1", "self_review.open", review))
    await place.fill("e1", form, self_answers(place))
    form = opened(await place.press("mia", "rate:3.5", review))
    await place.fill("mia", form, rating_answers(place) | {"case:overall": BAD})
    return cycle


def column(sheet: Sheet, heading: str) -> list[Any]:
    at = [one.heading for one in sheet.columns].index(heading)
    return [row[at] for row in sheet.rows]


async def test_reviews_are_sheets_that_can_be_sent_on(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await rated(place)
        async with place.deps.database.begin(write=False) as tx:
            work = work_in(tx, place)
            sheets = await export_sheets.reviews(cycle, work)
            lines = {one["employee_id"]: one for one in await export.reviews(cycle, work)}
    summary, goals, values, cases, signed = sheets
    assert [one.title for one in sheets] == ["Summary", "Goals", "Values", "Cases", "Sign-offs"]
    assert column(summary, "Employee id") == sorted(lines)
    assert dict(zip(column(summary, "Name"), column(summary, "Rating"), strict=True)) == {
        "Bo Boss": None,
        "Hanna HR": None,
        "Mia Manager": None,
        "Person 1": Decimal("3.5"),
        "Person 2": None,
        "Person 3": None,
    }
    of_e1 = column(summary, "Employee id").index("e1")
    assert column(summary, "Stage")[of_e1] == "skip-level sign-off"
    assert column(summary, "Manager")[of_e1] == "Mia Manager"
    assert column(summary, "Values gate")[of_e1] == "passed"
    assert column(summary, "Goals (K)")[of_e1] == Decimal(lines["e1"]["k"])
    assert sum(column(goals, "Weight")) == 100 * len(lines)
    assert Decimal(0) in column(goals, "Manager − self")
    assert column(values, "Value") == ["Customer first", "Teamwork"]
    assert BAD.strip() in column(cases, "Case")
    assert column(signed, "Decision") == ["rated"]
    assert column(signed, "When") == [datetime.fromisoformat(lines["e1"]["sign_offs"][0]["at"])]


async def test_an_excel_file_keeps_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await rated(place)
        async with place.deps.database.begin(write=False) as tx:
            sheets = await export_sheets.reviews(cycle, work_in(tx, place))
    book = load_workbook(io.BytesIO(as_xlsx(sheets)))
    assert book.sheetnames == ["Summary", "Goals", "Values", "Cases", "Sign-offs"]
    for sheet in book.worksheets:
        assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", sheet.dimensions)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {
            *("s", "inlineStr"),
            *("n", "d"),
        }
    found = [
        cell for row in book["Cases"].iter_rows() for cell in row if "HYPER" in str(cell.value)
    ]
    assert [(one.value, one.quotePrefix) for one in found] == [(BAD.replace("\x07", ""), True)]
    heads = [cell.value for cell in book["Summary"][1]]
    rating = book["Summary"].cell(4 if book["Summary"]["A4"].value == "e1" else 3, 8)
    assert heads[7] == "Rating"
    assert rating.number_format == "0.00"
    assert book["Sign-offs"]["G2"].is_date


async def test_actions_are_exported_with_their_owners_and_days(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        now = place.clock.now()
        agreed = Action(
            id=f"{review}.1",
            review=review,
            about="e1",
            owner="mia",
            text="@sum: find a mentor",
            due=date(2026, 11, 30),
            going=Going.STUCK,
            agreed_at=now,
            changed_at=now,
        )
        async with place.deps.database.begin() as tx:
            await tx.actions.put(agreed)
        async with place.deps.database.begin(write=False) as tx:
            work = work_in(tx, place)
            lines = await export_actions.actions(cycle, work)
            (sheet,) = await export_sheets.agreed(cycle, work)
    at = "2026-10-12T12:00:00+08:00"
    assert [one | {"agreed_at": at, "changed_at": at} for one in lines] == [
        {
            "employee_id": "e1",
            "name": "Person 1",
            "cycle": "2026Q3",
            "action": "@sum: find a mentor",
            "owner": "mia",
            "owner_name": "Mia Manager",
            "due": "2026-11-30",
            "state": "stuck",
            "agreed_at": at,
            "changed_at": at,
            "kind": "task",
            "link": None,
            "mentor": None,
            "mentor_name": None,
        }
    ]
    assert tuple(lines[0]) == export_actions.ACTIONS
    assert column(sheet, "Due") == [date(2026, 11, 30)]
    assert column(sheet, "State") == ["stuck"]
    assert column(sheet, "Kind") == ["A task"]


def test_any_other_export_is_a_sheet_as_it_is() -> None:
    keys = ("group", "share", "count", "outside", "tail", "lists", "none")
    row = {"group": "=1+1", "share": "0.25", "count": 3, "outside": True, "tail": 0.0388}
    made = plain("distribution", keys, [row | {"lists": ["a"], "none": None}])
    assert made.rows == (("=1+1", Decimal("0.25"), 3, "True", Decimal("0.0388"), '["a"]', None),)
    assert made.columns[1] == Column("share", Kind.SCORE)
    page = load_workbook(io.BytesIO(as_xlsx([made]))).worksheets[0]
    assert [page["A2"].value, page["A2"].data_type, page["C2"].value] == ["=1+1", "s", 3]


def test_every_word_on_a_review_has_a_name_in_both_languages() -> None:
    for locale in LOCALES:
        names = [Words(locale).plain(f"export.move_{move}") for move in Move]
        assert len(set(names)) == len(Move)
