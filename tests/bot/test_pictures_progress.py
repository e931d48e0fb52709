from __future__ import annotations

from dataclasses import asdict, replace
from io import BytesIO

import matplotlib.image
import numpy as np
import pytest

from bot.pictures import PNG, Painter, Part, PictureFailedError, ProgressPicture, Row
from bot.pictures_progress import render

BLUE, WARNING, ZONE = (0, 114, 178), (184, 74, 0), (207, 221, 233)


def amount(picture: ProgressPicture, colour: tuple[int, int, int]) -> int:
    """How many pixels of a colour the picture has."""
    pixels = matplotlib.image.imread(BytesIO(render(picture)))[:, :, :3]
    return int((np.rint(pixels * 255) == colour).all(axis=2).sum())


def whole(**changes: object) -> ProgressPicture:
    part = Part(label="", share=0.25, figure="")
    return ProgressPicture(title="", parts=(replace(part, **changes),))  # type: ignore[arg-type]


def rows(*shares: float) -> ProgressPicture:
    made = tuple(Row(label="", parts=(Part(label="", share=one, figure=""),)) for one in shares)
    return ProgressPicture(title="", rows=made)


def test_a_bar_is_blue_as_far_as_things_are_done_and_pale_beyond() -> None:
    done, left = amount(whole(), BLUE), amount(whole(), ZONE)
    assert left == pytest.approx(3 * done, rel=0.02)
    assert amount(whole(share=0), BLUE) == 0
    assert amount(whole(share=1), ZONE) == 0


def test_what_is_missing_is_marked_once_it_is_late() -> None:
    assert amount(whole(late=False), WARNING) == 0
    assert amount(whole(late=True), WARNING) > 500
    assert amount(whole(share=1, late=True), WARNING) == 0


def test_bars_of_all_rows_have_one_scale() -> None:
    assert amount(rows(0.5, 0.25), BLUE) == pytest.approx(
        amount(rows(0.5, 0), BLUE) * 1.5, rel=0.02
    )
    longer = replace(rows(0.5), rows=(*rows(0.5).rows, Row(label="", parts=(_wordy(),))))
    assert amount(longer, BLUE) < amount(rows(0.5), BLUE)


def _wordy() -> Part:
    return Part(label="Self-reviews", share=0, figure="120 of 120")


async def test_the_painter_draws_progress_and_refuses_what_is_none() -> None:
    data = asdict(whole())
    assert (await Painter().draw(data)).startswith(PNG)
    with pytest.raises(PictureFailedError, match="bands"):
        await Painter().draw(data | {"bands": []})
