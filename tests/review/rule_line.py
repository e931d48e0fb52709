"""The way a review goes when all goes well."""

from __future__ import annotations

from review.flow import Desk, Move, Stage

D, M, S = Desk, Move, Stage
LINE = [
    (M.SUBMIT_GOALS, D.PERSON, S.GOALS_SUBMITTED),
    (M.APPROVE_GOALS, D.MANAGER, S.GOALS_SUBMITTED),
    (M.CONFIRM_GOALS, D.PERSON, S.GOALS_SUBMITTED),
    (M.OPEN_SELF_REVIEW, D.CLOCK, S.SELF_REVIEW),
    (M.SUBMIT_SELF, D.PERSON, S.MANAGER_REVIEW),
    (M.RATE, D.MANAGER, S.SKIP_LEVEL),
    (M.AGREE, D.SKIP_LEVEL, S.HR),
    (M.AGREE, D.HR, S.INTERVIEW),
    (M.HOLD, D.MANAGER, S.HELD),
    (M.ACKNOWLEDGE, D.PERSON, S.ACKNOWLEDGED),
    (M.CLOSE, D.CLOCK, S.CLOSED),
]
