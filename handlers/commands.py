"""Words sent to the bot: which use case each one is, in both languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from handlers import (
    actions,
    appeals,
    calibration,
    check_in,
    cycles,
    delegate,
    deliveries,
    evidence,
    feedback,
    feedback_ask,
    goals_shown,
    group_id,
    in_out,
    interview,
    later,
    matrix,
    my_data,
    one_on_one,
    praise,
    preferred,
    rater,
    spread,
    status,
)
from handlers.answers import Answer, Says
from handlers.events import Command
from handlers.work import Act
from prompts.screens import commands as screen

Use = Callable[[str, Act], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Word:
    """A command: its word in both languages, and whom it is for."""

    en: str
    zh: str
    use: Use
    hr_only: bool = False
    shows: bool = False
    """Nothing is written for it."""


async def _help(rest: str, act: Act) -> Answer:  # noqa: ARG001
    return Says(screen.help_card(_entries(act), act.say))


WORDS: tuple[Word, ...] = (
    Word("goals", "目标", goals_shown.command, shows=True),
    Word("self", "自评", status.own_review, shows=True),
    Word("rate", "评分", status.team),
    Word("feedback", "反馈", feedback.command, shows=True),
    Word("feedback ask", "征求反馈", feedback_ask.command),
    Word("praise", "表扬", praise.command),
    Word("keep", "留存", evidence.command),
    Word("interview", "绩效面谈", interview.command),
    Word("checkin", "周报", check_in.command),
    Word("1on1", "一对一", one_on_one.command),
    Word("actions", "待办", actions.command, shows=True),
    Word("appeal", "申诉", appeals.command, shows=True),
    Word("delegate", "委托", delegate.command),
    Word("status", "进度", status.status),
    Word("distribution", "分布", spread.command),
    Word("matrix", "矩阵", matrix.command),
    Word("calibrate", "校准", calibration.command),
    Word("my data", "我的数据", my_data.command),
    Word("remind later", "稍后", later.command),
    Word("platform", "平台", preferred.command),
    Word("open", "开启", cycles.open_command, hr_only=True),
    Word("close", "关闭", cycles.close_command, hr_only=True),
    Word("exclude", "排除", in_out.exclude_command, hr_only=True),
    Word("include", "加入", in_out.include_command, hr_only=True),
    Word("rater", "评分人", rater.command, hr_only=True),
    Word("reopen", "重开", in_out.reopen_command, hr_only=True),
    Word("group id", "群号", group_id.command, hr_only=True, shows=True),
    Word("deliveries", "送达", deliveries.command, hr_only=True, shows=True),
    Word("help", "帮助", _help, shows=True),
)
KINDRED: Mapping[str, str] = {
    **dict.fromkeys(("board", "chart", "spread"), "distribution"),
    **dict.fromkeys(("看板", "图表"), "分布"),
    **dict.fromkeys(("one-on-one", "oneonone", "1:1"), "1on1"),
    **dict.fromkeys(("cycle", "progress"), "status"),
    **dict.fromkeys(("check-in", "weekly", "week"), "checkin"),
    **dict.fromkeys(("本周", "周总结"), "周报"),
    "周期": "进度",
    "ask": "feedback ask",
    **dict.fromkeys(("求反馈", "要反馈"), "征求反馈"),
}
"""Words that people try, and what they mean: spelling alone leads from "cycle" to "close"."""
_NAMES = {name: word for word in WORDS for name in (word.en, word.zh)}
SPOKEN: Mapping[str, Word] = {name: _NAMES[name] for name in sorted(_NAMES, key=len, reverse=True)}
"""Each word by its names, the longest first: "feedback ask" begins with "feedback"."""


def only_shows(event: Command) -> bool:
    """Whether nothing is written for those words."""
    word, _ = _spoken(event.text)
    return word is None or word.shows


def is_one(text: str) -> bool:
    """Whether the words are a command's name and nothing else."""
    word, rest = _spoken(text)
    return word is not None and not rest


async def handle(event: Command, act: Act) -> Answer:
    """Do what the words ask. An unknown word is answered with the nearest one and the help."""
    word, rest = _spoken(event.text)
    if word is not None:
        if word.hr_only and not act.is_hr_admin(act.actor):
            return Says(screen.hr_only(await _admins(act), act.say))
        return await word.use(rest, replace(act, place=event.place))
    if not rest:
        return await status.waiting(act)
    first = rest.split()[0]
    return Says(screen.unknown(first, _nearest(first.lower(), act), _entries(act), act.say))


def _nearest(first: str, act: Act) -> str | None:
    """The word that was meant, of those that are for this person."""
    theirs = _entries(act)
    words = [name for name, word in SPOKEN.items() if word.en in theirs]
    near = get_close_matches(first, words, n=1, cutoff=0.5)
    return KINDRED.get(first) or next(iter(near), None)


def _spoken(text: str) -> tuple[Word | None, str]:
    """The word that it begins with, and the rest; without one, all of it."""
    said = " ".join(text.split())
    for name, word in SPOKEN.items():
        if said.lower() == name or said.lower().startswith(f"{name} "):
            return word, said[len(name) :].strip()
    return None, said


def _entries(act: Act) -> tuple[str, ...]:
    hr = act.is_hr_admin(act.actor)
    return tuple(word.en for word in WORDS if hr or not word.hr_only)


async def _admins(act: Act) -> tuple[str, ...]:
    return tuple(one.name for one in await act.tx.people.many(act.company.hr_admins))
