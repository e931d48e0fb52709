"""What is pointed out before a rating is sent, and what HR counts of it."""

from __future__ import annotations

from dataclasses import replace

from prompts import answers as names
from prompts.render import Words
from prompts.samples.sizes import HIGH, LOW, Screens, Sizes, answers_of, ladders, policy_of, sheet
from prompts.screens import manager_review, rating_hints, status
from prompts.screens.distribution_facts import Preview
from prompts.screens.no_surprise import Figure
from review.people import Track
from review.record import Review
from review.stages import Stage
from review.surprise import Told


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    given = answers_of(sizes, "3.75", HIGH, manager=False)
    rules = policy_of(sizes)
    facts = manager_review.ManagerReviewFacts(
        record=Review(
            id="r1",
            cycle="2026Q3",
            track=Track.STAFF,
            employee_id="e1",
            stage=Stage.MANAGER_REVIEW,
            sheet=sheet(sizes),
            self_part=given,
        ),
        person=sizes.name,
        ladders=ladders(sizes),
        policy=rules,
        has_reports=False,
        preview=Preview(
            counts={step.score: 3 for step in rules.scale}, old=None, policy=rules.distribution
        ),
        told=Told(warned=False, praised=False),
    )
    last = manager_review.steps(facts) - 1
    found: Screens = {
        "rating, what was reached": manager_review.form(
            replace(facts, record=replace(facts.record, actuals=_reached(facts.record))),
            names.written(given, manager=True),
            words,
            step=0,
        )
    }
    for name, score, levels in (("surprise", "3.25", LOW), ("praise unspoken", "4", HIGH)):
        part = replace(answers_of(sizes, score, levels, manager=True), surprise_reason=sizes.words)
        full = names.written(part, manager=True)
        found[f"rating, {name}"] = manager_review.form(facts, full, words, step=last)
        blank = full | {names.SURPRISE: "", names.REASON: ""}
        found[f"rating, {name}, sent"] = manager_review.form(
            facts, blank, words, step=last, sent=True
        )
        repeats = [(about, sizes.name) for about in part.cases]
        noted = full | {names.SAME_WORDS: rating_hints.note(full, repeats)}
        found[f"rating, {name}, words used twice"] = manager_review.form(
            facts, noted, words, step=last + 1
        )
    now = Figure(cycle="2026Q4", ratings=41, surprises=3, same_words=2)
    before = Figure(cycle="2026Q3", ratings=8, surprises=1, same_words=0)
    heard = ((now, before), (before, None))
    found["status of HR"] = status.status((), (), words, heard=heard)
    return found


def _reached(record: Review) -> dict[str, str]:
    """The longest number that a file may hold, on every row."""
    return {row.id: "9" * 60 for row in record.sheet.rows}
