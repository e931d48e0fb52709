"""Screens of those who sign: the list, the whole review, the words on why, standing in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

from prompts.render import Words
from prompts.samples.sizes import (
    DAY,
    HIGH,
    LOW,
    Screens,
    Sizes,
    answers_of,
    ladders,
    policy_of,
    sheet,
)
from prompts.screens import delegate, sign_list, sign_notices, sign_off, sign_words
from review.people import Track
from review.record import Review, SignOff
from review.score import outcome
from review.signing import Flag
from review.stages import Desk, Stage

NOW = datetime(2026, 10, 16, 9, 30, tzinfo=UTC)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {**_lists(sizes, words), **_forms(sizes, words), **_messages(sizes, words)}


def _lists(sizes: Sizes, words: Words) -> Screens:
    row = sign_list.SignRow(
        review="r",
        person=sizes.name,
        title=sizes.name,
        desk=Desk.SKIP_LEVEL,
        state="open",
        rating=Fraction(5, 2),
        overruled=Fraction(13, 4),
        flags=tuple(Flag),
        gate_word=True,
        returned=sizes.words,
        instead_of=sizes.name,
    )
    states = ("open", "below", "back", "signed", "calibration")
    full = tuple(replace(row, review=f"r{n}") for n in range(min(sizes.team * 3, sign_list.PAGE)))
    mixed = tuple(
        replace(
            row,
            review=f"r{n}",
            state=states[n % 5],
            desk=Desk.HR,
            flags=(),
            gate_word=False,
            waits_for=sizes.name,
            instead_of="",
            returned="",
        )
        for n in range(sizes.team)
    )
    facts = sign_list.SignListFacts(
        cycle="2026Q3",
        cycle_id="2026Q3",
        rows=full,
        page=0,
        pages=4,
        signed=12,
        open=48,
        of=60,
        flagged=20,
        by_name=False,
        due=DAY,
        policy=sizes.policy,
    )
    calm = replace(facts, rows=mixed, pages=1, flagged=0, open=0, by_name=True)
    return {
        "sign list": sign_list.sign_list(facts, words),
        "sign list, other page": sign_list.sign_list(replace(facts, page=1), words),
        "sign list, empty": sign_list.sign_list(replace(calm, rows=(), of=0), words),
        "sign list, calm": sign_list.sign_list(calm, words),
    }


def record_of(sizes: Sizes, levels: tuple[object, ...]) -> Review:
    """A gated review with every kind of word on it."""
    own = answers_of(sizes, "4", HIGH, manager=False)
    manager = answers_of(sizes, "2.5", levels, manager=True)  # type: ignore[arg-type]
    found = outcome(manager.scores, manager.levels, sheet(sizes), False, policy_of(sizes))  # noqa: FBT003
    said = [("rate", "manager"), ("gate_confirm", "skip_level"), ("gate_lift", "hr")]
    said += [("agree", "skip_level"), ("return", "hr"), ("move_rating", "calibration")]
    return Review(
        id="r",
        cycle="2026Q3",
        track=Track.STAFF,
        employee_id="e1",
        stage=Stage.SKIP_LEVEL,
        sheet=sheet(sizes),
        self_part=own,
        self_at=NOW,
        manager_part=replace(manager, surprise_reason=sizes.words),
        rated_at=NOW,
        rated_by="mia",
        outcome=found,
        sign_offs=tuple(
            SignOff(
                by="mia",
                role=role,
                decision=move,
                at=NOW,
                comment="" if move in {"rate", "agree"} else sizes.words,
                instead_of="boss",
                rating=Fraction(5, 2) if move == "move_rating" else None,
            )
            for move, role in (*said, ("calibrate", "calibration"))
        ),
    )


def review(sizes: Sizes) -> Review:
    """A review that everybody has said something on."""
    return record_of(sizes, LOW)


def _forms(sizes: Sizes, words: Words) -> Screens:
    facts = sign_off.SignOffFacts(
        record=record_of(sizes, LOW),
        person=sizes.name,
        ladders=ladders(sizes),
        policy=policy_of(sizes),
        names={"mia": sizes.name, "boss": sizes.name},
        has_reports=False,
        flags=tuple(Flag),
        gate_word=True,
        instead_of=sizes.name,
    )
    bare = replace(
        facts, record=replace(facts.record, self_part=None), decides=False, gate_word=False
    )
    typed = {"comment": sizes.words, "decision": "return"}
    last = sign_off.steps(facts) - 1
    found: Screens = {
        "sign off, sent": sign_off.form(facts, {}, words, step=last, sent=True),
        "sign off, no word": sign_off.form(
            facts, {"decision": "return"}, words, step=last, sent=True
        ),
        "sign off, bare": sign_off.form(bare, {}, words, step=0),
        "sign off, only read": sign_off.form(bare, {}, words, step=last),
    }
    for step in range(last + 1):
        found[f"sign off {step}"] = sign_off.form(facts, typed, words, step=step)
        found[f"sign off {step}, in full"] = sign_off.in_full(facts, words, step=step)
    for key in ("return_reason", "gate_lift"):
        for name, answers in (("", typed), (", blank", {})):
            found[f"{key}{name}"] = sign_words.why(
                key,
                review="r",
                person=sizes.name,
                gate=sign_off.gate_text(facts, words),
                answers=answers,
                policy=facts.policy,
                words=words,
                sent=True,
            )
    return found


def _messages(sizes: Sizes, words: Words) -> Screens:
    facts = sign_notices.ReturnFacts(
        review="r",
        cycle="2026Q3",
        person=sizes.name,
        who=sizes.name,
        comment=sizes.words,
        rates=True,
        overruled=None,
    )
    return {
        "returned to the manager": sign_notices.returned(facts, words),
        "returned to the skip-level": sign_notices.returned(replace(facts, rates=False), words),
        "returned to calibration": sign_notices.returned(
            replace(facts, rates=False, calibrates=True), words
        ),
        "gate opened": sign_notices.returned(replace(facts, overruled=Fraction(13, 4)), words),
        "nobody stands in": delegate.now(None, words),
        "somebody stands in": delegate.now(delegate.Standing("e1", sizes.name, DAY, DAY), words),
        "stand-in named": delegate.named(sizes.name, DAY, DAY, words),
        "stand-in asked": delegate.asked(sizes.name, DAY, DAY, words),
    }
