"""How a long sheet is parted into steps."""

from __future__ import annotations

from prompts.screens.scoring import ROWS_A_STEP, WORDS_A_STEP, pages
from review.goals import COLUMNS, Kind, Row, Sheet
from review.wording import Wording, own_words


def sheet(*standards: Wording) -> Sheet:
    """A sheet with a row for each of these standards, the same in every column."""
    return Sheet(
        tuple(
            Row(
                id=str(number),
                kind=Kind.GOAL,
                title=own_words("Goal"),
                weight=1,
                measure=own_words(""),
                standards=dict.fromkeys(COLUMNS, standard),
            )
            for number, standard in enumerate(standards)
        )
    )


def sizes(made: Sheet) -> list[int]:
    return [len(page) for page in pages(made)]


def test_six_short_rows_make_a_step() -> None:
    assert sizes(sheet(*[own_words("Short")] * 31)) == [ROWS_A_STEP] * 5 + [1]


def test_wordy_rows_make_more_steps() -> None:
    half = own_words("x" * (WORDS_A_STEP // 8 - 4))
    assert sizes(sheet(*[half] * 5)) == [2, 2, 1]


def test_a_row_that_is_too_wordy_has_a_step_of_its_own() -> None:
    long = own_words("x" * 3000)
    assert sizes(sheet(own_words("a"), long, own_words("b"))) == [1, 1, 1]


def test_steps_are_alike_in_both_languages() -> None:
    mixed = {"zh-CN": "短", "en": "x" * 3000}
    assert sizes(sheet(mixed, mixed)) == [1, 1]


def test_all_rows_stay_in_order() -> None:
    made = sheet(*[own_words("x" * 700)] * 13)
    assert tuple(row for page in pages(made) for row in page) == made.rows


def test_no_rows_make_no_step() -> None:
    assert pages(Sheet(())) == ()
