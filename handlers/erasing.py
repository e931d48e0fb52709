"""HR erases a person: what is kept of them goes, and their ratings stay as counts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers import living
from handlers.praise_messages import month_of
from handlers.team import around
from handlers.work import Work
from prompts.card import Card
from prompts.screens import common
from review import erasing
from review.erasing import Case
from review.errors_erasing import AlreadyErased, NotOnHold, StillSending
from review.people import EmployeeId, Person
from review.record import Review
from storage.erasing import Hold
from storage.notice import Delivery
from storage.unsaying import UNSAID

if TYPE_CHECKING:
    from handlers.notices import Saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was done."""

    reviews: int
    ratings: int
    """How many of them count on, without a name."""
    messages: int
    """How many stand in chats and are edited to say nothing."""


async def who(employee: EmployeeId, work: Work) -> Person | None:
    """Somebody to be erased or held; None: nobody has that id. Raises AlreadyErased."""
    person = await work.tx.people.get(employee)
    if person is not None and employee in await work.tx.erasing.erased():
        raise AlreadyErased(employee)
    return person


async def may(person: Person, work: Work) -> Case:
    """What stands around them. Raises what review.erasing.check raises."""
    tx, employee = work.tx, person.employee_id
    cycles = {cycle.id: cycle for cycle in await tx.cycles.all()}
    reviews = await tx.reviews.about(employee)
    case = Case(
        person=person,
        reviews=[(one, cycles[one.cycle]) for one in reviews],
        looked_to=await tx.people.many(await tx.erasing.looked_to(employee)),
        on_hold=await tx.erasing.hold_on(employee) is not None,
        disputed=any(clock.employee_id == employee for clock in await tx.appeals.clock()),
        admin=employee in work.company.hr_admins,
    )
    erasing.check(case, work.today())
    return case


async def looked(employee: EmployeeId, work: Work) -> Collection[str]:
    """Messages that tell nothing of them, found without keeping a writer waiting.

    Opening 100,000 messages takes some ten seconds.
    """
    traces = await work.tx.erasing.traces(employee)
    return (await work.tx.unsaying.look(traces, {living.OWN_PAGE}, work.now)).clean


async def erase(
    person: Person, by: EmployeeId | None, work: Work, clean: Collection[str] = ()
) -> Erased:
    """Erase them, in this one transaction; what stands in chats is edited by the running bot.

    `clean`: what `looked` found.
    Raises what review.erasing.check raises, and StillSending.
    """
    tx, employee = work.tx, person.employee_id
    case = await may(person, work)
    reviews = [review for review, _ in case.reviews]
    traces = await tx.erasing.traces(employee)
    told = await tx.unsaying.look(traces, {living.OWN_PAGE}, work.now, clean)
    if told.busy:
        raise StillSending(person.name)
    shown = await _who_sees(person, reviews, work)
    counts = [
        counted
        for one in reviews
        if (counted := erasing.counted(one, person, work.company.policy)) is not None
    ]
    for one in counts:
        await tx.counts.add(one)
    months = {month_of(one.at, work) for one in await tx.praise.of(employee)}
    heir = work.words().plain("erasing.somebody")
    await tx.erasing.erase(traces, [one.id for one in reviews], heir, work.now)
    for review in reviews:
        await tx.reviews.save(erasing.emptied(review))
    await tx.people.put_all([erasing.nobody(person, heir, work.today())])
    await tx.unsaying.unsay(told, work.now)
    await tx.unsaying.repaint({living.PRAISE}, months, work.now)
    await tx.unsaying.repaint(shown, sorted({one.cycle for one in reviews}), work.now)
    await tx.audit.empty({employee, *traces.about, *told.ids})
    await tx.audit.record("person.erased", employee, by, work.now)
    messages = sum(map(len, told.unsaid.values()))
    return Erased(reviews=len(reviews), ratings=len(counts), messages=messages)


async def _who_sees(person: Person, reviews: list[Review], work: Work) -> set[str]:
    """Whose lists may show them: everybody around, and all who signed or rated."""
    roster = await around(person.employee_id, work)
    words = [word for review in reviews for word in review.sign_offs]
    rated = {one.rated_by for one in reviews if one.rated_by}
    others = {*roster.people, *(word.by for word in words), *rated, living.HR}
    return others - {person.employee_id}


async def hold(person: Person, reason: str, by: EmployeeId | None, work: Work) -> None:
    """Nothing of theirs is erased until it is released; the trail keeps that it was set."""
    made = Hold(employee_id=person.employee_id, at=work.now, by=by, reason=reason)
    await work.tx.erasing.hold(made)
    await work.tx.audit.record("person.held", person.employee_id, by, work.now)


async def release(person: Person, by: EmployeeId | None, work: Work) -> None:
    """The dispute is over. Raises NotOnHold."""
    if not await work.tx.erasing.release(person.employee_id):
        raise NotOnHold(person.name)
    await work.tx.audit.record("person.released", person.employee_id, by, work.now)


async def _unsaid(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    """Instead of what the message said."""
    return common.unsaid(work.words(person))


SAYINGS: dict[str, Saying] = {UNSAID: _unsaid}
