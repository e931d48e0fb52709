"""Moves, returns, gates and refusals."""

from __future__ import annotations

import pytest
from rule_line import LINE

from review.errors import (
    AlreadySent,
    AlreadySigned,
    MissingGateWord,
    NoGate,
    NotEntitled,
    NotYourTurn,
    ReviewError,
)
from review.flow import (
    TRANSITIONS,
    Desk,
    Move,
    Stage,
    State,
    advance,
    released,
    waits_for,
)
from review.policy import Flow

STRAIGHT, CALIBRATED = Flow(), Flow(calibration=True)
D, M, S = Desk, Move, Stage


def test_the_usual_way_goes_through_every_desk() -> None:
    state = State(stage=S.GOALS)
    for move, desk, stage in LINE:
        state = advance(state, move, {desk}, STRAIGHT).after
        assert state.stage is stage
    assert state.signatures == {D.MANAGER, D.SKIP_LEVEL, D.HR, D.PERSON}
    assert waits_for(state) is None


def test_the_table_knows_every_stage_and_move() -> None:
    assert {row.move for row in TRANSITIONS} == set(Move)
    assert {row.stage for row in TRANSITIONS} == set(Stage)
    assert {row.to for row in TRANSITIONS} == set(Stage)


@pytest.mark.parametrize(
    ("state", "move", "desks", "error", "facts"),
    [
        (State(stage=S.MANAGER_REVIEW), M.RATE, {D.HR}, NotEntitled, {"who_can": "manager"}),
        (State(stage=S.MANAGER_REVIEW), M.RATE, set(), NotEntitled, {"who_can": "manager"}),
        (
            State(stage=S.INTERVIEW),
            M.HOLD,
            {D.MANAGER, D.PERSON},
            NotEntitled,
            {"who_can": "manager, skip_level"},
        ),
        (
            State(stage=S.SELF_REVIEW),
            M.RATE,
            {D.MANAGER},
            NotYourTurn,
            {"move": "rate", "stage": "self_review", "waits_for": "person"},
        ),
        (
            State(stage=S.CLOSED),
            M.SUBMIT_SELF,
            {D.PERSON},
            NotYourTurn,
            {"move": "submit_self", "stage": "closed", "waits_for": ""},
        ),
        (
            State(stage=S.MANAGER_REVIEW, rated=True),
            M.SUBMIT_SELF,
            {D.PERSON},
            NotYourTurn,
            {"move": "submit_self", "stage": "manager_review", "waits_for": "manager"},
        ),
        (
            State(stage=S.MANAGER_REVIEW, has_self=True),
            M.SUBMIT_SELF,
            {D.PERSON},
            AlreadySent,
            {"move": "submit_self", "stage": "manager_review"},
        ),
        (
            State(stage=S.SKIP_LEVEL),
            M.RETURN,
            {D.HR},
            NotEntitled,
            {"who_can": "skip_level"},
        ),
        (
            State(stage=S.SELF_REVIEW),
            M.RETURN,
            {D.MANAGER},
            NotYourTurn,
            {"move": "return", "stage": "self_review", "waits_for": "person"},
        ),
        (
            State(stage=S.HR, signatures=frozenset({D.SKIP_LEVEL})),
            M.AGREE,
            {D.SKIP_LEVEL},
            NotEntitled,
            {"who_can": "hr"},
        ),
        (
            State(stage=S.INTERVIEW),
            M.AGREE,
            {D.HR},
            AlreadySent,
            {"move": "agree", "stage": "interview"},
        ),
        (
            State(stage=S.HELD),
            M.HOLD,
            {D.MANAGER},
            AlreadySent,
            {"move": "hold", "stage": "held"},
        ),
        (
            State(stage=S.GOALS_SUBMITTED, signatures=frozenset({D.MANAGER, D.PERSON})),
            M.CONFIRM_GOALS,
            {D.PERSON},
            AlreadySent,
            {"move": "confirm_goals", "stage": "goals_submitted"},
        ),
        (
            State(stage=S.GOALS_SUBMITTED),
            M.CONFIRM_GOALS,
            {D.PERSON},
            NotYourTurn,
            {"move": "confirm_goals", "stage": "goals_submitted", "waits_for": "manager"},
        ),
        (
            State(stage=S.HR, rated=True, signatures=frozenset({D.MANAGER, D.SKIP_LEVEL})),
            M.RATE,
            {D.MANAGER},
            AlreadySigned,
            {"signed_by": "skip_level"},
        ),
        (State(stage=S.SKIP_LEVEL, gated=True), M.AGREE, {D.SKIP_LEVEL}, MissingGateWord, {}),
        (State(stage=S.HR, gated=True), M.AGREE, {D.HR}, MissingGateWord, {}),
        (State(stage=S.SKIP_LEVEL), M.GATE_LIFT, {D.SKIP_LEVEL}, NoGate, {}),
        (State(stage=S.HR), M.GATE_CONFIRM, {D.HR}, NoGate, {}),
    ],
)
def test_a_refusal_says_why(
    state: State, move: Move, desks: set[Desk], error: type[ReviewError], facts: dict[str, str]
) -> None:
    with pytest.raises(ReviewError) as refused:
        advance(state, move, desks, STRAIGHT)
    assert type(refused.value) is error
    assert refused.value.facts == facts


def test_waits_for_the_persons_word_on_approved_goals() -> None:
    approved = State(stage=S.GOALS_SUBMITTED, signatures=frozenset({D.MANAGER}))
    assert waits_for(approved) is D.PERSON
    again = advance(approved, M.CONFIRM_GOALS, {D.PERSON}, STRAIGHT).after
    assert waits_for(again) is None
    changed = advance(again, M.APPROVE_GOALS, {D.MANAGER}, STRAIGHT)
    assert changed.voided == {D.MANAGER, D.PERSON}
    assert changed.after.signatures == {D.MANAGER}


def test_released_from_held_on() -> None:
    assert {stage for stage in Stage if released(stage)} == {
        S.HELD, S.ACKNOWLEDGED, S.CLOSED, S.APPEALED,
    }  # fmt: skip


def test_a_gate_is_lifted_by_both_together() -> None:
    shut = State(stage=S.SKIP_LEVEL, rated=True, gated=True, signatures=frozenset({D.MANAGER}))
    one = advance(shut, M.GATE_LIFT, {D.SKIP_LEVEL}, STRAIGHT).after
    assert (one.stage, one.lifts, one.gated) == (S.SKIP_LEVEL, frozenset({D.SKIP_LEVEL}), True)
    agreed = advance(one, M.AGREE, {D.SKIP_LEVEL}, STRAIGHT).after
    both = advance(agreed, M.GATE_LIFT, {D.HR}, STRAIGHT)
    assert both.after == State(stage=S.MANAGER_REVIEW, rated=True)
    assert both.voided == {D.MANAGER, D.SKIP_LEVEL}


def test_a_gate_lifted_by_one_alone_stays_shut() -> None:
    shut = State(stage=S.SKIP_LEVEL, rated=True, gated=True)
    changed_mind = shut
    for move in (M.GATE_LIFT, M.GATE_CONFIRM):
        changed_mind = advance(changed_mind, move, {D.SKIP_LEVEL}, STRAIGHT).after
    assert (changed_mind.confirms, changed_mind.lifts) == (frozenset({D.SKIP_LEVEL}), frozenset())
    agreed = advance(changed_mind, M.AGREE, {D.SKIP_LEVEL}, STRAIGHT).after
    lifted = advance(agreed, M.GATE_LIFT, {D.HR}, STRAIGHT).after
    assert (lifted.stage, lifted.gated) == (S.HR, True)
    done = advance(lifted, M.AGREE, {D.HR}, STRAIGHT).after
    assert (done.stage, done.gated) == (S.INTERVIEW, True)


def test_a_return_goes_one_step_back() -> None:
    signed = frozenset({D.MANAGER, D.CALIBRATION, D.SKIP_LEVEL})
    at_hr = State(stage=S.HR, rated=True, has_self=True, signatures=signed)
    back = advance(at_hr, M.RETURN, {D.HR}, CALIBRATED)
    assert (back.after.stage, back.voided) == (S.SKIP_LEVEL, frozenset({D.SKIP_LEVEL}))
    panel = advance(back.after, M.RETURN, {D.SKIP_LEVEL}, CALIBRATED).after
    assert panel.stage is S.CALIBRATION
    manager = advance(panel, M.RETURN, {D.CALIBRATION}, CALIBRATED).after
    assert (manager.stage, manager.signatures) == (S.MANAGER_REVIEW, frozenset())
    person = advance(manager, M.RETURN, {D.MANAGER}, CALIBRATED).after
    assert person.stage is S.SELF_REVIEW
    assert advance(person, M.TAKE_BACK, {D.MANAGER}, CALIBRATED).after.stage is S.MANAGER_REVIEW


def test_a_moved_rating_voids_what_was_signed() -> None:
    signed = frozenset({D.MANAGER, D.CALIBRATION, D.SKIP_LEVEL})
    step = advance(
        State(stage=S.HR, rated=True, signatures=signed), M.MOVE_RATING, {D.CALIBRATION}, CALIBRATED
    )
    assert step.after.stage is S.SKIP_LEVEL
    assert step.after.signatures == {D.CALIBRATION}
    assert step.voided == signed
