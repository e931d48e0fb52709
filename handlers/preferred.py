"""Where somebody on two platforms likes to be written to."""

from __future__ import annotations

from dataclasses import replace

from handlers.answers import Answer, Says
from handlers.work import Act
from prompts.screens import common
from review.roster_fields import read_platform
from storage.transaction import PLATFORMS

ANY = {"any", "none", "auto", "都可以", "不限"}
"""Words for the company's own order."""


async def command(rest: str, act: Act) -> Answer:
    """`/review platform slack|dingtalk|any`: messages go there from now on.

    Without a word: where they go now. Answers come where they were asked all the same, and what
    stands in a chat already is edited there.
    """
    theirs = [
        name for name in PLATFORMS if await act.tx.people.account_of(act.by, name) is not None
    ]
    if not rest:
        return _says("now", act, theirs, wanted=act.actor.platform)
    if rest.casefold() in ANY:
        return await _set(None, act, theirs)
    try:
        wanted = read_platform(rest)
    except ValueError:
        return _says("unknown", act, theirs, said=rest)
    if wanted not in theirs:
        return _says("no_account", act, theirs, wanted=wanted)
    return await _set(wanted, act, theirs)


async def _set(wanted: str | None, act: Act, theirs: list[str]) -> Answer:
    if wanted != act.actor.platform:
        await act.tx.people.put_all([replace(act.actor, platform=wanted)])
        await act.tx.audit.record("person.platform", act.by, act.by, act.now, {"platform": wanted})
    return _says("set" if wanted else "unset", act, theirs, wanted=wanted)


def _says(key: str, act: Act, theirs: list[str], **facts: str | None) -> Answer:
    names = {name: act.say.plain(f"platform.{name}") for name in PLATFORMS}
    shown = dict(facts)
    if "wanted" in shown:
        shown["wanted"] = names.get(str(shown["wanted"]))
    if key in {"now", "unknown"}:
        there = tuple(names[one] for one in theirs)
        return Says(common.says(act.say, f"platform.{key}", theirs=there, **shown))
    return Says(common.says(act.say, f"platform.{key}", **shown))
