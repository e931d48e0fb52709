"""How far a goal is: who notes it, until when, and what is shown of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from rule_samples import NOW, SHEET, review, row

from review.errors import Excluded, NotEntitled, TooLong
from review.errors_progress import MissingProgress, ProgressOver, UnknownGoal
from review.goal_progress import (
    AGAIN,
    NOTING,
    Noted,
    Outlook,
    Progress,
    by_goal,
    goal_to_note,
    goals,
    note,
    outlooks,
    telling,
)
from review.goals import Kind, Sheet
from review.stages import Stage

SALES = row("sales", 50)
THREE = Sheet((SALES, row("calls", 30), row("conduct", 20, Kind.CONDUCT)))
ONE = Progress(
    id="p1",
    review="r1",
    row="sales",
    number=1,
    at=NOW,
    outlook=Outlook.ON_TRACK,
    said=Noted(title=SALES.title, words="3.2 %"),
)


def noted(
    before: Progress | None, words: str = "3.2 %", outlook: Outlook = Outlook.ON_TRACK, **late: int
) -> Progress | None:
    return note(
        before,
        new="p2",
        review="r1",
        goal=SALES,
        outlook=outlook,
        words=words,
        at=NOW + timedelta(**late),
        limit=10,
    )


@pytest.mark.parametrize("stage", Stage)
def test_the_person_notes_until_the_self_review_is_sent(stage: Stage) -> None:
    record = replace(review(), stage=stage, excluded_reason="on_leave")
    if stage in NOTING:
        assert goal_to_note(record, THREE, "calls", by="ana") == THREE.row("calls")
        return
    error = Excluded if stage is Stage.EXCLUDED else ProgressOver
    with pytest.raises(error):
        goal_to_note(record, THREE, "calls", by="ana")


def test_a_record_left_out_without_a_reason_says_so() -> None:
    with pytest.raises(Excluded):
        goal_to_note(replace(review(), stage=Stage.EXCLUDED), THREE, "calls", by="ana")


def test_nobody_else_notes_on_it() -> None:
    with pytest.raises(NotEntitled):
        goal_to_note(replace(review(), stage=Stage.GOALS), SHEET, "sales", by="m1")


@pytest.mark.parametrize("goal", ["conduct", "gone", ""])
def test_progress_is_on_a_goal_of_the_sheet(goal: str) -> None:
    with pytest.raises(UnknownGoal):
        goal_to_note(replace(review(), stage=Stage.GOALS), THREE, goal, by="ana")


def test_a_first_note_bears_the_goals_name() -> None:
    assert noted(None, "  3.2 % ") == replace(ONE, id="p2")


def test_the_next_one_counts_up() -> None:
    assert noted(ONE, "3.3 %", hours=1) == replace(
        ONE,
        id="p2",
        number=2,
        at=NOW + timedelta(hours=1),
        said=replace(ONE.said, words="3.3 %"),
    )


def test_the_very_same_within_the_hour_is_one_note() -> None:
    assert noted(ONE, seconds=int(AGAIN.total_seconds())) is None
    later = noted(ONE, seconds=int(AGAIN.total_seconds()) + 1)
    assert later is not None
    assert later.number == 2
    worse = noted(ONE, outlook=Outlook.AT_RISK)
    assert worse is not None
    assert worse.outlook is Outlook.AT_RISK


def test_it_says_something_of_bearable_length() -> None:
    with pytest.raises(MissingProgress):
        noted(None, " \n ")
    with pytest.raises(TooLong):
        noted(None, "長" * 11)


def notes() -> tuple[Progress, ...]:
    second = replace(ONE, id="p2", number=2, at=NOW + timedelta(days=7))
    calls = replace(ONE, id="p3", row="calls", at=NOW - timedelta(days=1))
    return ONE, second, calls


def test_each_goals_notes_are_read_latest_first() -> None:
    first, second, calls = notes()
    assert by_goal(notes()) == {"sales": (second, first), "calls": (calls,)}


def test_the_last_on_each_goal_tells_more_than_older_ones() -> None:
    first, second, calls = notes()
    assert telling(notes(), 5) == (second, calls, first)
    assert telling(notes(), 2) == (second, calls)
    assert telling((), 2) == ()


def test_goals_are_counted_by_how_they_look_if_they_are_still_there() -> None:
    latest = {
        "sales": Outlook.ON_TRACK,
        "calls": Outlook.OFF_TRACK,
        "gone": Outlook.OFF_TRACK,
        "conduct": Outlook.AT_RISK,
    }
    assert goals(THREE) == THREE.rows[:2]
    assert outlooks(latest, THREE) == {Outlook.ON_TRACK: 1, Outlook.OFF_TRACK: 1}
    assert outlooks({}, THREE) == {}
