"""When somebody may be erased, and what is left of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from rule_samples import DAY, NOW, POLICY, cycle, person, rated, review, sent

from review import errors_erasing as errors
from review.erasing import ERASED, Case, Counted, check, counted, emptied, nobody
from review.errors import ReviewError
from review.stages import Stage

ANN = person("ann", "mia", name="Ann", department="Shop", email="ann@example.com")
BEN = person("ben", "ann", name="Ben")
GONE = DAY - timedelta(days=1)
OPEN = (replace(review(), employee_id="ann"), cycle())
FREE = Case(person=ANN, reviews=(), looked_to=())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"on_hold": True}, errors.OnHold("Ann", "ann")),
        ({"disputed": True}, errors.StillDisputed("Ann")),
        ({"admin": True}, errors.StillAdmin("Ann")),
        ({"looked_to": [BEN] * 4}, errors.StillLeads("Ann", 4, "Ben, Ben, Ben")),
        ({"looked_to": [replace(BEN, left_on=GONE)]}, None),
        ({"reviews": [OPEN]}, errors.StillReviewed("Ann", OPEN[1].name)),
        ({"reviews": [OPEN], "person": replace(ANN, left_on=GONE)}, None),
        ({"reviews": [(OPEN[0], replace(OPEN[1], closed_at=NOW))]}, None),
        ({"reviews": [(replace(OPEN[0], stage=Stage.CLOSED), OPEN[1])]}, None),
        ({"reviews": [(replace(OPEN[0], stage=Stage.EXCLUDED), OPEN[1])]}, None),
    ],
)
def test_somebody_is_erased_unless_what_is_kept_is_needed(
    changes: dict[str, Any], refusal: ReviewError | None
) -> None:
    case = replace(FREE, **changes)
    if refusal is None:
        check(case, DAY)
        return
    with pytest.raises(type(refusal)) as refused:
        check(case, DAY)
    assert refused.value.facts == refusal.facts


def test_the_refusals_of_a_moment_say_whom_they_are_about() -> None:
    assert errors.StillSending("Ann").facts == {"name": "Ann"}
    assert errors.NotOnHold("Ann").facts == {"name": "Ann"}
    assert errors.AlreadyErased("ann").facts == {"employee_id": "ann"}


def test_a_rating_counts_on_without_its_owner() -> None:
    full = sent(rated())
    assert full.outcome is not None
    scored = replace(full.outcome, k=Fraction("3.3"))
    given = replace(full, outcome=scored, self_at=NOW, surprise=True, same_words=False)
    assert counted(given, ANN, POLICY) == Counted(
        cycle=given.cycle,
        department="Shop",
        manager="mia",
        rated_by=given.rated_by,
        rating=Fraction("3.5"),
        k=Fraction("3.25"),
        self_in=True,
        surprise=True,
        same_words=False,
    )
    unscored = counted(replace(given, outcome=None, self_at=None), ANN, POLICY)
    assert unscored is not None
    assert (unscored.k, unscored.self_in) == (None, False)
    assert counted(review(), ANN, POLICY) is None
    assert counted(replace(given, stage=Stage.EXCLUDED), ANN, POLICY) is None


def test_an_emptied_record_has_its_id_and_nothing_else() -> None:
    given = sent(rated())
    left = emptied(given)
    assert (left.id, left.cycle, left.employee_id) == (given.id, given.cycle, given.employee_id)
    assert (left.stage, left.excluded_reason, left.rating) == (Stage.EXCLUDED, ERASED, None)
    assert (left.sheet.rows, left.self_part, left.manager_part, left.sign_offs) == (
        (),
        None,
        None,
        (),
    )
    assert (left.outcome, left.year, left.actuals, left.rated_by) == (None, None, None, None)
    assert left.revision == given.revision


@pytest.mark.parametrize(
    ("left_on", "kept"),
    [
        (None, DAY - timedelta(days=1)),
        (date(2020, 1, 1), date(2020, 1, 1)),
        (DAY, DAY - timedelta(days=1)),
    ],
)
def test_the_roster_keeps_an_id_and_a_place(left_on: date | None, kept: date) -> None:
    left = nobody(replace(ANN, left_on=left_on), "Somebody", DAY)
    assert left == person("ann", "mia", name="Somebody", left_on=kept)
    assert left.has_left(DAY)
