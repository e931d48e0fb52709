"""What is kept: the database, its version and key, the disk, and the people in it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.doctor.line import Line, note, ok, said, wrong
from handlers.quota import NEAR
from review.people import Person
from storage import database
from storage.engine import file_of
from storage.errors import FaultError, SchemaOutdatedError, StorageError
from storage.seal import Keyring, key_file

LITTLE, TOO_LITTLE = 1_000, 100
"""Megabytes of free disk: below the first it is pointed out, below the second a fault (ours)."""
NAMED = 5
"""People who are named one by one; of more it is said how many (ours)."""
MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class Kept:
    """The roster, whose account on a platform that is set up is known, and DingTalk's calls."""

    people: tuple[Person, ...] = ()
    linked: frozenset[str] = frozenset()


async def look(settings: Settings, now: datetime) -> tuple[list[Line], Kept | None]:
    """Lines about the database, and what stands in it; None: there is none that can be read."""
    file = file_of(settings.database_url)
    lines = [] if file is None else [_disk(file)]
    if file is not None and not file.exists():
        return [*lines, _new(file)], None
    try:
        keyring = Keyring.of(settings.data_key, file=key_file(settings.database_url))
        opened = await database.open(settings.database_url, keyring, upgrade=False)
    except (StorageError, OSError) as fault:
        return [*lines, _fault(fault)], None
    try:
        async with opened.begin(write=False) as tx:
            people = await tx.people.all()
            accounts = [
                one for name in _platforms(settings) for one in await tx.people.accounts(name)
            ]
            month = now.astimezone(ZoneInfo(settings.time_zone)).date().replace(day=1)
            used = await tx.calls.used("dingtalk", month)
    finally:
        await opened.close()
    lines += [ok("database"), _key(settings), *_calls(used, settings)]
    return lines, Kept(people, frozenset(one.employee_id for one in accounts))


def _fault(fault: Exception) -> Line:
    match fault:
        case SchemaOutdatedError(key=key, facts=facts):
            return note(key, **facts)
        case FaultError(key=key, facts=facts):
            return wrong(key, **facts)
    return wrong("database_unusable", fault=str(fault))


def _new(file: Path) -> Line:
    """No database yet: whether the first start can make one."""
    folder = _nearest(file)
    may = os.access(folder, os.W_OK | os.X_OK) and folder.is_dir()
    return ok("database_new", file=file) if may else wrong("database_no_place", folder=folder)


def _nearest(file: Path) -> Path:
    """The folder that is there, however far up."""
    return next(folder for folder in file.absolute().parents if folder.exists())


def _disk(file: Path) -> Line:
    free = shutil.disk_usage(_nearest(file)).free // MEGABYTE
    if free < LITTLE:
        return (wrong if free < TOO_LITTLE else note)("disk_full", free=free)
    return ok("disk", free=free // 1000)


def _key(settings: Settings) -> Line:
    """A key file that others can read is pointed out; the key itself fits by now."""
    file = key_file(settings.database_url)
    if settings.data_key or file is None:
        return ok("key_set")
    if not file.exists():
        return ok("key_new", file=file)
    if os.name == "posix" and stat.S_IMODE(file.stat().st_mode) & 0o077:
        return note("key_open", file=file)
    return ok("key", file=file)


def people(kept: Kept, settings: Settings, today: date) -> list[Line]:
    """Lines about the roster: who can't be reached, and who may act for HR."""
    here = [one for one in kept.people if one.left_on is None or one.left_on >= today]
    if not here:
        return [note("no_people"), *_admins((), settings)]
    lost = [one.employee_id for one in here if one.employee_id not in kept.linked]
    if not _platforms(settings) or not lost:
        roster = ok("people", count=len(here))
    else:
        key = "people_lost" if settings.dingtalk is None else "people_lost_dingtalk"
        roster = note(key, count=len(here), lost=len(lost), names=_some(lost))
    return [roster, *_admins([one.employee_id for one in here], settings)]


def _platforms(settings: Settings) -> tuple[str, ...]:
    """Those that are set up."""
    there = {"slack": settings.slack, "dingtalk": settings.dingtalk}
    return tuple(name for name, chat in there.items() if chat is not None)


def _calls(used: int, settings: Settings) -> list[Line]:
    """How many of the month's calls to DingTalk are left, as far as the bot made them."""
    if settings.dingtalk is None:
        return []
    limit = settings.dingtalk.monthly_calls
    if not limit:
        return [said("dingtalk_calls_unknown", used=used)]
    near = used * 100 >= limit * NEAR
    return [(note if near else ok)("dingtalk_calls", used=used, limit=limit)]


def _admins(here: Sequence[str], settings: Settings) -> list[Line]:
    if not settings.hr_admins:
        return [note("no_admins")]
    unknown = [one for one in settings.hr_admins if one not in here]
    if not here:
        return []
    if unknown:
        return [wrong("admins_unknown", names=_some(unknown))]
    return [ok("admins", names=_some(settings.hr_admins))]


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} …" if len(names) > NAMED else shown
