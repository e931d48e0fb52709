"""Signatures that wait for somebody: reminders, `/review` and what goes up the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.crowd import Crowd
from handlers.sign_list import OPEN_AT, signs, state_of
from handlers.waits import Everybody, Find, Late, Source
from handlers.work import Work
from prompts.screens.status import Waiting
from review.cycle import Cycle
from review.desks import Desks
from review.people import EmployeeId, Person
from review.stages import Desk
from storage.standings import Standing


def _find(kind: str, desk: Desk) -> Find:
    async def find(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
        due, _ = await signs(person, cycle.id, work)
        items = tuple(
            (one.record.id, one.person.name)
            for one in due
            if one.desk is desk and state_of(one) == "open"
        )
        if not items:
            return ()
        day = cycle.hr_due if desk is Desk.HR else cycle.skip_due
        one = Waiting(kind=kind, cycle=cycle.name, due=day, action="signoff.open", items=items)
        return (one,)

    return find


def _late(find: Find) -> Late:
    async def late(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
        reports = await work.tx.people.reports_of(person.employee_id)
        return tuple([one.name for one in reports if await find(one, cycle, work)])

    return late


def _all(desk: Desk) -> Everybody:
    async def who(crowd: Crowd) -> frozenset[EmployeeId]:
        def open_now(one: Standing) -> bool:
            return one.stage is OPEN_AT[desk] and one.rated_at is not None

        return crowd.signers(open_now, _HOLDER[desk])

    return who


def _all_late(who: Everybody) -> Everybody:
    async def late(crowd: Crowd) -> frozenset[EmployeeId]:
        return crowd.heads(await who(crowd))

    return late


_HOLDER: Mapping[Desk, Callable[[Desks], EmployeeId | None]] = {
    Desk.SKIP_LEVEL: lambda seats: seats.skip_level,
    Desk.HR: lambda seats: seats.hr,
}
_ALL_SKIP, _ALL_HR = _all(Desk.SKIP_LEVEL), _all(Desk.HR)
_SKIP, _HR = _find("signing", Desk.SKIP_LEVEL), _find("hr_signing", Desk.HR)
WAITS_SKIP = Source(
    kind="signing",
    due=lambda cycle: cycle.skip_due,
    find=_SKIP,
    who=_ALL_SKIP,
    late=_late(_SKIP),
    who_late=_all_late(_ALL_SKIP),
)
WAITS_HR = Source(
    kind="hr_signing",
    due=lambda cycle: cycle.hr_due,
    find=_HR,
    who=_ALL_HR,
    late=_late(_HR),
    who_late=_all_late(_ALL_HR),
)
