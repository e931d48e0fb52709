"""The words with which somebody who signs decides."""

from __future__ import annotations

from prompts.answers import Answers
from prompts.card import Ask, Field, Form, FormPart, Option, Paragraph, Text
from prompts.render import Words
from prompts.screens import scoring
from review.policy import Policy

DECISION, COMMENT = "decision", "comment"
AGREE, RETURN, CONFIRM, LIFT = "agree", "return", "gate_confirm", "gate_lift"
NEEDS_COMMENT = {RETURN, LIFT}


def decision(
    answers: Answers, policy: Policy, words: Words, *, gate_word: bool, sent: bool
) -> list[FormPart]:
    """What there is to decide; a shut gate first."""
    keys = (CONFIRM, LIFT, RETURN) if gate_word else (AGREE, RETURN)
    choice = Field(
        key=DECISION,
        ask=Ask.CHOICE,
        label=words.plain("sign_off.decision"),
        options=tuple(Option(key, words.plain(f"sign_off.decide_{key}")) for key in keys),
        value=answers.get(DECISION) or None,
    )
    why = _comment(answers, policy, words, required=False)
    if not sent:
        return [choice, why]
    must = answers.get(DECISION) in NEEDS_COMMENT
    return [
        scoring.chosen(choice, words),
        scoring.written(why, words, key="sign_off.write", required=must),
    ]


def _comment(answers: Answers, policy: Policy, words: Words, *, required: bool) -> Field:
    return Field(
        key=COMMENT,
        ask=Ask.TEXT,
        label=words.plain("sign_off.comment"),
        hint=words.plain("sign_off.comment_read" if required else "sign_off.comment_hint"),
        value=answers.get(COMMENT) or None,
        required=required,
        limit=policy.sheet.text_limit,
    )


def why(
    key: str,
    *,
    review: str,
    person: str,
    gate: Text,
    answers: Answers,
    policy: Policy,
    words: Words,
    sent: bool = False,
) -> Form:
    """The small form that asks why: `key` is "return_reason" or "gate_lift"."""
    field = _comment(answers, policy, words, required=True)
    if sent:
        field = scoring.written(field, words, key="sign_off.write", required=True)
    parts: list[FormPart] = [Paragraph(words(f"sign_off.{key}_how", person=person))]
    if key == "gate_lift" and gate:
        parts.append(Paragraph(gate))
    return Form(
        key=key,
        subject=review,
        title=words.plain(f"sign_off.{key}_title", person=person),
        parts=(*parts, field),
        submit=words.plain("common.send"),
        close=words.plain("common.later"),
    )
