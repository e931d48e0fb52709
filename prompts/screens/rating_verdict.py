"""The last step of a rating: the whole, with the live suggestion and what it does to the spread."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prompts import answers as names
from prompts.answers import Answers
from prompts.card import Ask, Field, FormPart, Paragraph
from prompts.render import Words
from prompts.screens import evidence, rating_hints, scoring
from prompts.screens.distribution import preview_parts
from prompts.screens.manager_review_facts import ManagerReviewFacts, found, lacking
from review import scale
from review.assessment import Assessment
from review.needs import SURPRISE, NeedKind, hints, overall_case, standards_missed
from review.policy import Policy
from review.score import GateState, Outcome
from review.wording import say


def verdict(facts: ManagerReviewFacts, answers: Answers, words: Words) -> Iterator[FormPart]:
    """The overall rating, what it asks for, and what is pointed out."""
    given = names.assessment(answers, facts.sheet, facts.policy, manager=True)
    made = found(given, facts)
    if made is not None:
        yield from _suggestion(made, facts, words)
    options = scoring.score_options(facts.policy, words)
    if made is not None and made.gate is GateState.GATED:
        gated = scale.show(facts.policy.scoring.gate_rating)
        options = tuple(option for option in options if option.value == gated)
    yield Field(
        key=names.OVERALL,
        ask=Ask.SCORE,
        label=words.plain("manager_review.overall"),
        options=options,
        value=answers.get(names.OVERALL) or None,
        redraws=True,
        placeholder=words.plain("scoring.choose"),
    )
    yield from rating_hints.warnings(facts, given, words)
    yield from _words_due(facts, answers, words, given, made)
    yield from evidence.at_hand(facts.review, answers, words)
    yield from rating_hints.reason(facts, given, answers, words)
    yield from rating_hints.differences(facts, given, words)
    if facts.preview is not None:
        yield from preview_parts(facts.preview, given.rating, words)


def _suggestion(made: Outcome, facts: ManagerReviewFacts, words: Words) -> Iterator[FormPart]:
    yield scoring.suggestion(made, facts.policy, words)
    if made.gate is GateState.GATED:
        yield Paragraph(
            words(
                "manager_review.gated",
                rating=scale.show(made.suggested),
                overruled=scale.show(made.suggested_ungated),
                reasons=tuple(_gate_reason(reason, facts, words) for reason in made.gate_reasons),
            )
        )


def _gate_reason(reason: str, facts: ManagerReviewFacts, words: Words) -> str:
    kind, _, key = reason.partition(":")
    rules = facts.policy.scoring
    least = rules.gate_mean_below_with_reports if facts.has_reports else rules.gate_mean_below
    names_of = {ladder.key: say(ladder.name, words.locale) for ladder in facts.ladders}
    return words.plain(
        f"manager_review.gate_{kind}",
        value=names_of.get(key, key),
        mean=scale.show(least),
        least=scale.show(rules.gate_any_below),
    )


def _words_due(
    facts: ManagerReviewFacts,
    answers: Answers,
    words: Words,
    given: Assessment,
    made: Outcome | None,
) -> Iterator[FormPart]:
    low = given.rating is not None and standards_missed(given.rating, facts.policy)
    whole = given.rating is not None and overall_case(given.rating, facts.policy)
    label = words.plain("manager_review.case" if whole else "manager_review.sentence")
    hint = "scoring.case_hint" if whole else "manager_review.sentence_hint"
    yield scoring.case_field(
        names.case("overall"), answers, facts.policy, words, label=label, hint=hint
    )
    if low:
        yield scoring.case_field(
            names.case("missed"),
            answers,
            facts.policy,
            words,
            label=words.plain("manager_review.missed"),
            hint="manager_review.missed_hint",
        )
    if hints(given, facts.policy, made):
        below = scale.show(facts.policy.scoring.care_value_below)
        yield Paragraph(words("manager_review.care", person=facts.person, below=below))
    asked = any(
        need.kind is NeedKind.REASON and need.about != SURPRISE for need in lacking(given, facts)
    )
    if asked or answers.get(names.REASON):
        yield scoring.case_field(
            names.REASON,
            answers,
            facts.policy,
            words,
            label=words.plain("manager_review.reason"),
            hint="manager_review.reason_hint",
        )


def _name(score: Fraction, policy: Policy, words: Words) -> str:
    return say(scale.step(score, policy).name, words.locale)
