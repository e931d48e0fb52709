"""Blanks around what is put into a Chinese text."""

from __future__ import annotations

import pytest
from jinja2 import Environment
from markupsafe import Markup

from prompts import spacing


@pytest.mark.parametrize(
    ("template", "value", "wanted"),
    [
        ("由 {{ x }} 评分", "韩文博", "由韩文博评分"),
        ("由{{ x }}评分", "Nora Sommer", "由 Nora Sommer 评分"),
        ("由 <b>{{ x }}</b> 评分", "韩文博", "由 <b>韩文博</b> 评分"),
        ("还有{{ x }}人", 3, "还有 3 人"),
        ("请在{{ x }} 前完成", "10月20日（周二）", "请在 10月20日（周二）前完成"),
        ("{{ x }}：{{ x }}，", "A", "A：A，"),
        ("占 {{ x }}%", 20, "占 20%"),
        ("· {{ x }} ·", "好", "· 好 ·"),
        ("说{{ x }}", " 空 格 ", "说 空 格 "),
        ("说 {{ x }}", "<b> & 好", "说 &lt;b&gt; &amp; 好"),
        ("说 {{ x }} {{ x }} 的", "好", "说好 好的"),
        ("甲{{ x }}乙", "", "甲乙"),
    ],
)
def test_blanks_follow_the_letters_on_both_sides(template: str, value: object, wanted: str) -> None:
    words = Environment(autoescape=True, finalize=spacing.marked).from_string(template)
    assert spacing.spaced(words.render(x=value)) == wanted


def test_styled_words_stay_styled() -> None:
    words = Environment(autoescape=True, finalize=spacing.marked).from_string("由{{ x }}评")
    assert spacing.spaced(words.render(x=Markup("<b>A</b>"))) == "由<b>A</b>评"
