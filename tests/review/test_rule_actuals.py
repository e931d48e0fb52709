"""What a goal's own standards give for an actual: only where it is beyond doubt."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from review.actuals import column_of, read_number
from review.goals import Kind, Row
from review.wording import Wording

SHARE: dict[str, Wording] = {
    "2.5": {"en": "misses the target by 40 % or more", "zh-CN": "与目标相差 40% 及以上"},
    "3-3.25": {"en": "misses the target by 20 % or more", "zh-CN": "与目标相差 20% 及以上"},
    "3.5": {"en": "target met", "zh-CN": "达到目标"},
    "3.75+": {"en": "beats the target by 10 % or more", "zh-CN": "优于目标 10% 及以上"},
}
ROW = Row(
    id="g",
    kind=Kind.GOAL,
    title={"": "Conversion"},
    weight=80,
    measure={"": "conversion"},
    standards=SHARE,
    unit="%",
    target="4 %",
)


def bounds(**texts: str) -> Row:
    """The row with other standards: bad, low, meets, above."""
    names = {"bad": "2.5", "low": "3-3.25", "meets": "3.5", "above": "3.75+"}
    return replace(ROW, standards={names[name]: {"": text} for name, text in texts.items()})


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("3.7", "", "3.7"),
        ("3.7 ％", "", "3.7"),
        ("1,200 people", "people", "1200"),
        ("-5", "", "-5"),
        ("1200 people", "", None),
        ("2 min 20 s", "s", None),
        ("", "", None),
        ("1,2", "", None),
        ("NaN", "", None),
    ],
)
def test_a_number_is_read_with_its_unit_or_not_at_all(
    text: str, unit: str, number: str | None
) -> None:
    assert read_number(text, unit) == (None if number is None else Fraction(number))


@pytest.mark.parametrize(
    ("actual", "column"),
    [
        ("2.4", "2.5"),
        ("3.2", "3-3.25"),
        ("3.3", None),
        ("4", "3.5"),
        ("4.39", "3.5"),
        ("4.4", "3.75+"),
    ],
)
def test_standards_in_percent_of_the_target(actual: str, column: str | None) -> None:
    assert column_of(ROW, Fraction(actual)) == column
    turned = replace(ROW, measure={"": "% who left (lower is better)"})
    assert column_of(turned, 8 - Fraction(actual)) == column


RISING = bounds(bad="< 3", low="≥3%", meets="at least 3.5 %", above="3.75 % or more.")
FALLING = bounds(bad="高于 5", meets="不超过 4", above="3 及以下")


@pytest.mark.parametrize(
    ("row", "actual", "column"),
    [
        (RISING, "2.9", "2.5"),
        (RISING, "3", "3-3.25"),
        (RISING, "3.5", "3.5"),
        (RISING, "3.75", "3.75+"),
        (FALLING, "6", "2.5"),
        (FALLING, "5", None),
        (FALLING, "4", "3.5"),
        (FALLING, "3", "3.75+"),
        (bounds(meets="more than 1,000"), "1000", None),
        (bounds(meets="more than 1,000"), "1001", "3.5"),
    ],
)
def test_standards_that_name_a_bound(row: Row, actual: str, column: str | None) -> None:
    assert column_of(row, Fraction(actual)) == column


@pytest.mark.parametrize(
    "row",
    [
        replace(ROW, target=""),
        replace(ROW, target="as last year"),
        replace(ROW, target="0"),
        replace(ROW, standards={}),
        replace(ROW, standards={**SHARE, "3.75+": {"": "clearly better"}}),
        replace(ROW, standards={**SHARE, "3.5": {"en": "≥ 4", "zh-CN": "≥ 5"}}),
        bounds(above="≥ 4"),
        bounds(meets="≥ 4", above="≥ 3"),
        bounds(bad="< 4", low="< 3", meets="≥ 5"),
        bounds(meets="≥ 4", low="< 5"),
        bounds(meets="conversion 3.6 % and time on page 2 min 20 s"),
    ],
)
def test_standards_in_doubt_give_nothing(row: Row) -> None:
    assert column_of(row, Fraction(4)) is None
