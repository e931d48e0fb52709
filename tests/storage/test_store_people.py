from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from storage_samples import opened, person

from review.people import Person, Track
from storage import store
from storage.errors import AlreadyThereError
from storage.people import Account

BOSS = person("boss")
LEAD = person("lead", "boss")
ANN = person("ann", "lead")
BOB = person("bob", "lead")
ALL = (ANN, BOB, BOSS, LEAD)
WHOLE = Person(
    employee_id="e1",
    name="张伟",
    email="w@example.com",
    title="Lead",
    role="ops",
    department="Operations",
    manager_id="boss",
    hrbp_id="h1",
    track=Track.SENIOR,
    hired_on=date(2020, 2, 29),
    left_on=date(2027, 1, 1),
    leave_from=date(2026, 1, 1),
    leave_to=date(2026, 2, 1),
    work_week=frozenset({6, 0, 3}),
    time_zone="Asia/Shanghai",
    locale="zh-CN",
    slack_id="U1",
    dingtalk_id="d1",
)


async def test_a_person_comes_back_whole(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await work.people.put_all([WHOLE])
        async with database.begin(write=False) as work:
            assert await work.people.get("e1") == WHOLE
            assert await work.people.get("nobody") is None


async def test_put_all_replaces_and_leaves_the_others(url: str) -> None:
    moved = replace(ANN, manager_id="boss", name="Ann")
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        await work.people.put_all([moved])
        assert await work.people.all() == (moved, BOB, BOSS, LEAD)


async def test_many_finds_more_than_one_statement_takes(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "CHUNK", 100)
    crowd = tuple(person(f"e{number:05}") for number in range(250))
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(crowd)
        asked = [somebody.employee_id for somebody in crowd]
        with database.count_statements() as counted:
            assert await work.people.many([*asked, "nobody", "e00001"]) == crowd
        assert counted.count == 3


async def test_a_big_roster_is_one_statement(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        with database.count_statements() as counted:
            await work.people.put_all([person(str(number)) for number in range(1_000)])
        assert counted.count == 1


async def test_reports_are_those_who_report_directly(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        assert await work.people.reports_of("lead") == (ANN, BOB)
        assert await work.people.reports_of(None) == (BOSS,)
        assert await work.people.reports_of("ann") == ()


async def test_an_account_leads_to_its_person_and_keeps_its_channel(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        await work.people.link_all("slack", [("U1", "ann"), ("U2", "bob")])
        await work.people.link("dingtalk", "U1", "bob")
        await work.people.keep_channel("slack", "U1", "D1")
        await work.people.link_all("slack", [("U1", "ann"), ("U3", "boss")])
        assert await work.people.by_account("slack", "U1") == ANN
        assert await work.people.by_account("dingtalk", "U1") == BOB
        assert await work.people.by_account("slack", "U9") is None
        assert await work.people.accounts("slack") == (
            Account("slack", "U1", "ann", "D1"),
            Account("slack", "U2", "bob"),
            Account("slack", "U3", "boss"),
        )
        assert await work.people.account_of("boss", "dingtalk") is None


async def test_an_account_that_moves_leaves_its_channel_behind(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        await work.people.link_all("slack", [("U1", "ann"), ("U2", "bob")])
        await work.people.keep_channel("slack", "U1", "D1")
        await work.people.link("slack", "U1", "bob")
        assert await work.people.account_of("ann", "slack") is None
        assert await work.people.accounts("slack") == (Account("slack", "U1", "bob"),)


async def test_two_people_on_one_account_are_refused(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.people.put_all(ALL)
        with pytest.raises(AlreadyThereError):
            await work.people.link_all("slack", [("U1", "ann"), ("U1", "bob")])
        with pytest.raises(AlreadyThereError):
            await work.people.link_all("slack", [("U1", "ann"), ("U2", "ann")])


async def test_who_is_there_is_counted_up_to_their_last_day(url: str) -> None:
    async with opened(url) as base:
        day = date(2026, 10, 12)
        async with base.begin() as tx:
            last = [None, day, day + timedelta(days=1), day - timedelta(days=1)]
            await tx.people.put_all(
                replace(person(f"c{number}"), left_on=left) for number, left in enumerate(last)
            )
        async with base.begin(write=False) as tx:
            assert await tx.people.count(day) == 3
