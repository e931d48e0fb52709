"""What stands on somebody's own page, subject by subject; nothing of it is another's secret."""

from __future__ import annotations

from collections import Counter
from zoneinfo import ZoneInfo

from handlers import deliveries, progress
from handlers.actions_around import around, lines
from handlers.goal_history import sheet_of
from handlers.goal_list import sets_goals
from handlers.one_on_one_pairs import of_talk
from handlers.team import manager_of, standings_of
from handlers.waiting import things_for
from handlers.work import Work
from prompts.card import CardPart
from prompts.screens import home as screen
from prompts.screens.actions import Kind
from review.cycle import Cycle, is_year
from review.flow import released
from review.goal_setting import SETTING
from review.people import Person
from review.stages import Stage

Parts = tuple[CardPart, ...]


async def waits(person: Person, work: Work) -> Parts:
    """What waits for them, as `/review` says it."""
    return screen.waits(await things_for(person, work), work.words(person))


async def feedback(person: Person, work: Work) -> Parts:
    """Who would like to hear from them; words to a colleague, and from them: a press each."""
    found = await work.tx.requests.asked_of(person.employee_id)
    askers = await work.tx.people.many({one.asker for one in found})
    names = {one.employee_id: one.name for one in askers if not one.has_left(work.today(one))}
    asked = [(one, names[one.asker]) for one in found if one.asker in names]
    return screen.feedback(asked, work.words(person))


async def own_reviews(person: Person, work: Work) -> Parts:
    """Where their own reviews stand, and the goals of each."""
    found = [
        one
        for cycle in await _newest_first(work)
        if (one := await _own_review(person, cycle, work)) is not None
    ]
    return screen.own(found, work.words(person))


async def _own_review(person: Person, cycle: Cycle, work: Work) -> screen.OwnReview | None:
    review = await work.tx.reviews.of(cycle.id, person.employee_id)
    if review is None:
        return None
    inside = review.stage is not Stage.EXCLUDED
    latest = (await work.tx.progress.latest_notes([review.id])).get(review.id, {})
    button: tuple[str, str, str] | None = None
    if review.stage in SETTING and sets_goals(cycle, work):
        button = ("goals.open", "home.goals", review.id)
    elif released(review.stage):
        button = ("review.read", "home.read", review.id)
    return screen.OwnReview(
        cycle=cycle.name,
        stage=review.stage,
        sheet=await sheet_of(review, work) if inside and not is_year(cycle.name) else None,
        notes={
            row: screen.Note(one.outlook, work.date_of(one.at, person), one.said.words)
            for row, one in latest.items()
        },
        button=button,
    )


async def talks(person: Person, work: Work) -> Parts:
    """Interviews that are to come, their own and those that they hold; and one-on-ones."""
    found: list[screen.Talk] = []
    for cycle in await _newest_first(work):
        mine = await work.tx.reviews.standings(cycle.id, [person.employee_id])
        own = [one.id for one in mine if one.stage is Stage.INTERVIEW]
        led = await standings_of(person, cycle.id, work)
        theirs = {one.id: who.name for who, one in led if one.stage is Stage.INTERVIEW}
        if not own and not theirs:
            continue
        about = await work.tx.reviews.get(own[0]) if own else None
        manager = await manager_of(about, work) if about else None
        names = dict.fromkeys(own, manager.name if manager else "") | theirs
        known = await work.tx.interviews.many(tuple(names))
        zone = ZoneInfo(person.time_zone or work.company.time_zone)
        for review, other in names.items():
            at = known[review].starts_at if review in known else None
            talk = screen.Talk(
                review=review,
                cycle=cycle.name,
                other=other,
                at=None if at is None else at.astimezone(zone),
            )
            found.append(talk)
    found += await _one_on_ones(person, work)
    return screen.talks(found, work.words(person))


async def _one_on_ones(person: Person, work: Work) -> list[screen.Talk]:
    """Those that have a time."""
    if not work.company.policy.one_on_one.on:
        return []
    ahead = await work.tx.one_on_ones.ahead(person.employee_id)
    timed = [one for one in ahead if one.ends_at is not None and one.ends_at > work.now]
    names = {one for talk in timed for one in talk.pair}
    people = {one.employee_id: one for one in await work.tx.people.many(names)} if names else {}
    zone = ZoneInfo(person.time_zone or work.company.time_zone)
    return [
        screen.Talk(
            review=one.id,
            cycle="",
            other=pair.other(person.employee_id).name,
            at=one.starts_at.astimezone(zone),
        )
        for one in timed
        if one.starts_at is not None and (pair := of_talk(one, people, work.today())) is not None
    ]


async def actions(person: Person, work: Work) -> Parts:
    """What they agreed to do and is not done yet, and what others promised them and is late."""
    found, today = await around(person, work), work.today(person)
    late = [
        one for kind in (Kind.PROMISED, Kind.TEAM) for one in found.heads[kind] if one.due < today
    ]
    mine = found.heads[Kind.MINE]
    first = {Kind.MINE: mine[: screen.PROMISES], Kind.PROMISED: late[: screen.LATE]}
    shown = await lines(first, person, work)
    facts = screen.PromisesFacts(
        mine=shown[Kind.MINE],
        more=len(mine) - len(shown[Kind.MINE]),
        late=shown[Kind.PROMISED],
        more_late=len(late) - len(shown[Kind.PROMISED]),
    )
    return screen.promises(facts, today, work.words(person))


async def team(person: Person, work: Work) -> Parts:
    """How many of those whom they rate stand where."""
    found: list[screen.TeamFacts] = []
    for cycle in await _newest_first(work):
        people = await standings_of(person, cycle.id, work)
        inside = [(who, one) for who, one in people if one.stage is not Stage.EXCLUDED]
        counts = Counter(one.stage for _, one in inside)
        missing = [who.name for who, one in inside if one.stage is Stage.SELF_REVIEW]
        if inside:
            facts = screen.TeamFacts(
                cycle=cycle.name,
                stages={stage: counts[stage] for stage in Stage if counts[stage]},
                missing=tuple(missing),
            )
            found.append(facts)
    return screen.team(found, work.words(person))


async def cycles(person: Person, work: Work) -> Parts:
    """For HR: how far the cycles are in what they see, and what could not be sent."""
    admin = work.is_hr_admin(person)
    if not admin and not await work.tx.people.is_partner(person.employee_id):
        return ()
    found = [
        seen
        for cycle in (await _newest_first(work))[: screen.CYCLES]
        if (seen := await progress.of_cycle(cycle, person, work)) is not None
    ]
    unsent = len(await deliveries.unsent(work)) if admin else 0
    return screen.cycles(found, unsent, work.words(person))


async def _newest_first(work: Work) -> tuple[Cycle, ...]:
    running = await work.tx.cycles.running()
    return tuple(sorted(running, key=lambda one: one.opened_at, reverse=True))
