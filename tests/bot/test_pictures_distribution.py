from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import matplotlib.image
import numpy as np
import pytest
from numpy.typing import NDArray

from bot.pictures import Band, Column, DistributionPicture, Group
from bot.pictures_distribution import render

BLUE, WARNING = (0, 114, 178), (184, 74, 0)
LONG = "华东大区电子商务事业部直播与短视频内容运营中心 Customer Experience and After-sales Service"


def amount(picture: DistributionPicture, colour: tuple[int, int, int]) -> int:
    """How many pixels of a colour the picture has."""
    return int(_mask(picture, colour).sum())


def blue_lines(picture: DistributionPicture) -> list[int]:
    """The lines of pixels that cross a bar."""
    return [int(y) for y in np.flatnonzero(_mask(picture, BLUE).any(axis=1))]


def _mask(picture: DistributionPicture, colour: tuple[int, int, int]) -> NDArray[np.bool_]:
    pixels = matplotlib.image.imread(BytesIO(render(picture)))[:, :, :3]
    return np.asarray((np.rint(pixels * 255) == colour).all(axis=2))


def size(picture: DistributionPicture) -> tuple[int, int]:
    high, wide, _ = matplotlib.image.imread(BytesIO(render(picture))).shape
    return wide, high


def one_band(**changes: object) -> DistributionPicture:
    band = Band(label="4", share=0.3, figure="", limit="", at_most=0.2)
    return DistributionPicture(title="", bands=(replace(band, **changes),))  # type: ignore[arg-type]


def test_a_bar_past_its_limit_is_marked_only_when_it_is_out_of_policy() -> None:
    assert amount(one_band(out=False), WARNING) == 0
    assert amount(one_band(out=True), WARNING) > 1000


def test_a_bar_out_of_policy_is_blue_up_to_the_limit() -> None:
    out, held = amount(one_band(out=True), BLUE), amount(one_band(out=False), BLUE)
    assert out == pytest.approx(held * 2 / 3, rel=0.03)


def test_a_bar_short_of_its_limit_has_the_missing_part_dashed() -> None:
    short = {"at_most": None, "at_least": 0.5}
    assert amount(one_band(**short, out=True), WARNING) > 500
    assert amount(one_band(**short, out=False), WARNING) == 0


def test_columns_are_as_high_as_their_shares() -> None:
    def columns(*shares: float) -> int:
        made = tuple(Column(label="", share=share, figure="") for share in shares)
        return amount(DistributionPicture(title="", columns=made), BLUE)

    assert columns(0.5, 0.25) == pytest.approx(columns(0.5, 0) * 1.5, rel=0.02)
    assert columns(0, 0) == 0


@pytest.mark.parametrize(
    ("count", "name"), [(1, LONG), (2, "上"), (4, LONG), (5, "Unacceptable"), (8, "上"), (8, LONG)]
)
def test_one_to_eight_bands_are_drawn_whatever_their_names(count: int, name: str) -> None:
    picture = DistributionPicture(
        title=LONG,
        note=LONG,
        columns_heading=LONG,
        columns=tuple(
            Column(label=str(at), share=1 / count, figure="9%", detail="1 人", band=f"{at}{name}")
            for at in range(count)
        ),
        bands_heading=LONG,
        bands=tuple(
            Band(label=name, share=0.3, figure=name, limit=name, at_least=0.1, out=at % 2 == 0)
            for at in range(count)
        ),
        groups_heading=LONG,
        groups=(Group(label=LONG * 2, figure="10 人", words=LONG * 2),),
    )
    wide, high = size(picture)
    assert wide == 1080
    assert high > 1000


def test_long_band_names_turn_columns_into_rows() -> None:
    def with_band(name: str) -> DistributionPicture:
        columns = tuple(
            Column(label=str(at), share=0.25, figure="25%", band=f"{name}{at}") for at in range(8)
        )
        return DistributionPicture(title="", columns=columns)

    columns, rows = blue_lines(with_band("上")), blue_lines(with_band("Unacceptable"))
    assert (np.diff(columns) == 1).all()
    assert (np.diff(rows) > 1).sum() == 7


def test_an_empty_picture_is_its_title() -> None:
    assert size(DistributionPicture(title="无人")) == (1080, 185)
