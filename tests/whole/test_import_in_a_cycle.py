"""HR imports the roster while a cycle runs: what people see follows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from place import Place, place
from place_forms import write_self

from handlers import roster
from handlers.work import Work
from sandbox.company import hr_admins, roster_csv

MEMBER, LEAD, OTHER = "N0018", "N0008", "N0002"


async def _imported(here: Place, **changed: Any) -> None:
    """The roster once more, with something of the member changed."""
    everybody = [
        replace(one, **changed) if one.employee_id == MEMBER else one for one in here.colleagues
    ]
    async with here.deps.database.begin() as tx:
        work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
        found = await roster.check_roster(roster_csv(everybody).encode(), work)
        assert found.faults == ()
        assert set(found.changes.changed) == {MEMBER}
        await roster.import_roster(found, None, work)
    await here.settle()


async def test_who_is_led_by_another_from_now_on_moves_on_the_lists_that_stand(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=20) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        name = here.employee(MEMBER).name
        (old,), (new,) = here.dms(LEAD, "team_list"), here.dms(OTHER, "team_list")
        assert (name in old.words, name in new.words) == (True, False)
        await _imported(here, manager_id=OTHER)
        (old,), (new,) = here.dms(LEAD, "team_list"), here.dms(OTHER, "team_list")
        assert (name in old.words, name in new.words) == (True, False)
        await here.who[hr_admins(here.colleagues)[0]].command(f"/review rater {MEMBER} roster")
        await here.settle()
        (old,), (new,) = here.dms(LEAD, "team_list"), here.dms(OTHER, "team_list")
        assert (name in old.words, name in new.words) == (False, True)
        (own,) = here.dms(MEMBER, "my_review")
        assert here.employee(OTHER).name in own.words
        await here.who[OTHER].press("rate:3.5", near=name)
        form = here.who[OTHER].form
        assert form is not None
        assert form.callback_id == "manager_review"


async def test_a_new_name_stands_on_the_list_and_nobody_is_written_to_anew(tmp_path: Path) -> None:
    async with place(tmp_path, count=20) as here:
        await here.open_cycle()
        before = [len(here.dms(one)) for one in here.who]
        await _imported(here, name="Rosa Neu")
        (listed,) = here.dms(LEAD, "team_list")
        assert "Rosa Neu" in listed.words
        assert [len(here.dms(one)) for one in here.who] == before
