"""Calibration: who is in a group, what a move does, and what may not be moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from rule_samples import CALIBRATED, NOW, POLICY, assessment, person, rated, review

from review import calibration
from review.calibration import Change, Moved, Session
from review.errors import (
    AlreadySent,
    MissingReason,
    MissingScore,
    NotEntitled,
    NotYourTurn,
    RatingGated,
    UnknownScore,
)
from review.errors_calibration import GroupUnknown, SameRating, SessionClosed
from review.groups import COMPANY, Group, GroupKind, GroupName, groups
from review.policy import Score
from review.record import Review
from review.roster import Roster
from review.stages import Desk, Move, Stage
from review.steps import act, rate
from review.surprise import Told

UNHEARD, HEARD = Told(warned=False, praised=False), Told(warned=True, praised=True)
SHOP = GroupName(GroupKind.DEPARTMENT, "Shop")
TEAM = GroupName(GroupKind.MANAGER, "mia")
LATER = NOW + timedelta(hours=1)


def calibrating(score: str = "3.5", levels: tuple[str, str] = ("2.5", "2.5")) -> Review:
    """A review that its manager rated, and that lies with calibration."""
    gate = assessment("5", levels, {"overall": "Why."}, "2.5") if levels[0] == "0.5" else None
    cases = {f"value:{key}": "A case." for key in POLICY.values} | {"overall": "W", "missed": "M"}
    part = replace(gate, cases=cases) if gate else rated(score, score)
    return rate(
        review(Stage.MANAGER_REVIEW),
        part,
        by="mia",
        holder="mia",
        has_reports=False,
        at=NOW,
        policy=CALIBRATED,
    )


def move(
    found: Review,
    to: str | None = "3.75",
    because: str = "Beside peers.",
    *,
    told: Told = HEARD,
    by: str = "hr",
    desk: Desk = Desk.CALIBRATION,
) -> Review:
    return calibration.move_rating(
        found,
        None if to is None else Fraction(to),
        because,
        told,
        by=by,
        desks={desk},
        at=LATER,
        policy=CALIBRATED,
    )


def test_a_moved_rating_is_kept_as_from_by_and_because() -> None:
    found = calibrating()
    assert calibration.moved(found) is None
    done = move(found)
    assert (done.rating, done.stage) == (Fraction("3.75"), Stage.CALIBRATION)
    assert calibration.moved(done) == Moved(
        Fraction("3.5"), Fraction("3.75"), "hr", LATER, "Beside peers."
    )
    again = move(done, "4", "More.")
    assert calibration.moved(again) == Moved(Fraction("3.5"), Fraction(4), "hr", LATER, "More.")
    assert calibration.moved(move(again, "3.5", "After all.")) is None
    assert calibration.moved(review()) is None


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"to": "3.5"}, SameRating),
        ({"because": "  "}, MissingReason),
        ({"to": None}, MissingScore),
        ({"to": "3.6"}, UnknownScore),
        ({"by": "ana"}, NotEntitled),
        ({"desk": Desk.MANAGER}, NotEntitled),
    ],
)
def test_a_move_is_refused(changes: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        move(calibrating(), **changes)  # type: ignore[arg-type]


def test_what_the_values_gate_sets_is_not_moved() -> None:
    gated = calibrating(levels=("0.5", "4"))
    assert calibration.choices(gated, CALIBRATED) == ()
    with pytest.raises(RatingGated):
        move(gated, "3.5")


def test_the_choices_are_the_other_steps_of_the_scale() -> None:
    shown = [str(one) for one in calibration.choices(calibrating(), CALIBRATED)]
    assert shown == ["5", "9/2", "4", "15/4", "13/4", "3", "5/2"]
    assert calibration.choices(review(), CALIBRATED) == ()


def test_a_rating_that_comes_down_unheard_is_a_surprise() -> None:
    found = calibrating()
    assert move(found, "3.25", told=UNHEARD).surprise is True
    assert move(found, "3.25", told=HEARD).surprise is False
    assert move(found, "4", told=UNHEARD).surprise is False
    assert calibration.would_surprise(found, None, UNHEARD, POLICY) is None
    assert calibration.would_surprise(review(), Fraction(3), UNHEARD, POLICY) is None


def test_of_a_year_the_means_of_its_values_say_what_was_unheard() -> None:
    found = replace(calibrating(), cycle="2026")
    assert found.outcome is not None
    low = replace(found, outcome=replace(found.outcome, values={"teamwork": Fraction(2)}))
    assert calibration.would_surprise(found, Fraction(4), UNHEARD, POLICY) is False
    assert calibration.would_surprise(low, Fraction(4), UNHEARD, POLICY) is True


def test_a_calibrated_review_goes_on_signed() -> None:
    done, sealed = calibration.calibrated(move(calibrating()), by="hr", at=NOW, policy=CALIBRATED)
    assert (done.stage, sealed) == (Stage.SKIP_LEVEL, Move.CALIBRATE)
    assert [word.decision for word in done.sign_offs] == ["move_rating", "calibrate"]
    with pytest.raises(AlreadySent):
        calibration.calibrated(done, by="hr", at=NOW, policy=CALIBRATED)
    with pytest.raises(NotYourTurn):
        calibration.calibrated(review(), by="hr", at=NOW, policy=CALIBRATED)


@pytest.mark.parametrize("by", [None, "ana"])
def test_nobody_signs_their_own_calibration_and_yet_it_goes_on(by: str | None) -> None:
    done, sealed = calibration.calibrated(calibrating(), by=by, at=NOW, policy=CALIBRATED)
    assert (done.stage, sealed) == (Stage.SKIP_LEVEL, None)
    assert [word.decision for word in done.sign_offs] == ["rate"]


def test_what_the_skip_level_returned_says_why_until_it_goes_on() -> None:
    done, _ = calibration.calibrated(calibrating(), by="hr", at=NOW, policy=CALIBRATED)
    assert calibration.came_back(done) is None
    desks = {Desk.SKIP_LEVEL}
    back = act(
        done, Move.RETURN, by="boss", desks=desks, at=LATER, policy=CALIBRATED, comment="Look."
    )
    word = calibration.came_back(back)
    assert word is not None
    assert (word.by, word.comment) == ("boss", "Look.")
    moved = move(back)
    assert calibration.came_back(moved) is None
    assert calibration.came_back(calibrating()) is None
    on, _ = calibration.calibrated(back, by="hr", at=LATER, policy=CALIBRATED)
    assert calibration.came_back(replace(on, stage=Stage.CALIBRATION)) is None


def company() -> Roster:
    heads = [person("boss", department="Top"), person("mia", "boss", department="Shop")]
    below = [person(f"e{n}", "mia", department="Shop") for n in range(1, 7)]
    return Roster.of([*heads, *below])


def test_the_members_of_a_group_are_those_of_today() -> None:
    ids = ["mia", "e1", "e2", "gone"]
    roster = company()
    assert calibration.members(COMPANY, ids, roster) == set(ids)
    assert calibration.members(SHOP, ids, roster) == {"mia", "e1", "e2"}
    assert calibration.members(TEAM, ids, roster) == {"e1", "e2"}
    assert not calibration.members(GroupName(GroupKind.DEPARTMENT, "None"), ids, roster)


def test_what_if_names_the_groups_that_leave_and_come_back() -> None:
    ratings: dict[str, Score | None] = {f"e{n}": Fraction("3.5") for n in range(1, 6)}
    ratings |= {"e6": Fraction(4), "mia": Fraction(4), "boss": None}
    every = [one for one in groups(ratings, company()) if TEAM in one.names or SHOP in one.names]
    rules = POLICY.distribution

    def said(old: str, new: str) -> list[tuple[str, str, bool, int]]:
        seen = calibration.what_if(every, Fraction(old), Fraction(new), rules)
        return [
            (one.group.key, one.reading.quota.key, one.leaves, one.reading.count) for one in seen
        ]

    assert said("3.5", "4") == [
        ("Shop", "top", True, 3),
    ]
    three = [replace(one, counts={Fraction(4): 4, Fraction("3.5"): 3}) for one in every]
    back = calibration.what_if(three, Fraction(4), Fraction("3.5"), rules)
    assert [(one.group.key, one.reading.quota.key, one.leaves) for one in back] == [
        ("Shop", "upper", False),
        ("mia", "upper", False),
    ]
    assert calibration.what_if(every, Fraction("3.5"), Fraction("3.5"), rules) == ()
    small = Group((TEAM,), 2, {Fraction(4): 2})
    assert calibration.what_if([small], Fraction(4), Fraction(5), rules) == ()
    assert isinstance(back[0], Change)


def test_a_closed_session_takes_nothing_more() -> None:
    session = Session(id="s", cycle="2026Q4", group=SHOP, turn=1, opened_by="hr", opened_at=NOW)
    calibration.check_open(session)
    with pytest.raises(SessionClosed):
        calibration.check_open(replace(session, closed_by="hr", closed_at=NOW))


def test_an_unknown_group_is_named() -> None:
    assert GroupUnknown("Nowhere").facts == {"said": "Nowhere"}
