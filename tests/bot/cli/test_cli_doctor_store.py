"""`doctor`: each line about the database, its key, the disk, the roster and the calendar."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import holidays
import pytest
from clinic import Clinic
from commands import Shell

from bot.app import build
from bot.doctor import calendar
from bot.doctor.line import Mark
from prompts.render import Words
from review.policy import Calendar
from storage.seal import key_file, new_key


async def test_a_database_that_is_not_there_yet(clinic: Clinic, shell: Shell) -> None:
    url = "sqlite+aiosqlite:///new/deep/x.db"
    found = await clinic.lines(database_url=url)
    assert found["database_new"].mark is Mark.OK
    assert not (shell.folder / "new").exists()
    url = "sqlite+aiosqlite:///r.csv/x.db"
    assert await clinic.ails(database_url=url) == {"✗database_no_place"}


def execute(statement: str, *values: str) -> None:
    with sqlite3.connect("d/x.db") as opened:
        opened.execute(statement, values)
    opened.close()


def held(name: str, new: bytes | None = None) -> bytes:
    """What the file holds, after putting something into it."""
    if new is not None:
        Path(name).write_bytes(new)
    return Path(name).read_bytes()


async def test_a_database_of_another_version(clinic: Clinic) -> None:
    execute("UPDATE alembic_version SET version_num = ?", "9999_later")
    before = held("d/x.db")
    assert await clinic.ails() == {"✗storage.newer"}
    assert held("d/x.db") == before


async def test_a_database_without_tables_is_brought_up_by_the_bot(clinic: Clinic) -> None:
    held("d/empty.db", b"")
    assert await clinic.ails(database_url="sqlite+aiosqlite:///d/empty.db") == {"!storage.outdated"}


async def test_no_database_and_another_key(clinic: Clinic) -> None:
    held("d/other.db", b"These are not the bytes of a database. " * 30)
    assert await clinic.ails(database_url="sqlite+aiosqlite:///d/other.db") == {
        "✗storage.no_database"
    }
    assert await clinic.ails(data_key=new_key()) == {"✗storage.wrong_key"}
    assert await clinic.ails(data_key="hush-hush") == {"✗storage.bad_key"}
    key = key_file(clinic.settings.database_url)
    assert key is not None
    kept = key.read_text(encoding="ascii").strip()
    assert "key_set" in await clinic.lines(data_key=kept)
    key.chmod(0o644)
    assert await clinic.ails() == {"!key_open"}
    key.unlink()
    assert await clinic.ails() == {"✗storage.key_lost"}
    assert not key.exists()


async def test_a_key_that_is_to_come_is_looked_at_and_not_used(clinic: Clinic) -> None:
    key = key_file(clinic.settings.database_url)
    assert key is not None
    old = key.read_text(encoding="ascii").strip()
    assert await clinic.ails(data_key=f"{new_key()},{old}") == set()
    assert await clinic.ails() == set()


async def test_no_key_is_made_by_looking(clinic: Clinic) -> None:
    key = key_file(clinic.settings.database_url)
    assert key is not None
    key.unlink()
    execute("DELETE FROM key_check")
    assert (await clinic.lines())["key_new"].mark is Mark.OK
    assert not key.exists()


async def test_doctor_looks_while_the_bot_writes(clinic: Clinic) -> None:
    async with build(clinic.settings) as deps, deps.database.begin() as tx:
        await tx.people.put_all(await tx.people.all())
        looking = asyncio.create_task(clinic.ails())
        await asyncio.sleep(0.3)
        assert not looking.done()
        begun = tx
    assert begun is not None
    assert await looking == set()


async def test_little_disk(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    real = shutil.disk_usage("/")
    for free, expected in ((999, "!disk_full"), (99, "✗disk_full")):
        usage = real._replace(free=free * 10**6)
        monkeypatch.setattr(shutil, "disk_usage", lambda _, usage=usage: usage)
        assert await clinic.ails() == {expected}


async def test_people_without_an_account_and_admins_who_are_not_there(clinic: Clinic) -> None:
    async with build(clinic.settings) as deps, deps.database.begin() as tx:
        ann = await tx.people.get("a")
        assert ann is not None
        gone = replace(ann, employee_id="g", email="g@x.test", left_on=ann.left_on)
        await tx.people.put_all(
            [gone, replace(ann, left_on=datetime(2020, 1, 1, tzinfo=UTC).date())]
        )
    found = await clinic.lines()
    assert found["people_lost"].facts == {"count": 3, "lost": 1, "names": "g"}
    assert found["admins_unknown"].facts == {"names": "a"}
    assert await clinic.ails(hr_admins=()) == {"!people_lost", "!no_admins"}


async def test_an_empty_roster(clinic: Clinic) -> None:
    url = "sqlite+aiosqlite:///d/second.db"
    async with build(replace(clinic.settings, database_url=url)):
        pass
    assert await clinic.ails(database_url=url) == {"!no_people"}


SETTLED = max(
    day.year for day in holidays.country_holidays("CN", years=range(2020, 2040)).weekend_workdays
)
"""The last year whose moved working days the library knows."""


def test_holidays_that_are_not_settled_yet_are_said() -> None:
    years = range(SETTLED - 1, SETTLED + 3)
    assert [calendar.knows("CN", year) for year in years] == [True, True, False, False]
    assert all(calendar.knows("DE", year) for year in years)


def test_every_country_in_use_is_looked_at_once() -> None:
    rules = Calendar(
        countries=(("Asia/Shanghai", "CN"), ("Asia/Urumqi", "CN"), ("Europe/Berlin", "DE"))
    )
    now = datetime(SETTLED, 11, 24, 20, tzinfo=UTC)
    zones = {"Asia/Urumqi", "Europe/Berlin", "Asia/Tokyo"}
    found = calendar.look("Asia/Shanghai", zones, rules, now)
    assert [line.text(Words("en")).split(";")[0] for line in found] == [
        f"✓ Time zone: Asia/Shanghai, where it is {SETTLED}-11-25 04:00 now.",
        "! Holidays: no country is set for Asia/Tokyo, so no public holiday counts there. "
        "Add it to [calendar] countries in policy.toml.",
        f"! Holidays: CN is not settled yet for {SETTLED + 1}",
        f"✓ Holidays: DE is known for {SETTLED}, {SETTLED + 1}.",
    ]
