"""What people and deadlines do to a review."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rule_samples import CALIBRATED, NOW, POLICY, assessment, ladder, rated, review

from review.assessment import Assessment
from review.errors import (
    AlreadySent,
    AlreadySigned,
    Excluded,
    MissingComment,
    MissingLevel,
    MissingReason,
    MissingScore,
    NotEntitled,
    NotYourTurn,
    RatingGated,
    ReviewError,
    StaleReview,
    UnknownScore,
)
from review.flow import Desk, Move, Stage
from review.policy import Policy
from review.record import Review, SignOff, check_revision, may_decide, standing, state
from review.score import GateState
from review.steps import (
    act,
    exclude,
    pass_deadline,
    rate,
    rating_outcome,
    self_review_missed,
    submit_self,
)

F = Fraction
D, M, S = Desk, Move, Stage
GATED = assessment(
    "5",
    ("1.5", "2"),
    {"overall": "So.", "missed": "All.", "value:customer_first": "x", "value:teamwork": "y"},
    rating="2.5",
)


def rated_review(part: Assessment | None = None, policy: Policy = POLICY) -> Review:
    return do_rate(review(S.MANAGER_REVIEW), part or rated(), policy)


def do_rate(found: Review, part: Assessment, policy: Policy = POLICY, by: str = "max") -> Review:
    return rate(found, part, by=by, holder="max", has_reports=False, at=NOW, policy=policy)


def do(
    found: Review,
    move: Move,
    desk: Desk,
    comment: str = "",
    *,
    rating: str | None = None,
    policy: Policy = POLICY,
) -> Review:
    moved_to = None if rating is None else F(rating)
    return act(
        found,
        move,
        by=f"at_{desk}",
        desks={desk},
        at=NOW,
        policy=policy,
        comment=comment,
        rating=moved_to,
    )


def decisions(found: Review) -> list[tuple[str, str]]:
    return [(word.role, word.decision) for word in found.sign_offs]


def test_submit_self_hands_it_to_the_manager() -> None:
    part = replace(
        assessment(cases={"overall": "  "}),
        comment=" Fine. ",
        levels={"customer_first": (*ladder("2.5")[:3],), "teamwork": ladder("2.5")},
    )
    sent = submit_self(review(), part, by="ana", at=NOW, policy=POLICY)
    expected = replace(assessment(), comment="Fine.")
    assert sent == replace(
        review(S.MANAGER_REVIEW), self_part=replace(expected, cases={}), self_at=NOW
    )
    with pytest.raises(AlreadySent):
        submit_self(sent, part, by="ana", at=NOW, policy=POLICY)


def test_submit_self_is_the_persons_alone() -> None:
    with pytest.raises(NotEntitled) as refused:
        submit_self(review(), assessment(), by="max", at=NOW, policy=POLICY)
    assert refused.value.facts == {"who_can": "person"}


def test_submit_self_half_filled_is_refused() -> None:
    part = replace(assessment(), levels={"customer_first": ladder("2.5")})
    with pytest.raises(MissingLevel):
        submit_self(review(), part, by="ana", at=NOW, policy=POLICY)


def test_submit_self_late_is_taken_until_rated() -> None:
    missed = self_review_missed(review(), policy=POLICY)
    assert missed == review(S.MANAGER_REVIEW)
    late = submit_self(missed, assessment(), by="ana", at=NOW, policy=POLICY)
    assert (late.stage, late.self_at) == (S.MANAGER_REVIEW, NOW)
    with pytest.raises(NotYourTurn):
        submit_self(do_rate(missed, rated()), assessment(), by="ana", at=NOW, policy=POLICY)
    with pytest.raises(AlreadySent):
        self_review_missed(missed, policy=POLICY)


def test_rate_signs_and_hands_on() -> None:
    found = rated_review()
    assert found.stage is S.SKIP_LEVEL
    assert (found.rated_by, found.rated_at, found.rating) == ("max", NOW, F("3.5"))
    assert found.outcome == standing(found.manager_part, found, POLICY)
    assert found.sign_offs == (SignOff(by="max", role="manager", decision="rate", at=NOW),)
    assert rated_review(policy=CALIBRATED).stage is S.CALIBRATION


def test_rate_twice_counts_once_and_a_change_replaces() -> None:
    found = rated_review()
    with pytest.raises(AlreadySent):
        do_rate(found, rated())
    changed = do_rate(found, rated("3.25", "3.25"))
    assert (changed.stage, changed.rating) == (S.SKIP_LEVEL, F("3.25"))
    assert decisions(changed) == [("manager", "rate")]


def test_rate_is_closed_by_a_signature() -> None:
    agreed = do(rated_review(), M.AGREE, D.SKIP_LEVEL)
    with pytest.raises(AlreadySigned):
        do_rate(agreed, rated("3", "3.25"))


def test_rate_is_the_managers_desk_alone() -> None:
    open_review = review(S.MANAGER_REVIEW)
    with pytest.raises(NotEntitled):
        do_rate(open_review, rated(), by="eve")
    with pytest.raises(NotEntitled):
        rate(
            open_review,
            rated(),
            by="ana",
            holder="ana",
            has_reports=False,
            at=NOW,
            policy=POLICY,
        )


def test_rate_without_levels_is_refused() -> None:
    with pytest.raises(MissingLevel):
        do_rate(review(S.MANAGER_REVIEW), replace(rated(), levels={}))


def test_a_lifted_gate_counts_until_the_values_change() -> None:
    found = rated_review(GATED)
    assert found.outcome is not None
    assert found.outcome.gate is GateState.GATED
    with pytest.raises(MissingReason):
        do(found, M.GATE_LIFT, D.SKIP_LEVEL)
    lifted = do(found, M.GATE_LIFT, D.SKIP_LEVEL, "New to the job.")
    assert state(lifted).lifts == {D.SKIP_LEVEL}
    agreed = do(lifted, M.AGREE, D.SKIP_LEVEL)
    both = do(agreed, M.GATE_LIFT, D.HR, "Agreed.")
    assert both.stage is S.MANAGER_REVIEW
    assert decisions(both) == [("skip_level", "gate_lift"), ("hr", "gate_lift")]
    assert both.outcome == replace(
        found.outcome, gate=GateState.LIFTED, suggested=found.outcome.suggested_ungated
    )
    again = do_rate(both, replace(GATED, rating=F("4.5"), reason="Seen by all."))
    assert again.outcome == both.outcome
    assert (again.rating, decisions(again)[-1]) == (F("4.5"), ("manager", "rate"))
    assert len(again.sign_offs) == 3
    lower = replace(GATED, levels={**GATED.levels, "customer_first": ladder("1")})
    worse = do_rate(both, lower)
    assert worse.outcome is not None
    assert worse.outcome.gate is GateState.GATED
    assert decisions(worse) == [("manager", "rate")]
    boss = rating_outcome(both, GATED, has_reports=False, policy=POLICY)
    assert boss == both.outcome


def test_a_gate_word_is_replaced_by_the_next() -> None:
    lifted = do(rated_review(GATED), M.GATE_LIFT, D.SKIP_LEVEL, "New.")
    confirmed = do(lifted, M.GATE_CONFIRM, D.SKIP_LEVEL)
    assert decisions(confirmed) == [("manager", "rate"), ("skip_level", "gate_confirm")]
    assert state(confirmed).confirms == {D.SKIP_LEVEL}


def test_a_return_needs_a_comment_and_voids() -> None:
    agreed = do(rated_review(), M.AGREE, D.SKIP_LEVEL)
    with pytest.raises(MissingComment):
        do(agreed, M.RETURN, D.HR, "  ")
    back = do(agreed, M.RETURN, D.HR, "Say more.")
    assert (back.stage, decisions(back)) == (
        S.SKIP_LEVEL,
        [("manager", "rate"), ("hr", "return")],
    )
    assert back.sign_offs[-1].comment == "Say more."
    forward = do(do(back, M.AGREE, D.SKIP_LEVEL), M.AGREE, D.HR)
    assert forward.stage is S.INTERVIEW
    assert decisions(forward) == [("manager", "rate"), ("skip_level", "agree"), ("hr", "agree")]


def test_a_returned_self_review_can_be_sent_again() -> None:
    sent = submit_self(review(), assessment(), by="ana", at=NOW, policy=POLICY)
    back = do(sent, M.RETURN, D.MANAGER, "Which numbers?")
    again = submit_self(back, assessment("4"), by="ana", at=NOW, policy=POLICY)
    assert again == replace(sent, self_part=assessment("4"))


def test_calibration_moves_a_rating_with_a_reason() -> None:
    found = rated_review(policy=CALIBRATED)
    with pytest.raises(MissingReason):
        do(found, M.MOVE_RATING, D.CALIBRATION, rating="3.75", policy=CALIBRATED)
    with pytest.raises(MissingScore):
        do(found, M.MOVE_RATING, D.CALIBRATION, "Beside peers.", policy=CALIBRATED)
    with pytest.raises(UnknownScore):
        do(found, M.MOVE_RATING, D.CALIBRATION, "So.", rating="3.6", policy=CALIBRATED)
    moved = do(
        found, M.MOVE_RATING, D.CALIBRATION, "Beside peers.", rating="3.75", policy=CALIBRATED
    )
    assert (moved.stage, moved.rating) == (S.CALIBRATION, F("3.75"))
    assert moved.manager_part == found.manager_part
    assert decisions(moved) == [("calibration", "move_rating")]
    done = do(moved, M.CALIBRATE, D.CALIBRATION, policy=CALIBRATED)
    assert (done.stage, done.rating) == (S.SKIP_LEVEL, F("3.75"))


def test_calibration_moves_no_gated_rating() -> None:
    found = rated_review(GATED, CALIBRATED)
    with pytest.raises(RatingGated):
        do(found, M.MOVE_RATING, D.CALIBRATION, "So.", rating="3", policy=CALIBRATED)
    kept = do(found, M.MOVE_RATING, D.CALIBRATION, "So.", rating="2.5", policy=CALIBRATED)
    assert kept.rating == F("2.5")


def test_nobody_acts_on_their_own_review_from_another_desk() -> None:
    with pytest.raises(NotEntitled):
        act(rated_review(), M.AGREE, by="ana", desks={D.SKIP_LEVEL}, at=NOW, policy=POLICY)


def test_a_deadline_opens_and_closes() -> None:
    opened = pass_deadline(review(S.GOALS), M.OPEN_SELF_REVIEW, policy=POLICY)
    assert opened == review(S.SELF_REVIEW)
    with pytest.raises(NotEntitled):
        pass_deadline(opened, M.SUBMIT_SELF, policy=POLICY)


def test_an_excluded_review_says_why_and_can_come_back() -> None:
    out = exclude(review(), "on_leave", policy=POLICY)
    assert out == replace(review(S.EXCLUDED), excluded_reason="on_leave")
    with pytest.raises(Excluded) as refused:
        submit_self(out, assessment(), by="ana", at=NOW, policy=POLICY)
    assert refused.value.facts == {"reason": "on_leave"}
    with pytest.raises(Excluded):
        do_rate(out, rated())
    with pytest.raises(Excluded):
        exclude(out, "left", policy=POLICY)
    back = do(out, M.INCLUDE, D.HR_ADMIN)
    assert (back.stage, back.excluded_reason) == (S.GOALS, None)
    with pytest.raises(ReviewError):
        exclude(review(S.HELD), "left", policy=POLICY)


def test_an_excluded_review_without_a_reason_is_refused_too() -> None:
    with pytest.raises(Excluded) as refused:
        do_rate(review(S.EXCLUDED), rated())
    assert refused.value.facts == {"reason": ""}


def test_check_revision_refuses_an_older_reading() -> None:
    check_revision(review(), 0)
    with pytest.raises(StaleReview) as refused:
        check_revision(review(), 3)
    assert refused.value.facts == {"expected": 3, "found": 0}


def test_may_decide_who_did_not_sign() -> None:
    found = rated_review()
    assert [may_decide(who, found) for who in ("ana", "max", "eve")] == [False, False, True]


def test_standing_of_nothing_is_nothing() -> None:
    assert review().rating is None
    assert standing(None, review(), POLICY) is None
    assert standing(Assessment(scores={}), review(), POLICY) is None
