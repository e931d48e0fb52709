"""A manager's rating of one person, with the live suggestion and what it does to the spread."""

from __future__ import annotations

from collections.abc import Iterator

from prompts import answers as names
from prompts.answers import Answers
from prompts.card import Button, Buttons, Form, FormPart, Heading, Paragraph, Quote, Small
from prompts.render import Words
from prompts.screens import ask, evidence, rating_hints, scoring, year
from prompts.screens.manager_review_facts import ManagerReviewFacts, lacking
from prompts.screens.rating_verdict import verdict
from review import scale, values
from review.assessment import OVERALL, Assessment
from review.library import Ladder
from review.wording import say

__all__ = ["ManagerReviewFacts", "form", "steps", "what_they_wrote"]

FOLD = 200
"""Characters of a person's words that are shown before they are opened."""
AS_THEIRS = "climb:"
"""A button in the form: the ladder of that value as the person climbed it."""


def steps(facts: ManagerReviewFacts, answers: Answers | None = None) -> int:
    """How many steps the form has: the sheet's pages, a ladder each, and the whole.

    One more where cases that repeat another person's were pointed out (rating_hints).
    """
    usual = len(scoring.pages(facts.sheet)) + len(facts.asked) + 1
    return usual + (answers is not None and bool(rating_hints.same_words(answers)))


def quoting(facts: ManagerReviewFacts, step: int) -> str:
    """The field that a quote goes into at that step: a value's words, else the whole's case."""
    return scoring.quoting(facts.sheet, facts.asked, step) or names.case(OVERALL)


def form(
    facts: ManagerReviewFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The form at that step; once sent, with what is lacking said at its fields."""
    every = steps(facts, answers)
    parts = tuple(_step(facts, answers, words, step))
    if sent:
        given = names.assessment(answers, facts.sheet, facts.policy, manager=True)
        parts = scoring.with_problems(parts, lacking(given, facts), words)
    return Form(
        key="manager_review",
        subject=facts.review,
        title=words.plain("manager_review.form_title", person=facts.person),
        parts=parts,
        step=step,
        steps=every,
        submit=words.plain("common.send" if step >= steps(facts) - 1 else "common.continue"),
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
    for ladder in facts.asked[step - len(pages) :][:1] if step >= len(pages) else ():
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
    if (every := steps(facts, answers)) > 1:
        yield Small(words("common.step", step=step + 1, steps=every))
    if step < len(pages):
        if step == 0:
            yield from _opening(facts, words)
        yield from _reading(facts, words, step)
        yield from _rows(facts, answers, words, step)
        yield Small(words("common.typed_is_kept"))
    elif step < len(pages) + len(facts.asked):
        ladder = facts.asked[step - len(pages)]
        yield from scoring.ladder_heading(ladder, words)
        if facts.self_part is not None:
            yield from _self_score(facts.self_part, ladder, words)
            yield from _folded(facts.self_part.cases.get(f"value:{ladder.key}"))
            yield from _as_theirs(facts, ladder, answers, words)
        yield from _reading(facts, words, step)
        yield from scoring.ladder_fields(ladder, answers, facts.policy, words)
        label = words.plain("ask.button")
        yield Buttons((Button(f"{ask.BUTTON}{ladder.key}", label, facts.review),))
        yield from evidence.at_hand(facts.review, answers, words)
    elif step >= steps(facts):
        yield from rating_hints.repeated(facts, answers, words)
    else:
        if facts.year is not None:
            yield from year.quarters(facts.year, facts.policy, words)
            yield from _opening(facts, words)
            yield from _reading(facts, words, step)
        yield from verdict(facts, answers, words)


def _as_theirs(
    facts: ManagerReviewFacts, ladder: Ladder, answers: Answers, words: Words
) -> Iterator[Buttons]:
    """One press for a manager who sees the ladder as the person does; gone once they climb it."""
    if their_climb(facts, ladder.key) and not any(names.levels(answers, ladder.key)):
        label = words.plain("manager_review.as_theirs")
        yield Buttons((Button(AS_THEIRS + ladder.key, label, facts.review),))


def their_climb(facts: ManagerReviewFacts, value: str) -> Answers:
    """What the person answered on a ladder, as the manager's own answers would be."""
    own = facts.self_part
    given = own.levels.get(value, ()) if own else ()
    return {
        names.level(value, number): str(level)
        for number, level in enumerate(given, start=1)
        if level is not None
    }


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
        yield from scoring.actual(row, facts.record.actuals, words)
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
