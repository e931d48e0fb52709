"""Goals of the company and of departments."""

from __future__ import annotations

from dataclasses import replace

from storage_samples import NOW, fill, opened

from review.cascade import CascadeGoal, CascadeSheet, Level


async def test_goals_are_kept_by_period_and_department(url: str) -> None:
    goal = CascadeGoal(id="g1", title="增长 <!channel>", means="x" * 3000, serves="g0")
    company = CascadeSheet(
        period="2026H2", level=Level.COMPANY, goals=(goal,), set_by="e1", set_at=NOW
    )
    shop = replace(company, level=Level.DEPARTMENT, department="Shop", goals=())
    async with opened(url) as store:
        async with store.begin() as work:
            await fill(work, "e1", "e2")
            for sheet in (company, shop, replace(shop, department="HR")):
                await work.cascade.put(sheet)
            changed = replace(company, goals=(), set_by="e2")
            await work.cascade.put(replace(company, period="2026"))
            await work.cascade.put(replace(company, period="2026"))
        async with store.begin() as work:
            assert await work.cascade.get("2026H2", Level.COMPANY) == company
            assert await work.cascade.get("2027H1", Level.COMPANY) is None
            whole = replace(company, period="2026")
            assert await work.cascade.of(("2026H2", "2026"), "Shop") == (whole, company, shop)
            await work.cascade.put(changed)
            assert await work.cascade.get("2026H2", Level.COMPANY) == changed
            assert await work.cascade.set_by("e2") == (changed,)
            assert len(await work.cascade.set_by("e1")) == 3
