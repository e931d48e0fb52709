"""What people and deadlines do to a review. Each takes a review and returns a new one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from review import flow, scale
from review.annual import Part, annual
from review.assessment import OVERALL, Assessment
from review.cycle import is_year
from review.errors import (
    AlreadySent,
    Excluded,
    MissingComment,
    MissingReason,
    MissingScore,
    RatingGated,
)
from review.flow import Desk, Move, Stage, Step
from review.needs import Need, Who, needs
from review.people import EmployeeId
from review.policy import Policy, Score
from review.record import Review, SignOff, rules_for, state
from review.score import GateState, GateWord, Outcome, outcome_so_far, with_gate_words
from review.surprise import Told, is_surprise

_NEED_REASON = {Move.GATE_LIFT: "gate", Move.MOVE_RATING: "move", Move.REOPEN: "reopen"}
_GATE_WORDS = (Move.GATE_CONFIRM, Move.GATE_LIFT)


def submit_self(
    review: Review, assessment: Assessment, *, by: EmployeeId, at: datetime, policy: Policy
) -> Review:
    """The person sends their own review, in time or, while it is not rated, late.

    Raises NotEntitled, NotYourTurn, AlreadySent, Excluded, or what is lacking (review.needs).
    """
    own = {Desk.PERSON} if by == review.employee_id else set()
    step = _advance(review, Move.SUBMIT_SELF, own, policy)
    _complete(needs(assessment, None, review.sheet, rules_for(review, policy), Who.SELF))
    return replace(
        review,
        stage=step.after.stage,
        self_part=assessment.normal(),
        self_at=at,
        sign_offs=tuple(word for word in review.sign_offs if word.decision != Move.RETURN),
    )


def rate(
    review: Review,
    assessment: Assessment,
    *,
    by: EmployeeId,
    holder: EmployeeId | None,
    has_reports: bool,
    at: datetime,
    policy: Policy,
    told: Told | None = None,
    same_words: bool | None = None,
    instead_of: EmployeeId | None = None,
    year: Sequence[Part] | None = None,
) -> Review:
    """The manager sends a rating, or changes it before anybody signed it off.

    `holder` sits at the manager's desk (review.desks). A gate that was lifted stays lifted as
    long as the values are scored the same (ours). `told` is what the person has heard: a surprise
    needs a reason. `same_words`: a case nearly repeats one of another person. None: nobody looked.
    `year`: in a whole year's review, its quarters as they stand now; they are kept with it.

    Raises NotEntitled, NotYourTurn, AlreadySent (the very same again), AlreadySigned, Excluded,
    NothingToReview (a year without a quarter), or what is lacking (review.needs).
    """
    rules, parts = rules_for(review, policy), None if year is None else tuple(year)
    seats = {Desk.MANAGER} if by == holder else set()
    step = _advance(review, Move.RATE, seats | _self(by, review), policy)
    part = assessment.normal()
    found = rating_outcome(review, part, has_reports=has_reports, policy=policy, year=parts)
    surprise = None if told is None else is_surprise(part, told, rules, found)
    if not surprise:
        part = replace(part, surprise_reason="")
    same = (part, parts) == (review.manager_part, review.year)
    if same and Desk.MANAGER in step.before.signatures:
        raise AlreadySent(Move.RATE, review.stage)
    _complete(needs(part, found, review.sheet, rules, Who.MANAGER, told=told))
    rated = replace(
        review,
        stage=step.after.stage,
        manager_part=part,
        rated_at=at,
        rated_by=by,
        outcome=found,
        surprise=surprise,
        same_words=same_words,
        year=parts,
    )
    word = SignOff(by=by, role=step.desk, decision=Move.RATE, at=at, instead_of=instead_of)
    return replace(rated, sign_offs=_words(rated, step, word))


def rating_outcome(
    review: Review,
    part: Assessment,
    *,
    has_reports: bool,
    policy: Policy,
    year: Sequence[Part] | None = None,
) -> Outcome | None:
    """What a rating's scores make, a lifted gate kept; None while they are not complete.

    The form shows it live, and rate() stores it. In a whole year's review the quarters make it:
    raises NothingToReview if there is none.
    """
    if is_year(review.cycle):
        found: Outcome | None = annual(year or (), policy, has_reports=has_reports).outcome
    else:
        found = outcome_so_far(part.scores, part.levels, review.sheet, has_reports, policy)
    if found is None or not _still_lifted(review.outcome, found):
        return found
    return with_gate_words(found, GateWord.LIFT, GateWord.LIFT, policy)


def act(
    review: Review,
    move: Move,
    *,
    by: EmployeeId,
    desks: Collection[Desk],
    at: datetime,
    policy: Policy,
    comment: str = "",
    rating: Score | None = None,
    instead_of: Mapping[Desk, EmployeeId] = MappingProxyType({}),
) -> Review:
    """Any other move that somebody makes, from the desks that they sit at (review.desks).

    A return needs a comment; a lifted gate, a moved rating and a re-opening need a reason. Lifted
    by skip-level and HR together, the suggestion counts again and the manager picks anew.
    `instead_of`: whose stand-in sits at a desk (review.desks).

    Raises what flow.advance raises, Excluded, MissingComment, MissingReason, MissingScore,
    UnknownScore, RatingGated.
    """
    step = _advance(review, move, {*desks, *_self(by, review)}, policy)
    said = comment.strip()
    if move is Move.RETURN and not said:
        raise MissingComment
    if move in _NEED_REASON and not said:
        raise MissingReason(_NEED_REASON[move])
    if move is Move.MOVE_RATING and rating is None:
        raise MissingScore(OVERALL)
    if rating is not None:
        _fits(rating, review.outcome, policy)
    done = replace(
        review,
        stage=step.after.stage,
        outcome=_judged(review.outcome, step, policy),
        excluded_reason=None if move is Move.INCLUDE else review.excluded_reason,
    )
    word = SignOff(
        by=by,
        role=step.desk,
        decision=move,
        at=at,
        comment=said,
        rating=rating,
        instead_of=instead_of.get(step.desk),
    )
    return replace(done, sign_offs=_words(done, step, word))


def pass_deadline(review: Review, move: Move, *, policy: Policy) -> Review:
    """What the clock does: opens or closes the self-review, closes what nobody answered.

    Raises NotEntitled for a move that is no deadline's, NotYourTurn or AlreadySent, Excluded.
    """
    step = _advance(review, move, {Desk.CLOCK}, policy)
    return replace(review, stage=step.after.stage, sign_offs=_words(review, step, None))


def self_review_missed(review: Review, *, policy: Policy) -> Review:
    """The deadline passed without a self-review: the manager goes on without.

    Raises NotYourTurn or AlreadySent if the review does not wait for it, Excluded.
    """
    return pass_deadline(review, Move.CLOSE_SELF_REVIEW, policy=policy)


def exclude(review: Review, reason: str, *, policy: Policy) -> Review:
    """Leave somebody out of the cycle; the reason's key (review.cycle) is kept and shown.

    Raises NotYourTurn from the interview on, Excluded if they are left out already.
    """
    return replace(
        pass_deadline(review, Move.EXCLUDE, policy=policy),
        excluded_reason=reason,
    )


def _advance(review: Review, move: Move, desks: Collection[Desk], policy: Policy) -> Step:
    if review.stage is Stage.EXCLUDED and move is not Move.INCLUDE and desks:
        raise Excluded(review.excluded_reason or "")
    return flow.advance(state(review), move, desks, policy.flow)


def _self(by: EmployeeId, review: Review) -> set[Desk]:
    return {Desk.PERSON} if by == review.employee_id else set()


def _complete(lacking: tuple[Need, ...]) -> None:
    if lacking:
        raise lacking[0].error


def _still_lifted(before: Outcome | None, now: Outcome) -> bool:
    return (
        before is not None
        and before.gate is GateState.LIFTED
        and before.values == now.values
        and set(now.gate_reasons) <= set(before.gate_reasons)
    )


def _judged(found: Outcome | None, step: Step, policy: Policy) -> Outcome | None:
    """The outcome after a move: the gate opens when the second of the two lifts it."""
    if found is None or not (step.before.gated and not step.after.gated):
        return found
    return with_gate_words(found, GateWord.LIFT, GateWord.LIFT, policy)


def _fits(rating: Score, found: Outcome | None, policy: Policy) -> None:
    scale.step(rating, policy)
    if found and found.gate is GateState.GATED and rating != found.suggested:
        raise RatingGated(scale.show(found.suggested), scale.show(found.suggested_ungated))


def _words(review: Review, step: Step, said: SignOff | None) -> tuple[SignOff, ...]:
    """The words that stand after a step; a lift stays for as long as the gate is lifted."""
    lifted = review.outcome is not None and review.outcome.gate is GateState.LIFTED

    def stands(word: SignOff) -> bool:
        if lifted and word.decision == Move.GATE_LIFT:
            return True
        if word.role in step.row.voids:
            return False
        again = word.role == step.desk and (
            word.decision == Move.RETURN
            or (word.decision in _GATE_WORDS and step.row.move in _GATE_WORDS)
        )
        return not again

    kept = [word for word in review.sign_offs if stands(word)]
    return (*kept, said) if said else tuple(kept)
