"""`nosurprise sync` against the local DingTalk: what is read, shown, asked, kept and written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from ding_chat import settings_of

from bot import cli_sync
from bot.app import build
from bot.config import Settings
from bot.platforms.dingtalk import directory
from bot.platforms.dingtalk.client import DingTalkClient, session
from bot.platforms.dingtalk.directory import DingTalkDirectory
from review.contacts import Choice, Contact
from review.people import Person
from review.policy import Policy
from sandbox.dingtalk import DingTalkServer, Organisation

HIRED = date(2020, 3, 1)


@dataclass
class Desk:
    """A company's machine, its organisation, and who answers what is asked."""

    settings: Settings
    organisation: Organisation
    capture: pytest.CaptureFixture[str]

    async def sync(
        self,
        *,
        answer: bool | None = True,
        sure: bool = False,
        take: Iterable[str] = (),
        keep: Iterable[str] = (),
    ) -> tuple[int, str]:
        chosen = Choice(take=frozenset(take), keep=frozenset(keep))
        code = await cli_sync.run(
            self.settings, "dingtalk", chosen, sure=sure, ask=lambda _: answer
        )
        said = self.capture.readouterr()
        return code, said.out + said.err

    async def roster(self) -> dict[str, Person]:
        async with build(self.settings) as deps, deps.database.begin(write=False) as tx:
            return {one.employee_id: one for one in await tx.people.all()}

    async def correct(self, one: Person) -> None:
        async with build(self.settings) as deps, deps.database.begin() as tx:
            await tx.people.put_all([one])


def shop() -> Organisation:
    """Bo leads the company; Ann leads the shop, with Cy in it; Di has a manager by name."""
    organisation = Organisation("Wares", a_second=None)
    sales = organisation.add_department("Sales")
    desk = organisation.add_department("Desk", parent=sales.id)
    add = organisation.add_member
    add("Bo", userid="u1", job_number="B1", leads=[1], email="bo@x.test")
    add("Ann", userid="u2", job_number="A1", departments=[sales.id], leads=[sales.id])
    add("Cy", userid="u3", job_number="C1", departments=[desk.id], title="Clerk", hired_on=HIRED)
    add("Di", userid="u4", departments=[desk.id], manager="u1")
    return organisation


@asynccontextmanager
async def at_desk(
    folder: Path, capture: pytest.CaptureFixture[str], locale: str = "en"
) -> AsyncIterator[Desk]:
    organisation = shop()
    async with DingTalkServer(organisation) as server:
        url = f"sqlite+aiosqlite:///{folder}/n.db"
        settings = Settings(database_url=url, policy=Policy(), locale=locale)
        yield Desk(replace(settings, dingtalk=settings_of(server)), organisation, capture)


async def test_contacts_name_departments_managers_and_first_days() -> None:
    async with DingTalkServer(shop()) as server, session() as calls:
        found = await DingTalkDirectory(DingTalkClient(settings_of(server), calls)).contacts()
    assert {one.id: one for one in found} == {
        "u1": Contact(id="u1", name="Bo", job_number="B1", email="bo@x.test"),
        "u2": Contact(id="u2", name="Ann", job_number="A1", department="Sales", manager="u1"),
        "u3": Contact(
            id="u3",
            name="Cy",
            title="Clerk",
            job_number="C1",
            department="Desk",
            manager="u2",
            hired_on=HIRED,
        ),
        "u4": Contact(id="u4", name="Di", department="Desk", manager="u1"),
    }


async def test_an_app_that_sees_some_departments_reads_these() -> None:
    organisation = shop()
    organisation.visible = (2,)
    async with DingTalkServer(organisation) as server, session() as calls:
        found = await DingTalkDirectory(DingTalkClient(settings_of(server), calls)).contacts()
    assert sorted((one.id, one.department) for one in found) == [
        ("u2", "Sales"),
        ("u3", "Desk"),
        ("u4", "Desk"),
    ]


async def test_nothing_is_written_before_somebody_agrees(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys) as desk:
        code, said = await desk.sync(answer=None)
        assert code == 0
        assert said.splitlines()[:3] == [
            "DingTalk: 4 people in the contacts.",
            "New (4):",
            "  + B1 Bo",
        ]
        assert "  + C1 Cy, Clerk, Desk, manager Ann" in said
        assert "nosurprise sync --apply" in said
        assert await desk.roster() == {}
        assert "Nothing was written." in (await desk.sync(answer=False))[1]
        assert await desk.roster() == {}
        assert (await desk.sync(answer=True))[1].endswith("Written: 4 added, 0 changed.\n")
        roster = await desk.roster()
        assert {one: roster[one].manager_id for one in roster} == {
            "B1": None,
            "A1": "B1",
            "C1": "A1",
            "u4": "B1",
        }
        assert (roster["C1"].hired_on, roster["C1"].dingtalk_id) == (HIRED, "u3")
        assert (await desk.sync(answer=None))[1].splitlines()[-1] == (
            "The roster and the contacts agree."
        )


async def test_accounts_are_linked_as_soon_as_it_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys) as desk:
        await desk.sync(sure=True)
        async with build(desk.settings) as deps, deps.database.begin(write=False) as tx:
            linked = {
                one.account_id: one.employee_id for one in await tx.people.accounts("dingtalk")
            }
    assert linked == {"u1": "B1", "u2": "A1", "u3": "C1", "u4": "u4"}


async def test_corrections_are_kept_and_shown_and_new_words_of_both_are_a_choice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys) as desk:
        await desk.sync(sure=True)
        cy = (await desk.roster())["C1"]
        await desk.correct(replace(cy, title="Buyer"))
        desk.organisation.members["u2"].title = "Lead"
        said = (await desk.sync(sure=True))[1]
        assert "  ~ A1 Ann: title “–” → “Lead”" in said
        assert "  = C1 Cy: title stays “Buyer” (contacts: “Clerk”)" in said
        desk.organisation.members["u3"].title = "Senior clerk"
        said = (await desk.sync(answer=None))[1]
        assert "  ? C1:title Cy: title stays “Buyer” (contacts: “Senior clerk”)" in said
        await desk.sync(sure=True, take=["C1:title"])
        assert (await desk.roster())["C1"].title == "Senior clerk"


async def test_leaving_and_being_out_of_sight_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys) as desk:
        await desk.sync(sure=True)
        desk.organisation.members["u3"].left = True
        desk.organisation.members["u4"].hidden = True
        said = (await desk.sync(sure=True))[1]
        assert "Left (1), with the last day that is proposed:" in said
        assert "The app may not see these people" in said
        assert "Di (u4)" in said
        roster = await desk.roster()
        assert roster["C1"].left_on is not None
        assert roster["u4"].left_on is None


async def test_a_loop_in_the_contacts_is_named_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys) as desk:
        desk.organisation.members["u1"].manager = "u3"
        code, said = await desk.sync(sure=True)
        assert (code, await desk.roster()) == (2, {})
        assert "C1 → A1 → B1 → C1" in said or "B1 → C1 → A1 → B1" in said
        assert (await desk.sync(sure=True, keep=["B1"]))[0] == 0
        assert set(await desk.roster()) == {"A1", "C1", "u4"}


async def test_a_choice_that_is_no_difference_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys) as desk:
        with pytest.raises(SystemExit):
            await desk.sync(sure=True, take=["Z9:title"])
        assert "Z9:title" in capsys.readouterr().err


async def test_the_review_can_be_read_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_desk(tmp_path, capsys, "zh-CN") as desk:
        await desk.sync(sure=True)
        desk.organisation.members["u3"].title = "店长"
        said = (await desk.sync(answer=None))[1]
    assert "钉钉：通讯录里有 4 人。" in said
    assert "~ C1 Cy：职位“Clerk”→“店长”" in said


async def test_calls_that_come_too_fast_wait_and_a_right_that_lacks_is_a_fault(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directory, "A_WHILE", 0.01)
    async with at_desk(tmp_path, capsys) as desk:
        desk.organisation.faults.too_fast("/topapi/*", times=3)
        assert (await desk.sync(answer=None))[0] == 0
        desk.organisation.faults.errcode("/topapi/v2/department/listsub", 60011)
        with pytest.raises(SystemExit):
            await desk.sync(answer=None)
        assert "60011" in capsys.readouterr().err
