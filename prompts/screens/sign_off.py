"""A whole review, folded, for somebody who signs it; and the words with which it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from prompts.answers import Answers
from prompts.card import (
    Form,
    FormPart,
    Paragraph,
    Quote,
    Small,
    Text,
)
from prompts.render import Words
from prompts.screens import both_hands, whole_review, year
from prompts.screens.both_hands import SIGNER
from prompts.screens.sign_words import decision
from prompts.screens.year import YearFacts
from review import scale
from review.library import Ladder
from review.policy import Policy
from review.record import Review, SignOff
from review.score import GateState
from review.signing import Flag, sent_back
from review.stages import Move, Stage
from review.wording import say

SAID = {Move.RATE, Move.MOVE_RATING, Move.CALIBRATE, Move.AGREE, Move.RETURN}
SAID |= {Move.GATE_CONFIRM, Move.GATE_LIFT}


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffFacts:
    """What the form is made of, answers aside."""

    record: Review
    person: str
    ladders: tuple[Ladder, ...]
    policy: Policy
    names: Mapping[str, str]
    """Names of those who had a say, by id."""
    has_reports: bool
    flags: tuple[Flag, ...] = ()
    decides: bool = True
    """Whether the reader signs it now."""
    gate_word: bool = False
    """Whether the gate has to be confirmed or lifted first."""
    instead_of: str = ""
    year: YearFacts | None = None
    """In a whole year's review, the quarters as the rating saw them."""

    @property
    def asked(self) -> tuple[Ladder, ...]:
        """The ladders that were climbed; none for a year."""
        return whole_review.asked(self.ladders, self.policy)


def steps(facts: SignOffFacts) -> int:
    """The whole first, the sheet's pages, a step a ladder."""
    return whole_review.steps(facts)


def form(
    facts: SignOffFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The form at that step; the last one holds the decision."""
    last = steps(facts) - 1
    parts = whole_review.folded(facts, list(_step(facts, words, step)), words, step)
    submit: str | None = words.plain("sign_off.next")
    if step == last:
        submit = words.plain("common.send") if facts.decides else None
        if facts.decides:
            parts += decision(answers, facts.policy, words, gate_word=facts.gate_word, sent=sent)
    return Form(
        key="sign_off",
        subject=facts.record.id,
        title=words.plain("sign_off.form_title", person=facts.person),
        parts=tuple(parts),
        step=step,
        steps=last + 1,
        submit=submit,
        close=words.plain("common.close"),
        back=words.plain("common.back") if step else None,
    )


def in_full(facts: SignOffFacts, words: Words, *, step: int) -> Form:
    """Every text of that step from its first to its last character."""
    title = words.plain("sign_off.form_title", person=facts.person)
    return whole_review.in_full(facts, _step(facts, words, step), title, words)


def _step(facts: SignOffFacts, words: Words, step: int) -> Iterator[FormPart]:
    return whole_review.page(facts, words, step, SIGNER, lambda: _whole(facts, words))


def _whole(facts: SignOffFacts, words: Words) -> Iterator[FormPart]:
    record, found = facts.record, facts.record.outcome
    by = facts.names.get(record.rated_by or "", "")
    rating = record.rating
    if rating is not None:
        name = say(scale.step(rating, facts.policy).name, words.locale)
        shown = {"rating": scale.show(rating), "name": name, "by": by}
        yield Paragraph(words("sign_off.rating", **shown))
    if facts.instead_of:
        yield Small(words("sign_off.instead_of", person=facts.instead_of))
    if (why := sent_back(record)) is not None and record.stage is Stage.SKIP_LEVEL:
        yield Paragraph(words("sign_off.sent_back"))
        yield Quote(why)
    if facts.year is not None:
        yield from year.quarters(facts.year, facts.policy, words)
    yield from whole_review.suggestion(facts, words)
    if found is not None and found.gate is not GateState.NONE:
        yield Paragraph(gate_text(facts, words))
    if Flag.DIFFERS in facts.flags:
        yield Paragraph(words("sign_off.differs"))
    manager = record.manager_part
    if manager is not None:
        for about in ("overall", "missed"):
            yield from both_hands.quote(f"case_{about}", manager.cases.get(about), words)
        yield from both_hands.quote("reason", manager.reason, words)
        yield from both_hands.quote("surprise_reason", manager.surprise_reason, words)
    if record.self_part is None:
        yield Paragraph(words("sign_off.no_self_review", person=facts.person))
    else:
        yield from both_hands.quote("self_comment", record.self_part.comment, words)
    yield from whole_review.gap_lines(facts, words)
    yield from _sign_offs(facts, words)


def gate_text(facts: SignOffFacts, words: Words) -> Text:
    found = facts.record.outcome
    if found is None:
        return ()
    rules = facts.policy.scoring
    least = rules.gate_mean_below_with_reports if facts.has_reports else rules.gate_mean_below
    named = {ladder.key: say(ladder.name, words.locale) for ladder in facts.ladders}
    reasons = []
    for reason in found.gate_reasons:
        kind, _, key = reason.partition(":")
        reasons.append(
            words.plain(
                f"manager_review.gate_{kind}",
                value=named.get(key, key),
                mean=scale.show(least),
                least=scale.show(rules.gate_any_below),
            )
        )
    key = "manager_review.gated" if found.gate is GateState.GATED else "sign_off.lifted"
    return words(
        key,
        rating=scale.show(found.suggested),
        overruled=scale.show(found.suggested_ungated),
        reasons=tuple(reasons),
    )


def _sign_offs(facts: SignOffFacts, words: Words) -> Iterator[FormPart]:
    for word in facts.record.sign_offs:
        yield Small(_said(word, facts, words))
        if word.comment:
            yield Quote(word.comment)


def _said(word: SignOff, facts: SignOffFacts, words: Words) -> Text:
    key = word.decision if word.decision in SAID else "other"
    given = facts.record.manager_part.rating if facts.record.manager_part else None
    return words(
        f"sign_off.said_{key}",
        who=facts.names.get(word.by, ""),
        desk=words.plain(f"desks.{word.role}"),
        on=word.at.date(),
        instead_of=facts.names.get(word.instead_of or "", ""),
        rating="" if word.rating is None else scale.show(word.rating),
        was="" if given is None else scale.show(given),
    )
