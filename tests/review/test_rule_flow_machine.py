"""Anybody tries anything, in any order."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from rule_line import LINE

from review.errors import ReviewError
from review.flow import Desk, Move, Stage, State, advance, possible, waits_for
from review.policy import Flow

STRAIGHT, CALIBRATED = Flow(), Flow(calibration=True)
D, M, S = Desk, Move, Stage
ABOVE = {D.CALIBRATION, D.SKIP_LEVEL, D.HR}
AFTER_SIGN_OFF = {S.INTERVIEW, S.HELD, S.ACKNOWLEDGED, S.APPEALED}


class FlowMachine(RuleBasedStateMachine):
    """Any desk, or several, or none, tries any move; the gate may shut with any rating."""

    @initialize(flow=st.sampled_from([STRAIGHT, CALIBRATED]))
    def starts(self, flow: Flow) -> None:
        self.flow = flow
        self.state = State(stage=Stage.GOALS)

    @rule(
        desks=st.sets(st.sampled_from(Desk), max_size=2),
        move=st.sampled_from(Move),
        gate=st.booleans(),
    )
    def somebody_acts(self, *, desks: set[Desk], move: Move, gate: bool) -> None:
        before = self.state
        offered = possible(before, desks, self.flow)
        try:
            step = advance(before, move, desks, self.flow)
        except ReviewError:
            assert move not in offered
            return
        assert move in offered
        assert step.desk in desks
        assert D.PERSON not in desks or step.desk is D.PERSON
        assert step.voided.isdisjoint(step.after.signatures - {step.desk})
        if move is M.RATE:
            assert before.signatures.isdisjoint(ABOVE)
            assert step.after.signatures == {D.MANAGER}
            assert not step.after.confirms | step.after.lifts
        self.state = step.after
        if move is M.RATE:
            self.state = replace(step.after, gated=gate)

    @rule(choice=st.integers(0, 1000), gate=st.booleans())
    def somebody_does_what_is_possible(self, choice: int, *, gate: bool) -> None:
        """Any legal move; not the ones that end it all, which the first rule finds anyway."""
        legal = [
            (move, desk)
            for desk in Desk
            for move in possible(self.state, {desk}, self.flow)
            if move not in {M.EXCLUDE, M.CLOSE}
        ]
        if legal:
            move, desk = legal[choice % len(legal)]
            self.somebody_acts(desks={desk}, move=move, gate=gate)

    @rule(far=st.integers(1, len(LINE)), gate=st.booleans())
    def the_usual_way(self, far: int, *, gate: bool) -> None:
        for move, desk, _ in LINE[:far]:
            if move in possible(self.state, {desk}, self.flow):
                self.somebody_acts(desks={desk}, move=move, gate=gate)

    @invariant()
    def released_means_everybody_signed(self) -> None:
        if self.state.stage in AFTER_SIGN_OFF:
            assert {D.SKIP_LEVEL, D.HR} <= self.state.signatures
            assert self.state.signatures & {D.MANAGER, D.CALIBRATION}
            assert self.state.rated

    @invariant()
    def a_shut_gate_was_judged_by_both(self) -> None:
        if self.state.stage in AFTER_SIGN_OFF and self.state.gated:
            judged = self.state.confirms | self.state.lifts
            assert {D.SKIP_LEVEL, D.HR} <= judged
            assert self.state.confirms

    @invariant()
    def nobody_is_stuck(self) -> None:
        desk = waits_for(self.state)
        if desk is not None:
            assert possible(self.state, {desk}, self.flow)
        elif self.state.stage is S.GOALS_SUBMITTED:
            assert M.OPEN_SELF_REVIEW in possible(self.state, {D.CLOCK}, self.flow)
        else:
            assert self.state.stage in {S.CLOSED, S.EXCLUDED}

    @invariant()
    def no_calibration_without_one(self) -> None:
        if not self.flow.calibration:
            assert self.state.stage is not S.CALIBRATION
            assert D.CALIBRATION not in self.state.signatures


FlowMachine.TestCase.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
TestFlow = FlowMachine.TestCase
