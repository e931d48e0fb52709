"""Every screen with facts: as they usually are, and as bad as they can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from prompts import answers as names
from prompts.render import Words
from prompts.samples import actions as samples_actions
from prompts.samples import ask as samples_ask
from prompts.samples import calibration as samples_calibration
from prompts.samples import cascade as samples_cascade
from prompts.samples import check_in as samples_check_in
from prompts.samples import company as samples_company
from prompts.samples import daily as samples_daily
from prompts.samples import evidence as samples_evidence
from prompts.samples import feedback as samples_feedback
from prompts.samples import goals as samples_goals
from prompts.samples import home as samples_home
from prompts.samples import in_out as samples_in_out
from prompts.samples import interview as samples_interview
from prompts.samples import matrix as samples_matrix
from prompts.samples import mentoring as samples_mentoring
from prompts.samples import my_data as samples_my_data
from prompts.samples import one_on_one as samples_one_on_one
from prompts.samples import praise as samples_praise
from prompts.samples import progress as samples_progress
from prompts.samples import rating_hints as samples_rating_hints
from prompts.samples import signing as samples_signing
from prompts.samples import year as samples_year
from prompts.samples.daily import waits_for
from prompts.samples.sizes import (
    DAY,
    HIGH,
    LOW,
    USUAL,
    Screens,
    Sizes,
    answers_of,
    ladders,
    policy_of,
    sheet,
)
from prompts.screens import (
    commands,
    common,
    manager_review,
    self_review,
    status,
)
from prompts.screens.distribution_facts import Preview
from prompts.screens.progress import Counts, Line, Progress, card
from prompts.screens.team_list import TeamListFacts, TeamRow, team_list
from review import scale
from review.assessment import Assessment
from review.people import Track
from review.policy import Policy
from review.record import Review
from review.stages import Stage


def screens(sizes: Sizes, words: Words) -> Screens:
    """Every screen by a name of its own; a form once for each of its steps."""
    return {
        **_forms(sizes, words),
        **_of_a_person(sizes, words),
        **_of_a_team(sizes, words),
        **_answers(sizes, words),
        **samples_matrix.screens(sizes, words),
        **samples_mentoring.screens(sizes, words),
        **samples_my_data.screens(sizes, words),
        **samples_calibration.screens(sizes, words),
        **samples_check_in.screens(sizes, words),
        **samples_company.screens(sizes, words),
        **samples_actions.screens(sizes, words),
        **samples_ask.screens(sizes, words),
        **samples_daily.screens(sizes, words),
        **samples_evidence.screens(sizes, words),
        **samples_feedback.screens(sizes, words),
        **samples_praise.screens(sizes, words),
        **samples_goals.screens(sizes, words),
        **samples_in_out.screens(sizes, words),
        **samples_home.screens(sizes, words),
        **samples_progress.screens(sizes, words),
        **samples_signing.screens(sizes, words),
        **samples_interview.screens(sizes, words),
        **samples_one_on_one.screens(sizes, words),
        **samples_year.screens(sizes, words),
        **samples_cascade.screens(sizes, words),
        **samples_rating_hints.screens(sizes, words),
    }


def _forms(sizes: Sizes, words: Words) -> Screens:
    rules, given = policy_of(sizes), answers_of(sizes, "4", HIGH, manager=False)
    own = self_review.SelfReviewFacts(
        review="r1",
        cycle="2026Q3",
        due=DAY,
        sheet=sheet(sizes),
        ladders=ladders(sizes),
        policy=rules,
    )
    found: Screens = {}
    for step in range(self_review.steps(own)):
        full = names.written(given, manager=False)
        found[f"self {step}"] = self_review.form(own, full, words, step=step)
        found[f"self {step} blank"] = self_review.form(own, {}, words, step=step, sent=True)
    for case, score, levels in (("high", "4.5", HIGH), ("gated", "2.5", LOW)):
        facts = rating_facts(sizes, given)
        full = names.written(answers_of(sizes, score, levels, manager=True), manager=True)
        last = manager_review.steps(facts) - 1
        for step in range(last + 1) if case == "high" else (last - 1, last):
            found[f"rating {case} {step}"] = manager_review.form(facts, full, words, step=step)
            read_ = manager_review.what_they_wrote(facts, words, step=step)
            found[f"reading {case} {step}"] = read_
    bare = rating_facts(sizes, None)
    last = manager_review.steps(bare) - 1
    found["rating without"] = manager_review.form(bare, {}, words, step=0, sent=True)
    found["rating without, last"] = manager_review.form(bare, {}, words, step=last, sent=True)
    found["reading nothing"] = manager_review.what_they_wrote(bare, words, step=0)
    return found


def rating_facts(sizes: Sizes, given: Assessment | None) -> manager_review.ManagerReviewFacts:
    """A rating with a spread around it."""
    record = Review(
        id="r1",
        cycle="2026Q3",
        track=Track.STAFF,
        employee_id="e1",
        stage=Stage.MANAGER_REVIEW,
        sheet=sheet(sizes),
        self_part=given,
    )
    counts = {step.score: 3 for step in sizes.policy.scale}
    rules = policy_of(sizes)
    return manager_review.ManagerReviewFacts(
        record=record,
        person=sizes.name,
        ladders=ladders(sizes),
        policy=rules,
        has_reports=True,
        preview=Preview(counts=counts, old=None, policy=rules.distribution),
    )


def _of_a_person(sizes: Sizes, words: Words) -> Screens:
    places = {
        "invited": (Stage.SELF_REVIEW, False, None, None),
        "begun": (Stage.SELF_REVIEW, True, None, None),
        "late": (Stage.MANAGER_REVIEW, False, None, None),
        "sent": (Stage.MANAGER_REVIEW, False, DAY, None),
        "without": (Stage.HELD, False, None, None),
        "being signed": (Stage.SKIP_LEVEL, False, DAY, None),
        "not yet": (Stage.GOALS, False, None, None),
        "left out": (Stage.EXCLUDED, False, None, "hired_late"),
    }
    found: Screens = {}
    for name, (stage, begun, sent_on, reason) in places.items():
        facts = self_review.MyReviewFacts(
            review="r1",
            cycle="2026Q3",
            stage=stage,
            due=DAY,
            manager=sizes.name,
            begun=begun,
            sent_on=sent_on,
            excluded_reason=reason,
            policy=Policy(),
        )
        found[f"my review, {name}"] = self_review.my_review(facts, words)
    people = tuple((f"r{n}", sizes.name) for n in range(sizes.groups))
    own, team = waits_for("self", (("r1", ""),)), waits_for("ratings", people)
    found["waiting"] = status.waiting((own, team), words)
    found["waits: acknowledge"] = status.waiting((waits_for("acknowledge", (("r1", ""),)),), words)
    for kind in ("signing", "hr_signing", "interviews"):
        found[f"waits: {kind}"] = status.waiting((waits_for(kind, people),), words)
    found["nothing waits"] = status.waiting((), words)
    progress = _progress(sizes)
    stages = tuple(("2026Q3", str(stage)) for stage in Stage)
    found["status"] = status.status((progress,), stages, words, picture=True)
    found["progress"] = card(progress, words)
    for kind in ("department", "manager"):
        lines = tuple(line for line in progress.lines if line.kind == kind)
        found[f"progress by {kind}"] = card(replace(progress, lines=lines), words)
    found["status of nothing"] = status.status((), (), words)
    return found


def _progress(sizes: Sizes) -> Progress:
    lines = tuple(
        Line(kind=kind, name=sizes.name, counts=Counts(people=n, self_in=n - 1, rated=0))
        for n in range(1, 1 + min(sizes.groups, 10))
        for kind in ("department", "manager")
    )
    return Progress(
        cycle="2026Q3",
        whole=Counts(people=48, self_in=31, rated=17, signed=3),
        self_due=DAY,
        manager_due=DAY,
        hr_due=DAY,
        today=DAY + timedelta(days=1),
        lines=lines,
        more=max(0, sizes.groups - 10),
    )


def _of_a_team(sizes: Sizes, words: Words) -> Screens:
    states = (
        "ready",
        "without",
        "waiting",
        "returned",
        "rated",
        "at_hr",
        "interview",
        "held",
        "acknowledged",
        "appealed",
        "done",
        "left_out",
        "closed",
    )
    rated = {"rated", "interview", "held", "acknowledged", "appealed", "done", "at_hr"}
    mixed = [
        TeamRow(
            review=f"r{number}",
            person=sizes.name,
            title=sizes.words[:100] if sizes is USUAL else sizes.words,
            state=state,
            rating=Fraction("3.5") if state in rated else None,
            excluded_reason="on_leave" if state == "left_out" else None,
            returned=sizes.words if state == "returned" else "",
        )
        for number, state in enumerate(states)
    ]
    mixed += [replace(mixed[0], state="rated", rating=Fraction(4), calibrated=True)]
    ready = [replace(mixed[0], review=f"{n:032x}") for n in range(sizes.team)]
    return {
        name: team_list(
            TeamListFacts(
                cycle="2026Q3",
                due=DAY,
                rows=tuple(rows),
                page=0,
                pages=2,
                rated=2,
                of=17,
                policy=sizes.policy,
            ),
            words,
        )
        for name, rows in (("team, ready", ready), ("team, mixed", mixed))
    }


def _answers(sizes: Sizes, words: Words) -> Screens:
    entries = (
        "self",
        "rate",
        "status",
        "distribution",
        "1on1",
        "remind later",
        "open",
        "close",
        "help",
    )
    admins = (sizes.name,) * 3
    said = common.says(words, "refused.unknown_score", text=sizes.words, steps=_steps())
    return {
        "help": commands.help_card(entries, words),
        "unknown": commands.unknown(sizes.words, "status", entries, words),
        "hr only": commands.hr_only(admins, words),
        "stranger": common.stranger(admins, words),
        "fault": common.fault("1a2b3c4d", words),
        "notice": common.notice(said, words),
        "sure": common.sure(sizes.words, "share.close", "r1", words),
        "sure of nothing named": common.sure("", "share.close", "r1", words),
    }


def _steps() -> str:
    return ", ".join(scale.show(step.score) for step in Policy().scale)
