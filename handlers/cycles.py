"""HR opens and closes a cycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from uuid import uuid4

from handlers import evidence, living
from handlers.answers import Answer, Says
from handlers.goal_list import sets_goals
from handlers.hours import Hours, working_days
from handlers.spread import facts_of
from handlers.watch import Watch, in_batches, unwatched
from handlers.work import Act, Work
from prompts.screens import common
from review.cycle import (
    Cycle,
    check_dates,
    check_open,
    default_dates,
    exclusion,
    is_year,
    period,
)
from review.errors import NothingToReview, OutOfPolicy, UnknownCycleName
from review.goals import Sheet, starting_sheet
from review.people import EmployeeId, Person, Track
from review.record import Review
from review.stages import Stage

SURE = {"anyway", "确认"}
"""What HR adds to close a cycle in which reviews are on their way: it can't be opened again."""
OVER = {Stage.HELD, Stage.ACKNOWLEDGED, Stage.CLOSED, Stage.EXCLUDED}
"""Where nothing is lost by closing: the talk was held, or there is no review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCycle:
    """What is asked for: a name, and dates where the policy's are not wanted."""

    name: str
    track: Track | None = None
    dates: Mapping[str, date] = field(default_factory=dict)


async def open_cycle(
    wanted: OpenCycle, by: EmployeeId, work: Work, watch: Watch = unwatched
) -> tuple[Cycle, int, int]:
    """Set up the cycle and everybody's record; how many are in it, and how many left out.

    Raises UnknownCycleName, DeadlinesOutOfOrder, CycleAlreadyOpen, NothingToReview.
    """
    track = wanted.track or (Track.SENIOR if "H" in wanted.name.upper() else Track.STAFF)
    policy = work.company.policy
    asked = period(wanted.name, track)
    starts, ends = wanted.dates.get("starts", asked.starts), wanted.dates.get("ends", asked.ends)
    dates = default_dates(starts, ends, policy, working_days(work.company))
    dates = replace(dates, **wanted.dates)
    check_dates(dates)
    cycle = Cycle(name=asked.name, track=track, opened_at=work.now, opened_by=by, **asdict(dates))
    everybody = await work.tx.people.all()
    people = [one for one in everybody if one.track is track and _is_there(one, cycle)]
    sheets = _starting_sheets(cycle, people, work)
    ids = [] if is_year(cycle.name) else [person.employee_id for person in people]
    agreed = await work.tx.goals.last_agreed(ids)
    reviews = [
        _record(cycle, person, agreed.get(person.employee_id, sheets[person.role]), work)
        for person in people
    ]
    if all(review.stage is Stage.EXCLUDED for review in reviews):
        raise NothingToReview(asked.name)
    await work.tx.cycles.add(cycle)
    for batch in in_batches(reviews, watch):
        await work.tx.reviews.add_all(batch)
    await work.tx.audit.record("cycle.opened", cycle.id, by, work.now, {})
    out = [review for review in reviews if review.stage is Stage.EXCLUDED]
    known = {person.employee_id: person for person in people}
    told = [
        living.own(review.id, person.employee_id, Hours(work.company, person).opens(work.now))
        for review in (reviews if sets_goals(cycle, work) else out)
        if not (person := known[review.employee_id]).has_left(work.today())
    ]
    await work.tx.outbox.paint_all([*told, *living.boards(cycle.id, work)])
    return cycle, len(reviews) - len(out), len(out)


def _is_there(person: Person, cycle: Cycle) -> bool:
    """Whoever left before the period began is no part of it at all."""
    return not person.has_left(cycle.starts)


def _starting_sheets(cycle: Cycle, people: Iterable[Person], work: Work) -> dict[str, Sheet]:
    """Each role's own, made once; a whole year's has no rows, for its quarters were scored."""
    library, policy = work.company.library, work.company.policy
    roles = {person.role for person in people}
    if is_year(cycle.name):
        return dict.fromkeys(roles, Sheet(()))
    return {role: starting_sheet(role, library, policy) for role in roles}


async def record_of(cycle: Cycle, person: Person, work: Work) -> Review:
    """The record of somebody who is new to a running cycle; not kept yet."""
    ids = [] if is_year(cycle.name) else [person.employee_id]
    agreed = await work.tx.goals.last_agreed(ids)
    sheet = agreed.get(person.employee_id, _starting_sheets(cycle, [person], work)[person.role])
    return _record(cycle, person, sheet, work)


def _record(cycle: Cycle, person: Person, sheet: Sheet, work: Work) -> Review:
    reason = exclusion(person, cycle, work.today(person), work.company.policy)
    return Review(
        id=uuid4().hex,
        cycle=cycle.id,
        track=cycle.track,
        employee_id=person.employee_id,
        stage=Stage.GOALS if reason is None else Stage.EXCLUDED,
        sheet=sheet,
        excluded_reason=reason,
    )


async def close_cycle(name: str, by: EmployeeId, work: Work) -> Cycle:
    """Close the cycle of that name. Raises UnknownCycleName, CycleClosed."""
    cycle = await named(name, work)
    check_open(cycle)
    await _may_close(cycle, work)
    closed = await work.tx.cycles.save(replace(cycle, closed_at=work.now))
    await work.tx.audit.record("cycle.closed", cycle.id, by, work.now, {})
    await evidence.erase(cycle, work)
    await living.board(cycle.id, work)
    await living.board_closed(cycle.id, work)
    return closed


async def _may_close(cycle: Cycle, work: Work) -> None:
    """Only where the company enforces its distribution does a breach stop HR's closing."""
    if not work.company.policy.distribution.enforce:
        return
    facts = await facts_of(cycle, work)
    if facts is not None and facts.groups:
        raise OutOfPolicy(len(facts.groups) + facts.more)


async def named(name: str, work: Work) -> Cycle:
    """The cycle of that name or id, the latest opened of several. Raises UnknownCycleName."""
    every = await work.tx.cycles.all()
    asked = name.strip().casefold()
    found = [one for one in every if one.id.casefold() == asked]
    found = found or [one for one in every if one.name.casefold() == asked]
    if not found:
        raise UnknownCycleName(name, ", ".join(sorted(cycle.id for cycle in every)))
    return max(found, key=lambda cycle: cycle.opened_at)


async def open_command(rest: str, act: Act) -> Answer:
    """`/review open NAME [senior]`: a year is staff's unless it says otherwise."""
    said = rest.split()
    track = Track(said.pop().lower()) if said and said[-1].lower() in set(Track) else None
    wanted = OpenCycle(name=" ".join(said), track=track)
    cycle, people, left_out = await open_cycle(wanted, act.by, act)
    facts = {"cycle": cycle.id, "people": people, "left_out": left_out}
    key = "cycles.opened"
    return Says(common.says(act.say, key, self_open=cycle.self_open, **facts))


async def close_command(rest: str, act: Act) -> Answer:
    """`/review close NAME [anyway]`: asked again while somebody's review is on its way."""
    said = rest.split()
    sure = bool(said) and said[-1].casefold() in SURE
    name = " ".join(said[:-1] if sure else said)
    if not sure:
        cycle = await named(name, act)
        check_open(cycle)
        taking = [one.stage for one in await act.tx.reviews.standings(cycle.id)]
        on_the_way = sum(stage not in OVER for stage in taking)
        if on_the_way:
            people = sum(stage is not Stage.EXCLUDED for stage in taking)
            facts = {"cycle": cycle.id, "open": on_the_way, "people": people}
            return Says(common.says(act.say, "cycles.sure", **facts))
    cycle = await close_cycle(name, act.by, act)
    return Says(common.says(act.say, "cycles.closed", cycle=cycle.id))
