"""What people type is read as what they mean."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from handlers import asking_days, asking_words
from handlers.asking_numerals import number, shown
from handlers.asking_words import Way

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("4", "4"),
        (" ３．５ ", "3.5"),
        ("4 分", "4"),
        ("四", "4"),
        ("四分", "4"),
        ("三点五", "3.5"),
        ("三点二五", "3.25"),
        ("三分半", "3.5"),
        ("两个半", "2.5"),
        ("30%", "30"),
        ("百分之三十", "30"),
        ("1,200", "1200"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零五", "105"),
        ("三百五", "350"),
        ("一千二百", "1200"),
        ("一万二", "12000"),
        ("二〇二六", "2026"),
        ("-3", "-3"),
        ("0.125", "0.125"),
    ],
)
def test_numbers_are_read_in_digits_and_chinese(said: str, meant: str) -> None:
    found = number(said)
    assert found is not None
    assert shown(found) == meant


@pytest.mark.parametrize(
    "said", ["", "a", "四五六年级", "3.5.1", "半", "点五", "三点", "1e9", "12 34", "1,20", "十a"]
)
def test_what_is_no_number_is_none(said: str) -> None:
    assert number(said) is None


def test_every_number_up_to_a_thousand_is_read_as_chinese_writes_it() -> None:
    digits = "零一二三四五六七八九"
    for value in range(1, 1000):
        hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
        words = f"{digits[hundreds]}百" if hundreds else ""
        if tens:
            words += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
        elif hundreds and ones:
            words += "零"
        words += digits[ones] if ones else ""
        assert number(words) == Fraction(value), words


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2026-12-04", date(2026, 12, 4)),
        ("2026/12/4", date(2026, 12, 4)),
        ("2026年12月4日", date(2026, 12, 4)),
        ("12/4", date(2026, 12, 4)),
        ("12月4日", date(2026, 12, 4)),
        ("十二月四号", date(2026, 12, 4)),
        ("明年1月8日", date(2027, 1, 8)),
        ("1月8日", date(2027, 1, 8)),
        ("4 Dec", date(2026, 12, 4)),
        ("Dec 4th", date(2026, 12, 4)),
        ("4 December 2027", date(2027, 12, 4)),
        ("today", FRIDAY),
        ("明天", date(2026, 11, 28)),
        ("Tomorrow", date(2026, 11, 28)),
        ("后天", date(2026, 11, 29)),
        ("周五", FRIDAY),
        ("Friday", FRIDAY),
        ("周一", date(2026, 11, 30)),
        ("monday", date(2026, 11, 30)),
        ("next Friday", date(2026, 12, 4)),
        ("下周五", date(2026, 12, 4)),
        ("下下周一", date(2026, 12, 7)),
        ("下个星期天", date(2026, 12, 6)),
        ("3天后", date(2026, 11, 30)),
        ("两周后", date(2026, 12, 11)),
        ("in 2 weeks", date(2026, 12, 11)),
    ],
)
def test_days_are_read_as_from_ones_own_today(said: str, meant: date) -> None:
    assert asking_days.day(said, FRIDAY) == meant


@pytest.mark.parametrize("said", ["", "soon", "2026-13-01", "31/12/26", "2月30日", "Foo 4", "下周"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert asking_days.day(said, FRIDAY) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Back", Way.BACK),
        ("上一步。", Way.BACK),
        ("-", Way.SKIP),
        ("提交", Way.SEND),
        ("全部跳过", Way.REST),
        ("go on!", Way.GO_ON),
        ("back to the office", None),
        ("4", None),
    ],
)
def test_ways_are_single_words(said: str, meant: Way | None) -> None:
    assert asking_words.way(said) is meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("change 3", 3),
        ("修改三", 3),
        ("改第十二题", 12),
        ("edit #4", 4),
        ("change it", None),
        ("改天再说", None),
    ],
)
def test_a_change_names_a_question(said: str, meant: int | None) -> None:
    assert asking_words.change(said) == meant
