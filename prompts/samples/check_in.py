"""Screens of the weekly check-in."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

from prompts.card import Card
from prompts.render import Words
from prompts.samples.sizes import DAY, Screens, Sizes, sheet
from prompts.screens import check_in as screen
from prompts.screens import check_in_read, check_in_summary, daily, digest
from review.check_in import Share
from review.goal_progress import Outlook, goals
from review.interview import Going

SUBJECT = "2026-10-16/2026-10-15/day"


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    full = facts(sizes)
    fresh = replace(
        full,
        goals=tuple(replace(one, look=None, before=Outlook.AT_RISK) for one in full.goals),
        todos=tuple(replace(one, going=Going.OPEN) for one in full.todos),
        words="",
        revision=0,
        answered=False,
    )
    found: Screens = {}
    for name, shown in (("asked", fresh), ("answered", full)):
        message = daily.card((screen.section(shown, words),), words)
        if message is not None:
            found[f"check-in, {name}"] = message
    found["check-in, the form"] = screen.form(full, {}, words)
    found["check-in, another text"] = screen.form(full, {"words:1": "…"}, words, sent=True)
    found["check-in, nothing to ask"] = screen.form(replace(fresh, goals=(), todos=()), {}, words)
    read = check_in_read.ReadFacts(
        employee="e1", person=sizes.name, goals=full.goals, texts=((DAY, sizes.words),) * 8
    )
    found["check-ins of somebody"] = check_in_read.reading(read, words)
    none = replace(read, goals=fresh.goals, texts=())
    found["check-ins of somebody, no text"] = check_in_read.reading(none, words)
    for name, quiet, month in (("usual", (), None), ("with all", (sizes.name,) * 20, MONTH)):
        message = daily.card((digest.section(week_of(sizes, quiet, month), words),), words)
        if message is not None:
            found[f"digest, {name}"] = message
    well = replace(week_of(sizes, (), None), rows=(), open=0, silent=(), answered=0)
    found["digest, all well"] = Card("…", digest.section(well, words))
    shares = {f"{sizes.name} {number}": Share(3, 5) for number in range(sizes.groups)}
    summary = check_in_summary.SummaryFacts(
        week=DAY,
        answered=28,
        asked=40,
        looks={str(one): 12 for one in Outlook},
        open=17,
        late=4,
        stuck=2,
        departments=shares | {"": Share(4, 6)},
    )
    found["check-ins, for HR"] = check_in_summary.card(summary, words)
    return found


MONTH = digest.Month(
    starts=DAY,
    answered=14,
    better=2,
    worse=1,
    done=3,
    dropped=1,
    praise=2,
    critical=1,
)


def week_of(sizes: Sizes, quiet: tuple[str, ...], month: digest.Month | None) -> digest.DigestFacts:
    """A team's week in which some things want a look."""
    rows = tuple(
        digest.Row(
            employee=f"e{number}",
            person=sizes.name,
            off_track=number % 2,
            at_risk=1,
            stuck=(number + 1) % 2,
            late=number % 3,
            words=sizes.words if number % 2 else "",
        )
        for number in range(sizes.team)
    )
    return digest.DigestFacts(
        week=DAY,
        answered=sizes.team,
        asked=sizes.team + 2,
        silent=(sizes.name,) * 2,
        rows=rows,
        open=6,
        late=2,
        stuck=1,
        quiet=quiet,
        untalked=quiet[:2],
        month=month,
    )


def facts(sizes: Sizes) -> screen.CheckInFacts:
    """A week in which all was answered."""
    looks, goings = cycle(Outlook), cycle(screen.GOINGS)
    rows = goals(sheet(sizes))
    return screen.CheckInFacts(
        subject=SUBJECT,
        goals=tuple(
            screen.Goal(review="r1", row=row.id, title=row.title, look=next(looks), before=None)
            for row in rows
        ),
        todos=tuple(
            screen.Todo(f"r1.{number}", sizes.words, DAY, next(goings))
            for number in range(max(2, len(rows)))
        ),
        words=sizes.words,
        revision=1,
        answered=True,
        until=DAY,
        today=DAY,
        limit=3000,
    )
