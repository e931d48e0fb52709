"""A company with numbers of its own is told those, and not the built-in ones."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from prompts import answers as names
from prompts import library
from prompts.card import Field, Paragraph, plain
from prompts.render import LOCALES, Words
from prompts.screens import appeal, scoring
from prompts.screens.common import refusal
from prompts.screens.left_out import why
from prompts.screens.manager_review import ManagerReviewFacts, form, steps
from review.errors import SheetWeights
from review.goals import Kind, Row, Sheet
from review.people import Track
from review.policy import Interviews, Membership, Policy, Scoring, SheetRules
from review.record import Review
from review.stages import Stage

ODD = Policy(
    membership=Membership(least_days=77, most_leave=Fraction(1, 3)),
    sheet=SheetRules(total_weight=120),
    scoring=replace(
        Scoring(),
        care_rating_from=Fraction("3.75"),
        care_value_below=Fraction("4.25"),
        value_case_below=Fraction("1.25"),
        value_case_from=Fraction("2.75"),
    ),
)


@pytest.mark.parametrize("locale", LOCALES)
def test_who_is_left_out_is_told_the_companys_own_limits(locale: str) -> None:
    words = Words(locale)
    for of_another in (False, True):
        said = [why(one, ODD, words, of_another=of_another) for one in ("hired_late", "on_leave")]
        assert "77" in said[0]
        assert "33.33 %" in said[1]
        usual = why("on_leave", Policy(), words, of_another=of_another)
        assert not any(digit in usual for digit in "0123456789")


@pytest.mark.parametrize("locale", LOCALES)
def test_weights_are_asked_to_make_the_companys_whole(locale: str) -> None:
    said = refusal(SheetWeights(90), Words(locale), ODD).summary
    assert "120" in said
    assert "100" not in said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("climbed", "limit"), [(1, "1.25"), (4, "2.75")])
def test_a_case_about_a_value_names_the_companys_own_limit(
    locale: str, climbed: int, limit: str
) -> None:
    ladder = library.load().ladders["teamwork"]
    (case,) = [
        part
        for part in scoring.ladder_fields(ladder, _climbed(climbed), ODD, Words(locale))
        if isinstance(part, Field) and part.key == names.case("value:teamwork")
    ]
    assert limit in case.label


@pytest.mark.parametrize("locale", LOCALES)
def test_a_high_rating_is_questioned_with_the_companys_own_limit(locale: str) -> None:
    ladder = library.load().ladders["teamwork"]
    goal = Row(
        id="g1",
        kind=Kind.GOAL,
        title={"en": "A goal", "zh-CN": "目标"},
        weight=120,
        measure={},
        standards={},
    )
    facts = ManagerReviewFacts(
        record=Review(
            id="r1",
            cycle="2026Q3",
            track=Track.STAFF,
            employee_id="e1",
            stage=Stage.MANAGER_REVIEW,
            sheet=Sheet((goal,)),
        ),
        person="Ben",
        ladders=(ladder,),
        policy=ODD,
        has_reports=False,
    )
    answers = _climbed(4) | {names.goal("g1"): "4", names.OVERALL: "3.75"}
    parts = form(facts, answers, Words(locale), step=steps(facts) - 1).parts
    said = [plain(part.text) for part in parts if isinstance(part, Paragraph)]
    assert [one for one in said if "4.25" in one]


def _climbed(levels: int) -> dict[str, str]:
    """Answers that climb so many levels of teamwork, and stop there."""
    given = ["yes"] * levels + ["no"]
    return {names.level("teamwork", at): level for at, level in enumerate(given, start=1)}


@pytest.mark.parametrize("locale", LOCALES)
def test_whoever_names_a_decider_reads_how_long_that_one_has(locale: str) -> None:
    policy = replace(ODD, interviews=Interviews(decide_days=8))
    facts = appeal.AppealFacts(
        review="r", cycle="2026Q3", person="Li Na", rating="3.5", policy=policy
    )
    (field,) = appeal.name_decider(facts, {}, Words(locale), sent=False).fields
    assert field.hint is not None
    assert "8" in field.hint
