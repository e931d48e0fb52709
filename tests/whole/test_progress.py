"""How far a cycle is: who is shown which departments and teams, in words and as a picture."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from place import Place, place
from place_forms import write_self

from handlers import progress
from handlers.work import Work
from prompts.render import Words
from prompts.screens.progress import Progress, card
from review.cycle import Cycle
from sandbox.slack.model import Message

ADMIN, WORKER = "N0016", "N0020"


async def _seen(here: Place, cycle: Cycle, employee: str) -> Progress | None:
    async with here.deps.database.begin(write=False) as tx:
        viewer = await tx.people.get(employee)
        assert viewer is not None
        work = Work(tx=tx, company=here.deps.company, now=here.clock.now())
        return await progress.of_cycle(cycle, viewer, work)


async def _asked(here: Place, employee: str) -> str:
    who = here.who[employee]
    await who.command("/review status")
    await here.settle()
    return _read(who.ephemerals[-1])


def _read(message: Message) -> str:
    """As it is read: bold Chinese is a piece of its own in Slack's blocks."""
    return message.words.replace("\n：", "：")


def _names(seen: Progress | None) -> set[tuple[str, str]]:
    return set() if seen is None else {(line.kind, line.name) for line in seen.lines}


async def test_each_sees_the_departments_or_teams_of_their_own_scope(tmp_path: Path) -> None:
    async with place(tmp_path, count=48) as here:
        cycle = await here.open_cycle()
        staff = {one.employee_id: one for one in here.colleagues}
        reviewed = {one for one in staff if await _is_reviewed(here, cycle, one)}
        departments = {staff[one].department for one in reviewed}
        by_admin = await _seen(here, cycle, ADMIN)
        assert _names(by_admin) == {("department", one) for one in departments}
        assert by_admin is not None
        assert by_admin.whole.people == len(reviewed)

        for head in staff.values():
            seen = await _seen(here, cycle, head.employee_id)
            if head.employee_id in here.deps.company.hr_admins:
                continue
            partner = {one.department for one in staff.values() if one.hrbp_id == head.employee_id}
            wanted = {("department", one) for one in partner & departments}
            below = _below(here, head.employee_id)
            wanted |= {
                ("manager", staff[one.manager_id].name)
                for one in staff.values()
                if one.employee_id in below & reviewed and one.manager_id
            }
            assert _names(seen) == (wanted if len(wanted) > 1 else set()), head.name
            assert (seen is None) == (not wanted), head.name


async def _is_reviewed(here: Place, cycle: Cycle, employee: str) -> bool:
    async with here.deps.database.begin(write=False) as tx:
        found = await tx.reviews.of(cycle.id, employee)
    return found is not None and found.stage != "excluded"


def _below(here: Place, head: str) -> set[str]:
    found: set[str] = set()
    level = {head}
    while level:
        level = {one.employee_id for one in here.colleagues if one.manager_id in level} - found
        found |= level
    return found


async def test_picture_comes_to_those_with_several_groups_and_says_what_the_text_says(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=26) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, WORKER)
        await here.settle()
        text = await _asked(here, ADMIN)
        assert "图表已发到我们的私聊里。" in text
        (sent,) = here.dms(ADMIN, "progress")
        (image,) = [block for block in sent.blocks if block["type"] == "image"]
        (file,) = here.workspace.files.values()
        assert (image["slack_file"], file.mimetype) == ({"id": file.id}, "image/png")
        seen = await _seen(here, cycle, ADMIN)
        assert seen is not None
        for line in seen.lines:
            one = line.counts
            told = f"{line.name}：自评 {one.self_in}/{one.people}，评分 {one.rated}/{one.people}"
            assert told in text
            assert told in _read(sent)
        shares = [(one.counts.self_in + one.counts.rated) / one.counts.people for one in seen.lines]
        assert shares == sorted(shares)
        assert sum(one.counts.self_in for one in seen.lines) == 1


async def test_no_picture_for_one_team_or_for_none(tmp_path: Path) -> None:
    async with place(tmp_path, count=26) as here:
        await here.open_cycle()
        await _asked(here, WORKER)
        lead = next(one.manager_id for one in here.colleagues if one.employee_id == WORKER)
        assert lead is not None
        text = await _asked(here, lead)
        assert (here.dms(WORKER, "progress"), here.dms(lead, "progress")) == ([], [])
        assert here.workspace.files == {}
        assert "/" in text


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
async def test_picture_marks_what_is_late_and_has_the_figures_of_the_words(
    tmp_path: Path, locale: str
) -> None:
    async with place(tmp_path, count=26) as here:
        cycle = await here.open_cycle()
        seen = await _seen(here, cycle, ADMIN)
        assert seen is not None
        late = replace(seen, today=cycle.manager_due)
        drawn = json.loads(card(late, Words(locale)).parts[-1].data)  # type: ignore[union-attr]
        assert [part["late"] for part in drawn["parts"]] == [True, False]
        figures = [[part["figure"] for part in row["parts"]] for row in drawn["rows"]]
        of = " of " if locale == "en" else "/"
        assert figures == [[f"0{of}{line.counts.people}"] * 2 for line in seen.lines]
