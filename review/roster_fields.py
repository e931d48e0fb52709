"""What the cells of a roster file may hold, in several notations."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from review.people import MONDAY_TO_FRIDAY, Track

_DATE = re.compile(
    r"([0-9]{4})(?:-|/|年)([0-9]{1,2})(?:-|/|月)([0-9]{1,2})日?(?:[ T]00:00(?::00)?)?"
)
_RANGE = re.compile(r"\s*(?:-|–|—|~|～|至|到)\s*")
_BETWEEN = re.compile(r"[\s,，、;；/]+")
_DAY_PREFIX = re.compile(r"周|星期|礼拜")
_DAYS = {
    name: day
    for day, names in enumerate(
        (
            "1 一 mon monday",
            "2 二 tue tues tuesday",
            "3 三 wed wednesday",
            "4 四 thu thur thurs thursday",
            "5 五 fri friday",
            "6 六 sat saturday",
            "7 日 天 sun sunday",
        )
    )
    for name in names.split()
}
_TRACKS = {
    "": Track.STAFF,
    "staff": Track.STAFF,
    "员工": Track.STAFF,
    "senior": Track.SENIOR,
    "高管": Track.SENIOR,
    "高级": Track.SENIOR,
}
_LOCALES = {"zh": "zh-CN", "zh-cn": "zh-CN", "中文": "zh-CN", "en": "en", "英文": "en"}
_PLATFORMS = {"slack": "slack", "dingtalk": "dingtalk", "钉钉": "dingtalk"}
_WEEK = 7


def read_date(text: str) -> date:
    """A date such as 2026-10-01, 2026/10/1 or 2026年10月1日. Raises ValueError."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return date(int(found[1]), int(found[2]), int(found[3]))


def read_work_week(text: str) -> frozenset[int]:
    """Weekdays worked, Monday is 0. Raises ValueError.

    Takes "Mon-Fri", "周一至周五", "1-5", "Mon,Tue,Wed" and the like; a range may run over Sunday;
    blank is Monday to Friday.
    """
    if not text:
        return MONDAY_TO_FRIDAY
    days: set[int] = set()
    for part in _BETWEEN.split(_RANGE.sub("-", text).strip(",，、;；/ ")):
        first, dash, last = part.partition("-")
        start, end = _day(first), _day(last if dash else first)
        days.update((start + step) % _WEEK for step in range((end - start) % _WEEK + 1))
    return frozenset(days)


def read_track(text: str) -> Track:
    """The track; blank is staff. Raises ValueError."""
    try:
        return _TRACKS[text.casefold()]
    except KeyError:
        raise ValueError(text) from None


def read_locale(text: str) -> str:
    """The language, "zh-CN" or "en". Raises ValueError."""
    name = text.replace("_", "-").casefold()
    known = _LOCALES.get(name) or ("en" if name.startswith("en-") else None)
    if known is None:
        raise ValueError(text)
    return known


def read_platform(text: str) -> str:
    """A chat platform, "slack" or "dingtalk". Raises ValueError."""
    try:
        return _PLATFORMS[text.casefold()]
    except KeyError:
        raise ValueError(text) from None


@cache
def read_time_zone(text: str) -> str:
    """An IANA time zone's name. Raises ValueError."""
    try:
        return ZoneInfo(text).key
    except (OSError, KeyError) as missing:
        raise ValueError(text) from missing


def _day(text: str) -> int:
    name = _DAY_PREFIX.sub("", text).strip(".").casefold()
    if name not in _DAYS:
        raise ValueError(text)
    return _DAYS[name]
