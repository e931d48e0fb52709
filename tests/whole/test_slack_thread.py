"""One person's self-review and one manager's rating, over the stand-in for Slack."""

from __future__ import annotations

from pathlib import Path

from place import kind_of, place
from place_forms import rate, write_self

MEMBER, LEAD = "N0016", "N0008"


async def test_a_self_review_and_a_rating_go_through_slack(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        print([(c.employee_id,c.name,c.manager_id,c.track, c.locale, c.left_on, c.role) for c in here.colleagues])
        print(await write_self(here, cycle, MEMBER))
        await here.settle()
        print(await rate(here, cycle, MEMBER))
        await here.settle()
        print((await here.exported(cycle))[MEMBER])
        for e in (MEMBER, LEAD):
            for m in here.dms(e): print(e, kind_of(m), m.words, m.edits)
        for m in here.board(): print(m.words)
        print(await here.trail())
