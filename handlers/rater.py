"""Who rates somebody whom the roster has moved after the period's end."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from handlers import living, sign_list
from handlers.answers import Answer, Says
from handlers.people_said import person_said
from handlers.team import seated, standings_of
from handlers.work import Act, Work
from prompts.screens import rater as screen
from review.cycle import Cycle
from review.desks import Desks
from review.errors import NotEntitled
from review.errors_feedback import PersonUnknown
from review.errors_in_out import NoSuchReview, PersonUnclear, RatesThemself
from review.people import EmployeeId, Person
from review.record import Review
from review.signing import DESK_AT
from review.stages import Stage

ROSTER = {"roster", "名册"}
"""Said in place of a manager: whoever leads them in the roster."""


@dataclass(frozen=True, slots=True)
class Stays:
    """Those of a cycle who go on being rated by whoever led them at its period's end."""

    cycle: Cycle
    led: Mapping[EmployeeId, EmployeeId]
    """To the manager they had."""


async def moved(old: Collection[Person], new: Collection[Person], work: Work) -> tuple[Stays, ...]:
    """Whose rating an import after the period's end leaves where it was.

    A transfer is rated by the manager at the period's end (the scheme).
    """
    before = {one.employee_id: one.manager_id for one in old}
    led = {
        one.employee_id: head
        for one in new
        if (head := before.get(one.employee_id)) is not None and head != one.manager_id
    }
    found = []
    for cycle in await over(work) if led else ():
        records = await work.tx.reviews.standings(cycle.id, led)
        stay = {one.employee_id: led[one.employee_id] for one in records if one.led_by is None}
        if stay:
            found.append(Stays(cycle, stay))
    return tuple(found)


async def over(work: Work) -> tuple[Cycle, ...]:
    """The running cycles whose period has ended."""
    today = work.today()
    return tuple(one for one in await work.tx.cycles.running() if one.ends < today)


async def command(rest: str, act: Act) -> Answer:
    """`/review rater @who`: who rates them.

    With `@manager`, that one does from now on; with `roster`, whoever leads them there.

    Raises PersonUnclear, PersonUnknown, SeveralPeople, NotEntitled, NoSuchReview, RatesThemself.
    """
    if not rest:
        raise PersonUnclear("rater")
    person, head = await _both(rest, act)
    if person.employee_id == act.by:
        raise NotEntitled(who_can="hr_admin")
    if head is not None and head.employee_id == person.employee_id:
        raise RatesThemself(person.name)
    found = [
        (review, cycle)
        for cycle in await over(act)
        if (review := await act.tx.reviews.of(cycle.id, person.employee_id)) is not None
        and review.stage not in {Stage.EXCLUDED, Stage.CLOSED}
    ]
    if not found:
        raise NoSuchReview(person.name)
    if head is not None or _says_roster(rest):
        found = [(await _lead(one, cycle, head, act), cycle) for one, cycle in found]
    rows = [await _row(one, cycle, act) for one, cycle in found]
    return Says(screen.rated_by(person.name, rows, act.say))


async def _both(rest: str, act: Act) -> tuple[Person, Person | None]:
    """Whom is meant, and who is to rate them; names may be of several words."""
    words = rest.split()
    if _says_roster(rest):
        return await person_said(" ".join(words[:-1]), act), None
    for cut in range(len(words), 0, -1):
        try:
            who = await person_said(" ".join(words[:cut]), act)
        except PersonUnknown:
            continue
        other = " ".join(words[cut:])
        return who, await person_said(other, act) if other else None
    raise PersonUnknown(rest)


def _says_roster(rest: str) -> bool:
    return len(rest.split()) > 1 and rest.rsplit(maxsplit=1)[-1].casefold() in ROSTER


async def _lead(review: Review, cycle: Cycle, head: Person | None, act: Act) -> Review:
    led_by = None if head is None else head.employee_id
    _, before = await seated(review, act)
    saved = await act.tx.reviews.save(replace(review, led_by=led_by))
    _, after = await seated(saved, act)
    details = {"led_by": led_by}
    await act.tx.audit.record("review.led_by", review.id, act.by, act.now, details)
    await _show(saved, cycle, (before, after), act)
    return saved


async def _show(review: Review, cycle: Cycle, seats: tuple[Desks, Desks], act: Act) -> None:
    """The person's message and the lists of all whose turn it was, or is now."""
    if act.today() < cycle.self_open:
        return
    shown = [living.own(review.id, review.employee_id, act.now), *living.boards(review.cycle, act)]
    for manager in await act.tx.people.many({one.manager for one in seats if one.manager}):
        rows = len(await standings_of(manager, review.cycle, act)) + 1
        pages = living.pages(rows)  # one that is left empty says so
        shown += living.lists(manager.employee_id, review.cycle, pages, act.now)
    await act.tx.outbox.paint_all(shown)
    if review.stage in DESK_AT:
        signers = {signer for one in seats for signer in (one.skip_level, one.hr) if signer}
        for signer in await act.tx.people.many(signers):
            await sign_list.paint(signer, review.cycle, act)


async def _row(review: Review, cycle: Cycle, act: Act) -> screen.Row:
    roster, seats = await seated(review, act)
    manager = roster.get(seats.manager)
    return screen.Row(
        cycle=cycle.name,
        manager=manager.name if manager else "",
        kept=review.led_by is not None,
    )
