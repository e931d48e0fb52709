"""Roster people are matched to chat accounts, by id or e-mail."""

from __future__ import annotations

from handlers.ports import Deps, Directory, Member
from review.people import EmployeeId, Person


async def match_accounts(deps: Deps) -> int:
    """Link everybody who can be matched on every platform; how many are linked now."""
    return sum([await match_on(directory, deps) for directory in deps.directories])


async def match_on(directory: Directory, deps: Deps) -> int:
    """Link everybody who can be matched on that platform; how many are linked now."""
    members = await directory.members()
    async with deps.database.begin() as tx:
        people = await tx.people.all()
        found = _matched(directory, members, people)
        await tx.people.link_all(directory.platform, found.items())
    return len(found)


def _matched(
    directory: Directory, members: tuple[Member, ...], people: tuple[Person, ...]
) -> dict[str, EmployeeId]:
    """Account id to employee: the roster's own id first, then the e-mail, in any case."""
    given = {getattr(person, f"{directory.platform}_id"): person for person in people}
    by_mail = {person.email.lower(): person for person in people if person.email}
    found: dict[str, EmployeeId] = {}
    for member in members:
        person = given.get(member.id)
        if person is None and member.email:
            person = by_mail.get(member.email.lower())
            if person is not None and getattr(person, f"{directory.platform}_id"):
                continue
        if person is not None:
            found[member.id] = person.employee_id
    return found
