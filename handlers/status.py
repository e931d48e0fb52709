"""What waits for somebody, and how far things are."""

from __future__ import annotations

from collections.abc import Sequence

from handlers import deliveries, living, manager_review, no_surprise, progress, self_review
from handlers.answers import Answer, Done, Says
from handlers.people_said import person_said
from handlers.waiting import things_for
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens import status as screen
from prompts.screens.no_surprise import Figure
from prompts.screens.progress import Progress
from prompts.screens.status import Waiting
from review.errors_in_out import NoSuchReview
from review.people import Person
from review.record import ReviewId
from storage.notice import Delivery

WAITS = "waits"


async def waiting(act: Act) -> Answer:
    """`/review` without a word."""
    return Says(screen.waiting(await things_for(act.actor, act), act.say))


async def show(value: str, act: Act) -> Answer:  # noqa: ARG001
    """The same for a button of a message that may be old: as a message, where it needs one."""
    if act.in_parts:
        return await waiting(act)
    await living.answer(WAITS, act)
    return Done()


async def said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    """What waits for its receiver when it is sent."""
    if person is None:
        return None
    return screen.waiting(await things_for(person, work), work.words(person))


async def own_review(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review self`: open the form, if there is one to fill in."""
    for thing in await things_for(act.actor, act):
        if thing.kind == "self":
            return await self_review.open_form(thing.items[0][0], act)
    if (year := await self_review.of_a_year(act)) is not None:
        return await self_review.open_form(year, act)
    return Says(common.says(act.say, "status.no_self"))


async def team(rest: str, act: Act) -> Answer:
    """`/review rate [NAME]`: whom the actor rates, or the form for that person.

    Raises PersonUnknown, SeveralPeople, NoSuchReview, and what manager_review.change raises.
    """
    things = [one for one in await things_for(act.actor, act) if one.kind == "ratings"]
    if rest:
        return await manager_review.change(await _meant(rest, things, act), act)
    if not things:
        return Says(common.says(act.say, "status.no_team"))
    return Says(screen.waiting(tuple(things), act.say))


async def _meant(said: str, things: Sequence[Waiting], act: Act) -> ReviewId:
    """The review of the one who waits for a rating and is meant; else that person's latest."""
    waiting = [(review, name) for thing in things for review, name in thing.items]
    part = said.removeprefix("@").strip().casefold()
    near = [review for review, name in waiting if part in name.casefold()]
    if len(near) == 1:
        return near[0]
    who = await person_said(said, act)
    running = sorted(await act.tx.cycles.running(), key=lambda one: one.opened_at, reverse=True)
    found = [
        review.id
        for cycle in running
        if (review := await act.tx.reviews.of(cycle.id, who.employee_id)) is not None
    ]
    waits = {review for review, _ in waiting}
    if not found:
        raise NoSuchReview(who.name)
    return next((one for one in found if one in waits), found[0])


async def status(rest: str, act: Act) -> Answer:
    """`/review status [NAME]`: the cycles' counts for those entitled, and the own stage.

    Of the newest cycle with several departments or teams in sight a picture follows.
    """
    found: list[Progress] = []
    own: list[tuple[str, str]] = []
    heard: list[tuple[Figure, Figure | None]] = []
    picture = False
    running = await act.tx.cycles.running()
    for cycle in sorted(running, key=lambda one: one.opened_at, reverse=True):
        if rest and cycle.id.lower() != rest.lower():
            continue
        seen = await progress.of_cycle(cycle, act.actor, act)
        if seen is not None:
            found.append(seen)
            if seen.lines and not picture:
                await living.answer("progress", act, cycle=cycle.id)
                picture = True
        if act.is_hr_admin(act.actor) and (figures := await no_surprise.trend(cycle, act)):
            heard.append(figures)
        mine = await act.tx.reviews.standings(cycle.id, [act.by])
        own += [(cycle.name, str(one.stage)) for one in mine]
    unsent = len(await deliveries.unsent(act)) if act.is_hr_admin(act.actor) else 0
    card = screen.status(
        tuple(found), tuple(own), act.say, picture=picture, unsent=unsent, heard=tuple(heard)
    )
    return Says(card)
