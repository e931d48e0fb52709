"""What waits for everybody at once is what waits for each: asked of a whole company both ways."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from access_company import sights
from goals_world import Setting, setting
from world import home

from handlers.answers import Done
from handlers.crowd import crowd_of
from handlers.waiting import SOURCES
from handlers.waits import Find, Late
from handlers.work import Work
from review.cycle import Cycle
from review.people import Person
from review.policy import Flow
from review.stages import Stage
from storage.delegations import Delegation

QUIET = {"goals_confirm", "calibration"}
"""What may wait for nobody there."""


@pytest.mark.parametrize("flow", [Flow(), Flow(calibration=True)])
async def test_who_is_asked_at_once_is_who_is_asked_one_by_one(tmp_path: Path, flow: Flow) -> None:
    async with sights(tmp_path) as seen:
        company = seen.place.deps.company
        company = replace(company, policy=replace(company.policy, flow=flow))
        now, today = seen.place.clock.now(), seen.place.clock.now().date()
        async with seen.place.deps.database.begin() as tx:
            for stage in (Stage.INTERVIEW, Stage.HR, Stage.SKIP_LEVEL):
                review = await tx.reviews.get(seen.reviews[f"p-{stage}"])
                assert review is not None
                await tx.reviews.save(replace(review, led_by="max"))
            (boss,) = await tx.people.many(["boss"])
            await tx.people.put_all([replace(boss, leave_from=today, leave_to=today)])
            named = Delegation(
                id="n", owner="hrp", stand_in="peer", first_day=today, last_day=today, at=now
            )
            await tx.delegations.add(named)
            work = Work(tx=tx, company=company, now=now)
            people = await tx.people.all()
            found = await _both_ways(people, seen.cycle, work)
        assert {one.kind for one in SOURCES} - found <= QUIET


async def test_goals_that_wait_are_asked_for_at_once_at_each_of_their_steps(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        made = await setting(place)
        assert await _kinds(made) == {"goals"}
        assert await made.send(await made.open(), {}) == Done()
        assert await _kinds(made) == {"goals", "goals_look"}
        assert await place.press("mia", "goals.approve", made.review) == Done()
        assert await _kinds(made) == {"goals", "goals_confirm"}


async def _kinds(made: Setting) -> set[str]:
    place = made.place
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await _both_ways(await tx.people.all(), made.cycle, work)


async def _both_ways(people: tuple[Person, ...], cycle: Cycle, work: Work) -> set[str]:
    """The kinds of which anything waits for anybody."""
    crowd, found = await crowd_of(cycle, work), set()
    for source in SOURCES:
        asked = await _one_by_one(people, source.find, cycle, work)
        late = await _one_by_one(people, source.late, cycle, work)
        assert await source.who(crowd) == asked, source.kind
        assert await source.who_late(crowd) == late, source.kind
        found |= {source.kind} if asked else set()
    return found


async def _one_by_one(
    people: tuple[Person, ...], find: Find | Late, cycle: Cycle, work: Work
) -> set[str]:
    return {one.employee_id for one in people if await find(one, cycle, work)}
