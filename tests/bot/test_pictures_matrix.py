from __future__ import annotations

from dataclasses import asdict, replace
from io import BytesIO

import matplotlib.image
import numpy as np
import pytest

from bot.pictures import PNG, Box, BoxRow, MatrixPicture, Painter, PictureFailedError
from bot.pictures_matrix import lay_out, render
from bot.pictures_style import LEAST, MARGIN, WIDTH

ZONE, TRACK = (207, 221, 233), (242, 244, 246)
FULL = Box(
    label="Wild dog", figure="9", names=("陈静", "Maximiliane von und zu Obersdorf"), more="+7"
)
EMPTY = Box(label="Star")


def picture(*boxes: Box) -> MatrixPicture:
    rows = tuple(BoxRow(label=f"Performance {n}", boxes=boxes) for n in range(3))
    return MatrixPicture(
        title="业绩与价值观 2026Q3", note="Only you.", columns=("Low", "Middle", "High"), rows=rows
    )


def amount(shown: MatrixPicture, colour: tuple[int, int, int]) -> int:
    pixels = matplotlib.image.imread(BytesIO(render(shown)))[:, :, :3]
    return int((np.rint(pixels * 255) == colour).all(axis=2).sum())


def test_boxes_with_people_differ_from_empty_ones() -> None:
    assert amount(picture(EMPTY, EMPTY, EMPTY), ZONE) == 0
    assert amount(picture(EMPTY, EMPTY, EMPTY), TRACK) > 100_000
    assert amount(picture(FULL, EMPTY, EMPTY), ZONE) > 50_000


def test_every_word_stands_on_the_page_and_in_its_column() -> None:
    page, high = lay_out(picture(FULL, EMPTY, FULL))
    for line in page.lines:
        assert MARGIN <= line.left <= line.right <= WIDTH - MARGIN + 1
        assert 0 <= line.top <= line.foot <= high
        assert line.size >= LEAST
    said = [line.words for line in page.lines]
    assert {"Low", "Middle", "High", "Wild dog 9", "陈静", "+7", "Star"} <= set(said)
    names = [line for line in page.lines if line.words.startswith("Maximiliane")]
    assert len(names) == 6
    assert all(line.words.endswith("…") for line in names)


def test_boxes_of_a_row_are_as_high_as_the_fullest() -> None:
    _, low = lay_out(picture(EMPTY, EMPTY, EMPTY))
    _, one = lay_out(picture(FULL, EMPTY, EMPTY))
    _, all_ = lay_out(picture(FULL, FULL, FULL))
    assert low < one == all_


def test_a_page_without_boxes_is_a_page() -> None:
    assert render(replace(picture(), columns=(), rows=())).startswith(PNG)


async def test_the_painter_draws_a_matrix_and_refuses_what_is_none() -> None:
    data = asdict(picture(FULL, EMPTY, EMPTY))
    assert (await Painter().draw(data)).startswith(PNG)
    with pytest.raises(PictureFailedError, match="bars"):
        await Painter().draw(data | {"bars": []})
