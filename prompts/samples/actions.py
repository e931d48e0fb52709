"""Screens of what was agreed in talks, and how it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from prompts.card import Card
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes
from prompts.screens import action_done, action_forms, action_list, actions, overdue
from prompts.screens.actions import Kind
from review.interview import Going
from review.learning import ActionKind

LINK = "https://learn.example.com/spreadsheets?from=1&to=2"


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    ways = (Going.OPEN, Going.GOING, Going.STUCK)
    lines = tuple(
        actions.Line(
            id=f"r.{n}",
            text=sizes.words,
            person=sizes.name if n % 2 else "",
            due=DAY - timedelta(days=n % 2),
            going=ways[n % 3],
            words=sizes.words if n % 3 == 2 else "",
            kind=tuple(ActionKind)[n % 3],
            link=LINK,
            mentor=sizes.name if n % 2 else "",
        )
        for n in range(max(sizes.groups // 10, 6))
    )
    first = actions.shares(dict.fromkeys(Kind, len(lines)))
    facts = actions.ActionsFacts(
        lines={kind: lines[:count] for kind, count in first.items()},
        counts=dict.fromkeys(Kind, len(lines)),
        today=DAY,
    )
    mine = replace(facts, lines={Kind.MINE: lines[:6]}, counts={Kind.MINE: 6} | _NONE)
    return {
        **_one_action(sizes, words),
        **_many(lines, words),
        "actions": actions.listed(facts, words),
        "actions of mine": actions.listed(mine, words),
        "no actions": actions.listed(
            replace(facts, lines={}, counts=dict.fromkeys(Kind, 0)), words
        ),
    }


_NONE = {Kind.PROMISED: 0, Kind.TEAM: 0, Kind.MENTORING: 0}


def _many(lines: tuple[actions.Line, ...], words: Words) -> Screens:
    """500 of them, a page at a time, and those past their day."""
    facts = action_list.ListFacts(
        which=Kind.MINE,
        rows=(lines * action_list.PAGE_OF)[: action_list.PAGE_OF],
        counts=dict.fromkeys(Kind, 500),
        page=2,
        pages=34,
        today=DAY,
    )
    late = overdue.OverdueFacts(
        lines=dict.fromkeys((Kind.MINE, Kind.PROMISED, Kind.TEAM), lines[: overdue.ROWS]),
        counts=dict.fromkeys((Kind.MINE, Kind.PROMISED, Kind.TEAM), 500),
    )
    few = replace(facts, rows=lines[:2], counts={Kind.MENTORING: 2}, page=1, pages=1)
    return {
        "actions, page 2": action_list.form(facts, words),
        "actions, with me as mentor": action_list.form(replace(few, which=Kind.MENTORING), words),
        "actions, nothing to page": action_list.form(
            replace(few, rows=(), counts=dict.fromkeys(Kind, 0)), words
        ),
        "actions past their day": Card("", overdue.section(late, words)),
    }


def _one_action(sizes: Sizes, words: Words) -> Screens:
    facts = action_forms.ActionFacts(
        id="r.1",
        text=sizes.words,
        owner=sizes.name,
        due=DAY,
        today=DAY + timedelta(days=1),
        going=Going.OPEN,
        words=sizes.words,
        undo=None,
        limit=3000,
    )
    found: Screens = {
        f"action {how}": action_forms.form(
            replace(facts, going=how, undo=2 if how is Going.DONE else None), {}, words
        )
        for how in Going
    }
    told = action_forms.SaidFacts(
        id="r.1",
        text=sizes.words,
        due=DAY,
        by=sizes.name,
        going=Going.STUCK,
        words=sizes.words,
        still=True,
    )
    for sent in (False, True):
        found[f"action stuck, sent {sent}"] = action_forms.form(
            replace(facts, going=Going.STUCK), {}, words, sent=sent
        )
        found[f"action, why {sent}"] = action_forms.drop(facts, {}, words, sent=sent)
        training = replace(facts, kind=ActionKind.TRAINING, link=LINK)
        found[f"action, learnt {sent}"] = action_done.form(training, {}, words, sent=sent)
    found["action said stuck"] = action_forms.said(told, words)
    found["action said dropped"] = action_forms.said(
        replace(told, going=Going.DROPPED, still=False), words
    )
    found["action said done"] = action_forms.said(
        replace(told, going=Going.DONE, still=False, kind=ActionKind.TRAINING, link=LINK), words
    )
    return found
