"""Every role at every door, at every stage (product.md 13): who is let through, and what leaks."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

import pytest
from access_company import GATED, NOW, ROLES, sights
from access_secrets import LETTERS, found_in
from access_table import (
    COMMANDS,
    EVENTS,
    FORMS,
    GATED_FORMS,
    GATED_PRESSES,
    HR,
    PRESSES,
    SHOWS_GROUPS,
    TAKES,
    Row,
)
from access_trial import Trial, text_of

from handlers import commands, forms, presses
from handlers.answers import Answer, Says
from handlers.dispatch import dispatch
from handlers.events import (
    Account,
    Answered,
    Asked,
    Command,
    Event,
    Filled,
    Missed,
    Noted,
    Opened,
    Posed,
    Pressed,
    Said,
    Submitted,
)
from prompts.render import Words
from prompts.screens import common
from review.stages import Stage

WHO = Account("text", "T-x")
EVERY_ROLE = ("person", "delegate", *ROLES)
ONE = (Stage.HELD,)
FEW = (Stage.GOALS, Stage.MANAGER_REVIEW, Stage.HELD, Stage.APPEALED, Stage.EXCLUDED)
ABOUT_SOMEBODY = ("goals", "rate", "feedback", "interview", "exclude", "include", "reopen")
STAGED = {
    *("review", "person", "feedback", "time", "ladder", "goal", "action"),
    *("this week's goal", "this week's action"),
}
"""What is somebody's at a stage."""
PLANTED = {"own", "rating", "feedback", "prepared", "led", "appeal"}
"""Kinds of texts that those who may read do read, at either kind of door."""
DOORS = {
    "press": (*PRESSES.items(), *GATED_PRESSES.items()),
    "form": (*FORMS.items(), *GATED_FORMS.items()),
}


def made(kind: str, name: str, subject: str) -> Event:
    """A press, or a form that is sent."""
    if kind == "press":
        return Pressed(who=WHO, action=name, value=subject, identity="x")
    return Submitted(who=WHO, form=name, subject=subject, step=0, answers={}, identity="x")


def wrong(row: Row, role: str, stage: Stage, answer: Answer | str) -> str:
    """What is other than the table says; empty if nothing is."""
    through = LETTERS[stage] in row.stages(role)
    at = f"{role} at {stage}"
    if isinstance(answer, str):
        expected = row.late if row.named(role) else (row.refused,)
        if through or answer not in expected:
            return f"{at}: {answer}"
        return ""
    return "" if through else f"{at}: {type(answer).__name__}"


def test_every_button_form_command_and_way_in_has_its_row() -> None:
    assert set(PRESSES) == {*presses.PRESSES, "rate:4"}
    assert set(FORMS) == set(forms.FORMS)
    assert set(COMMANDS) == {word.en for word in commands.WORDS}
    assert {word.en for word in commands.WORDS if word.hr_only} == {
        word for word, whom in COMMANDS.items() if whom == HR
    }
    assert {kind.__name__ for kind in get_args(Asked)} == EVENTS


def _stages(kind: str, row: Row, role: str) -> Iterable[Stage]:
    """All; of a form for somebody who never fills it in, those that differ most."""
    if row.about == "gated":
        return GATED
    if row.about not in STAGED:
        return ONE
    return FEW if kind == "form" and not row.named(role) else Stage


@pytest.mark.slow
@pytest.mark.parametrize("kind", DOORS)
async def test_every_role_is_let_through_or_refused_as_the_table_says(
    tmp_path: Path, kind: str
) -> None:
    found: list[str] = []
    read: set[str] = set()
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        for name, row in DOORS[kind]:
            for role in EVERY_ROLE:
                for stage in _stages(kind, row, role):
                    who = seen.actor(role, stage, row.about)
                    event = made(kind, name, seen.subject(row.about, role, stage))
                    answer = await trial(event, who)
                    said = [wrong(row, role, stage, answer)]
                    said += seen.eyes.wrong(who, text_of(answer))
                    found += [f"{kind} {name}: {one}" for one in said if one]
                    read |= {what for what, _ in found_in(text_of(answer))}
    assert found == []
    assert read >= PLANTED


async def test_commands_answer_hr_alone_or_everybody_with_what_is_theirs(tmp_path: Path) -> None:
    found: list[str] = []
    pictures: dict[str, set[str]] = {"matrix": set(), "distribution": set()}
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        for word, whom in COMMANDS.items():
            for rest in ("", *([f" {TAKES[word]}"] if word in TAKES else [])):
                for role in EVERY_ROLE:
                    event = Command(who=WHO, text=word + rest, identity="x")
                    answer = await trial(event, seen.actor(role, Stage.HELD))
                    leaks = seen.eyes.wrong(seen.actor(role, Stage.HELD), text_of(answer))
                    found += [f"{word}{rest}: {one}" for one in leaks]
                    for_hr = isinstance(answer, Says) and answer.card.summary.startswith("Only HR")
                    if for_hr != (whom == HR and role != HR):
                        found.append(f"{word}{rest}: {role}: {text_of(answer)[:60]}")
                    if word + rest in pictures and "2026Q4" in text_of(answer):
                        pictures[word].add(role)
    assert found == []
    assert pictures == {"matrix": set(SHOWS_GROUPS), "distribution": set(SHOWS_GROUPS)}


async def test_commands_about_somebody_show_at_no_stage_what_is_not_for_their_reader(
    tmp_path: Path,
) -> None:
    found: list[str] = []
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        for word in ABOUT_SOMEBODY:
            for stage in (*FEW, Stage.CALIBRATION, Stage.INTERVIEW):
                for role in (HR,) if COMMANDS[word] == HR else EVERY_ROLE:
                    whom = seen.subject("person", role, stage)
                    event = Command(who=WHO, text=f"{word} {whom}", identity="x")
                    who = seen.actor(role, stage)
                    answer = await trial(event, who)
                    found += [f"{word}: {one}" for one in seen.eyes.wrong(who, text_of(answer))]
    assert found == []


async def test_strangers_come_to_no_door(tmp_path: Path) -> None:
    async with sights(tmp_path) as seen:
        deps = seen.place.deps
        refused = common.stranger(("Name of hr",), Words("en"))
        for who in ("T-gone", "T-nobody"):
            account = Account("text", who)
            events: list[Event] = [
                Pressed(who=account, action=name, value=seen.reviews["p-held"], identity=name)
                for name in PRESSES
            ]
            events += [
                Submitted(
                    who=account,
                    form=name,
                    subject=seen.reviews["p-held"],
                    step=0,
                    answers={"overall": "5"},
                    identity=name,
                )
                for name in FORMS
            ]
            events += [Command(who=account, text=word, identity=word) for word in COMMANDS]
            events += [
                Said(who=account, text="4", identity="said"),
                Filled(who=account, surface="s", answers={"overall": "5"}, identity="filled"),
                Posed(who=account, surface="s", turn=1, typed=True, identity="posed"),
            ]
            events += [Opened(who=account, identity="home"), Missed(who=account, identity="missed")]
            events.append(
                Noted(
                    who=account,
                    shortcut="keep_evidence",
                    place="C1/1",
                    text="Well done.",
                    author="T-peer",
                    author_name="",
                    link="",
                    sent_at=NOW,
                    identity="note",
                )
            )
            assert {type(event).__name__ for event in events} == EVENTS - {"Answered"}
            for event in events:
                assert await dispatch(event, deps) == Says(refused)


async def test_an_unrelated_persons_forged_answers_open_keep_and_press_nothing(
    tmp_path: Path,
) -> None:
    """Typed into, and pressed in, a form that was never theirs: nothing is kept or shown."""
    found: list[str] = []
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        for name, row in FORMS.items():
            for role in ("peer", "other_manager", "person", "delegate"):
                stage = Stage.APPEALED if name.startswith("appeal") else Stage.MANAGER_REVIEW
                if row.named(role) or row.others:
                    continue
                subject = seen.subject(row.about, "manager", stage)
                for pressed in (
                    None,
                    "form.back",
                    "form.keep",
                    "more",
                    f"move:{subject}",
                    "attach:e-p",
                ):
                    event = Answered(
                        who=WHO,
                        form=name,
                        subject=subject,
                        step=0,
                        answers={"overall": "5", "decision": "agree", "comment": "x"},
                        identity="x",
                        pressed=pressed,
                        surface="V1",
                    )
                    answer = await trial(event, seen.actor(role, stage), undo=False)
                    if answer != row.refused:
                        found.append(f"{name}: {role}: {pressed}: {text_of(answer)[:80]}")
        tx = await trial.begun()
        for role in ("peer", "other_manager", "person", "delegate"):
            assert await tx.drafts.of(seen.actor(role, Stage.MANAGER_REVIEW)) == ()
    assert found == []
