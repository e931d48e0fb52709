"""What somebody who signs looks at first, whose word lacks, and who stands in for whom."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from rule_samples import NOW, assessment, person, rated, review, sent

from review import errors_signing as errors
from review.record import Review, SignOff
from review.roster import Roster
from review.signing import Flag, flags, is_gated, lacks_gate_word, sent_back
from review.stages import Desk, Move, Stage


def given(**changed: object) -> dict[str, object]:
    usual: dict[str, object] = {
        "gate": None,
        "surprise": None,
        "rating": Fraction(4),
        "suggested": Fraction(4),
        "spread": False,
    }
    return usual | changed


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, ()),
        ({"gate": "gated", "surprise": True}, (Flag.GATE, Flag.SURPRISE)),
        ({"gate": "lifted", "spread": True}, (Flag.LIFTED, Flag.SPREAD)),
        ({"suggested": Fraction("3.5")}, (Flag.DIFFERS,)),
        ({"rating": None}, ()),
        ({"suggested": None}, ()),
    ],
)
def test_flags_come_the_weightiest_first(
    changed: dict[str, object], found: tuple[Flag, ...]
) -> None:
    assert flags(**given(**changed)) == found  # type: ignore[arg-type]


def gated() -> Review:
    low = assessment(
        values=("0.5", "4"),
        cases={
            "overall": "What happened.",
            "missed": "Both.",
            "value:customer_first": "Where not.",
            "value:teamwork": "Where.",
        },
        rating="2.5",
    )
    return sent(low)


def test_a_shut_gate_lacks_a_word_until_that_desk_said_one() -> None:
    record = gated()
    assert is_gated(record)
    assert lacks_gate_word(record, Desk.SKIP_LEVEL)
    word = SignOff(by="bo", role=Desk.SKIP_LEVEL, decision=Move.GATE_CONFIRM, at=NOW)
    judged = replace(record, sign_offs=(*record.sign_offs, word))
    assert not lacks_gate_word(judged, Desk.SKIP_LEVEL)
    assert lacks_gate_word(judged, Desk.HR)


def test_an_open_gate_lacks_no_word() -> None:
    plain = sent(rated())
    assert not is_gated(review())
    assert not lacks_gate_word(plain, Desk.SKIP_LEVEL)


@pytest.mark.parametrize(
    ("stage", "role", "decision", "why"),
    [
        (Stage.MANAGER_REVIEW, Desk.SKIP_LEVEL, Move.RETURN, "Look again."),
        (Stage.MANAGER_REVIEW, Desk.CALIBRATION, Move.RETURN, "Look again."),
        (Stage.SKIP_LEVEL, Desk.HR, Move.RETURN, "Look again."),
        (Stage.HR, Desk.HR, Move.RETURN, None),
        (Stage.SELF_REVIEW, Desk.MANAGER, Move.RETURN, None),
        (Stage.MANAGER_REVIEW, Desk.HR, Move.GATE_LIFT, "Look again."),
        (Stage.MANAGER_REVIEW, Desk.HR_ADMIN, Move.REOPEN, "Look again."),
        (Stage.SKIP_LEVEL, Desk.SKIP_LEVEL, Move.GATE_LIFT, None),
        (Stage.MANAGER_REVIEW, Desk.MANAGER, Move.RATE, None),
    ],
)
def test_what_was_sent_back_says_why_one_desk_below(
    stage: Stage, role: Desk, decision: Move, why: str | None
) -> None:
    word = SignOff(by="x", role=role, decision=decision, at=NOW, comment="Look again.")
    assert sent_back(replace(review(stage), sign_offs=(word,))) == why


def test_a_stand_in_is_followed_to_the_last_and_a_loop_leads_nowhere() -> None:
    people = [person(one) for one in ("a", "b", "c")]
    roster = replace(Roster.of(people), delegates={"a": "b", "b": "c"})
    assert [roster.stand_in(one) for one in ("a", "b", "c")] == ["c", "c", "c"]
    looped = replace(roster, delegates={"a": "b", "b": "a"})
    assert looped.stand_in("a") == "a"


def test_refusals_around_standing_in_name_what_they_speak_of() -> None:
    found = [
        errors.StandInUnclear(),
        errors.StandInUnknown("@x"),
        errors.StandInForOneself(),
        errors.StandInLoops("Bo"),
        errors.StandInDates(90),
    ]
    assert [str(one) for one in found] == [
        "refused.stand_in_unclear",
        "refused.stand_in_unknown said=@x",
        "refused.stand_in_for_oneself",
        "refused.stand_in_loops name=Bo",
        "refused.stand_in_dates days=90",
    ]
