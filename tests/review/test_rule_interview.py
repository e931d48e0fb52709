"""The rules after the interview: who may appeal until when, who may decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from review.appeal import Appeal, check_decider, check_in_time, is_about
from review.errors_interview import AppealLate, DeciderGone, DeciderSigned
from review.goals import Sheet
from review.interview import (
    Action,
    ActionWord,
    Going,
    Promise,
    agreed,
    interview_of,
    said,
    undone,
)
from review.people import Person, Track
from review.record import Review, SignOff
from review.stages import Move, Stage

AT = datetime(2026, 10, 12, 4, tzinfo=UTC)
TODAY = date(2026, 10, 12)
RECORD = Review(
    id="r1",
    cycle="2026Q3",
    track=Track.STAFF,
    employee_id="e1",
    stage=Stage.APPEALED,
    sheet=Sheet(()),
    sign_offs=tuple(
        SignOff(by=by, role=role, decision=move, at=AT, comment=f"{by} {number}")
        for number, (by, role, move) in enumerate(
            [("mia", "manager", "rate"), ("mia", "manager", "hold"), ("e1", "person", "hold")]
        )
    ),
)
FROM = interview_of(RECORD)
DAN = Person(employee_id="dan", name="Dan")


def test_an_appeal_is_in_time_up_to_and_with_the_last_day() -> None:
    check_in_time(TODAY, TODAY)
    with pytest.raises(AppealLate) as late:
        check_in_time(date(2026, 10, 9), TODAY)
    assert late.value.facts == {"ends_on": "2026-10-09"}
    with pytest.raises(AppealLate) as never:
        check_in_time(None, TODAY)
    assert never.value.facts == {"ends_on": None}


@pytest.mark.parametrize("who", ["mia", "e1"])
def test_whoever_signed_or_is_reviewed_decides_nothing(who: str) -> None:
    with pytest.raises(DeciderSigned):
        check_decider(replace(DAN, employee_id=who), RECORD, TODAY)


def test_whoever_decides_is_there() -> None:
    check_decider(DAN, RECORD, TODAY)
    for gone in (replace(DAN, left_on=date(2026, 10, 1)), replace(DAN, leave_from=TODAY)):
        with pytest.raises(DeciderGone) as refused:
            check_decider(gone, RECORD, TODAY)
        assert refused.value.facts == {"name": "Dan"}


def test_the_last_word_of_a_kind_counts() -> None:
    word = said(RECORD, Move.HOLD)
    assert word is not None
    assert word.comment == "e1 2"
    assert said(RECORD, Move.ACKNOWLEDGE) is None


def test_an_action_is_known_by_its_place_in_the_interview() -> None:
    assert interview_of(RECORD).action_id(2) == "r1.2"


LATER = AT + timedelta(days=1)
DUE = date(2026, 11, 2)


def action(number: int, text: str, going: Going = Going.OPEN) -> Action:
    return Action(
        id=f"r1.{number}",
        review="r1",
        about="e1",
        owner="e1",
        text=text,
        due=DUE,
        going=going,
        agreed_at=AT,
        changed_at=AT,
    )


def test_actions_are_agreed_changed_kept_and_taken_back_by_their_place() -> None:
    one, two, three = (Promise(text=text, by="e1", due=DUE) for text in ("a", "b", "c"))
    assert agreed(FROM, [one, two], [], AT) == (action(1, "a"), action(2, "b"))
    before = [action(1, "a", Going.STUCK), action(2, "b", Going.DONE), action(3, "x", Going.GOING)]
    assert agreed(FROM, [one, two, Promise(text="x", by="e1", due=DUE)], before, LATER) == ()
    changed = replace(before[1], text="c", changed_at=LATER)
    dropped = replace(before[2], going=Going.DROPPED, changed_at=LATER)
    assert agreed(FROM, [one, three], before, LATER) == (changed, dropped)
    assert agreed(FROM, [one, two], [*before[:2], dropped], LATER) == ()
    again = agreed(FROM, [one, two, three], [*before[:2], dropped], LATER)
    assert again == (replace(dropped, text="c", going=Going.OPEN, changed_at=LATER),)


def test_an_appeal_is_about_the_interview_before_it() -> None:
    one = Appeal(review="r1", filed_at=AT, words="No.", copy=RECORD)
    assert [is_about(one, held) for held in (None, AT, LATER)] == [False, True, False]


def word(number: int, going: Going, words: str = "") -> ActionWord:
    return ActionWord(action="r.1", number=number, going=going, by="e1", at=AT, words=words)


def test_what_closed_an_action_is_taken_back_and_nothing_else() -> None:
    stuck, done = word(1, Going.STUCK, "no desk"), word(2, Going.DONE)
    assert undone((done,), Going.DONE) is Going.OPEN
    assert undone((stuck, done), Going.DONE) is Going.STUCK
    assert undone((stuck, done), Going.STUCK) is None
    assert undone((stuck, done), Going.DROPPED) is None
    assert undone((), Going.DONE) is None
    assert undone((stuck, done, word(3, Going.DROPPED, "why")), Going.DROPPED) is Going.STUCK
    assert undone((stuck, word(2, Going.DROPPED)), Going.DROPPED) is None
