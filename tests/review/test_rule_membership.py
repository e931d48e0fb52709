"""Taken out of a running cycle, taken in again, opened once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rule_samples import DAY, NOW, POLICY, assessment, cycle, rated, review, sent

from review import errors_in_out as errors
from review.errors import MissingReason, NotEntitled, NotYourTurn
from review.membership import BY_HR, BY_RULE, leave_out, reopen, take_in, wanted
from review.record import Review, SignOff
from review.score import GateState
from review.stages import Desk, Move, Stage

ADMIN = {Desk.HR_ADMIN}
OPEN = replace(cycle(), self_open=DAY, self_due=DAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("stage", "rated_", "excluded", "reason", "move"),
    [
        (Stage.GOALS, False, None, "left", Move.EXCLUDE),
        (Stage.MANAGER_REVIEW, False, None, "on_leave", Move.EXCLUDE),
        (Stage.MANAGER_REVIEW, True, None, "left", None),
        (Stage.SKIP_LEVEL, True, None, "left", None),
        (Stage.SELF_REVIEW, False, None, None, None),
        (Stage.EXCLUDED, False, "left", None, Move.INCLUDE),
        (Stage.EXCLUDED, False, "left", "left", None),
        (Stage.EXCLUDED, False, "elsewhere", None, None),
    ],
)
def test_the_roster_leaves_out_and_takes_in_who_is_not_rated(
    stage: Stage,
    rated_: bool,  # noqa: FBT001
    excluded: str | None,
    reason: str | None,
    move: Move | None,
) -> None:
    found = wanted(stage, rated=rated_, excluded=excluded, reason=reason)
    assert found is move


def test_hr_and_the_roster_give_reasons_of_their_own() -> None:
    assert BY_RULE.isdisjoint(BY_HR)


def out(record: Review) -> Review:
    return leave_out(record, "away", " Ill. ", by="hr", desks=ADMIN, at=NOW, policy=POLICY)


def test_who_is_left_out_keeps_what_was_written_and_no_signature() -> None:
    done = out(sent(rated()))
    assert (done.stage, done.excluded_reason) == (Stage.EXCLUDED, "away")
    assert [(word.decision, word.comment) for word in done.sign_offs] == [("exclude", "Ill.")]
    assert done.manager_part is not None


@pytest.mark.parametrize("stage", [Stage.INTERVIEW, Stage.HELD, Stage.CLOSED, Stage.APPEALED])
def test_nobody_is_left_out_once_all_have_signed(stage: Stage) -> None:
    with pytest.raises(NotYourTurn):
        out(review(stage))


def test_only_hr_leaves_out() -> None:
    with pytest.raises(NotEntitled):
        leave_out(review(), "away", "", by="max", desks={Desk.MANAGER}, at=NOW, policy=POLICY)


def back(record: Review, today: date, by: str | None = "hr") -> Review:
    return take_in(
        record,
        "Back.",
        by=by,
        desks=ADMIN,
        at=NOW,
        today=today,
        cycle=OPEN,
        policy=POLICY,
    )


@pytest.mark.parametrize(
    ("days", "has_self", "stage"),
    [
        (-1, False, Stage.GOALS),
        (0, False, Stage.SELF_REVIEW),
        (3, False, Stage.SELF_REVIEW),
        (4, False, Stage.MANAGER_REVIEW),
        (0, True, Stage.MANAGER_REVIEW),
    ],
)
def test_who_is_taken_in_again_stands_where_the_day_is(
    days: int,
    has_self: bool,  # noqa: FBT001
    stage: Stage,
) -> None:
    record = replace(out(review()), self_part=assessment() if has_self else None)
    done = back(record, DAY + timedelta(days=days))
    assert (done.stage, done.excluded_reason) == (stage, None)
    assert [word.decision for word in done.sign_offs] == ["include"]


def test_the_roster_takes_in_without_a_word() -> None:
    record = replace(review(Stage.EXCLUDED), excluded_reason="left")
    assert back(record, DAY, by=None) == review(Stage.SELF_REVIEW)


def opened_again(record: Review, words: str = "New facts.") -> Review:
    return reopen(record, words, by="hr", desks=ADMIN, at=NOW, has_reports=False, policy=POLICY)


@pytest.mark.parametrize("stage", list(Stage)[4:11])
def test_what_is_opened_again_is_rated_and_signed_anew(stage: Stage) -> None:
    done = opened_again(replace(sent(rated()), stage=stage))
    assert done.stage is Stage.MANAGER_REVIEW
    assert [(one.role, one.decision, one.comment) for one in done.sign_offs] == [
        ("hr_admin", "reopen", "New facts.")
    ]


@pytest.mark.parametrize("stage", [Stage.GOALS, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW])
def test_what_was_never_rated_is_not_opened_again(stage: Stage) -> None:
    with pytest.raises(NotYourTurn):
        opened_again(review(stage))


def test_a_lifted_gate_is_shut_when_it_is_opened_again() -> None:
    part = assessment("5", ("1.5", "2"), {"overall": "So."}, rating="4.5", reason="Lifted.")
    bare = replace(review(Stage.HR), manager_part=part)
    lifted = GateState.LIFTED
    shut = opened_again(bare).outcome
    assert shut is not None
    assert shut.gate is GateState.GATED
    before = replace(bare, outcome=replace(shut, gate=lifted))
    assert opened_again(before).outcome == shut
    assert opened_again(replace(review(Stage.HR))).outcome is None


def test_opening_again_needs_a_reason() -> None:
    with pytest.raises(MissingReason):
        opened_again(sent(rated()), " ")


def test_an_appeal_that_was_decided_stands() -> None:
    word = SignOff(by="x", role=Desk.DECIDER, decision=Move.DECIDE_APPEAL, at=NOW)
    with pytest.raises(errors.AppealDecided):
        opened_again(replace(sent(rated()), stage=Stage.CLOSED, sign_offs=(word,)))


def test_refusals_name_what_they_speak_of() -> None:
    found = [errors.PersonUnclear("reopen"), errors.NoSuchReview("Bo"), errors.RatesThemself("Bo")]
    assert [one.facts for one in found] == [{"command": "reopen"}, {"name": "Bo"}, {"name": "Bo"}]
