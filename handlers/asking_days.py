"""Days as people type them, in Chinese and English."""

from __future__ import annotations

import re
import unicodedata
from calendar import day_abbr, day_name, month_abbr, month_name
from collections.abc import Mapping
from datetime import date, timedelta

from handlers.asking_numerals import number

WEEK = timedelta(days=7)
_FROM_NOW: Mapping[str, int] = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("tomorrow", "明天", "明日"), 1),
    **dict.fromkeys(("day after tomorrow", "the day after tomorrow", "后天"), 2),
    "大后天": 3,
}
_MONTHS = {
    name.lower(): month
    for month in range(1, 13)
    for name in (month_name[month], month_abbr[month], {9: "Sept"}.get(month, month_abbr[month]))
}
_DAYS = {name.lower(): day for day in range(7) for name in (day_name[day], day_abbr[day])} | {
    "tues": 1,
    "thur": 3,
    "thurs": 3,
}
_CN_DAYS = dict(zip("一二三四五六日天末", (0, 1, 2, 3, 4, 5, 6, 6, 5), strict=True))
_WEEKDAY = re.compile(r"(?:(?P<when>next|this|on)\s+)?(?P<day>[a-z]+)")
_CN_WEEKDAY = re.compile(
    r"(?P<when>下下|下|这|本)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天末1-7])"
)
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})")
_CN = re.compile(r"(?:(?P<year>明年|今年|\w{4}年))?(?P<month>\w{1,2})月(?P<day>\w{1,3}?)[日号]?")
_EN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]+)\.?,?(?:\s+(\d{4}))?")
_EN_MONTH = re.compile(r"([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?")
_IN = re.compile(r"in (\d{1,3}) (day|week)s?|(\w{1,3})(天|周|个?星期)(?:以)?后")


def day(said: str, today: date) -> date | None:
    """The day that somebody typed, as from their own today; None: it is none.

    A day without a year is the next one there is; "12/4" is the 4th of December.
    """
    text = " ".join(unicodedata.normalize("NFKC", said).lower().split()).rstrip("。.!")
    if text in _FROM_NOW:
        return today + timedelta(days=_FROM_NOW[text])
    for reads in (_iso, _chinese, _english, _weekday, _later):
        found = reads(text, today)
        if found is not None:
            return found
    return None


def _iso(text: str, today: date) -> date | None:
    if whole := _ISO.fullmatch(text):
        return _made(int(whole[1]), int(whole[2]), int(whole[3]))
    if short := _SHORT.fullmatch(text):
        return _next(int(short[1]), int(short[2]), today)
    return None


def _chinese(text: str, today: date) -> date | None:
    found = _CN.fullmatch(text)
    if found is None:
        return None
    month, on = number(found["month"]), number(found["day"])
    if month is None or on is None:
        return None
    match found["year"]:
        case None:
            return _next(int(month), int(on), today)
        case "今年":
            year = today.year
        case "明年":
            year = today.year + 1
        case named:
            given = number(named.removesuffix("年"))
            if given is None:
                return None
            year = int(given)
    return _made(year, int(month), int(on))


def _english(text: str, today: date) -> date | None:
    if found := _EN.fullmatch(text):
        on, name, year = found.groups()
    elif found := _EN_MONTH.fullmatch(text):
        name, on, year = found.groups()
    else:
        return None
    month = _MONTHS.get(name)
    if month is None:
        return None
    return _made(int(year), month, int(on)) if year else _next(month, int(on), today)


def _weekday(text: str, today: date) -> date | None:
    """A weekday is the next one that comes; "next" and 下 name the week after this one."""
    monday = today - timedelta(days=today.weekday())
    if found := _CN_WEEKDAY.fullmatch(text):
        wanted = int(found["day"]) - 1 if found["day"].isdecimal() else _CN_DAYS[found["day"]]
        when = found["when"] or ""
    elif (found := _WEEKDAY.fullmatch(text)) and found["day"] in _DAYS:
        wanted, when = _DAYS[found["day"]], found["when"] or ""
    else:
        return None
    weeks = {"下": 1, "next": 1, "下下": 2}.get(when, 0)
    this = monday + timedelta(days=wanted)
    if weeks:
        return this + weeks * WEEK
    return this if this >= today else this + WEEK


def _later(text: str, today: date) -> date | None:
    found = _IN.fullmatch(text)
    if found is None:
        return None
    count = number(found[1] or found[3])
    if count is None:
        return None
    days = 1 if (found[2] or found[4]) in {"day", "天"} else 7
    return today + timedelta(days=int(count) * days)


def _next(month: int, on: int, today: date) -> date | None:
    """That day of this year, else of the next: what is months past is not meant."""
    this = _made(today.year, month, on)
    if this is not None and this < today - timedelta(days=31):
        return _made(today.year + 1, month, on)
    return this


def _made(year: int, month: int, on: int) -> date | None:
    try:
        return date(year, month, on)
    except ValueError:
        return None
