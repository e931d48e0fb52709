"""What waits for somebody, and how far things are."""

from __future__ import annotations

from handlers import deliveries, living, manager_review, progress, self_review
from handlers.answers import Answer, Says
from handlers.team import standings_of
from handlers.work import Act, Work
from prompts.screens import common
from prompts.screens import status as screen
from prompts.screens.progress import Progress
from prompts.screens.status import Waiting
from review.people import Person
from review.stages import Stage
from storage.standings import Standing


async def things_for(person: Person, work: Work) -> tuple[Waiting, ...]:
    """All that waits for somebody in the running cycles, the earliest deadline first."""
    found: list[Waiting] = []
    for cycle in await work.tx.cycles.running():
        own = await work.tx.reviews.standings(cycle.id, [person.employee_id])
        found += [
            Waiting(kind="self", cycle=cycle.name, due=cycle.self_due, review=one.id)
            for one in own
            if may_write(one)
        ]
        people = tuple(
            (standing.id, report.name)
            for report, standing in await standings_of(person, cycle.id, work)
            if standing.stage is Stage.MANAGER_REVIEW
        )
        if people:
            due = cycle.manager_due
            found.append(Waiting(kind="ratings", cycle=cycle.name, due=due, people=people))
    return tuple(sorted(found, key=lambda thing: thing.due))


def may_write(standing: Standing) -> bool:
    """Whether the self-review can still be sent."""
    open_now = standing.stage in {Stage.SELF_REVIEW, Stage.MANAGER_REVIEW}
    return open_now and standing.self_at is None and standing.rated_at is None


async def waiting(act: Act) -> Answer:
    """`/review` without a word."""
    return Says(screen.waiting(await things_for(act.actor, act), act.say))


async def own_review(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review self`: open the form, if there is one to fill in."""
    for thing in await things_for(act.actor, act):
        if thing.kind == "self":
            return await self_review.open_form(thing.review, act)
    return Says(common.says(act.say, "status.no_self"))


async def team(rest: str, act: Act) -> Answer:
    """`/review rate [NAME]`: whom the actor rates."""
    things = [one for one in await things_for(act.actor, act) if one.kind == "ratings"]
    wanted = rest.lstrip("@").lower()
    if wanted:
        for thing in things:
            for review, name in thing.people:
                if wanted in name.lower():
                    return await manager_review.change(review, act)
    if not things:
        return Says(common.says(act.say, "status.no_team"))
    return Says(screen.waiting(tuple(things), act.say))


async def status(rest: str, act: Act) -> Answer:
    """`/review status [NAME]`: the cycles' counts for those entitled, and the own stage.

    Of the newest cycle with several departments or teams in sight a picture follows.
    """
    found: list[Progress] = []
    own: list[tuple[str, str]] = []
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
        mine = await act.tx.reviews.standings(cycle.id, [act.by])
        own += [(cycle.name, str(one.stage)) for one in mine]
    unsent = len(await deliveries.unsent(act)) if act.is_hr_admin(act.actor) else 0
    return Says(screen.status(tuple(found), tuple(own), act.say, picture=picture, unsent=unsent))
