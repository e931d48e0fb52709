"""Goals of the company and of departments: the form, and how they are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from prompts.render import Words
from prompts.samples.sizes import Screens, Sizes
from prompts.screens import cascade
from review.cascade import MOST, CascadeGoal, CascadeSheet, Level

NOW = datetime(2026, 7, 6, 4, tzinfo=UTC)


def screens(sizes: Sizes, words: Words) -> Screens:
    """All of them."""
    count = MOST if sizes.goals else 2
    company = goals(sizes, count)
    served = tuple(replace(one, serves=company[0].id) for one in company)
    sheet = CascadeSheet(
        period="2026H2", level=Level.COMPANY, goals=company, set_by="hr", set_at=NOW
    )
    department = replace(sheet, level=Level.DEPARTMENT, department=sizes.name[:40], goals=served)
    facts = cascade.CascadeFacts(
        subject="2026H2/department/CRM",
        period="2026H2",
        level=Level.DEPARTMENT,
        department=sizes.name[:40],
        goals=served,
        company=company,
        limit=3000,
    )
    empty = replace(facts, level=Level.COMPANY, goals=(), company=())
    lacks = {"means:new1": sizes.words, "more": "3"}
    typed = {f"title:{one.id}": "Another" for one in company} | {"meanwhile": sizes.name}
    typed |= {f"means:{one.id}": "x" for one in company[1:]}
    shown = cascade.card((sheet,), company, words)
    return {
        "cascade form": cascade.form(facts, {}, words),
        "cascade form, meanwhile": cascade.form(facts, typed, words),
        "cascade form, empty": cascade.form(empty, {}, words),
        "cascade form, lacks": cascade.form(empty, lacks, words, sent=True),
        "company goals": cascade.with_way_in(shown, "2026H2/company/", words),
        "department goals": cascade.card((department,), company, words),
        "no goals": cascade.card((replace(sheet, goals=()),), (), words),
        "goals set": cascade.was_set(department, company, words),
        "goals set, none": cascade.was_set(replace(sheet, goals=()), (), words),
    }


def goals(sizes: Sizes, count: int) -> tuple[CascadeGoal, ...]:
    """So many, each as wordy as it may be."""
    return tuple(
        CascadeGoal(id=f"g{n}", title=sizes.words[: cascade.LINE], means=sizes.words)
        for n in range(count)
    )
