"""What is asked before an action is done."""

from __future__ import annotations

from prompts.answers import Answers
from prompts.card import Ask, Field, Form, Heading
from prompts.render import Words
from prompts.screens import scoring
from prompts.screens.action_forms import ActionFacts, about

FORM, WORDS = "action_done", "words"


def form(facts: ActionFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """What was learnt in a training."""
    field = Field(
        key=WORDS,
        ask=Ask.TEXT,
        label=words.plain("actions.learnt"),
        hint=words.plain("actions.learnt_hint"),
        value=answers.get(WORDS) or None,
        limit=facts.limit,
    )
    if sent:
        field = scoring.written(field, words, key="actions.learnt_lacks", required=True)
    return Form(
        key=FORM,
        subject=facts.id,
        title=words.plain("actions.form_title"),
        parts=(Heading(words.plain("actions.done_title")), *about(facts, words), field),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )
