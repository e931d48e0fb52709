"""A person's own review: the form, and the message that stands for the whole review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prompts import answers as names
from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Card,
    CardPart,
    Field,
    Form,
    FormPart,
    Heading,
    Paragraph,
    Quote,
    Small,
)
from prompts.render import Words
from prompts.screens import evidence, goal_cards, left_out, scoring
from prompts.screens.goal_cards import MyGoalsFacts
from review.cycle import is_year
from review.flow import Stage
from review.goals import Sheet
from review.library import Ladder
from review.needs import Who, needs
from review.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfReviewFacts:
    """What the form is made of, answers aside."""

    review: str
    cycle: str
    due: date
    sheet: Sheet
    ladders: tuple[Ladder, ...]
    policy: Policy
    actuals: Mapping[str, str] | None = None
    """What was imported of each row."""


def quoting(facts: SelfReviewFacts, step: int) -> str:
    """The field that a quote goes into at that step: a value's words, else the overall ones."""
    return scoring.quoting(facts.sheet, facts.ladders, step) or names.OVERALL


def steps(facts: SelfReviewFacts) -> int:
    """How many steps the form has: the sheet's pages, a ladder each, and the whole."""
    return len(scoring.pages(facts.sheet)) + len(facts.ladders) + 1


def form(
    facts: SelfReviewFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The form at that step; once sent, with what is lacking said at its fields."""
    last = steps(facts) - 1
    parts = tuple(_step(facts, answers, words, step))
    if sent:
        given = names.assessment(answers, facts.sheet, facts.policy, manager=False)
        lacking = needs(given, None, facts.sheet, facts.policy, Who.SELF)
        parts = scoring.with_problems(parts, lacking, words)
    return Form(
        key="self_review",
        subject=facts.review,
        title=words.plain(
            "self_review.year_form_title" if is_year(facts.cycle) else "self_review.form_title",
            cycle=facts.cycle,
        ),
        parts=parts,
        step=step,
        steps=last + 1,
        submit=words.plain("common.send" if step == last else "common.continue"),
        close=words.plain("common.later"),
        back=words.plain("common.back") if step else None,
    )


def _step(facts: SelfReviewFacts, answers: Answers, words: Words, step: int) -> list[FormPart]:
    pages = scoring.pages(facts.sheet)
    progress = Small(words("common.step", step=step + 1, steps=steps(facts)))
    if step < len(pages):
        parts: list[FormPart] = [progress]
        for row in pages[step]:
            parts.append(Heading(scoring.row_title(row, words)))
            parts.extend(scoring.standards(row, words))
            parts.extend(scoring.actual(row, facts.actuals, words))
            parts.extend(scoring.row_fields(row, answers, facts.policy, words, label="self"))
        return [*parts, Small(words("common.typed_is_kept"))]
    if step < len(pages) + len(facts.ladders):
        ladder = facts.ladders[step - len(pages)]
        return [
            progress,
            *scoring.ladder_heading(ladder, words),
            *scoring.ladder_fields(ladder, answers, facts.policy, words),
            *evidence.at_hand(facts.review, answers, words),
        ]
    year = "year_" if is_year(facts.cycle) else ""
    return [
        *([] if year else [progress]),
        Paragraph(words(f"self_review.{year}overall_how", cycle=facts.cycle)),
        Field(
            key=names.OVERALL,
            ask=Ask.TEXT,
            label=words.plain(f"self_review.{year}overall"),
            value=answers.get(names.OVERALL) or None,
            required=False,
            limit=facts.policy.sheet.text_limit,
        ),
        *evidence.at_hand(facts.review, answers, words),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyReviewFacts:
    """Where a person's own review stands, as far as they may see it."""

    review: str
    cycle: str
    stage: Stage
    due: date
    manager: str | None
    begun: bool
    """Whether a form is half filled."""
    sent_on: date | None
    excluded_reason: str | None
    policy: Policy
    goals: MyGoalsFacts | None = None
    """While goals are set."""
    excluded_words: str = ""
    """What HR said to it."""


def my_review(facts: MyReviewFacts, words: Words) -> Card:
    """The person's own living review message."""
    title = words.plain("self_review.my_title", cycle=facts.cycle)
    if facts.goals is not None:
        return Card(title, (Heading(title), *goal_cards.parts(facts.goals, words)))
    key, out = _where(facts), facts.excluded_reason
    year = "year_" if is_year(facts.cycle) and key in _OF_A_YEAR else ""
    text = words(
        f"self_review.{year}{key}",
        cycle=facts.cycle,
        due=facts.due,
        manager=facts.manager,
        sent_on=facts.sent_on,
        reason=left_out.why(out, facts.policy, words) if out else "",
    )
    parts: list[CardPart] = [Heading(title), Paragraph(text)]
    if out and facts.excluded_words:
        parts.append(Quote(facts.excluded_words))
    if key in {"invited", "begun", "late"}:
        start = "self_review.year_start" if is_year(facts.cycle) else "self_review.start"
        label = words.plain("self_review.go_on" if facts.begun else start)
        parts.append(Buttons((Button("self_review.open", label, facts.review, style="primary"),)))
    return Card(title, tuple(parts))


_OF_A_YEAR = {"invited", "begun", "late", "sent", "without"}
_SAID = {
    Stage.EXCLUDED: "left_out",
    Stage.GOALS: "not_yet",
    Stage.GOALS_SUBMITTED: "not_yet",
    Stage.CALIBRATION: "signing",
    Stage.SKIP_LEVEL: "signing",
    Stage.HR: "signing",
}


def _where(facts: MyReviewFacts) -> str:
    said = _SAID.get(facts.stage)
    if said is not None:
        return "without" if said == "signing" and facts.sent_on is None else said
    if facts.sent_on is not None:
        return "sent"
    if facts.stage is Stage.MANAGER_REVIEW:
        return "late"
    return "begun" if facts.begun else "invited"
