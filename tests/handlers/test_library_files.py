"""The library as a file: nothing is lost on the way, and every fault has its place."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from world import company, home, opened

from handlers import cycles, library, library_xlsx, library_yaml
from handlers.library_cells import UnreadableLibraryError
from handlers.work import Work
from prompts.library import load
from review.goals import COLUMNS
from review.library import Ladder, Library, StartingGoal
from review.library_read import read_library
from review.policy import Policy
from review.wording import Wording

POLICY = replace(Policy(), values=())
TEXT = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp"), include_characters="\n"),
    min_size=1,
    max_size=30,
).map(str.strip)
SOME = TEXT.filter(bool) | st.sampled_from(["=1+1", "yes", "3.5", "null", "a: b", "- x", "#", "'"])
KEY = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True).filter(lambda key: key != "conduct")
WORDS: st.SearchStrategy[Wording] = st.dictionaries(
    st.sampled_from(["zh-CN", "en", ""]), SOME, min_size=1
)
LADDER = st.builds(Ladder, KEY, WORDS, st.tuples(*[WORDS] * 5))
GOAL = st.builds(
    StartingGoal,
    key=KEY,
    title=WORDS,
    weight=st.integers(1, 100),
    measure=WORDS | st.just({}),
    standards=st.builds(
        lambda meets, others: {
            name: {**others, "3.5": meets}[name]
            for name in COLUMNS
            if name in {**others, "3.5": meets}
        },
        WORDS,
        st.dictionaries(st.sampled_from(COLUMNS), WORDS),
    ),
    doing=WORDS | st.just({}),
    unit=TEXT,
    target=TEXT,
)
GOALS = st.lists(GOAL, min_size=1, max_size=2, unique_by=lambda goal: goal.key).map(tuple)
ROLE = SOME.filter(lambda role: role.casefold() != "other" and "\n" not in role)
LIBRARIES = st.builds(
    lambda ladders, roles, rest: Library({one.key: one for one in ladders}, {**roles, "": rest}),
    st.lists(LADDER, max_size=2, unique_by=lambda one: one.key),
    st.dictionaries(ROLE, GOALS, max_size=1),
    GOALS,
)


@given(LIBRARIES)
@settings(max_examples=40, deadline=None)
def test_a_library_that_is_written_and_read_again_is_the_same(made: Library) -> None:
    for found in (
        library_yaml.read(library_yaml.write(made)),
        library_xlsx.read(library_xlsx.write(made)),
    ):
        read = read_library(found, Library({}, {}), POLICY)
        assert (read.faults, read.library) == ((), made)


YAML: dict[str, list[tuple[int, str]]] = {
    "": [(1, "nothing")],
    "just words": [(1, "no_mapping")],
    "ladders: [a": [(1, "no_yaml")],
    "ladders:\n  a:\n    name: A\n    levles: []": [(4, "unknown")],
    "ladders:\n  a: {}\n  a: {}": [(3, "twice")],
    "ladders:\n  a:\n    levels: many": [(3, "no_list")],
    "ladders:\n  a:\n    name: {fr: x}": [(3, "unknown")],
    "ladders:\n  a:\n    name:\n    - x": [(4, "no_text")],
    "roles:\n  other:\n  - key: k\n    standards:\n      '4': x": [(5, "unknown")],
}


@pytest.mark.parametrize("text", YAML)
def test_a_yaml_file_that_is_no_library_says_its_lines(text: str) -> None:
    with pytest.raises(UnreadableLibraryError) as unreadable:
        library_yaml.read(text)
    found = [(one.at.row, one.key.removeprefix("library.")) for one in unreadable.value.faults]
    assert found == YAML[text]


SHEETS: list[tuple[dict[str, list[list[object]]], list[tuple[str, int, str, str]]]] = [
    ({"people": []}, [("", 1, "", "no_sheet")]),
    (
        {"ladders": [["value", "en", "en", "frr"]]},
        [
            ("ladders", 1, "en", "column_twice"),
            ("ladders", 1, "frr", "unknown"),
            ("ladders", 1, "level", "no_column"),
        ],
    ),
    (
        {"Ladders": [["value", "level"], ["a", 1.0], ["a", "1"], [], ["a", "six"]]},
        [("ladders", 3, "level", "level_twice"), ("ladders", 5, "level", "level")],
    ),
    (
        {"ladders": [["value"], ["a"]], "goals": []},
        [
            ("ladders", 1, "level", "no_column"),
            ("goals", 1, "role", "no_column"),
            ("goals", 1, "key", "no_column"),
            ("goals", 1, "weight", "no_column"),
        ],
    ),
]


@pytest.mark.parametrize(("sheets", "said"), SHEETS)
def test_a_workbook_that_is_no_library_says_its_cells(
    sheets: dict[str, list[list[object]]], said: list[tuple[str, int, str, str]]
) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(UnreadableLibraryError) as unreadable:
        library_xlsx.read(written.getvalue())
    assert [
        (one.at.sheet, one.at.row, one.at.column, one.key.removeprefix("library."))
        for one in unreadable.value.faults
    ] == said


@pytest.mark.parametrize("data", [b"\x00\x01", b"PK\x03\x04 and no more", b"\xff\xfe", b"a: \x07"])
async def test_bytes_that_are_no_library_are_said(tmp_path: Path, data: bytes) -> None:
    async with home(tmp_path) as place, place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=company(), now=place.clock.now())
        found = library.check_file(data, work)
        assert [one.key for one in found.read.faults] == ["library.no_file"]
        assert not found.changes


async def test_a_running_cycle_keeps_its_ladders_and_the_next_has_the_new(tmp_path: Path) -> None:
    old = load()
    teamwork = old.ladders["teamwork"]
    changed = replace(teamwork, levels=({"": "A new first level"}, *teamwork.levels[1:]))
    new = replace(old, ladders={**old.ladders, "teamwork": changed})
    async with home(tmp_path) as place:
        first = place.clock.now()
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=first)
            await cycles.open_cycle(cycles.OpenCycle(name="2026Q3"), "hr", work)
        place.clock.moment = first.replace(hour=5)
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            found = library.check_file(library.written(new, xlsx=False), work)
            assert (found.ladders, found.roles) == (("teamwork",), ())
            assert await library.import_library(found, None, work)
            assert not await library.import_library(found, None, work)
        await library.take_up(place.deps)
        running = place.deps.company
        await library.take_up(place.deps)
        assert place.deps.company.library == new == running.library
        policy = running.policy
        assert running.ladders(first, policy)[1] == teamwork
        assert running.ladders(place.clock.now(), policy)[1] == changed
        async with place.deps.database.begin() as tx:
            work = Work(tx=tx, company=running, now=place.clock.now())
            again = library.check_file(library.written(new, xlsx=True), work)
            assert not again.changes
            assert await library.import_library(again, None, work)
            assert await tx.library.count() == 1
        await place.tick(first.replace(day=13))
        form = opened(await place.press("e1", "self_review.open", await _review(place, "e1")))
        assert "A new first level" not in str(form)


async def _review(place: object, who: str) -> str:
    async with place.deps.database.begin(write=False) as tx:  # type: ignore[attr-defined]
        (review,) = await tx.reviews.about(who)
        return str(review.id)


def test_percent_in_a_workbook_is_what_its_cells_show() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "goals"
    sheet.append(("role", "key", "weight", "unit", "target", "title any"))
    for row, (unit, target) in enumerate((("%", 0.037), ("", 1)), start=2):
        sheet.append(("crm", f"g{row}", 0.4, unit, target, "Rate"))
        for column in (3, 5):
            sheet.cell(row, column).number_format = "0.0%"
    written = io.BytesIO()
    book.save(written)
    goals = library_xlsx.read(written.getvalue()).goals
    assert goals is not None
    assert [(one.weight.text, one.target, one.unit) for one in goals] == [
        ("40", "3.7", "%"),
        ("40", "100%", ""),
    ]
