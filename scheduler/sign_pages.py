"""Who has more to sign than their list has room for gets a page more."""

from __future__ import annotations

from handlers.ports import Deps
from handlers.sign_list import SIGN_LIST, lacks_a_page, paint
from handlers.work import Work

LOOKED = "sign_pages"
"""Mark of when the lists were last looked at: only those that changed since are counted."""


async def sign_pages(deps: Deps) -> None:
    """Add the pages that are lacking.

    A press paints only those that stand: counting what somebody signs takes all that was rated
    below them, and nobody should wait for that.
    """
    now = deps.clock.now()
    lacking: list[tuple[str, str]] = []
    changed = False
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=now)
        looked = await tx.occurrences.mark(LOOKED)
        for cycle in await tx.cycles.running():
            lists = await tx.signings.shown(SIGN_LIST, None, cycle.id)
            pages = {
                one: there.pages
                for one, there in lists.items()
                if looked is None or looked > now or there.newest >= looked
            }
            changed = changed or bool(pages)
            lacking += [
                (person.employee_id, cycle.id)
                for person in await tx.people.many(pages)
                if await lacks_a_page(person, cycle.id, pages[person.employee_id], work)
            ]
    if not changed:
        return
    async with deps.database.begin() as tx:
        work = Work(tx=tx, company=deps.company, now=now)
        await tx.occurrences.set_mark(LOOKED, now)
        for employee, cycle_id in lacking:
            for person in await tx.people.many([employee]):
                await paint(person, cycle_id, work)
