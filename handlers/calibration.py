"""HR opens a calibration session for a group, closes it, or lets a cycle go on without."""

from __future__ import annotations

from uuid import uuid4

from handlers import living
from handlers.answers import Answer, Done, Says
from handlers.calibration_room import (
    KIND,
    Room,
    check_hr,
    facts_of,
    group_label,
    painting,
    place,
    room_around,
    rooms_around,
    roster_of,
)
from handlers.crowd import Crowd
from handlers.people_said import person_said
from handlers.waits import Source
from handlers.work import Act, Work
from prompts.screens import calibration as screen
from prompts.screens import common
from prompts.screens.status import Waiting
from review.calibration import Session, SessionId
from review.cycle import Cycle, check_open
from review.errors import NotEntitled
from review.errors_calibration import GroupUnknown, NoCalibration, SessionClosed, SessionUnknown
from review.errors_feedback import PersonUnknown
from review.groups import COMPANY, GroupKind, GroupName
from review.people import EmployeeId, Person
from review.roster import Roster
from storage.notice import Notice
from storage.notice import living as living_name

OPENED, CLOSED = "calibration_opened", "calibration_closed"
ALL = {"all", "everybody", "全部", "全公司"}
MARK = "calibration_on/"
"""Mark of a cycle that HR lets go on without."""


async def command(rest: str, act: Act) -> Answer:
    """`/review calibrate [NAME] [GROUP]`: what there is, or a session of that group.

    Raises NoCalibration, GroupUnknown, NotEntitled, SeveralPeople.
    """
    cycles = await calibrated(act)
    if not act.is_hr_admin(act.actor):
        return await _mine(cycles, act)
    if not cycles:
        raise NoCalibration
    first, _, after = rest.partition(" ")
    named = next(
        (one for one in cycles if first.casefold() in {one.id.casefold(), one.name.casefold()}),
        None,
    )
    said = after.strip() if named else rest
    if not said:
        return await _offers((named,) if named else cycles, act)
    cycle = named or cycles[0]
    group = await _group_said(said, act)
    return await open_session(cycle, group, act, said=said)


async def show(value: str, act: Act) -> Answer:  # noqa: ARG001
    """The button that stands for the command."""
    return await command("", act)


async def calibrated(work: Work) -> tuple[Cycle, ...]:
    """The running cycles that are calibrated, the newest first."""
    if not work.company.policy.flow.calibration:
        return ()
    running = await work.tx.cycles.running()
    return tuple(sorted(running, key=lambda one: one.opened_at, reverse=True))


async def _group_said(said: str, act: Act) -> GroupName:
    """A department by its name, everybody, or somebody's whole team."""
    if said.casefold() in ALL:
        return COMPANY
    roster = await roster_of(act)
    for department in roster.departments():
        if department.casefold() == said.casefold():
            return GroupName(GroupKind.DEPARTMENT, department)
    try:
        person = await person_said(said, act)
    except PersonUnknown:
        raise GroupUnknown(said) from None
    return GroupName(GroupKind.MANAGER, person.employee_id)


async def open_pressed(value: str, act: Act) -> Answer:
    """`calibration.open`: value is the cycle's id, the group's kind and its key.

    Raises what open_session raises.
    """
    cycle_id, _, rest = value.partition("|")
    kind, _, key = rest.partition("|")
    cycle = await act.tx.cycles.get(cycle_id)
    if cycle is None or kind not in set(GroupKind):
        raise GroupUnknown(key)
    return await open_session(cycle, GroupName(GroupKind(kind), key), act, said=key)


async def open_session(cycle: Cycle, group: GroupName, act: Act, *, said: str) -> Answer:
    """Open it, or say that it is open: of two who open it at once, one does.

    Raises NotEntitled, CycleClosed, NoCalibration, GroupUnknown.
    """
    check_hr(act)
    check_open(cycle)
    if not act.company.policy.flow.calibration:
        raise NoCalibration
    earlier = [one for one in await act.tx.calibrations.in_cycle(cycle.id) if one.group == group]
    there = next((one for one in earlier if one.is_open), None)
    if there is None:
        made = Session(
            id=uuid4().hex,
            cycle=cycle.id,
            group=group,
            turn=len(earlier) + 1,
            opened_by=act.by,
            opened_at=act.now,
        )
        room = await room_around(made, cycle, act)
        if not room.inside:
            raise GroupUnknown(said)
        if await act.tx.calibrations.add(made):
            await _say_opened(made, act)
            return await _opened(room, act, already=False)
        again = await act.tx.calibrations.in_cycle(cycle.id)
        there = next(one for one in again if one.group == group and one.turn == made.turn)
    return await _opened(await room_around(there, cycle, act), act, already=True)


async def _say_opened(session: Session, act: Act) -> None:
    details = {"session": session.id, "group": f"{session.group.kind}:{session.group.key}"}
    await act.tx.audit.record("calibration.opened", session.cycle, act.by, act.now, details)
    await act.tx.outbox.paint_all([painting(session, act)])
    await _in_thread(OPENED, session, act)


async def _in_thread(kind: str, session: Session, work: Work) -> None:
    """A word in the session's own thread, with the picture."""
    await work.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=place(session, work),
            facts={"session": session.id},
            once=f"{kind}/{session.id}",
            due=work.now,
            priority=living.SOON,
            thread_of=living_name(KIND, place(session, work), session.id),
        )
    )


async def _opened(room: Room, act: Act, *, already: bool) -> Answer:
    facts = await facts_of(room, act)
    channel = bool(act.company.hr_channels)
    return Says(screen.opened(facts, act.say, already=already, channel=channel))


async def _offers(cycles: tuple[Cycle, ...], act: Act) -> Answer:
    roster = await roster_of(act)
    gone_on = await act.tx.occurrences.marks(MARK)
    facts = [await _offer(one, roster, act, gone_on=one.id in gone_on) for one in cycles]
    return Says(screen.offers(tuple(facts), act.say))


async def _offer(cycle: Cycle, roster: Roster, act: Act, *, gone_on: bool) -> screen.CycleFacts:
    sessions = [one for one in await act.tx.calibrations.in_cycle(cycle.id) if one.is_open]
    groups = {one.group for one in sessions}
    every = {one.employee_id for one in await act.tx.reviews.standings(cycle.id)}
    sizes = {
        name: len(every.intersection(one.employee_id for one in people))
        for name, people in roster.departments().items()
        if GroupName(GroupKind.DEPARTMENT, name) not in groups
    }
    return screen.CycleFacts(
        cycle=cycle.name,
        cycle_id=cycle.id,
        lying=len(await act.tx.calibrations.looked_at(cycle.id, lying=True)),
        due=cycle.skip_due,
        gone_on=gone_on,
        sessions=tuple((one.id, *group_label(one.group, roster)) for one in sessions),
        departments=tuple(
            sorted((one for one in sizes if sizes[one]), key=lambda one: -sizes[one])
        ),
        whole=COMPANY not in groups,
    )


async def _mine(cycles: tuple[Cycle, ...], act: Act) -> Answer:
    """The open sessions with people whose ratings the actor may see. Raises NotEntitled."""
    found = []
    for cycle in cycles:
        running = [one for one in await act.tx.calibrations.in_cycle(cycle.id) if one.is_open]
        for room in await rooms_around(running, cycle, act) if running else ():
            if room.seen_by(act.by):
                label = group_label(room.session.group, room.roster)
                found.append((cycle.name, room.session.id, *label))
    if not found:
        raise NotEntitled(who_can="hr_admin")
    return Says(screen.mine(tuple(found), act.say))


async def close(subject: SessionId, act: Act) -> Answer:
    """`calibration.close`: lock it; its reviews go on (calibration_on.go_on_all).

    Raises NotEntitled, SessionUnknown, SessionClosed, CycleClosed.
    """
    check_hr(act)
    found = await act.tx.calibrations.with_cycle(subject)
    if found is None:
        raise SessionUnknown
    session, cycle = found
    check_open(cycle)
    if not await close_it(session, act.by, act):
        raise SessionClosed
    return Done()


async def close_it(session: Session, by: str | None, work: Work) -> bool:
    """Close it, by somebody or by time, and say so in its thread. False: it was closed before."""
    if not await work.tx.calibrations.close(session.id, by, work.now):
        return False
    details = {"session": session.id, "group": f"{session.group.kind}:{session.group.key}"}
    await work.tx.audit.record("calibration.closed", session.cycle, by, work.now, details)
    await work.tx.outbox.paint_all([painting(session, work)])
    await _in_thread(CLOSED, session, work)
    return True


async def go_on(cycle_id: str, act: Act) -> Answer:
    """`calibration.go_on`: the cycle goes on without. Raises NotEntitled, CycleClosed."""
    check_hr(act)
    cycle = await act.tx.cycles.get(cycle_id)
    if cycle is None:
        raise NoCalibration
    check_open(cycle)
    await act.tx.occurrences.set_mark(MARK + cycle.id, act.now)
    await act.tx.audit.record("calibration.left_out", cycle.id, act.by, act.now)
    return Says(common.says(act.say, "calibration.goes_on", cycle=cycle.name))


async def _waits(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    if not work.company.policy.flow.calibration or not work.is_hr_admin(person):
        return ()
    if not await work.tx.calibrations.looked_at(cycle.id, lying=True):
        return ()
    one = Waiting(
        kind="calibration",
        cycle=cycle.name,
        due=cycle.skip_due,
        action=screen.LIST,
        items=((cycle.id, ""),),
    )
    return (one,)


async def _all(crowd: Crowd) -> frozenset[EmployeeId]:
    work = crowd.work
    if not work.company.policy.flow.calibration:
        return frozenset()
    lying = await work.tx.calibrations.looked_at(crowd.cycle.id, lying=True)
    return frozenset(work.company.hr_admins) if lying else frozenset()


WAITS = Source(kind="calibration", due=lambda cycle: cycle.skip_due, find=_waits, who=_all)
