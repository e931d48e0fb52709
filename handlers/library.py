"""HR edits ladders and starting goals by file: checked whole, kept as an edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from handlers import library_xlsx, library_yaml
from handlers.library_cells import UnreadableLibraryError
from handlers.ports import Company, Deps
from handlers.roster_file import XLSX, UnreadableFileError, text_of
from handlers.work import Work
from review.library import Edition, Library
from review.library_read import ALL_ROLES, Given, LibraryFault, Place, Read, read_library
from storage.database import Database

__all__ = ["ALL_ROLES", "LibraryImport", "check_file", "import_library", "take_up", "written"]

EVER = datetime.min.replace(tzinfo=UTC)
"""From when on the library that ships stands."""


@dataclass(frozen=True, slots=True)
class LibraryImport:
    """What a file would do."""

    read: Read
    ladders: tuple[str, ...]
    """Keys of the ladders that come, change or go."""
    roles: tuple[str, ...]
    """The same of roles; the empty one is for all others."""

    @property
    def changes(self) -> bool:
        """Whether it changes anything."""
        return bool(self.ladders or self.roles)


def check_file(data: bytes, work: Work) -> LibraryImport:
    """Read a file against the library there is; nothing is written."""
    now = work.company.library
    try:
        read = read_library(_given(data), now, work.company.policy)
    except UnreadableLibraryError as unreadable:
        read = Read(now, unreadable.faults, ())
    made = read.library
    ladders, roles = dict(made.ladders), dict(made.roles)
    return LibraryImport(
        read,
        tuple(
            key for key in {**now.ladders, **ladders} if now.ladders.get(key) != ladders.get(key)
        ),
        tuple(key for key in {**now.roles, **roles} if now.roles.get(key) != roles.get(key)),
    )


def _given(data: bytes) -> Given:
    if data.startswith(XLSX):
        return library_xlsx.read(data)
    try:
        text = text_of(data)
    except UnreadableFileError as fault:
        raise UnreadableLibraryError(LibraryFault(Place(1), "library.no_file")) from fault
    return library_yaml.read(text)


async def import_library(found: LibraryImport, by: str | None, work: Work) -> bool:
    """Keep a file without faults as the newest edition. False: another was kept just now.

    Cycles that are open keep what they were opened with.
    """
    if not found.changes:
        return True
    number = max(len(work.company.editions), 1)
    if not await work.tx.library.add(number, found.read.library, by, work.now):
        return False
    details = {"number": number, "ladders": len(found.ladders), "roles": len(found.roles)}
    await work.tx.audit.record("library.imported", "library", by, work.now, details)
    return True


def written(library: Library, *, xlsx: bool) -> bytes:
    """The library as a file."""
    return library_xlsx.write(library) if xlsx else library_yaml.write(library).encode()


async def company_now(company: Company, database: Database) -> Company:
    """The company with the newest library that was imported."""
    async with database.begin(write=False) as tx:
        if await tx.library.count() == max(len(company.editions) - 1, 0):
            found = company.editions
        else:
            shipped = company.editions[:1] or (Edition(EVER, company.library),)
            found = (*shipped, *await tx.library.all())
    return replace(company, library=found[-1].library, editions=found) if found else company


async def take_up(deps: Deps) -> None:
    """Work with the newest library from here on."""
    deps.company = await company_now(deps.company, deps.database)
