"""Words keep clear of each other and of the page's edge; colours are told apart by everybody."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from bot import pictures_distribution, pictures_progress
from bot.pictures import Band, Column, DistributionPicture, Group, Part, ProgressPicture, Row
from bot.pictures_page import Page
from bot.pictures_style import BLUE, INK, MARGIN, MUTED, TRACK, WARNING, WIDTH, ZONE

LONG = {
    "en": "Consumer Electronics and Household Appliances Operations",
    "zh": "华东大区电子商务事业部直播与短视频内容运营与用户增长中心南京第三创新业务与会员服务团队",
}
BANDS = {"en": "Meets all expectations", "zh": "完全符合期望"}
NAMES = sorted(LONG)
Matrix = NDArray[np.float64]

PROTAN: Matrix = np.array(
    [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]
)
DEUTAN: Matrix = np.array(
    [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]
)
TRITAN: Matrix = np.array(
    [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]
)
"""Machado, Oliveira and Fernandes 2009, full severity, on linear RGB."""


def distribution(name: str, *, bands: int, steps: int, groups: int, people: int) -> Page:
    counts = [people if step == steps // 2 else 0 for step in range(steps)]
    columns = tuple(
        Column(
            label=f"{2.5 + step / 4:g}",
            share=count / max(people, 1),
            figure="100 %" if count else "0 %",
            detail=str(count),
            band=f"{BANDS[name]} {step * 4 // steps}",
        )
        for step, count in enumerate(counts)
    )
    rules = tuple(
        Band(
            label=f"{LONG[name]} {band}",
            share=1 - band / 8,
            figure="100 %, 1000",
            limit=LONG[name],
            at_most=band / 8,
            out=band % 2 == 0,
        )
        for band in range(bands)
    )
    outside = tuple(
        Group(label=f"{LONG[name]} {group}", figure="999 / 999", words=LONG[name] * 2)
        for group in range(groups)
    )
    picture = DistributionPicture(
        title=LONG[name],
        note=LONG[name],
        columns_heading=LONG[name],
        columns=columns,
        bands_heading=LONG[name],
        bands=rules,
        groups_heading=LONG[name],
        groups=outside,
    )
    return pictures_distribution.lay_out(picture)[0]


def progress(name: str, *, rows: int, label: str) -> Page:
    def parts(share: float) -> tuple[Part, ...]:
        first = Part(label=label, share=share, figure="999 / 999", note=LONG[name], late=True)
        return (first, Part(label=label, share=share / 2, figure="0 / 999"))

    picture = ProgressPicture(
        title=LONG[name],
        note=LONG[name],
        parts=parts(0.5),
        rows_heading=LONG[name],
        rows=tuple(
            Row(label=f"{LONG[name]} {row}", figure="999 people", parts=parts(row / rows))
            for row in range(rows)
        ),
        more=LONG[name],
    )
    return pictures_progress.lay_out(picture)[0]


def assert_clear(page: Page) -> None:
    for line in page.lines:
        assert line.left >= MARGIN - 1, line
        assert line.right <= WIDTH - MARGIN + 1, line
    for one, two in combinations(page.lines, 2):
        beside = one.right <= two.left or two.right <= one.left
        apart = one.foot <= two.top or two.foot <= one.top
        assert beside or apart, (one, two)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bands", range(1, 9))
def test_no_words_of_one_to_eight_bands_touch_or_leave_the_page(name: str, bands: int) -> None:
    assert_clear(distribution(name, bands=bands, steps=8, groups=3, people=44))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("steps", range(1, 13))
@pytest.mark.parametrize("people", [0, 1, 60])
def test_no_words_of_one_to_twelve_steps_touch_or_leave_the_page(
    name: str, steps: int, people: int
) -> None:
    assert_clear(distribution(name, bands=1, steps=steps, groups=0, people=people))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("rows", [0, 1, 20])
@pytest.mark.parametrize("label", ["自评", "Self-reviews", LONG["en"]])
def test_no_words_of_progress_touch_or_leave_the_page(name: str, rows: int, label: str) -> None:
    assert_clear(progress(name, rows=rows, label=label))


def test_twenty_groups_do_not_touch() -> None:
    assert_clear(distribution("en", bands=1, steps=8, groups=20, people=44))


def test_every_colour_of_words_has_the_contrast_of_small_type() -> None:
    pages = [distribution("en", bands=4, steps=8, groups=3, people=44)]
    pages.append(progress("en", rows=3, label="Ratings"))
    used = {line.colour for page in pages for line in page.lines}
    assert used == {INK, MUTED, WARNING}
    assert [colour for colour in used if contrast(colour, "#ffffff") < 4.5] == []


def test_bars_stand_out_from_their_way() -> None:
    for ground in ("#ffffff", ZONE, TRACK):
        assert contrast(BLUE, ground) >= 3
        assert contrast(WARNING, ground) >= 3


@pytest.mark.parametrize("sight", [np.eye(3), PROTAN, DEUTAN, TRITAN])
def test_blue_and_the_warning_keep_apart_for_every_kind_of_sight(sight: Matrix) -> None:
    assert apart(BLUE, WARNING, sight) >= 25
    assert apart(BLUE, ZONE, sight) >= 25
    assert apart(WARNING, INK, sight) >= 25


def linear(colour: str) -> Matrix:
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, two: str) -> float:
    """WCAG 2: the ratio of the luminances."""
    light, dark = sorted(
        (float(linear(each) @ [0.2126, 0.7152, 0.0722]) for each in (one, two)), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def apart(one: str, two: str, sight: Matrix) -> float:
    """How far two colours are from each other in CIELAB, as that sight has them."""
    return float(np.linalg.norm(_lab(sight @ linear(one)) - _lab(sight @ linear(two))))


def _lab(rgb: Matrix) -> Matrix:
    to_xyz = np.array(
        [
            [0.4124, 0.3576, 0.1805],
            [0.2126, 0.7152, 0.0722],
            [0.0193, 0.1192, 0.9505],
        ]
    )
    scaled = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    bent = np.where(scaled > 0.008856, np.cbrt(scaled), 7.787 * scaled + 16 / 116)
    x, y, z = bent
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
