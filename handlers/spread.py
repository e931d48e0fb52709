"""How the ratings of a cycle are spread: for the HR board, for somebody's own scope, and live."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from handlers import erased, living
from handlers.answers import Answer, Says
from handlers.work import Act, Work
from prompts.screens import common, distribution
from prompts.screens.distribution_facts import GroupLine, Preview, SpreadFacts
from review.cycle import Cycle, previous
from review.distribution import Bar as StepShare
from review.distribution import Board, Breach, Reading, Tier, counted, readings
from review.distribution import board as board_of
from review.groups import COMPANY, GroupKind, GroupName, Ratings, groups, scope_of
from review.people import EmployeeId, Person
from review.policy import Policy, Score
from review.record import Review
from review.roster import Roster
from review.stages import Stage
from storage.rating_counts import Alike
from storage.standings import Standing


async def facts_of(cycle: Cycle, work: Work, viewer: Person | None = None) -> SpreadFacts | None:
    """The whole company's spread, or a viewer's own scope; None if they have nobody to see."""
    policy = work.company.policy
    gone = await work.tx.counts.all()
    found, roster = await _found(cycle, gone, work), await _roster(gone, work)
    if not found:
        return None
    seen = await _board(cycle, found, gone, roster, work)
    scope = None if viewer is None else scope_of(viewer.employee_id, roster)
    if scope is None:
        return _facts(cycle, found, seen.breaches, roster, policy, seen.bars, seen.company)
    own = _own(scope, found, roster, viewer)
    if not own:
        return None
    counts: dict[Score, int] = {}
    for one in own:
        score = _counted(one, policy)
        if score is not None:
            counts[score] = counts.get(score, 0) + 1
    lines = readings(counts, policy.distribution)
    bars = _bars(counts, policy) if lines else ()
    return _facts(cycle, own, seen.within(scope), roster, policy, bars, lines, company=False)


async def board_with_names(cycle: Cycle, work: Work) -> tuple[Board, Roster]:
    """The cycle's whole picture, and the roster that names its groups."""
    gone = await work.tx.counts.all()
    roster = await _roster(gone, work)
    return await _board(cycle, await _found(cycle, gone, work), gone, roster, work), roster


async def group_line(cycle: Cycle, facts: Mapping[str, object], work: Work) -> GroupLine | None:
    """A group's reading in one quota as it stands now, in policy or not."""
    policy = work.company.policy
    gone = await work.tx.counts.all()
    found, roster = await _found(cycle, gone, work), await _roster(gone, work)
    wanted = GroupName(GroupKind(str(facts["kind"])), str(facts["key"]))
    for breach in (await _board(cycle, found, gone, roster, work)).breaches:
        if wanted in breach.group.names and breach.reading.quota.key == facts["quota"]:
            return named(breach, roster)
    for group in groups(_ratings(found, policy), roster):
        if wanted in group.names:
            for reading in readings(group.counts, policy.distribution):
                if reading.quota.key == facts["quota"]:
                    calm = Breach(group, reading, Tier.NOTE, so_far=False)
                    return named(calm, roster)
    return None


async def board_of_room(
    cycle: Cycle,
    ratings: Ratings,
    roster: Roster,
    work: Work,
    gone: Sequence[Alike] = (),
) -> Board:
    """The cycle's whole picture, of ratings and people that are read already.

    `gone`: the ratings of people who were erased, who are in those ratings and that roster.
    """
    before = await _before(cycle, gone, roster, work)
    return board_of(ratings, roster, work.company.policy, before)


async def _found(cycle: Cycle, gone: Sequence[Alike], work: Work) -> list[Standing]:
    standing = [one for one in await work.tx.reviews.standings(cycle.id) if _counts(one)]
    return [*standing, *erased.standings(cycle, gone)]


async def _roster(gone: Sequence[Alike], work: Work) -> Roster:
    people = await work.tx.people.all()
    return Roster.of([*people, *erased.people(gone)], work.company.hr_admins)


def _ratings(found: list[Standing], policy: Policy) -> Ratings:
    return {one.employee_id: _counted(one, policy) for one in found}


async def _board(
    cycle: Cycle, found: list[Standing], gone: Sequence[Alike], roster: Roster, work: Work
) -> Board:
    """The whole picture; what was notable last time too is strong now."""
    return await board_of_room(cycle, _ratings(found, work.company.policy), roster, work, gone)


async def _before(
    cycle: Cycle, gone: Sequence[Alike], roster: Roster, work: Work
) -> frozenset[tuple[GroupName, str]]:
    """What was notable last time, in the groups of today's roster (ours): who is in it now."""
    policy = work.company.policy
    last = previous(cycle, await work.tx.cycles.all())
    ratings = {} if last is None else _ratings(await _found(last, gone, work), policy)
    return board_of(ratings, roster, policy).notable if ratings else frozenset()


def _own(
    scope: frozenset[GroupName],
    found: list[Standing],
    roster: Roster,
    viewer: Person | None,
) -> list[Standing]:
    below = {one.employee_id for one in roster.subtree(viewer.employee_id)} if viewer else set()
    departments = {name.key for name in scope if name.kind is GroupKind.DEPARTMENT}
    return [
        one for one in found if one.employee_id in below or _department(one, roster) in departments
    ]


def _department(standing: Standing, roster: Roster) -> str | None:
    person = roster.get(standing.employee_id)
    return person.department if person else None


def _counts(standing: Standing) -> bool:
    return standing.stage is not Stage.EXCLUDED


def _counted(standing: Standing, policy: Policy) -> Score | None:
    return counted(standing.rating, standing.k, policy)


def _facts(  # noqa: PLR0917
    cycle: Cycle,
    found: list[Standing],
    breaches: tuple[Breach, ...],
    roster: Roster,
    policy: Policy,
    bars: tuple[StepShare, ...],
    lines: tuple[Reading, ...],
    *,
    company: bool = True,
) -> SpreadFacts:
    most = policy.distribution.board_rows
    return SpreadFacts(
        cycle=cycle.name,
        company=company,
        people=len(found),
        self_in=sum(one.self_at is not None for one in found),
        rated=sum(one.rating is not None for one in found),
        bars=bars,
        readings=lines,
        groups=tuple(named(breach, roster) for breach in breaches[:most]),
        more=max(0, len(breaches) - most),
        closed=cycle.closed_at is not None,
    )


def named(breach: Breach, roster: Roster) -> GroupLine:
    """The breach with its group's name: the department's, or the manager's."""
    name = breach.group.name
    person = roster.get(name.key) if name.kind is GroupKind.MANAGER else None
    return GroupLine(name=person.name if person else name.key, breach=breach)


def _bars(counts: Mapping[Score, int], policy: Policy) -> tuple[StepShare, ...]:
    rated = sum(counts.values())
    return tuple(
        StepShare(step.score, step.band, count, Fraction(count, rated))
        for step in policy.scale
        for count in [counts.get(step.score, 0)]
    )


async def preview_for(review: Review, act: Act) -> Preview:
    """What a rating of that review would change in the actor's own sub-tree."""
    policy = act.company.policy
    counts: dict[Score, int] = {}
    for one in await act.tx.reviews.given_below(review.cycle, act.by, review.employee_id):
        score = counted(one.rating, one.k, policy)
        if score is not None:
            counts[score] = counts.get(score, 0) + one.times
    return Preview(counts=counts, old=review.rating, policy=policy.distribution)


async def command(rest: str, act: Act) -> Answer:
    """`/review distribution [NAME]`: text at once, and the picture as a message."""
    running = await act.tx.cycles.running()
    for cycle in sorted(running, key=lambda one: one.opened_at, reverse=True):
        if rest and cycle.id.lower() != rest.lower():
            continue
        facts = await facts_of(cycle, act, act.actor)
        if facts is None:
            continue
        if facts.bars:
            await living.answer("distribution", act, cycle=cycle.id)
        return Says(distribution.own_scope(facts, act.say, picture=False))
    return Says(common.says(act.say, "distribution.nothing"))


async def show(value: str, act: Act) -> Answer:
    """The button that stands for the command."""
    return await command(value, act)


def facts_of_group(
    cycle: Cycle,
    inside: Mapping[EmployeeId, Score | None],
    seen: Collection[Breach],
    roster: Roster,
    policy: Policy,
    *,
    self_in: int,
) -> SpreadFacts:
    """One group's spread: what each of its people has, and where groups in it are out of policy."""
    counts: dict[Score, int] = {}
    for score in inside.values():
        if score is not None:
            counts[score] = counts.get(score, 0) + 1
    lines = readings(counts, policy.distribution)
    most = policy.distribution.board_rows
    breaches = tuple(seen) if lines else ()
    return SpreadFacts(
        cycle=cycle.name,
        company=False,
        people=len(inside),
        self_in=self_in,
        rated=sum(counts.values()),
        bars=_bars(counts, policy) if lines else (),
        readings=lines,
        groups=tuple(named(breach, roster) for breach in breaches[:most]),
        more=max(0, len(breaches) - most),
    )


def groups_of(person: Person, roster: Roster) -> frozenset[GroupName]:
    """The groups in which somebody is counted, by name."""
    heads = [head.employee_id for head in roster.chain(person.employee_id)]
    names = {GroupName(GroupKind.MANAGER, head) for head in heads} | {COMPANY}
    if person.department:
        names.add(GroupName(GroupKind.DEPARTMENT, person.department))
    return frozenset(names)
