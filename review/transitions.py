"""The one table of what can be done to a review, where, by whom, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from review.policy import Flow
from review.stages import Desk, Move, Stage, State

Guard = Callable[[State, Flow], bool]
NOBODY: frozenset[Desk] = frozenset()
EVERYBODY = frozenset(Desk)
ABOVE_MANAGER = (Desk.CALIBRATION, Desk.SKIP_LEVEL, Desk.HR)
"""Whoever of them signed, the manager may change the rating no more."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table: at this stage, these desks may do that, and it leads there."""

    stage: Stage
    move: Move
    desks: tuple[Desk, ...]
    to: Stage
    voids: frozenset[Desk] = NOBODY
    """Signatures and gate words that no longer stand, for what they saw was changed."""
    signs: bool = False
    when: Guard = lambda _state, _flow: True


def _calibrates(_state: State, flow: Flow) -> bool:
    return flow.calibration


def _straight(_state: State, flow: Flow) -> bool:
    return not flow.calibration


def _late_self(state: State, _flow: Flow) -> bool:
    return not state.has_self and not state.rated


def _has_self(state: State, _flow: Flow) -> bool:
    return state.has_self


def _to_confirm(state: State, _flow: Flow) -> bool:
    return Desk.MANAGER in state.signatures and Desk.PERSON not in state.signatures


def _unsigned(state: State, _flow: Flow) -> bool:
    return state.signatures.isdisjoint(ABOVE_MANAGER)


def _gate_judged(desk: Desk) -> Guard:
    return lambda state, _flow: not state.gated or desk in state.confirms | state.lifts


def _gated(state: State, _flow: Flow) -> bool:
    return state.gated


def _lifts_alone(state: State, _flow: Flow) -> bool:
    return state.gated and Desk.SKIP_LEVEL not in state.lifts


def _lifts_together(state: State, _flow: Flow) -> bool:
    return state.gated and Desk.SKIP_LEVEL in state.lifts


def _table() -> tuple[Transition, ...]:
    s, m, d, row = Stage, Move, Desk, Transition
    before_interview = tuple(s)[: tuple(s).index(s.INTERVIEW)]
    rated = tuple(s)[tuple(s).index(s.CALIBRATION) : tuple(s).index(s.APPEALED)]
    only = frozenset
    return (
        row(s.GOALS, m.SUBMIT_GOALS, (d.PERSON,), s.GOALS_SUBMITTED),
        row(s.GOALS, m.OPEN_SELF_REVIEW, (d.CLOCK,), s.SELF_REVIEW, EVERYBODY),
        row(
            s.GOALS_SUBMITTED,
            m.APPROVE_GOALS,
            (d.MANAGER,),
            s.GOALS_SUBMITTED,
            EVERYBODY,
            signs=True,
        ),
        row(
            s.GOALS_SUBMITTED,
            m.CONFIRM_GOALS,
            (d.PERSON,),
            s.GOALS_SUBMITTED,
            signs=True,
            when=_to_confirm,
        ),
        row(s.GOALS_SUBMITTED, m.REDRAFT_GOALS, (d.PERSON,), s.GOALS, EVERYBODY),
        row(s.GOALS_SUBMITTED, m.RETURN, (d.MANAGER,), s.GOALS, EVERYBODY),
        row(s.GOALS_SUBMITTED, m.OPEN_SELF_REVIEW, (d.CLOCK,), s.SELF_REVIEW, EVERYBODY),
        row(s.SELF_REVIEW, m.SUBMIT_SELF, (d.PERSON,), s.MANAGER_REVIEW),
        row(s.SELF_REVIEW, m.CLOSE_SELF_REVIEW, (d.CLOCK,), s.MANAGER_REVIEW),
        row(s.SELF_REVIEW, m.TAKE_BACK, (d.MANAGER,), s.MANAGER_REVIEW, when=_has_self),
        row(s.MANAGER_REVIEW, m.SUBMIT_SELF, (d.PERSON,), s.MANAGER_REVIEW, when=_late_self),
        row(s.MANAGER_REVIEW, m.RETURN, (d.MANAGER,), s.SELF_REVIEW),
        row(
            s.MANAGER_REVIEW,
            m.RATE,
            (d.MANAGER,),
            s.CALIBRATION,
            EVERYBODY,
            signs=True,
            when=_calibrates,
        ),
        row(
            s.MANAGER_REVIEW,
            m.RATE,
            (d.MANAGER,),
            s.SKIP_LEVEL,
            EVERYBODY,
            signs=True,
            when=_straight,
        ),
        row(
            s.CALIBRATION,
            m.RATE,
            (d.MANAGER,),
            s.CALIBRATION,
            EVERYBODY,
            signs=True,
            when=_unsigned,
        ),
        row(s.CALIBRATION, m.MOVE_RATING, (d.CALIBRATION,), s.CALIBRATION, EVERYBODY, signs=True),
        row(s.CALIBRATION, m.CALIBRATE, (d.CALIBRATION,), s.SKIP_LEVEL, signs=True),
        row(s.CALIBRATION, m.CALIBRATE, (d.CLOCK,), s.SKIP_LEVEL),
        row(s.CALIBRATION, m.RETURN, (d.CALIBRATION,), s.MANAGER_REVIEW, EVERYBODY),
        row(
            s.SKIP_LEVEL,
            m.RATE,
            (d.MANAGER,),
            s.SKIP_LEVEL,
            EVERYBODY,
            signs=True,
            when=_unsigned,
        ),
        row(
            s.SKIP_LEVEL,
            m.MOVE_RATING,
            (d.CALIBRATION,),
            s.SKIP_LEVEL,
            EVERYBODY,
            signs=True,
            when=_calibrates,
        ),
        row(s.SKIP_LEVEL, m.GATE_CONFIRM, (d.SKIP_LEVEL,), s.SKIP_LEVEL, when=_gated),
        row(s.SKIP_LEVEL, m.GATE_LIFT, (d.SKIP_LEVEL,), s.SKIP_LEVEL, when=_gated),
        row(
            s.SKIP_LEVEL,
            m.AGREE,
            (d.SKIP_LEVEL,),
            s.HR,
            signs=True,
            when=_gate_judged(d.SKIP_LEVEL),
        ),
        row(
            s.SKIP_LEVEL,
            m.RETURN,
            (d.SKIP_LEVEL,),
            s.CALIBRATION,
            NOBODY,
            when=_calibrates,
        ),
        row(
            s.SKIP_LEVEL,
            m.RETURN,
            (d.SKIP_LEVEL,),
            s.MANAGER_REVIEW,
            EVERYBODY,
            when=_straight,
        ),
        row(
            s.HR,
            m.MOVE_RATING,
            (d.CALIBRATION,),
            s.SKIP_LEVEL,
            EVERYBODY,
            signs=True,
            when=_calibrates,
        ),
        row(s.HR, m.GATE_CONFIRM, (d.HR,), s.HR, when=_gated),
        row(s.HR, m.GATE_LIFT, (d.HR,), s.HR, when=_lifts_alone),
        row(s.HR, m.GATE_LIFT, (d.HR,), s.MANAGER_REVIEW, EVERYBODY, when=_lifts_together),
        row(s.HR, m.AGREE, (d.HR,), s.INTERVIEW, signs=True, when=_gate_judged(d.HR)),
        row(s.HR, m.RETURN, (d.HR,), s.SKIP_LEVEL, only({d.SKIP_LEVEL, d.HR})),
        row(s.INTERVIEW, m.HOLD, (d.MANAGER, d.SKIP_LEVEL), s.HELD),
        row(s.INTERVIEW, m.CLOSE, (d.HR_ADMIN,), s.CLOSED),
        row(s.HELD, m.ACKNOWLEDGE, (d.PERSON,), s.ACKNOWLEDGED, signs=True),
        row(s.HELD, m.APPEAL, (d.PERSON,), s.APPEALED),
        row(s.HELD, m.CLOSE, (d.CLOCK, d.HR_ADMIN), s.CLOSED),
        row(s.ACKNOWLEDGED, m.APPEAL, (d.PERSON,), s.APPEALED),
        row(s.ACKNOWLEDGED, m.CLOSE, (d.CLOCK, d.HR_ADMIN), s.CLOSED),
        row(s.APPEALED, m.DECIDE_APPEAL, (d.DECIDER,), s.CLOSED, signs=True),
        *(
            row(stage, m.EXCLUDE, (d.CLOCK, d.HR_ADMIN), s.EXCLUDED, EVERYBODY)
            for stage in before_interview
        ),
        *(row(stage, m.REOPEN, (d.HR_ADMIN,), s.MANAGER_REVIEW, EVERYBODY) for stage in rated),
        row(s.EXCLUDED, m.INCLUDE, (d.CLOCK, d.HR_ADMIN), s.GOALS),
    )


TRANSITIONS = _table()
SIGNING = frozenset(row.move for row in TRANSITIONS if row.signs)
"""Moves that are a signature."""
