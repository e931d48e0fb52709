"""Numbers as people type them: digits, and Chinese numerals."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_DIGITS = dict(zip("零〇一二三四五六七八九两", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
_PLACES = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"
_UNITS = re.compile(r"\s*(?:分|points?|pts?|%|个|項|项)$", re.IGNORECASE)
_PERCENT = re.compile(r"^百分之")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PLAIN = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?")
_HALF = "半"


def number(said: str) -> Fraction | None:
    """The number that somebody typed, its unit aside; None: it is none.

    "4", "3.5", "1,200", "30%", "三点五", "三分半", "四分", and digits of any width.
    """
    text = unicodedata.normalize("NFKC", said).strip().rstrip("。.!！").strip()
    text = _PERCENT.sub("", text)
    half = Fraction(0)
    if text.endswith(_HALF) and len(text) > 1:
        text, half = text[:-1], Fraction(1, 2)
    text = _THOUSANDS.sub("", _UNITS.sub("", text)).strip()
    found = Fraction(text) if _PLAIN.fullmatch(text) else _chinese(text)
    return None if found is None else found + half


def shown(value: Fraction) -> str:
    """A number as a form takes it: "30", "3.5"."""
    return f"{float(value):.6f}".rstrip("0").rstrip(".")


def _chinese(text: str) -> Fraction | None:
    whole, point, part = text.partition("点")
    found = _whole(whole)
    if found is None or (point and not part):
        return None
    if any(one not in _DIGITS for one in part):
        return None
    digits = "".join(str(_DIGITS[one]) for one in part)
    return Fraction(f"{found}.{digits or 0}")


def _whole(text: str) -> int | None:
    """Up to 99,999,999: 三百二十, 十五, 一万二; also digit by digit: 二〇二六."""
    if not text:
        return None
    if _MYRIAD in text:
        before, _, after = text.partition(_MYRIAD)
        high, low = _whole(before), _whole(after) if after else 0
        if high is None or low is None:
            return None
        short = len(after) == 1 and after in _DIGITS
        return high * 10_000 + (low * 1000 if short else low)
    if all(one in _DIGITS for one in text):
        return int("".join(str(_DIGITS[one]) for one in text))
    total, digit, place = 0, None, 10
    for one in text:
        if one in _DIGITS:
            digit = _DIGITS[one]
        elif one in _PLACES:
            place = _PLACES[one]
            total += (1 if digit is None else digit) * place
            digit = None
        else:
            return None
    short = bool(digit) and place >= 100 and text[-2] in _PLACES  # noqa: PLR2004  三百五: 350
    return total + (digit or 0) * (place // 10 if short else 1)
