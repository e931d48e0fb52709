"""What the self-review and the manager's rating ask alike: rows, ladders, cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from prompts import answers as names
from prompts.answers import Answers
from prompts.card import Ask, Field, FormPart, Heading, Option, Paragraph, Small, Span, Text, plain
from prompts.render import Words
from review import scale, values
from review.actuals import column_of, read_number
from review.assessment import MISSED, value_case
from review.goals import Row, Sheet
from review.library import Ladder
from review.needs import SURPRISE, Need, NeedKind
from review.policy import Policy
from review.score import Outcome
from review.values import Level
from review.wording import Wording, say

ROWS_A_STEP = 6
"""Rows of the sheet that one step of a form shows: a phone's screen or two."""
WORDS_A_STEP = 12_000
"""Characters of titles and standards that one step shows, unless a single row has more (ours)."""


def pages(sheet: Sheet) -> tuple[tuple[Row, ...], ...]:
    """The sheet's rows, a step's worth each, alike in every language."""
    found: list[tuple[Row, ...]] = []
    room = 0
    for row in sheet.rows:
        length = sum(_longest(wording) for wording in (row.title, *row.standards.values()))
        if not found or len(found[-1]) == ROWS_A_STEP or length > room:
            found.append(())
            room = WORDS_A_STEP
        found[-1] = (*found[-1], row)
        room -= length
    return tuple(found)


def _longest(wording: Wording) -> int:
    return max(map(len, wording.values()), default=0)


def score_options(policy: Policy, words: Words) -> tuple[Option, ...]:
    """The scale, best first, each step with its name."""
    return tuple(
        Option(score, f"{score} {say(step.name, words.locale)}")
        for step in policy.scale
        for score in [scale.show(step.score)]
    )


def row_title(row: Row, words: Words) -> str:
    """A row's title with its weight."""
    title = say(row.title, words.locale)
    return words.plain("scoring.row_title", title=title, weight=row.weight)


def standards(row: Row, words: Words) -> Iterator[FormPart]:
    """What the row serves, where that is said, and what each of its columns asks."""
    if row.serves:
        yield Small(words("scoring.serves", goal=say(row.serves, words.locale)))
    if row.standards:
        listed = tuple((column, say(text, words.locale)) for column, text in row.standards.items())
        yield Small(words("scoring.standards", standards=listed))


def actual(row: Row, actuals: Mapping[str, str] | None, words: Words) -> Iterator[Small]:
    """What was imported of the row, with the column that its standards give where that is sure."""
    given = (actuals or {}).get(row.id)
    if given is not None:
        number = read_number(given, row.unit)
        column = None if number is None else column_of(row, number)
        shown = f"{given} {row.unit}".strip()
        yield Small(words("scoring.actual", actual=shown, column=column))


def below(row: Row, actuals: Mapping[str, str] | None, words: Words) -> Text:
    """The same in one style, to stand below what else is said of the row; () where nothing came."""
    return tuple(Span(f"\n{plain(one.text)}") for one in actual(row, actuals, words))


def row_fields(
    row: Row, answers: Answers, policy: Policy, words: Words, *, label: str
) -> Iterator[FormPart]:
    """The row's score and its comment."""
    yield Field(
        key=names.goal(row.id),
        ask=Ask.SCORE,
        label=words.plain(f"scoring.{label}_score"),
        options=score_options(policy, words),
        value=answers.get(names.goal(row.id)) or None,
        redraws=True,
        placeholder=words.plain("scoring.choose"),
    )
    yield Field(
        key=names.comment(row.id),
        ask=Ask.TEXT,
        label=words.plain("scoring.comment"),
        value=answers.get(names.comment(row.id)) or None,
        required=False,
        limit=policy.sheet.text_limit,
    )


def ladder_fields(
    ladder: Ladder, answers: Answers, policy: Policy, words: Words
) -> Iterator[FormPart]:
    """The ladder as far as it is unlocked, what it makes, and the words that back it."""
    given = names.levels(answers, ladder.key)
    climbed = values.climb(given)
    options = tuple(Option(str(level), words.plain(f"scoring.level_{level}")) for level in Level)
    for number in range(1, climbed.reached + 1):
        text = say(ladder.levels[number - 1], words.locale)
        yield Field(
            key=names.level(ladder.key, number),
            ask=Ask.LEVEL,
            label=words.plain("scoring.level", number=number, text=text),
            options=options,
            value=str(given[number - 1]) if given[number - 1] else None,
            redraws=True,
        )
    if climbed.complete:
        yield Paragraph(words("scoring.ladder_score", score=scale.show(climbed.score)))
    else:
        yield Small(words("scoring.ladder_goes_on"))
    yield from _backing(ladder, answers, policy, words)


def quoting(sheet: Sheet, ladders: Sequence[Ladder], step: int) -> str:
    """The field of words that backs the value of that step; empty where it asks of none."""
    at = step - len(pages(sheet))
    return names.case(value_case(ladders[at].key)) if 0 <= at < len(ladders) else ""


def _backing(ladder: Ladder, answers: Answers, policy: Policy, words: Words) -> Iterator[Field]:
    """One field of words a value: the case where one is due, else evidence of what is claimed.

    It is there from the first level that is claimed, and as long as there are words in it.
    """
    key, rules = names.case(value_case(ladder.key)), policy.scoring
    given = names.levels(answers, ladder.key)
    climbed = values.climb(given)
    case = values.case_for(climbed.score, policy) if climbed.complete else None
    if case is not None:
        label = words.plain(
            f"scoring.value_{case}",
            below=scale.show(rules.value_case_below),
            least=scale.show(rules.value_case_from),
        )
        yield case_field(key, answers, policy, words, label=label)
    elif {Level.YES, Level.PARTLY} & {*given} or answers.get(key):
        label = words.plain("scoring.evidence")
        hint = "scoring.evidence_hint"
        field = case_field(key, answers, policy, words, label=label, hint=hint)
        yield replace(field, required=False)


def case_field(
    key: str, answers: Answers, policy: Policy, words: Words, label: str, *, hint: str = ""
) -> Field:
    """A written case, asked for in the words of `label`."""
    return Field(
        key=key,
        ask=Ask.TEXT,
        label=label,
        hint=words.plain(hint or "scoring.case_hint"),
        value=answers.get(key) or None,
        limit=policy.sheet.text_limit,
    )


def ladder_heading(ladder: Ladder, words: Words) -> tuple[FormPart, ...]:
    """The value's name and how a ladder is climbed."""
    name = say(ladder.name, words.locale)
    return (Heading(name), Small(words("scoring.ladder_how")))


def field_of(need: Need) -> str:
    """The field that would answer what is lacking."""
    match need.kind:
        case NeedKind.SCORE:
            return names.goal(need.about)
        case NeedKind.LEVEL:
            value, _, number = need.about.rpartition(":")
            return names.level(value, int(number))
        case NeedKind.CASE | NeedKind.SENTENCE:
            return names.case(need.about)
        case NeedKind.REASON:
            return names.SURPRISE if need.about == SURPRISE else names.REASON
        case NeedKind.SHORTER:
            return names.OVERALL if need.about == "comment" else need.about
        case _:
            return names.OVERALL


OWN_WORDS = {(NeedKind.CASE, MISSED), (NeedKind.REASON, SURPRISE)}
"""What is lacking that has words of its own."""


def with_problems(
    parts: Iterable[FormPart], needs: Iterable[Need], words: Words
) -> tuple[FormPart, ...]:
    """The parts, with what is lacking said at its field."""
    problems: Mapping[str, str] = {
        field_of(need): words.plain(_said(need), **need.error.facts) for need in needs
    }
    return tuple(_marked(part, problems) for part in parts)


def _said(need: Need) -> str:
    if (need.kind, need.about) in OWN_WORDS:
        return f"needs.{need.about}"
    return f"needs.{need.kind}"


def _marked(part: FormPart, problems: Mapping[str, str]) -> FormPart:
    if isinstance(part, Field) and part.key in problems:
        return replace(part, problem=problems[part.key])
    return part


def chosen(part: Field, words: Words) -> Field:
    """A choice, with what is wrong where it is none of its options."""
    if (part.value or "") in {one.value for one in part.options}:
        return part
    return replace(part, problem=words.plain("needs.level"))


def written(part: Field, words: Words, *, key: str, required: bool) -> Field:
    """A text, with what is wrong where it is lacking, in the words of `key`, or too long."""
    given = (part.value or "").strip()
    if required and not given:
        return replace(part, problem=words.plain(key))
    if len(given) > part.limit:
        facts = {"limit": part.limit, "length": len(given)}
        return replace(part, problem=words.plain("needs.shorter", **facts))
    return part


def suggestion(made: Outcome, policy: Policy, words: Words) -> Paragraph:
    """What the scores suggest, with how they make it."""
    return Paragraph(
        words(
            "manager_review.suggestion",
            k=scale.shown(made.k),
            v=scale.shown(made.v),
            m=scale.shown(made.m),
            total=scale.shown(made.total),
            suggested=scale.show(made.suggested_ungated),
            name=say(scale.step(made.suggested_ungated, policy).name, words.locale),
            performance=_percent(policy.scoring.performance_weight),
            values=_percent(policy.scoring.values_weight),
        )
    )


def _percent(share: Fraction) -> str:
    return scale.shown(share * 100).removesuffix(".00")
