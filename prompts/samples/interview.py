"""Screens of the interview and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from prompts.card import Appointment
from prompts.render import Words
from prompts.samples.actions import LINK
from prompts.samples.signing import record_of
from prompts.samples.sizes import DAY, LOW, Screens, Sizes, ladders, policy_of
from prompts.screens import (
    action_rows,
    appeal,
    held,
    interview,
    times,
)
from review.appeal import Appeal
from review.interview import Part, Promise
from review.learning import ActionKind
from review.record import Review, SignOff
from review.stages import Stage

NOW = datetime(2026, 10, 16, 9, 30, tzinfo=UTC)
DATE = Appointment(
    uid="t1@nosurprise",
    sequence=1,
    title="…",
    begins=NOW,
    ends=NOW + timedelta(minutes=30),
    zone="Asia/Shanghai",
    at=NOW,
    name="interview.ics",
    label="…",
)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {
        **_held(sizes, words),
        **_appeals(sizes, words),
        **_preparing(sizes, words),
        **_times(sizes, words),
    }


def held_facts(sizes: Sizes) -> held.HeldFacts:
    """A review that was calibrated, gated, and just talked through."""
    return held.HeldFacts(
        record=replace(_record(sizes), stage=Stage.HELD),
        cycle="2026Q3",
        manager=sizes.name,
        names={"mia": sizes.name, "boss": sizes.name},
        ladders=ladders(sizes),
        policy=policy_of(sizes),
        ends_on=DAY,
        today=DAY,
        day_of=lambda moment: moment.date(),
    )


def _record(sizes: Sizes) -> Review:
    said = [("move_rating", "calibration", "3.25"), ("decide_appeal", "decider", "3.5")]
    moves = tuple(
        SignOff(
            by="boss", role=role, decision=move, at=NOW, comment=sizes.words, rating=Fraction(to)
        )
        for move, role, to in said
    )
    word = SignOff(by="e1", role="person", decision="acknowledge", at=NOW, comment=sizes.words)
    return replace(record_of(sizes, LOW), sign_offs=(*moves, word))


def _held(sizes: Sizes, words: Words) -> Screens:
    facts = held_facts(sizes)
    appealed = Appeal(
        review="r",
        filed_at=NOW,
        words=sizes.words,
        copy=facts.record,
        decider="boss",
        decide_by=DAY,
    )
    decided = replace(appealed, decided_at=NOW, moved=True, why=sizes.words)
    silent = replace(facts.record, sign_offs=(), stage=Stage.CLOSED, self_part=None)
    bare = replace(silent, manager_part=None, outcome=None)
    cases = {
        "": facts,
        ", late": replace(facts, ends_on=None),
        ", acknowledged": _at(facts, Stage.ACKNOWLEDGED),
        ", appealed": replace(_at(facts, Stage.APPEALED), appeal=appealed),
        ", nobody named": replace(
            _at(facts, Stage.APPEALED), appeal=replace(appealed, decider=None)
        ),
        ", moved": replace(_at(facts, Stage.CLOSED), appeal=decided),
        ", stands": replace(_at(facts, Stage.CLOSED), appeal=replace(decided, moved=False)),
        ", closed": replace(facts, record=silent),
        ", never rated": replace(facts, record=bare),
    }
    found: Screens = {
        f"review held{name}": held.my_review(one, words) for name, one in cases.items()
    }
    found["review told"] = held.told(facts, words)
    for name in (", moved", ", never rated"):
        for step in range(held.steps(facts)):
            found[f"own review{name} {step}"] = held.form(cases[name], words, step=step)
            if name == ", moved":
                full = held.in_full(cases[name], words, step=step)
                found[f"own review {step}, in full"] = full
    for sent in (False, True):
        typed = {held.WORD: sizes.words}
        found[f"acknowledge {sent}"] = held.acknowledge(facts, typed, words, sent=sent)
    found["acknowledged"] = held.acknowledged(sizes.name, "2026Q3", sizes.words, words)
    return found


def _at(facts: held.HeldFacts, stage: Stage) -> held.HeldFacts:
    return replace(facts, record=replace(facts.record, stage=stage))


def _appeals(sizes: Sizes, words: Words) -> Screens:
    facts = appeal.AppealFacts(
        review="r",
        cycle="2026Q3",
        person=sizes.name,
        rating="3.5",
        policy=policy_of(sizes),
        ends_on=DAY,
        words=sizes.words,
        decider=sizes.name,
        manager_words=sizes.words,
    )
    bare = replace(facts, rating=None, ends_on=None, decider="", manager_words="")
    typed = {"reason": sizes.words, "decision": "moves", "overall": "4"}
    found: Screens = {}
    for name, one, given in (("", facts, typed), (", blank", bare, {})):
        found[f"appeal{name}"] = appeal.form(one, given, words, sent=True)
        found[f"appeal, who{name}"] = appeal.name_decider(one, given, words, sent=True)
        found[f"appeal, decide{name}"] = appeal.decide(one, given, words, sent=True)
        found[f"appeal, deciding{name}"] = appeal.decide(one, given, words, sent=False)
    said = appeal.NoticeFacts(
        review="r",
        cycle="2026Q3",
        person=sizes.name,
        own=False,
        decides=True,
        words=sizes.words,
        decider=sizes.name,
        by=DAY,
        before="3.5",
        after="3.75",
        moved=True,
        why=sizes.words,
    )
    for kind in ("filed", "unnamed", "named", "last_day", "late", "decided"):
        found[f"appeal {kind}"] = appeal.notice(f"appeal_{kind}", said, words)
    found["appeal decided, own"] = appeal.notice(
        "appeal_decided", replace(said, own=True, moved=False), words
    )
    rows = tuple(("r", sizes.name, does) for does in ("decide", "name") for _ in range(9))
    found["appeals that wait"] = appeal.waiting(rows, words)
    found["no appeal waits"] = appeal.waiting((), words)
    return found


def _preparing(sizes: Sizes, words: Words) -> Screens:
    actions = (
        Promise(text=sizes.words, by="e1", due=DAY),
        Promise(text=sizes.words, by="mia", due=DAY, kind=ActionKind.TRAINING, link=LINK),
        Promise(text=sizes.words, by="e1", due=DAY, kind=ActionKind.MENTORING, mentor="e2"),
    )
    part = Part(
        good=sizes.words,
        improve=sizes.words,
        judged=sizes.words,
        expected=sizes.words,
        actions=actions * 2,
    )
    manager = interview.InterviewFacts(
        review="r",
        cycle="2026Q3",
        person=sizes.name,
        manager=sizes.name,
        own=False,
        held=False,
        writes=True,
        owners=(("e1", sizes.name), ("mia", sizes.name)),
        today=DAY,
        policy=policy_of(sizes),
        gaps=((sizes.words, "4", "3"),) * (sizes.goals or 2),
        backed=tuple((whose, sizes.words, sizes.words) for whose in ("own", "manager")) * 3,
        other=part,
        mentors={"U2": action_rows.Mentor("e2", sizes.name)},
    )
    cases = {
        "manager": manager,
        "person": replace(manager, own=True, gaps=(), other=None),
        "person, held": replace(manager, own=True, writes=False, held=True),
    }
    full = interview.written(part, manager.mentors)
    wrong = {
        "action:1": sizes.words,
        "owner:1": "nobody",
        "due:2": DAY.isoformat(),
        "action:3": sizes.words,
        "kind:3": "training",
        "link:3": "http://example.com",
        "action:4": sizes.words,
        "kind:4": "mentoring",
        "mentor:4": "U2",
        "mentor_wrong:4": "left@U2@e1",
        "action:5": sizes.words,
        "kind:5": "mentoring",
    }
    found: Screens = {}
    for name, facts in cases.items():
        for step in range(len(interview.STEPS)):
            found[f"interview, {name} {step}"] = interview.form(facts, full, words, step=step)
            found[f"interview, {name} {step} sent"] = interview.form(
                facts, wrong, words, step=step, sent=True
            )
    people = tuple((f"r{n}", sizes.name) for n in range(sizes.groups))
    found["interview, invited"] = interview.invited("2026Q3", sizes.name, "r", words)
    found["interviews to prepare"] = interview.to_prepare("2026Q3", people, words)
    found["which interview"] = interview.which((("r", "2026Q3"),), people, words)
    found["no interview"] = interview.which((), (), words)
    return found


def _times(sizes: Sizes, words: Words) -> Screens:
    slots = (NOW + timedelta(days=1), NOW + timedelta(days=2))
    facts = times.TimesFacts(
        review="r",
        person=sizes.name,
        minutes=60,
        zone=ZoneInfo("Asia/Shanghai"),
        person_zone=ZoneInfo("Europe/Berlin"),
        now=NOW,
        proposed=slots,
        free=lambda _: False,
        agreed=NOW,
    )
    bare = replace(facts, proposed=(), agreed=None)
    typed = {"date:1": "2026-10-20", "time:1": "23:30", "date:2": "2026-10-16", "time:2": "09:00"}
    found: Screens = {}
    for name, one in (("", facts), (", no shared hour", bare)):
        found[f"times{name}"] = times.form(one, {}, words)
        found[f"times sent{name}"] = times.form(one, {}, words, sent=True)
        found[f"times typed{name}"] = times.form(one, typed, words, sent=True)
    talk = times.TalkFacts(
        review="r",
        cycle="2026Q3",
        person=sizes.name,
        manager=sizes.name,
        zone=facts.zone,
        slots=slots,
        starts_at=NOW,
    )
    new = replace(talk, starts_at=None)
    found |= {
        "my review, interview next": times.my_review(replace(new, slots=()), words),
        "my review, times offered": times.my_review(new, words),
        "my review, time agreed": times.my_review(talk, words),
        "times offered": times.offered(new, words),
        "times offered anew": times.offered(talk, words),
        "other times": times.asks_others(talk, words),
        "interview asked": times.asked(talk, words),
        "interviews overdue": times.overdue("2026Q3", (sizes.name,) * sizes.groups, 5, words),
    }
    for own, mover in ((True, False), (False, False), (False, True)):
        name = f"time agreed {own} {mover}"
        found[name] = times.agreed(talk, DATE, words, own=own, mover=mover)
    return found
