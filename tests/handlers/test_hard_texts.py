"""Every field of every form takes what people type, as they typed it, and no made-up score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from access_company import sights
from access_secrets import LETTERS
from access_table import FORMS, GATED_FORMS, Row
from access_trial import Trial

from handlers import forms
from handlers.answers import Answer, Continues, Redraws, Refuses
from handlers.events import Account, Submitted
from handlers.forms import Use
from handlers.work import Act
from prompts.card import Ask, Field, Form
from review.stages import Stage

HARD = (
    "🎉👩\u200d👩\u200d👧 <!channel> <@U1> {{ 7*7 }} {% raw %} \u202eright\u200fto left *b* & <b>",
    "长" * 3000,
    "&" * 3000,
)
OTHERS = {
    Ask.SCORE: "3.5",
    Ask.LEVEL: "yes",
    Ask.NUMBER: "20",
    Ask.DATE: "2026-12-01",
    Ask.PERSON: "T-top",
    Ask.PEOPLE: "T-top",
}
STEPS = 40
READ_ONLY = {
    "action",
    "actions",
    "goal_progress_read",
    "checkin_read",
    "appeal_decider",
    "sign_off",
    "my_review",
    "appeal_read",
    "calibration",
    "interview_times",
    "later",
    "oneonone_pause",
    "oneonone_time",
    "feedback_whom",
}
"""Forms whose first steps ask for no text at any stage: they are read, or chosen in."""


@dataclass
class Opened:
    """A form in the hands of somebody whom the table lets through."""

    trial: Trial
    form: str
    subject: str
    who: str

    async def use(self) -> Use:
        seen, tx = self.trial.seen, await self.trial.begun()
        person = await tx.people.get(self.who)
        assert person is not None
        act = Act(
            tx=tx,
            company=seen.place.deps.company,
            now=seen.place.clock.now(),
            actor=person,
            platform="text",
        )
        return await forms.FORMS[self.form](self.subject, act)

    async def kept(self) -> dict[str, str]:
        """What is kept of the answers so far."""
        tx = await self.trial.begun()
        draft = await tx.drafts.get(self.form, self.subject, self.who)
        return {} if draft is None else {key: mark.value for key, mark in draft.marks.items()}

    async def send(self, step: int, given: dict[str, str]) -> Answer | str:
        event = Submitted(
            who=Account("text", "T-x"),
            form=self.form,
            subject=self.subject,
            step=step,
            answers=given,
            identity=f"{self.form}/{step}/{len(given)}",
            surface="V1",
        )
        return await self.trial(event, self.who, undo=False)


ROWS = {**FORMS, **GATED_FORMS}


def places(row: Row) -> Iterator[tuple[str, Stage]]:
    """By whom a form can be filled in, and where first."""
    for role, letters in row.may.items():
        yield from [(role, stage) for stage in Stage if LETTERS[stage] in letters][:1]
    if row.others:
        yield "peer", Stage.HELD


def given(form: Form, hard: str) -> dict[str, str]:
    """An answer to each question of a step."""
    return {field.key: _answer(field, hard) for field in form.fields}


def _answer(field: Field, hard: str) -> str:
    if field.ask is Ask.TEXT:
        return hard[: field.limit]
    if field.ask is Ask.CHOICE:
        return field.options[-1].value if field.options else ""
    return OTHERS[field.ask]


async def opened(trial: Trial, name: str, role: str, stage: Stage) -> Opened:
    seen, about = trial.seen, ROWS[name].about
    return Opened(trial, name, seen.subject(about, role, stage), seen.actor(role, stage, about))


async def filled(one: Opened, hard: str) -> int:
    """Go through all steps; how many texts were typed, each of them kept as it was typed."""
    typed = 0
    step = 0
    for _ in range(STEPS):
        use = await one.use()
        form = use.form(await one.kept(), step=step, sent=False)
        answers = given(form, hard)
        for _ in range(2):  # a choice may ask for more
            more = use.form(await one.kept() | answers, step=step, sent=False)
            answers = given(more, hard) | answers
        texts = {field.key: answers[field.key] for field in more.fields if field.ask is Ask.TEXT}
        typed += len(texts)
        last = step >= use.last_step(await one.kept() | answers)
        answer = await one.send(step, answers)
        if not last or isinstance(answer, Refuses):
            kept = await one.kept()
            assert {key: kept.get(key, "") for key in texts} == texts, (one.form, answer)
        if isinstance(answer, Refuses):
            assert all(field.problem for field in answer.form.problems)
            for field in answer.form.fields:
                assert field.ask is not Ask.TEXT or field.value == texts[field.key]
        if isinstance(answer, Continues | Redraws) and answer.form.step > step:
            step = answer.form.step
            continue
        return typed
    raise AssertionError(one.form)


@pytest.mark.parametrize("hard", HARD, ids=["signs", "long", "escaped"])
async def test_every_form_keeps_hard_texts_as_they_were_typed(tmp_path: Path, hard: str) -> None:
    typed: dict[str, int] = {}
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        for name in forms.FORMS:
            for role, stage in places(ROWS[name]):
                typed[name] = typed.get(name, 0) + await filled(
                    await opened(trial, name, role, stage), hard
                )
                await trial.undo()
    assert {name for name, count in typed.items() if not count} <= READ_ONLY
    assert set(forms.FORMS) == typed.keys()


async def test_no_form_takes_a_score_that_no_scale_has(tmp_path: Path) -> None:
    asked = set()
    async with sights(tmp_path) as seen, Trial(seen) as trial:
        for name in forms.FORMS:
            for role, stage in places(ROWS[name]):
                one = await opened(trial, name, role, stage)
                use = await one.use()
                for step in range(use.last_step({}) + 1):
                    form = use.form({}, step=step, sent=False)
                    wrong = {
                        field.key: "999"
                        for field in form.fields
                        if field.ask in {Ask.SCORE, Ask.LEVEL, Ask.CHOICE}
                    }
                    if wrong:
                        asked.add(name)
                        answer = await one.send(step, given(form, "x") | wrong)
                        assert isinstance(answer, Refuses | str), (name, step, answer)
                        await trial.undo()
                await trial.undo()
    assert {"self_review", "manager_review", "appeal_decide", "review_exclude"} <= asked
