"""A manager's rating of one person, with the live suggestion and what it does to the spread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from prompts import answers as names
from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Field,
    Form,
    FormPart,
    Heading,
    Paragraph,
    Quote,
    Small,
)
from prompts.render import Words
from prompts.screens import scoring
from prompts.screens.distribution import preview_parts
from prompts.screens.distribution_facts import Preview
from review import scale, values
from review.assessment import Assessment
from review.goals import Sheet
from review.library import Ladder
from review.needs import Need, NeedKind, Who, hints, needs, overall_case, standards_missed
from review.policy import Policy
from review.record import Review
from review.score import GateState, Outcome
from review.steps import rating_outcome
from review.wording import say

FOLD = 200
"""Characters of a person's words that are shown before they are opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerReviewFacts:
    """What the form is made of, answers aside."""

    record: Review
    person: str
    ladders: tuple[Ladder, ...]
    policy: Policy
    has_reports: bool
    preview: Preview | None = None

    @property
    def review(self) -> str:
        """The review's id."""
        return self.record.id

    @property
    def sheet(self) -> Sheet:
        """What the person is scored on."""
        return self.record.sheet

    @property
    def self_part(self) -> Assessment | None:
        """What the person wrote; None: nothing by the deadline."""
        return self.record.self_part


def steps(facts: ManagerReviewFacts) -> int:
    """How many steps the form has: the sheet's pages, a ladder each, and the whole."""
    return len(scoring.pages(facts.sheet)) + len(facts.ladders) + 1


def form(
    facts: ManagerReviewFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The form at that step; once sent, with what is lacking said at its fields."""
    last = steps(facts) - 1
    parts = tuple(_step(facts, answers, words, step))
    if sent:
        given = names.assessment(answers, facts.sheet, facts.policy, manager=True)
        parts = scoring.with_problems(parts, _lacking(given, facts), words)
    return Form(
        key="manager_review",
        subject=facts.review,
        title=words.plain("manager_review.form_title", person=facts.person),
        parts=parts,
        step=step,
        steps=last + 1,
        submit=words.plain("common.send" if step == last else "common.continue"),
        close=words.plain("common.later"),
        back=words.plain("common.back") if step else None,
    )


def what_they_wrote(facts: ManagerReviewFacts, words: Words, *, step: int) -> Form:
    """All that the person wrote to what that step asks, to read beside it."""
    return Form(
        key="reading",
        subject=facts.review,
        title=words.plain("manager_review.form_title", person=facts.person),
        parts=tuple(_whole(facts, words, step)),
        close=words.plain("common.back"),
    )


def _whole(facts: ManagerReviewFacts, words: Words, step: int) -> Iterator[FormPart]:
    own = facts.self_part
    if own is None:
        yield Paragraph(words("manager_review.no_self_review", person=facts.person))
        return
    pages = scoring.pages(facts.sheet)
    for row in pages[step] if step < len(pages) else ():
        yield Heading(scoring.row_title(row, words))
        yield Small(words("manager_review.self_score", score=scale.show(own.scores[row.id])))
        if row.id in own.comments:
            yield Quote(own.comments[row.id])
    for ladder in facts.ladders[step - len(pages) :][:1] if step >= len(pages) else ():
        yield Heading(say(ladder.name, words.locale))
        yield from _self_score(own, ladder, words)
        if f"value:{ladder.key}" in own.cases:
            yield Quote(own.cases[f"value:{ladder.key}"])
    if own.comment and step in {0, steps(facts) - 1}:
        yield Heading(words.plain("self_review.overall"))
        yield Quote(own.comment)


def _step(
    facts: ManagerReviewFacts, answers: Answers, words: Words, step: int
) -> Iterator[FormPart]:
    pages = scoring.pages(facts.sheet)
    yield Small(words("common.step", step=step + 1, steps=steps(facts)))
    if step < len(pages):
        if step == 0:
            yield from _opening(facts, words)
        yield from _reading(facts, words, step)
        yield from _rows(facts, answers, words, step)
        yield Small(words("common.typed_is_kept"))
    elif step < len(pages) + len(facts.ladders):
        ladder = facts.ladders[step - len(pages)]
        yield from scoring.ladder_heading(ladder, words)
        if facts.self_part is not None:
            yield from _self_score(facts.self_part, ladder, words)
            yield from _folded(facts.self_part.cases.get(f"value:{ladder.key}"))
        yield from _reading(facts, words, step)
        yield from scoring.ladder_fields(ladder, answers, facts.policy, words)
    else:
        yield from _verdict(facts, answers, words)


def _opening(facts: ManagerReviewFacts, words: Words) -> Iterator[FormPart]:
    if facts.self_part is None:
        yield Paragraph(words("manager_review.no_self_review", person=facts.person))
        return
    yield from _folded(facts.self_part.comment)


def _reading(facts: ManagerReviewFacts, words: Words, step: int) -> Iterator[FormPart]:
    """The way to what the person wrote, where some of it is folded."""
    whole = _whole(facts, words, step)
    if any(isinstance(part, Quote) and len(part.words) > FOLD for part in whole):
        label = words.plain("manager_review.read_all")
        yield Buttons((Button("form.read", label, facts.review),))


def _rows(
    facts: ManagerReviewFacts, answers: Answers, words: Words, step: int
) -> Iterator[FormPart]:
    for row in scoring.pages(facts.sheet)[step]:
        yield Heading(scoring.row_title(row, words))
        yield from scoring.standards(row, words)
        if facts.self_part is not None:
            score = scale.show(facts.self_part.scores[row.id])
            yield Small(words("manager_review.self_score", score=score))
            yield from _folded(facts.self_part.comments.get(row.id))
        yield from scoring.row_fields(row, answers, facts.policy, words, label="manager")


def _folded(own_words: str | None) -> Iterator[FormPart]:
    if own_words:
        yield Quote(own_words, fold_at=FOLD)


def _self_score(own: Assessment, ladder: Ladder, words: Words) -> Iterator[Small]:
    """What they climbed by themself; nothing for a value that came into use after they wrote."""
    if ladder.key in own.levels:
        score = scale.show(values.climb(own.levels[ladder.key]).score)
        yield Small(words("manager_review.self_score", score=score))


def _verdict(facts: ManagerReviewFacts, answers: Answers, words: Words) -> Iterator[FormPart]:
    given = names.assessment(answers, facts.sheet, facts.policy, manager=True)
    found = _found(given, facts)
    if found is not None:
        yield from _suggestion(found, facts, words)
    options = scoring.score_options(facts.policy, words)
    if found is not None and found.gate is GateState.GATED:
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
    yield from _words_due(facts, answers, words, given)
    if facts.preview is not None:
        yield from preview_parts(facts.preview, given.rating, words)


def _suggestion(found: Outcome, facts: ManagerReviewFacts, words: Words) -> Iterator[FormPart]:
    yield Paragraph(
        words(
            "manager_review.suggestion",
            k=scale.shown(found.k),
            v=scale.shown(found.v),
            m=scale.shown(found.m),
            total=scale.shown(found.total),
            suggested=scale.show(found.suggested_ungated),
            name=_name(found.suggested_ungated, facts.policy, words),
            performance=_percent(facts.policy.scoring.performance_weight),
            values=_percent(facts.policy.scoring.values_weight),
        )
    )
    if found.gate is GateState.GATED:
        yield Paragraph(
            words(
                "manager_review.gated",
                rating=scale.show(found.suggested),
                overruled=scale.show(found.suggested_ungated),
                reasons=tuple(_gate_reason(reason, facts, words) for reason in found.gate_reasons),
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
    facts: ManagerReviewFacts, answers: Answers, words: Words, given: Assessment
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
    if hints(given, facts.policy):
        below = scale.show(facts.policy.scoring.care_value_below)
        yield Paragraph(words("manager_review.care", person=facts.person, below=below))
    lacking = any(need.kind is NeedKind.REASON for need in _lacking(given, facts))
    if lacking or answers.get(names.REASON):
        yield scoring.case_field(
            names.REASON,
            answers,
            facts.policy,
            words,
            label=words.plain("manager_review.reason"),
            hint="manager_review.reason_hint",
        )


def _found(given: Assessment, facts: ManagerReviewFacts) -> Outcome | None:
    return rating_outcome(facts.record, given, has_reports=facts.has_reports, policy=facts.policy)


def _lacking(given: Assessment, facts: ManagerReviewFacts) -> tuple[Need, ...]:
    return needs(given, _found(given, facts), facts.sheet, facts.policy, Who.MANAGER)


def _name(score: Fraction, policy: Policy, words: Words) -> str:
    return say(scale.step(score, policy).name, words.locale)


def _percent(share: Fraction) -> str:
    return scale.shown(share * 100).removesuffix(".00")
