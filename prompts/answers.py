"""A form's answers as an assessment, and the names its fields go by."""

from __future__ import annotations

from collections.abc import Mapping

from review import scale, values
from review.assessment import MISSED, Assessment, value_case
from review.errors import UnknownScore
from review.goals import Sheet
from review.library import LEVELS
from review.policy import Policy, Score
from review.values import Level

Answers = Mapping[str, str]


def goal(row: str) -> str:
    """The score of a row."""
    return f"goal:{row}"


def comment(row: str) -> str:
    """The words to a row."""
    return f"comment:{row}"


def level(value: str, number: int) -> str:
    """One level of a ladder, from 1."""
    return f"value:{value}:{number}"


def case(about: str) -> str:
    """A written case: "overall", "missed" or "value:<key>"."""
    return f"case:{about}"


OVERALL = "overall"
REASON = "reason"
SURPRISE = "surprise_reason"
SAME_WORDS = "same_words"
"""What was pointed out before sending; no field shows it."""


def assessment(answers: Answers, sheet: Sheet, policy: Policy, *, manager: bool) -> Assessment:
    """What the answers say so far; what is blank or no answer at all is left out."""
    cases = {
        about: words
        for about in (*(["overall", MISSED] if manager else []), *map(value_case, policy.values))
        if (words := _words(answers, case(about)))
    }
    found = {row.id: _score(answers, goal(row.id), policy) for row in sheet.rows}
    scores = {row: score for row, score in found.items() if score is not None}
    comments = {row.id: words for row in sheet.rows if (words := _words(answers, comment(row.id)))}
    return Assessment(
        scores=scores,
        comments=comments,
        levels={key: levels(answers, key) for key in policy.values},
        cases=cases,
        comment="" if manager else _words(answers, OVERALL),
        rating=_score(answers, OVERALL, policy) if manager else None,
        reason=_words(answers, REASON) if manager else "",
        surprise_reason=_words(answers, SURPRISE) if manager else "",
    )


def levels(answers: Answers, value: str) -> values.Levels:
    """The answers to one ladder; what stands beyond its stop counts nothing."""
    numbers = range(1, LEVELS + 1)
    return values.normal([_level(answers.get(level(value, number), "")) for number in numbers])


def _words(answers: Answers, key: str) -> str:
    return answers.get(key, "").strip()


def _score(answers: Answers, key: str, policy: Policy) -> Score | None:
    try:
        return scale.parse(answers.get(key, ""), policy)
    except UnknownScore:
        return None


def _level(answer: str) -> Level | None:
    return Level(answer) if answer in {"yes", "partly", "no"} else None


def written(given: Assessment, *, manager: bool) -> dict[str, str]:
    """The answers that an assessment was made of, to open it again."""
    answers = {goal(row): scale.show(score) for row, score in given.scores.items()}
    answers |= {comment(row): words for row, words in given.comments.items()}
    answers |= {case(about): words for about, words in given.cases.items()}
    for key, climbed in given.levels.items():
        for number, answer in enumerate(climbed, start=1):
            if answer is not None:
                answers[level(key, number)] = str(answer)
    if manager and given.rating is not None:
        answers |= {OVERALL: scale.show(given.rating), REASON: given.reason}
        answers |= {SURPRISE: given.surprise_reason} if given.surprise_reason else {}
    elif given.comment:
        answers[OVERALL] = given.comment
    return answers
