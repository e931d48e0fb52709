"""The roster from a platform's contacts: compared, looked over by HR, and then written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from handlers import rater, roster
from handlers.ports import Deps, Directory
from handlers.watch import Watch, unwatched
from handlers.work import Work
from review.contacts import LEFT, Absent, Choice, Comparison, Contact, Known
from review.contacts_compared import compare, missing
from review.people import EmployeeId
from review.roster_changes import changes
from storage.contacts import Told


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """What a platform's contacts said, read once."""

    platform: str
    kept_there: frozenset[str]
    every: tuple[Contact, ...]
    gone: frozenset[EmployeeId]
    """Of those who are no longer shown: who left the organisation."""
    hidden: tuple[EmployeeId, ...]
    """And who is there all the same."""
    at: datetime
    """When the reading began: what the platform tells later is news still."""


async def read(directory: Directory, deps: Deps) -> Contacts:
    """Read the contacts, and ask after everybody whom they no longer show.

    Raises what the directory raises.
    """
    at = deps.clock.now()
    every = await directory.contacts()
    async with deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=deps.company, now=at)
        absent = missing(every, await _known(directory.platform, frozenset(), work), work.today())
    there = {one: await directory.is_there(account) for one, account in absent.items()}
    return Contacts(
        platform=directory.platform,
        kept_there=directory.kept_there,
        every=every,
        gone=frozenset(one for one, is_there in there.items() if not is_there),
        hidden=tuple(one for one, is_there in there.items() if is_there),
        at=at,
    )


async def compared(found: Contacts, choice: Choice, work: Work) -> Comparison:
    """What the contacts would change in the roster as it stands now; nothing is written."""
    known = await _known(found.platform, found.kept_there, work)
    here = {one.employee_id for one in known.people} - known.erased
    absent = Absent(
        gone=await _last_days(found, known, work),
        hidden=tuple(one for one in found.hidden if one in here),
    )
    return compare(found.every, known, absent, choice, work.today())


async def apply(
    found: Contacts, made: Comparison, by: EmployeeId | None, work: Work, watch: Watch = unwatched
) -> None:
    """Write what was looked over; an account that is new is linked at once."""
    tx = work.tx
    old = await tx.people.all()
    file = roster.Import(
        people=made.people,
        faults=(),
        changes=changes(old, made.people),
        stays=await rater.moved(old, made.people, work),
    )
    await roster.import_roster(file, by, work, watch)
    await tx.contacts.say(found.platform, made.said)
    await tx.contacts.compared(found.platform, found.at)
    owner = {getattr(one, f"{found.platform}_id"): one.employee_id for one in made.people}
    await tx.people.link_all(
        found.platform, [pair for pair in made.accounts.items() if owner.get(pair[0]) == pair[1]]
    )


async def _known(platform: str, kept_there: frozenset[str], work: Work) -> Known:
    erased = frozenset(await work.tx.erasing.erased())
    return Known(
        platform=platform,
        people=tuple(one for one in await work.tx.people.all() if one.employee_id not in erased),
        accounts={
            one.account_id: one.employee_id for one in await work.tx.people.accounts(platform)
        },
        said=await work.tx.contacts.said(platform),
        erased=erased,
        kept_there=kept_there,
    )


async def _last_days(found: Contacts, known: Known, work: Work) -> Mapping[EmployeeId, date]:
    """The last day that is proposed for each who left: as told before, else when news came."""
    news = {
        one.employee_id: work.date_of(one.at)
        for one in await work.tx.contacts.news(found.platform)
        if one.kind is Told.LEFT and one.employee_id is not None
    }
    days = {}
    for person in known.people:
        if person.employee_id in found.gone:
            told = known.said.get(person.employee_id, {}).get(LEFT)
            day = date.fromisoformat(told) if told else news.get(person.employee_id)
            days[person.employee_id] = day or work.today()
    return days
