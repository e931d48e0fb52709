"""Somebody's check-ins, for whoever may read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from prompts.card import Form, FormPart, Heading, Paragraph, Quote, Rule, Small
from prompts.render import Words
from prompts.screens.check_in import Goal
from review.wording import say

FORM, READ = "checkin_read", "checkin.read"
WEEKS = 8
"""How many weeks back the texts go (ours)."""
GOALS, SHORT = 30, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFacts:
    """How the goals look, and what was written."""

    employee: str
    person: str
    goals: tuple[Goal, ...]
    texts: tuple[tuple[date, str], ...]
    """Week and text, the earliest first; weeks without one are not named."""


def reading(facts: ReadFacts, words: Words) -> Form:
    """There is nothing to send."""
    parts: list[FormPart] = [Heading(words.plain("check_in.of", person=facts.person[:SHORT]))]
    for goal in facts.goals[:GOALS]:
        look = goal.look or goal.before
        shown = {
            "title": say(goal.title, words.locale)[:SHORT],
            "look": words.plain(f"goal_progress.{look}") if look else "",
            "fresh": goal.look is not None,
        }
        parts.append(Paragraph(words("check_in.looks", **shown)))
    parts.append(Rule())
    for week, text in reversed(facts.texts):
        ends = week + timedelta(days=6)
        parts += [Small(words("check_in.in_week", starts=week, ends=ends)), Quote(text)]
    if not facts.texts:
        parts.append(Small(words("check_in.no_texts")))
    parts.append(Small(words("check_in.who_reads")))
    return Form(
        key=FORM,
        subject=facts.employee,
        title=words.plain("check_in.form_title"),
        parts=tuple(parts),
        close=words.plain("common.close"),
    )
