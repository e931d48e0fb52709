"""What somebody means by the words that they type to a question: a way, or an answer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from handlers import asking_days, asking_numerals
from handlers.people_said import NAMED, person_said
from handlers.work import Act
from prompts.card import Ask, Field, Option
from review.errors_feedback import PersonUnknown, SeveralPeople
from review.values import Level


class Way(StrEnum):
    """Where somebody wants to go in a form."""

    BACK = "back"
    LATER = "later"
    SEND = "send"
    SKIP = "skip"
    REST = "rest"
    """All that may be left out is left out."""
    OVERVIEW = "overview"
    CLEAR = "clear"
    GO_ON = "go_on"


WAYS: Mapping[str, Way] = {
    **dict.fromkeys(("back", "previous", "上一步", "上一题", "返回"), Way.BACK),
    **dict.fromkeys(("later", "稍后", "稍后再填", "以后再填"), Way.LATER),
    **dict.fromkeys(("send", "submit", "发送", "提交"), Way.SEND),
    **dict.fromkeys(("skip", "-", "—", "leave it so", "跳过", "保持不变", "不变"), Way.SKIP),
    **dict.fromkeys(("skip all", "skip the rest", "全部跳过", "其余跳过"), Way.REST),
    **dict.fromkeys(("summary", "overview", "answers", "汇总", "总览", "我的回答"), Way.OVERVIEW),
    **dict.fromkeys(("clear", "清空"), Way.CLEAR),
    **dict.fromkeys(("go on", "continue", "继续", "接着填"), Way.GO_ON),
}
"""Words alone in a message, and what they mean while a form is asked."""
_CHANGE = re.compile(
    r"(?:change|edit|修改|改|更改)\s*(?:第|no\.?|#)?\s*(\w+?)\s*题?", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:第)?\s*(\w+?)\s*(?:个|项|题|[.)、）])?")
_LEVELS: Mapping[Level, tuple[str, ...]] = {
    Level.YES: ("yes", "y", "是", "是的", "对", "有", "做到", "做到了"),
    Level.PARTLY: ("partly", "partially", "part", "部分", "部分做到", "有时", "一部分"),
    Level.NO: ("no", "n", "not", "否", "不是", "没有", "没做到", "不"),
}
_BETWEEN_PEOPLE = re.compile(r"\s*(?:[,，、;；\n]|\s和\s|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that are no answer, and why, as prompts/*/asking.j2 says it."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


def folded(said: str) -> str:
    """Words as they are compared."""
    text = " ".join(unicodedata.normalize("NFKC", said).casefold().split())
    return text if len(text) == 1 else text.rstrip("。.!！ ")


def way(said: str) -> Way | None:
    """The way that the words name."""
    return WAYS.get(folded(said))


def change(said: str) -> int | None:
    """The number of the question that somebody wants to change: "change 3", 修改三."""
    found = _CHANGE.fullmatch(folded(said))
    return whole(found[1]) if found else None


def whole(said: str) -> int | None:
    """A whole number above 0, such as a question's or a choice's."""
    found = _NUMBERED.fullmatch(folded(said))
    value = asking_numerals.number(found[1]) if found else None
    return int(value) if value is not None and value.denominator == 1 and value > 0 else None


async def read(  # noqa: PLR0911  one case a kind
    said: str, one: Field, act: Act
) -> str | Unread:
    """The answer as the field takes it, or why it is none."""
    text = said.strip()
    match one.ask:
        case Ask.TEXT:
            return text
        case Ask.SCORE:
            return _score(text, one.options)
        case Ask.LEVEL | Ask.CHOICE:
            return _choice(text, one)
        case Ask.NUMBER:
            found = asking_numerals.number(text)
            return Unread("not_number") if found is None else asking_numerals.shown(found)
        case Ask.DATE:
            when = asking_days.day(text, act.today(act.actor))
            return Unread("not_date") if when is None else when.isoformat()
        case Ask.PERSON:
            return await _person(text, act)
        case Ask.PEOPLE:
            return await _people(text, one.limit, act)


def _score(text: str, options: Sequence[Option]) -> str | Unread:
    value = asking_numerals.number(text)
    for option in options:
        if value is not None and asking_numerals.number(option.value) == value:
            return option.value
    found = _named(text, options) if value is None else ()
    return found[0].value if len(found) == 1 else Unread("not_score")


def _choice(text: str, one: Field) -> str | Unread:
    options = one.options
    exact = [option for option in options if folded(text) in {*_names(option)}]
    if len(exact) == 1:
        return exact[0].value
    if one.ask is Ask.LEVEL:
        for level, names in _LEVELS.items():
            if folded(text) in names and any(option.value == level for option in options):
                return str(level)
    number = whole(text)
    if number is not None and number <= len(options):
        return options[number - 1].value
    found = exact or _named(text, options)
    if len(found) == 1:
        return found[0].value
    if found:
        named = tuple(option.label for option in found[:NAMED])
        return Unread("several", {"said": text, "found": named})
    return Unread(f"not_{one.ask}")


def _names(option: Option) -> tuple[str, str]:
    return folded(option.value), folded(option.label)


def _named(text: str, options: Sequence[Option]) -> Sequence[Option]:
    """Those whose words begin so, else those that hold the words."""
    wanted = folded(text)
    if not wanted:
        return ()
    for fits in (
        [one for one in options if folded(one.label).startswith(wanted)],
        [one for one in options if wanted in folded(one.label)],
    ):
        if fits:
            return fits
    return ()


async def _person(text: str, act: Act) -> str | Unread:
    try:
        person = await person_said(text, act)
    except SeveralPeople:
        return Unread("several", {"said": text, "found": await _namesakes(text, act)})
    except PersonUnknown:
        return Unread("not_person", {"said": text})
    account = await act.tx.people.account_of(person.employee_id, act.platform)
    if account is None:
        return Unread("not_here", {"person": person.name})
    return account.account_id


async def _namesakes(text: str, act: Act) -> tuple[str, ...]:
    """The people whom a name fits, with their ids where the name is the same."""
    wanted = folded(text.removeprefix("@"))
    there = [one for one in await act.tx.people.all() if not one.has_left(act.today())]
    found = [one for one in there if wanted in folded(one.name)]
    found = [one for one in found if folded(one.name) == wanted] or found
    names = [one.name for one in found]
    return tuple(
        one.name if names.count(one.name) == 1 else f"{one.name} {one.employee_id}"
        for one in found[:NAMED]
    )


async def _people(text: str, limit: int, act: Act) -> str | Unread:
    found: list[str] = []
    for one in _BETWEEN_PEOPLE.split(text):
        if one.strip():
            account = await _person(one, act)
            if isinstance(account, Unread):
                return account
            found.append(account)
    distinct = list(dict.fromkeys(found))
    if len(distinct) > limit:
        return Unread("too_many", {"count": len(distinct), "limit": limit})
    return ",".join(distinct) if distinct else Unread("not_person", {"said": text})
