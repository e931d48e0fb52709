"""What is asked before an action is done."""

from __future__ import annotations

from prompts.answers import Answers
from prompts.card import Ask, Field, Form, Heading
from prompts.render import Words
from prompts.screens import scoring
from prompts.screens.action_forms import ActionFacts, about
from review.learning import ActionKind

FORM, WORDS = "action_done", "words"


def form(facts: ActionFacts, answers: Answers, words: Words, *, sent: bool = False) -> Form:
    """What was learnt in a training; or a word to the mentor, who reads it at once."""
    training = facts.kind is ActionKind.TRAINING
    key = "learnt" if training else "to_mentor"
    field = Field(
        key=WORDS,
        ask=Ask.TEXT,
        label=words.plain(f"actions.{key}", mentor=facts.mentor),
        hint=words.plain(f"actions.{key}_hint"),
        value=answers.get(WORDS) or None,
        required=training,
        limit=facts.limit,
    )
    if sent:
        field = scoring.written(field, words, key="actions.learnt_lacks", required=training)
    return Form(
        key=FORM,
        subject=facts.id,
        title=words.plain("actions.form_title"),
        parts=(Heading(words.plain("actions.done_title")), *about(facts, words), field),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )
