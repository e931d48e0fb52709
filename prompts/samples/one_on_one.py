"""One-on-ones with facts: as they usually are, and as bad as they can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from prompts.card import Appointment
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, policy_of
from prompts.screens import daily
from prompts.screens import one_on_one as screen
from prompts.screens import one_on_one_forms as forms
from prompts.screens.action_rows import RowFacts
from prompts.screens.times import TimesFacts
from review.interview import Going, Promise
from review.one_on_one import Sheet

AT = datetime(2026, 10, 14, 2, tzinfo=UTC)
"""10:00 in Shanghai."""
HERE, THERE = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DATE = Appointment(
    uid="t1@nosurprise",
    sequence=1,
    title="…",
    begins=AT,
    ends=AT + timedelta(minutes=30),
    zone="Asia/Shanghai",
    at=AT,
    name="one-on-one.ics",
    label="…",
)


def screens(sizes: Sizes, words: Words) -> Screens:
    """Cards, what stands in the message of a day, and the four forms."""
    facts = _facts(sizes)
    bare = replace(facts, since=screen.Since(), last=None)
    rests = replace(bare, starts_at=None, paused_until=DAY)
    people = tuple((f"e{number}", sizes.name) for number in range(1, 2 + sizes.groups))
    promise = Promise(text=sizes.words, by="e1", due=DAY)
    noted = ((promise, sizes.name), (replace(promise, by="mia"), ""))
    return {
        "one-on-one": screen.state(facts, words),
        "one-on-one, no time yet": screen.state(replace(bare, starts_at=None), words),
        "one-on-one, paused": screen.state(rests, words),
        "one-on-one, over": screen.state(replace(facts, over=True), words),
        "one-on-one with whom": screen.whom(people, words),
        "one-on-one with nobody": screen.whom((), words),
        "one-on-one, time set": screen.agreed(facts, DATE, "", words),
        "one-on-one, time set by the other": screen.agreed(facts, DATE, sizes.name, words),
        "one-on-one skipped": screen.skipped(facts, replace(DATE, off=True), words),
        "one-on-one skipped, no time": screen.skipped(replace(facts, starts_at=None), None, words),
        "one-on-one rhythm": screen.changed(replace(facts, weeks=2), None, words),
        "one-on-one rests": screen.changed(rests, replace(DATE, off=True), words),
        "one-on-one noted": screen.noted(facts, noted * 3, words),
        **_of_a_day(facts, sizes, words),
        **_forms(facts, sizes, words),
    }


def _facts(sizes: Sizes) -> screen.Facts:
    goings = (Going.OPEN, Going.GOING, Going.STUCK, Going.OPEN)
    actions = tuple(
        screen.Open(sizes.words, "" if number % 2 else sizes.name, DAY, going, number == 0)
        for number, going in enumerate(goings)
    )
    return screen.Facts(
        talk="t" * 32,
        person="e1",
        other=sizes.name,
        leads=True,
        zone=HERE,
        starts_at=AT,
        last=DAY - timedelta(days=28),
        since=screen.Since(actions=actions, given=1, got=2, praised=2, goals=(sizes.words,) * 4),
    )


def _of_a_day(facts: screen.Facts, sizes: Sizes, words: Words) -> Screens:
    few = 1 if sizes.groups < 10 else 6
    soon = (screen.New(facts, None),) * few
    new = (screen.New(facts, DATE), screen.New(replace(facts, starts_at=None), None))
    sections = {
        "soon": screen.section((), soon, (), words),
        "all of it": screen.section((replace(facts, over=True),) * few, soon, new * few, words),
        "planned": screen.section((), (), new, words),
    }
    found: Screens = {}
    for name, parts in sections.items():
        message = daily.card((parts,), words)
        assert message is not None
        found[f"one-on-ones of a day, {name}"] = message
    return found


def _forms(facts: screen.Facts, sizes: Sizes, words: Words) -> Screens:
    policy, limit = policy_of(sizes), sizes.words
    theirs = Sheet(topics=limit, notes=limit)
    sheet = forms.SheetFacts(talk=facts, policy=policy, theirs=theirs)
    typed = {"topics": limit, "notes": limit}
    rows = RowFacts(
        subject=facts.talk,
        owners=(("e1", sizes.name), ("mia", sizes.name)),
        writes=True,
        most=policy.interviews.actions,
        limit=policy.sheet.text_limit,
        first=1,
    )
    promise = Promise(text=limit, by="e1", due=DAY)
    log = forms.LogFacts(talk=facts, held=True, rows=rows, agreed=(promise,) * 3)
    answers = {"action:1": limit, "owner:1": "e1", "due:1": DAY.isoformat(), "action:2": "x"}
    times = TimesFacts(
        review=facts.talk,
        person=sizes.name,
        minutes=30,
        zone=HERE,
        person_zone=THERE,
        now=AT,
        proposed=(AT + timedelta(days=1),),
        free=lambda moment: moment.hour != 3,
        agreed=AT,
        single=True,
    )
    alone = replace(times, proposed=(), agreed=None, person_zone=HERE)
    odd = {"date:1": "2026-10-20", "time:1": "11:00"}
    return {
        "one-on-one sheet": forms.sheet(sheet, typed, words, sent=True),
        "one-on-one sheet, blank": forms.sheet(replace(sheet, theirs=Sheet()), {}, words),
        "one-on-one sheet, read": forms.sheet(replace(sheet, writes=False), typed, words),
        "one-on-one log": forms.log(log, answers, words, sent=True),
        "one-on-one log, blank": forms.log(replace(log, held=False, agreed=()), {}, words),
        "one-on-one time": forms.time(times, facts, {}, words),
        "one-on-one time, not free": forms.time(times, facts, odd, words, sent=True),
        "one-on-one time, no shared hour": forms.time(alone, facts, {}, words, sent=True),
        "one-on-one pause": forms.pause(facts, {}, words, problem=True, sent=True),
    }
