"""Signatures that wait for somebody: reminders, `/review` and what goes up the line."""

from __future__ import annotations

from handlers.sign_list import signs, state_of
from handlers.waits import Find, Late, Source
from handlers.work import Work
from prompts.screens.status import Waiting
from review.cycle import Cycle
from review.people import Person
from review.stages import Desk


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


_SKIP, _HR = _find("signing", Desk.SKIP_LEVEL), _find("hr_signing", Desk.HR)
WAITS_SKIP = Source(kind="signing", due=lambda cycle: cycle.skip_due, find=_SKIP, late=_late(_SKIP))
WAITS_HR = Source(kind="hr_signing", due=lambda cycle: cycle.hr_due, find=_HR, late=_late(_HR))
