"""Records as they may stand at each stage, every text in them a secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from access_secrets import secret

from review.appeal import Appeal
from review.assessment import Assessment
from review.evidence import Evidence, Message
from review.feedback import Feedback, Kind, Said
from review.feedback_request import Question, Request
from review.goal_progress import Noted, Outlook, Progress
from review.interview import Action, Going, Interview, Part
from review.learning import ActionKind
from review.one_on_one import OneOnOne, Sheet
from review.people import EmployeeId
from review.praise import Deed, Praise
from review.record import Review, SignOff
from review.stages import Desk, Move, Stage
from storage.interviews import Prepared
from storage.one_on_ones import Written
from storage.transaction import Transaction

NOW = datetime(2026, 10, 12, 4, tzinfo=UTC)
SOON = datetime(2026, 10, 14, 4, tzinfo=UTC)
RELEASED = {Stage.HELD, Stage.ACKNOWLEDGED, Stage.CLOSED, Stage.APPEALED}
BY = {"p": "mia", "d": "dele", "g": "mia"}
"""Who leads the talk with whom, and gave them feedback: by the first letter of their ids."""
_LINE = (
    (Desk.MANAGER, Move.RATE, "mia", Stage.CALIBRATION),
    (Desk.CALIBRATION, Move.CALIBRATE, "hr", Stage.SKIP_LEVEL),
    (Desk.SKIP_LEVEL, Move.AGREE, "boss", Stage.HR),
    (Desk.HR, Move.AGREE, "hrp", Stage.INTERVIEW),
    (Desk.MANAGER, Move.HOLD, "mia", Stage.HELD),
    (Desk.PERSON, Move.ACKNOWLEDGE, "", Stage.ACKNOWLEDGED),
)


def at_stage(stage: Stage, full: Review, bare: Review, head: str) -> Review:
    """The whole record of `full` as it may stand there for the person of `bare`."""
    if stage in {Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW}:
        bare = replace(bare, stage=stage, self_part=None, self_at=None, manager_part=None)
        return replace(bare, rated_at=None, rated_by=None, outcome=None, sign_offs=())
    whose = bare.employee_id
    return replace(
        full,
        id=bare.id,
        employee_id=whose,
        revision=bare.revision,
        stage=stage,
        self_part=_told(full.self_part, secret("own", whose)),
        manager_part=_told(full.manager_part, secret("rating", whose)),
        rated_by=head,
        excluded_reason="away" if stage is Stage.EXCLUDED else None,
        sign_offs=_signed(stage, whose, head, gated=full.employee_id.startswith("g-")),
    )


def _told(part: Assessment | None, words: str) -> Assessment | None:
    """The same scores, with those words in every text."""
    if part is None:
        return None
    return replace(
        part,
        comments=dict.fromkeys(part.scores, words),
        cases=dict.fromkeys(part.cases, words),
        comment=words if part.comment else "",
        reason=words if part.reason else "",
        surprise_reason=words if part.surprise_reason else "",
    )


def _signed(stage: Stage, whose: EmployeeId, head: str, *, gated: bool) -> tuple[SignOff, ...]:
    words: list[SignOff] = []
    for desk, move, by, leads in _LINE:
        if stage in {Stage.MANAGER_REVIEW, Stage.EXCLUDED}:
            break
        who = {"mia": head, "": whose}.get(by, by)
        if gated and desk is Desk.SKIP_LEVEL:
            words.append(SignOff(by=who, role=desk, decision=Move.GATE_CONFIRM, at=NOW))
        comment = secret("rating", whose) if desk is Desk.CALIBRATION else ""
        words.append(SignOff(by=who, role=desk, decision=move, at=NOW, comment=comment))
        if leads is stage:
            break
    return tuple(words)


async def around(review: Review, tx: Transaction) -> None:
    """What comes with a record at its stage: the talk, notes, feedback, an appeal, an action."""
    own, stage = review.employee_id, review.stage
    led_by = BY[own[0]]
    if stage in RELEASED or stage is Stage.INTERVIEW:
        talk = Interview(review=review.id, began_at=NOW, told_at=NOW)
        if stage in RELEASED:
            talk = replace(talk, held_at=NOW, ends_on=date(2026, 10, 20))
        await tx.interviews.save(talk)
        for who, kind in ((own, "prepared"), (led_by, "led")):
            words = secret(kind, own)
            part = Part(good=words, improve=words, judged=words, expected=words)
            made = Prepared(review=review.id, employee_id=who, at=NOW, part=part)
            await tx.interviews.prepare(made)
    if stage is Stage.APPEALED:
        words = secret("appeal", own)
        await tx.appeals.file(
            Appeal(review=review.id, filed_at=NOW, words=words, copy=review, decider="dec")
        )
    await tx.progress.add(
        Progress(
            id=f"n-{own}",
            review=review.id,
            row="repeat_rate",
            number=1,
            at=NOW,
            outlook=Outlook.AT_RISK,
            said=Noted(title={"en": "Repeat rate"}, words=secret("own", own)),
        )
    )
    await tx.check_ins.write(own, date(2026, 10, 5), secret("own", own), NOW, 0)
    await tx.actions.put(
        Action(
            id=f"a-{own}",
            review=review.id,
            about=own,
            owner=own,
            text=secret("agreed", own),
            due=date(2026, 12, 1),
            going=Going.OPEN,
            agreed_at=NOW,
            changed_at=NOW,
            kind=ActionKind.MENTORING,
            mentor="men",
        )
    )
    await tx.praise.add(
        Praise(
            id=f"pr-{own}",
            giver=led_by,
            receiver=own,
            value="teamwork",
            said=Deed(text="Everybody may read it.", value_name={"en": "Teamwork"}),
            at=NOW,
        )
    )
    await tx.pairings.begin(f"a-{own}", "men", NOW - timedelta(days=15))
    await _one_on_one(own, led_by, tx)
    words = secret("feedback", own)
    await tx.feedback.add(
        Feedback(
            id=f"f-{own}",
            giver=led_by,
            receiver=own,
            kind=Kind.POSITIVE,
            about="other",
            as_manager=True,
            wants_talk=False,
            said=Said(behaviour=words, effect=words, expectation=words),
            at=NOW,
            reached_at=NOW,
        )
    )
    await _asked(led_by, own, tx)


async def _asked(asker: EmployeeId, asked: EmployeeId, tx: Transaction) -> None:
    """Whoever gave them feedback wants some, too."""
    question = Question(text=secret("feedback", asked))
    request = Request(
        id=f"q-{asked}",
        together=f"t-{asked}",
        asker=asker,
        asked=asked,
        about="other",
        at=NOW,
        said=question,
    )
    await tx.requests.add([request])


async def _one_on_one(own: EmployeeId, led_by: EmployeeId, tx: Transaction) -> None:
    """A talk to come, with words of both and an action; its manager is the roster's."""
    manager = {"dele": "max"}.get(led_by, led_by)
    words = secret("paired", own)
    talk = OneOnOne(id=f"t-{own}", person=own, manager=manager, number=9, starts_at=SOON)
    await tx.one_on_ones.save(talk)
    for who in talk.pair:
        sheet = Sheet(topics=words, notes=words)
        await tx.one_on_ones.write(Written(talk=talk.id, employee_id=who, at=NOW, sheet=sheet))
    await tx.actions.put(
        Action(
            id=f"{talk.id}.m.1",
            talk=talk.id,
            about=own,
            owner=own,
            text=words,
            due=date(2026, 12, 1),
            going=Going.OPEN,
            agreed_at=NOW,
            changed_at=NOW,
        )
    )


def kept_by(name: str, keeper: str) -> Evidence:
    """A message of the chat that somebody keeps for themself."""
    words = secret("kept", keeper)
    message = Message(text=words, author="Name of peer", link="https://chat.example/1", note=words)
    return Evidence(
        id=name,
        keeper=keeper,
        about=keeper,
        place=name,
        sent_at=NOW,
        kept_at=NOW,
        message=message,
    )
