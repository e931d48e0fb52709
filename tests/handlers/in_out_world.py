"""Somebody taken out of a running review or in again, for tests."""

from __future__ import annotations

from datetime import date, timedelta

from world import Home, opened

from handlers.answers import Done
from handlers.audit_verify import verify
from handlers.roster import check_roster, import_roster
from handlers.work import Work
from prompts.card import Form

LATER = dict.fromkeys(("skip_due", "hr_due", "interview_due"), date(2026, 11, 20))
HARD = "🎉 <!channel> {{ x }} \u202eabc & *b* " + "长" * 2900
HEAD = "employee_id,name,slack_id,department,manager_id,hrbp_id,role,left_on,leave_from,leave_to"


def line(who: str = "e1", manager: str = "mia", left: str = "", leave: str = ",") -> str:
    """A row of the roster."""
    return f"{who},Person {who[1:]},T-{who},Shop,{manager},hr,crm,{left},{leave}"


async def form_of(place: Home, words: str, who: str = "hr") -> Form:
    return opened(await place.command(who, words))


async def put(place: Home, *lines: str) -> None:
    """HR imports a few rows."""
    data = "\n".join(lines).encode()
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        found = await check_roster(data, work)
        assert found.faults == ()
        await import_roster(found, "hr", work)
    await place.tick()


async def intact(place: Home) -> bool:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return not (await verify(work)).broken


async def out(place: Home, who: str = "e1", reason: str = "away", comment: str = "Ill.") -> None:
    form = await form_of(place, f"exclude {who}")
    given = {"reason": reason, "comment": comment}
    assert await place.fill("hr", form, given) == Done()
    await place.tick(place.clock.now() + timedelta(seconds=10))
