from __future__ import annotations

from io import BytesIO

import matplotlib.image
import numpy as np
import pytest

from bot.pictures_page import Page

CHINESE = "杰出持续一贯地超出期望运营部野狗"
INK = "#000000"


def drawn(words: str) -> bytes:
    page = Page(1080)
    page.text(words, x=20, y=50, size=40, colour=INK)
    return page.png(100)


def inked(words: str) -> tuple[int, int]:
    """The first and last column of pixels that has ink."""
    pixels = matplotlib.image.imread(BytesIO(drawn(words)))[:, :, 0]
    columns = np.flatnonzero((pixels < 0.5).any(axis=0))
    return int(columns[0]), int(columns[-1])


@pytest.mark.parametrize("letter", sorted({*CHINESE, *"张伟（），。：“”·—…", *"▲▼", *"ŁřAg5%"}))
def test_every_letter_is_drawn_and_none_as_the_box_of_unknown_ones(letter: str) -> None:
    # A glyph that a font lacks warns, and warnings are errors here.
    assert drawn(letter) not in {drawn("□"), drawn(" "), drawn("\U0010fffd")}


def test_letters_that_look_unlike_are_drawn_unlike() -> None:
    assert len({drawn(letter) for letter in CHINESE}) == len(set(CHINESE))


def test_a_letter_that_no_font_has_is_drawn_as_a_box() -> None:
    assert drawn("运营🧧") == drawn("运营□")


def test_signs_of_formulas_are_drawn_as_they_stand() -> None:
    assert drawn("$x^$") != drawn("x^")
    assert drawn(r"$\alpha$") != drawn("α")


@pytest.mark.parametrize(
    "words", ["运营部 Operations 42%", "Łukasz Dvořák", "x Ł x Ł x", CHINESE, "Wagen"]
)
def test_measure_tells_the_width_that_is_drawn(words: str) -> None:
    first, last = inked(words)
    assert Page(1080).measure(words, 40) == pytest.approx(last - first, abs=9)


def test_text_stands_left_of_right_of_or_about_its_place() -> None:
    page, spans = Page(1080), []
    for side in ("left", "center", "right"):
        page = Page(1080)
        page.text("运营部", x=500, y=50, size=40, colour=INK, side=side)
        pixels = matplotlib.image.imread(BytesIO(page.png(100)))[:, :, 0]
        columns = np.flatnonzero((pixels < 0.5).any(axis=0))
        spans.append((int(columns[0]), int(columns[-1])))
    assert spans == [
        pytest.approx((500, 620), abs=5),
        pytest.approx((440, 560), abs=5),
        pytest.approx((380, 500), abs=5),
    ]


@pytest.mark.parametrize(
    ("words", "width", "lines"),
    [
        ("", 400, [""]),
        ("运营部", 400, ["运营部"]),
        ("华东大区电子商务事业部", 400, ["华东大区电子商务", "事业部"]),
        ("Customer Experience Department", 400, ["Customer Experience", "Department"]),
        ("四个字符，后面", 160, ["四个字", "符，后面"]),
        ("四个字（里面）", 160, ["四个字", "（里面）"]),
        ("专业序列 · 评分分布", 190, ["专业序", "列 · 评分", "分布"]),
        ("Operations/Marketing", 250, ["Operations/", "Marketing"]),
    ],
)
def test_wrap_breaks_where_a_reader_would(words: str, width: float, lines: list[str]) -> None:
    assert Page(1080).wrap(words, width=width, size=40, most=9) == lines


def test_wrap_tears_a_word_only_if_it_is_wider_than_the_line() -> None:
    lines = Page(1080).wrap("a Donaudampfschifffahrt", width=200, size=40, most=9)
    assert "".join(lines).replace(" ", "") == "aDonaudampfschifffahrt"
    assert all(Page(1080).measure(line, 40) <= 200 for line in lines)


def test_wrap_cuts_what_is_too_long_with_a_sign() -> None:
    page = Page(1080)
    lines = page.wrap("华东大区电子商务事业部直播与短视频内容运营中心", width=400, size=40, most=2)
    assert lines == ["华东大区电子商务事业", "部直播与短视频内容…"]


def test_fit_shrinks_until_no_word_is_torn() -> None:
    page = Page(1080)
    assert page.fit(["超出", "Top"], width=400, size=30) == 30
    size = page.fit(["Exceeds expectations", "符合期望"], width=100, size=30)
    assert size < 30
    assert page.measure("expectations", size) == pytest.approx(100)
