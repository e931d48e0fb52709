"""What waits for somebody, and how far things are."""

from __future__ import annotations

from handlers import deliveries, living, manager_review, no_surprise, progress, self_review
from handlers.answers import Answer, Says
from handlers.waiting import things_for
from handlers.work import Act
from prompts.screens import common
from prompts.screens import status as screen
from prompts.screens.no_surprise import Figure
from prompts.screens.progress import Progress


async def waiting(act: Act) -> Answer:
    """`/review` without a word."""
    return Says(screen.waiting(await things_for(act.actor, act), act.say))


async def own_review(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """`/review self`: open the form, if there is one to fill in."""
    for thing in await things_for(act.actor, act):
        if thing.kind == "self":
            return await self_review.open_form(thing.items[0][0], act)
    if (year := await self_review.of_a_year(act)) is not None:
        return await self_review.open_form(year, act)
    return Says(common.says(act.say, "status.no_self"))


async def team(rest: str, act: Act) -> Answer:
    """`/review rate [NAME]`: whom the actor rates."""
    things = [one for one in await things_for(act.actor, act) if one.kind == "ratings"]
    wanted = rest.lstrip("@").lower()
    if wanted:
        meant = await act.tx.people.by_account(act.platform, rest.lstrip("@"))
        wanted = meant.name.lower() if meant else wanted
        for thing in things:
            for review, name in thing.items:
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
