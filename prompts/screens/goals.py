"""The form in which goals are written, weighed and adjusted: a step a goal, then all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from prompts import goal_answers as names
from prompts.answers import Answers
from prompts.card import (
    Ask,
    Button,
    Buttons,
    Field,
    Form,
    FormPart,
    Heading,
    Option,
    Paragraph,
    Quote,
    Small,
    Text,
    plain,
)
from prompts.render import Words
from prompts.screens import scoring
from review.goals import COLUMNS, MEETS, AdviceKey, Kind, Row, Sheet, Span, check
from review.policy import Policy
from review.wording import Wording, say

MOST = 30
"""Goals of one sheet (ours): more no form shows on one page."""
NAMED, SHORT = 3, 60
"""Goals that one word of advice names, and characters of a title in a list."""
LINE = {"title": 150, "unit": 20, "target": 60}
"""Most characters of what stands in a line."""
ADD, SHARE, ADD_UP, LIST, START, FRESH, LAST = (
    "goals.add",
    "goals.share",
    "goals.add_up",
    "goals.list",
    "goals.start",
    "goals.fresh",
    "goals.last",
)
PROGRESS = "goals.progress"
EDIT, REMOVE = "goals.edit:", "goals.remove:"
LACKS = "refused.missing_title"
DECISION, COMMENT, APPROVE, RETURN = "decision", "comment", "approve", "return"
VERSION = "version"
"""The answer that holds which version was open when it was begun; no field shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsFacts:
    """What the form is made of, answers aside."""

    review: str
    cycle: str
    due: date
    base: Sheet
    """What stands now."""
    version: int
    """Which version that is."""
    period: Span
    today: date
    policy: Policy
    locale: str
    person: str = ""
    """Whose goals a manager adjusts; empty: they are the reader's own."""
    returned: str = ""
    """The manager's word with which they came back."""
    last: bool = False
    """Whether there are goals of an earlier period to start from."""
    actuals: Mapping[str, str] | None = None  # by row, as a file brought them
    offered: Mapping[str, Wording] = field(default_factory=dict)
    """Of a senior: the goals of department and company that each goal may serve, by id."""

    def sheet(self, answers: Answers) -> Sheet:
        """As it is written by now."""
        return names.sheet_of(answers, self.base, self.locale, self.policy, self.offered)


def goals_of(facts: GoalsFacts, answers: Answers) -> tuple[Row, ...]:
    """The goals as they are by now; how it was done is not among them."""
    return tuple(row for row in facts.sheet(answers).rows if row.kind is Kind.GOAL)


def form(
    facts: GoalsFacts, answers: Answers, words: Words, *, step: int, sent: bool = False
) -> Form:
    """The form at that step; once sent, with what blocks said at its fields."""
    goals = goals_of(facts, answers)
    last = len(goals)
    if step < last:
        parts = list(_goal(goals[step], facts, answers, words, sent=sent))
    else:
        parts = list(_all(goals, facts, answers, words, sent=sent))
    return Form(
        key="goals",
        subject=facts.review,
        title=words.plain("goals.form_title", cycle=facts.cycle),
        parts=tuple(parts),
        step=min(step, last),
        steps=last + 1,
        submit=_submit(step, last, words),
        close=words.plain("common.later"),
        back=words.plain("common.back") if 0 < step < last else None,
    )


def _submit(step: int, last: int, words: Words) -> str | None:
    if step < last:
        return words.plain("goals.next")
    return words.plain("common.send") if last else None


def _goal(
    row: Row, facts: GoalsFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    held = names.shown(row, facts.locale)
    number = [one.id for one in goals_of(facts, answers)].index(row.id) + 1
    title = _short(say(row.title, facts.locale)) or words.plain("goals.new")
    yield Heading(words.plain("goals.one", number=number, title=title))
    yield from scoring.actual(row, facts.actuals, words)

    def text(name: str, limit: int = 0) -> Field:
        field = Field(
            key=names.key(name, row.id),
            ask=Ask.TEXT,
            label=words.plain(f"goals.{name}"),
            hint=words.plain(f"goals.{name}_hint"),
            value=answers.get(names.key(name, row.id), held[names.key(name, row.id)]) or None,
            required=name == "title",
            limit=limit or facts.policy.sheet.text_limit,
        )
        must = name == "title"
        return scoring.written(field, words, key=LACKS, required=must) if sent else field

    yield text("title", LINE["title"])
    if facts.offered:
        yield _serves(row, facts, answers, words, sent=sent)
    yield text("measure")
    yield text("target", LINE["target"])
    yield text("unit", LINE["unit"])
    for column in (MEETS, *(one for one in reversed(COLUMNS) if one != MEETS)):
        key = names.standard(row.id, column)
        field = Field(
            key=key,
            ask=Ask.TEXT,
            label=words.plain("goals.standard", column=column),
            hint=words.plain("goals.standard_hint") if column == MEETS else "",
            value=answers.get(key, held[key]) or None,
            required=column == MEETS,
            limit=facts.policy.sheet.text_limit,
        )
        if sent:
            must = column == MEETS
            field = scoring.written(field, words, key="refused.missing_standard", required=must)
        yield field
    yield text("doing")
    yield Buttons(
        (
            Button(LIST, words.plain("goals.list"), facts.review),
            Button(REMOVE + row.id, words.plain("goals.remove"), facts.review, style="danger"),
        )
    )


def _serves(row: Row, facts: GoalsFacts, answers: Answers, words: Words, *, sent: bool) -> Field:
    """Which goal of the department or the company it serves."""
    options = tuple(
        Option(one, _short(say(title, facts.locale))) for one, title in facts.offered.items()
    )
    field = Field(
        key=names.key(names.SERVES, row.id),
        ask=Ask.CHOICE,
        label=words.plain("goals.serves"),
        hint=words.plain("goals.serves_hint"),
        options=options,
        value=names.serves(answers, row, facts.offered) or None,
    )
    if sent and field.value is None:
        return replace(field, problem=words.plain("refused.missing_serves"))
    return field


def _all(
    goals: tuple[Row, ...], facts: GoalsFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    yield from _head(facts, answers, words)
    off, said = _total(goals, facts, words)
    for row in goals:
        title = _short(say(row.title, facts.locale)) or words.plain("goals.new")
        edit = Button(EDIT + row.id, words.plain("goals.edit"), facts.review)
        reached = scoring.below(row, facts.actuals, words)
        yield Paragraph((*words("goals.row", title=title), *reached), edit)
        field = _weight(row, facts, answers, words)
        wrong = plain(said) if off and row is goals[-1] else ""
        if not names.weight(field.value or ""):
            wrong = words.plain("goals.weight_lacks")
        yield replace(field, problem=wrong or None) if sent else field
    if goals:
        yield Paragraph(said)
    buttons = [Button(SHARE, words.plain("goals.share"), facts.review)] if goals else []
    buttons += [Button(ADD_UP, words.plain("goals.add_up"), facts.review)] if goals else []
    if len(goals) < MOST:
        buttons.insert(0, Button(ADD, words.plain("goals.add"), facts.review))
    yield Buttons(tuple(buttons))
    yield from _advice(facts, answers, words)
    if facts.person:
        yield from _decision(facts, answers, words, sent=sent)


def _head(facts: GoalsFacts, answers: Answers, words: Words) -> Iterator[FormPart]:
    if facts.person:
        label = words.plain("goal_progress.in_form")
        yield Paragraph(words("goals.look_how", person=facts.person))
        yield Buttons((Button(PROGRESS, label, facts.review),))
    elif facts.returned:
        yield Paragraph(words("goals.returned_how"))
        yield Quote(facts.returned, fold_at=600)
    else:
        yield Paragraph(words("goals.how", due=facts.due))
    if answers.get(VERSION, str(facts.version)) != str(facts.version):
        yield Paragraph(words("goals.changed_meanwhile"))
        yield Buttons((Button(FRESH, words.plain("goals.fresh"), facts.review),))
    elif facts.last and not facts.person and not facts.version:
        yield Buttons(
            (
                Button(LAST, words.plain("goals.from_last"), facts.review),
                Button(START, words.plain("goals.from_library"), facts.review),
            )
        )


def _weight(row: Row, facts: GoalsFacts, answers: Answers, words: Words) -> Field:
    key = names.key(names.WEIGHT, row.id)
    return Field(
        key=key,
        ask=Ask.NUMBER,
        label=words.plain("goals.weight"),
        value=answers.get(key, names.shown(row, facts.locale)[key]) or None,
        redraws=True,
    )


def _total(goals: tuple[Row, ...], facts: GoalsFacts, words: Words) -> tuple[int, Text]:
    """How far the weights are from the whole, and what is said of it."""
    rules = facts.policy.sheet
    total = sum(row.weight for row in goals) + rules.conduct_weight
    off = rules.total_weight - total
    key = "goals.sum" if not off else "goals.sum_less" if off > 0 else "goals.sum_more"
    said = {"total": total, "whole": rules.total_weight, "conduct": rules.conduct_weight}
    return off, words(key, off=abs(off), **said)


def _advice(facts: GoalsFacts, answers: Answers, words: Words) -> Iterator[FormPart]:
    """A line a kind of advice; goals that it is about are named together."""
    sheet = facts.sheet(answers)
    titles = {row.id: _short(say(row.title, facts.locale)) for row in sheet.rows}
    about: dict[AdviceKey, list[str]] = {}
    for one in check(sheet, facts.today, facts.period, facts.policy).advice:
        named = titles.get(one.about, "") or words.plain("goals.new")
        about.setdefault(one.key, []).append(named)
    for key, rows in about.items():
        more = max(0, len(rows) - NAMED)
        yield Small(words(f"goals.advice_{key}", about=tuple(rows[:NAMED]), more=more))


def _decision(
    facts: GoalsFacts, answers: Answers, words: Words, *, sent: bool
) -> Iterator[FormPart]:
    choice = Field(
        key=DECISION,
        ask=Ask.CHOICE,
        label=words.plain("goals.decision"),
        options=tuple(Option(one, words.plain(f"goals.decide_{one}")) for one in (APPROVE, RETURN)),
        value=answers.get(DECISION) or None,
    )
    comment = Field(
        key=COMMENT,
        ask=Ask.TEXT,
        label=words.plain("goals.comment"),
        hint=words.plain("goals.comment_hint"),
        value=answers.get(COMMENT) or None,
        required=False,
        limit=facts.policy.sheet.text_limit,
    )
    if sent:
        must = answers.get(DECISION) == RETURN
        choice = scoring.chosen(choice, words)
        comment = scoring.written(comment, words, key="goals.comment_lacks", required=must)
    yield choice
    yield comment


def _short(text: str) -> str:
    return text if len(text) <= SHORT else text[: SHORT - 1] + "…"
