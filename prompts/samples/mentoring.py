"""Screens of mentors and whom they go along with."""

from __future__ import annotations

from dataclasses import replace

from prompts.card import Card
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes
from prompts.screens import action_done, action_forms, common, mentoring
from review.interview import Going
from review.learning import ActionKind


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    intro = mentoring.IntroFacts(
        action="r.1",
        text=sizes.words,
        owner=sizes.name,
        mentor=sizes.name,
        by=sizes.name,
        due=DAY,
        weeks=2,
    )
    row = mentoring.MeetFacts(action="r.1", number=1, other=sizes.name, mentors=True)
    rows = [row, replace(row, mentors=False)] * max(sizes.groups // 10, 1)
    done = action_forms.ActionFacts(
        id="r.1",
        text=sizes.words,
        owner="",
        due=DAY,
        today=DAY,
        going=Going.OPEN,
        words="",
        undo=None,
        limit=3000,
        kind=ActionKind.MENTORING,
        mentor=sizes.name,
    )
    found: Screens = {
        "mentor, introduced": mentoring.intro(intro, words),
        "mentor, introduced by one of them": mentoring.intro(replace(intro, by="", weeks=0), words),
        "mentors, have you met": Card("", mentoring.asks(rows, words)),
        "mentors, met": common.says(words, "mentoring.met_said"),
        "mentors, not yet": common.says(words, "mentoring.not_yet_said"),
        "mentor, done": action_done.form(done, {}, words),
    }
    for key in ("mentor_decline", "mentor_close"):
        facts = mentoring.MentorFacts(
            key=key, action="r.1", text=sizes.words, owner=sizes.name, limit=3000
        )
        for sent in (False, True):
            typed = {mentoring.WORD: sizes.words}
            found[f"{key} {sent}"] = mentoring.form(facts, typed, words, sent=sent)
    return found | _told(sizes, words)


def _told(sizes: Sizes, words: Words) -> Screens:
    facts = mentoring.ToldFacts(
        action="r.1",
        text=sizes.words,
        owner=sizes.name,
        mentor=sizes.name,
        own=True,
        done=True,
        dropped=False,
        open=False,
        closed=False,
        mentor_word=sizes.words,
        owner_word=sizes.words,
    )
    under_way = replace(facts, done=False, open=True)
    return {
        "mentor declined": mentoring.declined(under_way, words),
        "mentor declined, to the manager": mentoring.declined(
            replace(under_way, own=False, mentor_word=""), words
        ),
        "mentor, ended": mentoring.ended(facts, words),
        "mentor, dropped": mentoring.ended(replace(facts, done=False, dropped=True), words),
        "mentor, changed": mentoring.ended(under_way, words),
        "mentor closed": mentoring.word(under_way, words),
        "mentor closed without a word": mentoring.word(replace(under_way, mentor_word=""), words),
        "mentor's word": mentoring.word(facts, words),
    }
