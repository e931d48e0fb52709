"""Screens of calibration: the session, what HR can open, the names, one rating to move."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from prompts.render import Words
from prompts.samples import company as samples_company
from prompts.samples import signing as samples_signing
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
from prompts.screens import calibration, calibration_names, daily, status
from prompts.screens.reminders import Due, reminder
from prompts.screens.sign_off import SignOffFacts
from review.calibration import Change, Moved
from review.groups import GroupKind, GroupName
from review.quotas import read
from review.score import outcome
from review.signing import Flag

S = calibration_names


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    return {**_cards(sizes, words), **_names(sizes, words), **_waits(words)}


def _waits(words: Words) -> Screens:
    waits = status.Waiting(
        kind="calibration",
        cycle="2026Q3",
        due=DAY,
        action=calibration.LIST,
        items=(("2026Q3", ""),),
    )
    due = tuple(Due(waits, slot) for slot in ("before", "on", "after", "asked"))
    message = daily.card((reminder(due, (), words),), words)
    assert message is not None
    return {
        "waits: calibration": status.waiting((waits,), words),
        "reminder: calibration": message,
    }


def _cards(sizes: Sizes, words: Words) -> Screens:
    facts = calibration.SessionFacts(
        session="s" * 32,
        cycle="2026Q3",
        kind="manager",
        name=sizes.name,
        spread=replace(samples_company.spread(sizes), company=False),
        lying=12,
        moved=3,
        by=sizes.name,
    )
    few = replace(facts.spread, bars=(), readings=(), groups=(), more=0)
    shut = replace(facts, closed_on=DAY, closed_by=sizes.name)
    cycles = tuple(
        calibration.CycleFacts(
            cycle="2026Q3",
            cycle_id=f"2026Q{n}",
            lying=12 if n else 1,
            due=DAY,
            gone_on=bool(n),
            sessions=(("s1", "department", sizes.name), ("s2", "manager", sizes.name)),
            departments=(sizes.name,) * sizes.groups,
            whole=not n,
        )
        for n in range(2)
    )
    moved = calibration.MovedFacts(
        person=sizes.name,
        cycle="2026Q3",
        who=sizes.name,
        was=Fraction("3.5"),
        now=Fraction("3.75"),
        because=sizes.words,
    )
    return {
        "calibration": calibration.session(facts, words),
        "calibration, few": calibration.session(replace(facts, spread=few), words),
        "calibration, nobody": calibration.session(
            replace(facts, spread=replace(few, people=0)), words
        ),
        "calibration, closed": calibration.session(shut, words),
        "calibration, closed by time": calibration.session(replace(shut, closed_by=""), words),
        "calibration opened": calibration.turned(facts, words, closed=False),
        "calibration ended": calibration.turned(shut, words, closed=True),
        "calibration ended, few": calibration.turned(
            replace(shut, spread=few, closed_by=""), words, closed=True
        ),
        "calibration opens": calibration.opened(facts, words, already=False, channel=True),
        "calibration is open": calibration.opened(facts, words, already=True, channel=False),
        "calibration offers": calibration.offers(cycles, words),
        "calibration for me": calibration.mine(
            (("2026Q3", "s1", "department", sizes.name),) * 3, words
        ),
        "rating moved": calibration.moved(moved, words),
    }


def _names(sizes: Sizes, words: Words) -> Screens:
    row = S.NameRow(
        review="r" * 32,
        person=sizes.name,
        title=sizes.name,
        rating=Fraction("3.5"),
        suggested=Fraction("3.75"),
        flags=tuple(Flag),
        moved=True,
        movable=True,
    )
    count = sizes.team * 4
    rows = tuple(replace(row, review=f"{n:032x}") for n in range(count))
    facts = S.NamesFacts(
        session="s" * 32,
        cycle="2026Q3",
        kind="department",
        name=sizes.name,
        rows=rows,
        hidden=sizes.groups,
        is_open=True,
    )
    bare = replace(row, rating=None, suggested=None, flags=(), moved=False, movable=False)
    closed = replace(facts, rows=(bare,), is_open=False, hidden=1)
    one, typed = _one(sizes), {S.TO: "3.75", S.WHY: sizes.words}
    gated = replace(one, record=_record(sizes, LOW), choices=(), moved=None, came_back="")
    shown = replace(one, reader_moves=False, changes=(), surprise=False)
    found: Screens = {
        f"names {step}": S.form(facts, {}, words, step=step) for step in range(S.steps(facts))
    }
    for name, facts_, answers in (
        ("moving", one, typed),
        ("moving, blank", one, {}),
        ("moving, sent back", one, {S.TO: S.RETURN}),
        ("moving, gated", gated, {}),
        ("moving, calm", replace(one, changes=(), surprise=False), typed),
        ("only shown", shown, {}),
    ):
        where = replace(facts, one=facts_)
        found[name] = S.form(where, answers, words, step=0, sent=name == "moving, blank")
    return {**found, "names, closed": S.form(closed, {}, words, step=0)}


def _record(sizes: Sizes, levels: tuple[object, ...]) -> SignOffFacts:
    manager = answers_of(sizes, "3.5", levels, manager=True)  # type: ignore[arg-type]
    found = outcome(manager.scores, manager.levels, sheet(sizes), False, policy_of(sizes))  # noqa: FBT003
    return SignOffFacts(
        record=replace(
            samples_signing.review(sizes), id="r", manager_part=manager, outcome=found, sign_offs=()
        ),
        person=sizes.name,
        ladders=ladders(sizes),
        policy=policy_of(sizes),
        names={"mia": sizes.name},
        has_reports=False,
    )


def _one(sizes: Sizes) -> calibration_names.MoveFacts:
    counts = {step.score: 6 for step in sizes.policy.scale}
    quotas = sizes.policy.distribution.quotas
    changes = tuple(
        (
            "department" if n % 2 else "manager",
            sizes.name,
            Change(GroupName(GroupKind.DEPARTMENT, "d"), read(quota, counts), leaves=n % 2 == 0),
        )
        for n, quota in enumerate((*quotas, *quotas))
    )
    return S.MoveFacts(
        record=_record(sizes, HIGH),
        reader_moves=True,
        choices=tuple(step.score for step in sizes.policy.scale),
        returns=True,
        moved=Moved(Fraction("3.5"), Fraction("3.75"), "hr", samples_signing.NOW, sizes.words),
        mover=sizes.name,
        came_back=sizes.words,
        changes=changes,
        surprise=True,
    )
