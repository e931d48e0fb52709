"""How a sheet is agreed, and what changed on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_samples import NOW, POLICY, SHEET, cycle, review, row

from review.errors import (
    AlreadySent,
    Excluded,
    MissingComment,
    MissingStandard,
    NotEntitled,
    NotYourTurn,
    SheetWeights,
)
from review.errors_goals import GoalsChanged, GoalsOver, MissingTitle
from review.goal_changes import Change, changes
from review.goal_setting import (
    GoalMarks,
    GoalSheet,
    GoalState,
    approve,
    check_version,
    confirm,
    give_back,
    state_of,
    submit,
)
from review.goals import Kind, Sheet
from review.record import Review
from review.stages import Desk, Move, Stage

CYCLE = cycle()
OTHER = Sheet((row("calls", 50), row("sales", 30), row("conduct", 20, Kind.CONDUCT)))
MANAGER = {Desk.MANAGER}


def fresh() -> Review:
    return replace(review(), stage=Stage.GOALS)


def sent(sheet: Sheet = SHEET) -> tuple[Review, GoalSheet]:
    return submit(fresh(), None, sheet, by="ana", at=NOW, cycle=CYCLE, policy=POLICY)


def approved(sheet: Sheet = OTHER) -> tuple[Review, GoalSheet]:
    return approve(*sent(), sheet, by="m1", desks=MANAGER, at=NOW, cycle=CYCLE, policy=POLICY)


def test_what_is_sent_waits_for_the_manager_and_is_not_scored_yet() -> None:
    after, kept = sent(OTHER)
    assert (after.stage, after.sheet, after.sign_offs) == (Stage.GOALS_SUBMITTED, SHEET, ())
    assert (kept.proposed, kept.before) == (OTHER, OTHER)
    assert kept.marks == GoalMarks(submitted_at=NOW)
    assert state_of(after.stage, kept.marks) is GoalState.TO_LOOK


def test_what_the_manager_made_of_them_waits_for_the_person() -> None:
    after, kept = approved()
    assert (after.sheet, kept.proposed, kept.before) == (SHEET, OTHER, SHEET)
    assert state_of(after.stage, kept.marks) is GoalState.TO_CONFIRM


def test_confirmed_they_are_what_is_scored() -> None:
    after, kept = confirm(*approved(), by="ana", at=NOW, policy=POLICY)
    assert (after.sheet, after.sign_offs, kept.before) == (OTHER, (), OTHER)
    assert state_of(after.stage, kept.marks) is GoalState.AGREED
    assert [(one.by, one.decision) for one in kept.words] == [
        ("m1", Move.APPROVE_GOALS),
        ("ana", Move.CONFIRM_GOALS),
    ]
    with pytest.raises(AlreadySent):
        confirm(after, kept, by="ana", at=NOW, policy=POLICY)


def test_a_change_in_mid_period_goes_through_both_hands_and_the_old_sheet_stands_so_long() -> None:
    agreed, kept = confirm(*approved(), by="ana", at=NOW, policy=POLICY)
    after, changed = submit(agreed, kept, SHEET, by="ana", at=NOW, cycle=CYCLE, policy=POLICY)
    assert (after.sheet, changed.proposed) == (OTHER, SHEET)
    assert changed.marks == GoalMarks(submitted_at=NOW, agreed_at=NOW)
    assert state_of(after.stage, changed.marks) is GoalState.TO_LOOK


def test_a_manager_who_changes_agreed_goals_asks_for_a_new_word() -> None:
    agreed, kept = confirm(*approved(), by="ana", at=NOW, policy=POLICY)
    after, changed = approve(
        agreed, kept, SHEET, by="m1", desks=MANAGER, at=NOW, cycle=CYCLE, policy=POLICY
    )
    assert (after.sheet, changed.before) == (OTHER, OTHER)
    assert state_of(after.stage, changed.marks) is GoalState.TO_CONFIRM


def test_goals_that_came_back_say_why_until_they_are_sent_again() -> None:
    after, kept = give_back(*sent(), " Too many. ", by="m1", desks=MANAGER, at=NOW, policy=POLICY)
    assert (after.stage, kept.why_returned) == (Stage.GOALS, "Too many.")
    assert state_of(after.stage, kept.marks) is GoalState.RETURNED
    again, kept = submit(after, kept, OTHER, by="ana", at=NOW, cycle=CYCLE, policy=POLICY)
    assert (again.stage, kept.why_returned) == (Stage.GOALS_SUBMITTED, "")


def test_a_return_needs_a_word() -> None:
    with pytest.raises(MissingComment):
        give_back(*sent(), " ", by="m1", desks=MANAGER, at=NOW, policy=POLICY)


@pytest.mark.parametrize(
    ("sheet", "error"),
    [
        (Sheet((row("sales", 79), row("conduct", 20, Kind.CONDUCT))), SheetWeights),
        (Sheet((row("a", 33), row("b", 33), row("c", 33))), SheetWeights),
        (Sheet((replace(row("sales", 100), standards={}),)), MissingStandard),
        (Sheet((replace(row("sales", 100), title={"": " "}),)), MissingTitle),
    ],
)
def test_what_blocks_a_sheet_blocks_both_hands(sheet: Sheet, error: type[Exception]) -> None:
    with pytest.raises(error):
        sent(sheet)
    with pytest.raises(error):
        approved(sheet)


def test_thirty_goals_are_taken() -> None:
    rows = [row(f"g{number}", 3) for number in range(20)]
    rows += [row(f"h{number}", 4) for number in range(10)]
    _, kept = sent(Sheet(tuple(rows)))
    assert len(kept.proposed.rows) == 30


def test_others_can_neither_send_nor_confirm() -> None:
    with pytest.raises(NotEntitled):
        submit(fresh(), None, SHEET, by="m1", at=NOW, cycle=CYCLE, policy=POLICY)
    with pytest.raises(NotEntitled):
        confirm(*approved(), by="m1", at=NOW, policy=POLICY)
    with pytest.raises(NotEntitled):
        approve(*sent(), OTHER, by="ana", desks=MANAGER, at=NOW, cycle=CYCLE, policy=POLICY)


def test_nobody_confirms_before_the_manager_looked() -> None:
    with pytest.raises(NotYourTurn):
        confirm(*sent(), by="ana", at=NOW, policy=POLICY)


def test_goals_are_over_once_the_self_review_is_open() -> None:
    late = replace(review(), stage=Stage.SELF_REVIEW)
    with pytest.raises(GoalsOver):
        submit(late, None, SHEET, by="ana", at=NOW, cycle=CYCLE, policy=POLICY)


def test_whoever_is_left_out_has_no_goals() -> None:
    out = replace(review(), stage=Stage.EXCLUDED, excluded_reason="hired_late")
    with pytest.raises(Excluded):
        submit(out, None, SHEET, by="ana", at=NOW, cycle=CYCLE, policy=POLICY)


def test_nobody_agrees_to_what_they_have_not_seen() -> None:
    after, kept = sent()
    check_version(kept, kept.version, Move.APPROVE_GOALS, after.stage)
    check_version(None, 0, Move.SUBMIT_GOALS, Stage.GOALS)
    with pytest.raises(GoalsChanged):
        check_version(kept, 0, Move.APPROVE_GOALS, after.stage)


def test_marks_that_are_not_there_are_a_draft() -> None:
    assert state_of(Stage.GOALS, None) is GoalState.DRAFT
    assert state_of(Stage.GOALS, GoalMarks()) is GoalState.DRAFT
    assert state_of(Stage.GOALS_SUBMITTED, None) is GoalState.TO_LOOK


def test_each_change_stands_before_and_after() -> None:
    old = row("sales", 80)
    new = replace(
        old,
        weight=30,
        doing={"": "Call"},
        unit="%",
        target="3",
        measure={"": " "},
        standards={"3.5": {"": "done"}, "2.5": {"": "not"}},
    )
    found = changes(Sheet((row("gone", 20), old)), Sheet((row("calls", 50), new)))
    title = {"": "sales"}
    assert found == (
        Change("calls", {"": "calls"}, "added", {}, {"": "calls"}),
        Change("sales", title, "doing", {}, {"": "Call"}),
        Change("sales", title, "measure", {"": "%"}, {"": " "}),
        Change("sales", title, "target", {"": ""}, {"": "3 %"}),
        Change("sales", title, "weight", {"": "80"}, {"": "30"}),
        Change("sales", title, "2.5", {}, {"": "not"}),
        Change("gone", {"": "gone"}, "removed", {"": "gone"}, {}),
    )


def test_a_sheet_that_is_the_same_has_no_changes() -> None:
    assert changes(SHEET, SHEET) == ()
