"""A team's ratings through calibration, by protocol: the spread, the names, a move, the close."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from place import Place, kind_of, lines, place
from place_forms import rate, rows_of, write_self
from quarter_story import signs

from handlers.audit_verify import verify
from handlers.manager_review import submit
from handlers.work import Act, Work
from prompts.answers import assessment
from review.calibration import moved
from review.cycle import Cycle
from review.desks import desks
from review.policy import Flow, Policy
from review.roster import Roster
from review.stages import Stage
from review.surprise import Told
from sandbox.company import hr_admins, rating_answers
from sandbox.slack.people import Person

LEAD, TEAM = "N0008", tuple(f"N00{number}" for number in range(18, 23))
CALIBRATED = replace(Policy(), flow=Flow(calibration=True))


async def test_a_calibrated_team_reaches_the_skip_level(tmp_path: Path) -> None:
    async with place(tmp_path, count=26, policy=CALIBRATED) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, TEAM[0])
        await here.settle()
        await rate(here, cycle, TEAM[0], overall="4")
        for one in TEAM[1:]:
            await _rated(here, cycle, one)
        admin_id = hr_admins(here.colleagues)[0]
        admin, lead = here.who[admin_id], here.who[LEAD]
        await admin.command(f"/review calibrate <@{lead.id}>")
        await here.settle()

        root = next(one for one in here.board() if kind_of(one) == "calibration")
        assert "5/6 rated · 5 to calibrate · 0 moved" in "\n".join(lines(root))
        names = [here.employee(one).name for one in TEAM]
        assert not any(name in str(one.blocks) for one in here.board() for name in names)
        (opened,) = [one for one in here.board() if one.thread_ts == root.ts]
        assert kind_of(opened) == "calibration_opened"
        assert any(block["type"] == "image" for block in opened.blocks)

        await _move(here, admin, TEAM[0])
        found = await here.review(cycle, TEAM[0])
        stands = moved(found)
        assert stands is not None
        assert (str(stands.was), str(stands.now), stands.by) == ("4", "15/4", admin_id)
        assert stands.because == "Beside peers: <!channel> & *b* {{ x }}"
        await here.settle()
        (told,) = here.dms(LEAD, "rating_moved")
        assert stands.because in "\n".join(lines(told))
        root = next(one for one in here.board() if kind_of(one) == "calibration")
        assert "5 to calibrate · 1 moved" in "\n".join(lines(root))

        await admin.press("calibration.close", message=root)
        await here.tick()
        await here.settle()
        after = [await here.review(cycle, one) for one in TEAM]
        assert {one.stage for one in after} == {Stage.SKIP_LEVEL}
        assert {one.sign_offs[-1].decision for one in after} == {"calibrate"}
        replies = [one for one in here.board() if one.thread_ts == root.ts]
        assert [kind_of(one) for one in replies] == ["calibration_opened", "calibration_closed"]
        signer = here.who[await _skip_level(here, TEAM[0])]
        await signer.press("signoff.agree", near=names[0])
        assert (await here.review(cycle, TEAM[0])).stage is Stage.HR
        async with here.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
            assert (await verify(work)).broken is None


async def _rated(here: Place, cycle: Cycle, employee: str) -> None:
    """Rated without a self-review, as the form would have it, and quicker."""
    answers = rating_answers(here.employee(employee), await rows_of(here, cycle, employee))
    found, policy = await here.review(cycle, employee), here.deps.company.policy
    given = assessment(answers | {"overall": "4"}, found.sheet, policy, manager=True)
    async with here.deps.database.begin() as tx:
        await tx.reviews.move_all(cycle.id, Stage.SELF_REVIEW, Stage.MANAGER_REVIEW, [employee])
        boss, review = await tx.people.get(LEAD), await tx.reviews.get(found.id)
        assert boss is not None
        assert review is not None
        act = Act(
            tx=tx, company=here.deps.company, now=here.clock.now(), actor=boss, platform="slack"
        )
        told = Told(warned=True, praised=True)
        await submit(review, given, act, has_reports=False, told=told)


async def _move(here: Place, admin: Person, employee: str) -> None:
    """By name, the one beside whom they press, where to and because; the list comes again."""
    root = next(one for one in here.board() if kind_of(one) == "calibration")
    await admin.press("calibration.names", message=root)
    form = admin.form
    assert form is not None
    shown = form.words
    assert all(here.employee(one).name in shown for one in TEAM)
    review = await _id_of(here, employee)
    await admin.press(f"move:{review}")
    assert admin.form is not None
    await admin.fill({"overall": "3.75"})
    because = "Beside peers: <!channel> & *b* {{ x }}"
    await admin.fill({"reason": because})
    assert await admin.submit() == {}
    assert admin.form is not None
    assert "↕" in admin.form.words
    await admin.close()


async def _id_of(here: Place, employee: str) -> str:
    async with here.deps.database.begin(write=False) as tx:
        (cycle,) = await tx.cycles.running()
        found = await tx.reviews.of(cycle.id, employee)
    assert found is not None
    return found.id


async def _skip_level(here: Place, employee: str) -> str:
    async with here.deps.database.begin(write=False) as tx:
        roster = Roster.of(await tx.people.all(), here.deps.company.hr_admins)
    today = here.clock.now().date()
    return signs(desks(roster.people[employee], roster, today), Stage.SKIP_LEVEL)
