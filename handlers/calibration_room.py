"""One calibration session with all around it: who is in it, and who may see and move what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from handlers import living, spread
from handlers.team import with_stand_ins
from handlers.work import Act, Work
from prompts.screens.calibration import SessionFacts
from review import calibration
from review.access import Thing, may_see, relation
from review.calibration import Session, SessionId
from review.cycle import Cycle
from review.distribution import Breach
from review.errors import NotEntitled
from review.errors_calibration import SessionUnknown
from review.groups import GroupKind, GroupName
from review.people import EmployeeId, Person
from review.policy import Policy, Score
from review.quotas import counted
from review.record import Review, in_review
from review.roster import Roster
from review.stages import Stage
from storage.calibrations import Looked
from storage.notice import Painting

KIND = "calibration"
"""The living message of a session; its subject is the session's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A session, its cycle, and everybody in it."""

    session: Session
    cycle: Cycle
    roster: Roster
    everybody: Mapping[EmployeeId, Looked]
    """Everybody in the cycle."""
    inside: frozenset[EmployeeId]

    def ratings(self, policy: Policy) -> dict[EmployeeId, Score | None]:
        """Everybody's rating in the cycle, as it is counted."""
        return {one: counted(at.rating, at.k, policy) for one, at in self.everybody.items()}

    def seen_by(self, viewer: EmployeeId) -> tuple[Looked, ...]:
        """Whose ratings somebody sees by name (product.md 13), best first, then by name."""
        found = [self.everybody[one] for one in self.inside]
        seen = [one for one, sees in zip(found, self._sees(viewer, found), strict=True) if sees]
        given = sorted({one.rating for one in seen if one.rating is not None}, reverse=True)
        place: dict[Score | None, int] = {rating: at for at, rating in enumerate([*given, None])}
        names = {one.employee_id: self.name(one.employee_id) for one in seen}
        return tuple(
            sorted(
                seen,
                key=lambda one: (place[one.rating], names[one.employee_id], one.employee_id),
            )
        )

    def _sees(self, viewer: EmployeeId, found: Iterable[Looked]) -> Iterator[bool]:
        """Of each whether the viewer sees it; asked once of all whom the same people lead."""
        known: dict[tuple[EmployeeId | None, EmployeeId | None, bool, Stage], bool] = {}
        for one in found:
            person = self.person(one)
            own = person.employee_id == viewer
            like = (person.manager_id, person.hrbp_id, own, one.stage)
            if like not in known:
                related = relation(viewer, person, self.roster)
                known[like] = may_see(Thing.RATING, related, one.stage)
            yield known[like]

    def person(self, one: Looked) -> Person:
        """Somebody in it, as their review sees them."""
        return in_review(self.roster.people[one.employee_id], one.led_by)

    def name(self, employee: EmployeeId | None) -> str:
        """Their name; empty if nobody knows it."""
        person = self.roster.get(employee)
        return "" if person is None else person.name

    def lying(self) -> tuple[Looked, ...]:
        """Whose reviews lie with calibration."""
        every = (self.everybody[one] for one in self.inside)
        return tuple(one for one in every if one.stage is Stage.CALIBRATION)

    def after(self, review: Review, *, moved: bool) -> Room:
        """The same room once that review of somebody in it was written."""
        was, outcome = self.everybody[review.employee_id], review.outcome
        now = replace(
            was,
            stage=review.stage,
            rating=review.rating,
            gate=None if outcome is None else outcome.gate.value,
            suggested=None if outcome is None else outcome.suggested,
            surprise=review.surprise,
            moved=moved or was.moved,
        )
        return replace(self, everybody={**self.everybody, review.employee_id: now})


async def room_of(subject: SessionId, work: Work) -> Room:
    """The session, read afresh. Raises SessionUnknown."""
    found = await work.tx.calibrations.with_cycle(subject)
    if found is None:
        raise SessionUnknown
    return await room_around(*found, work)


async def room_around(session: Session, cycle: Cycle, work: Work) -> Room:
    """That session with everybody in it."""
    (room,) = await rooms_around([session], cycle, work)
    return room


async def rooms_around(sessions: Iterable[Session], cycle: Cycle, work: Work) -> list[Room]:
    """Sessions of one cycle, each with everybody in it."""
    found = await work.tx.calibrations.everybody(cycle.id)
    roster = await with_stand_ins((person for person, _ in found), work)
    every = {person.employee_id: one for person, one in found if one is not None}
    return [
        Room(
            session=session,
            cycle=cycle,
            roster=roster,
            everybody=every,
            inside=calibration.members(session.group, every, roster),
        )
        for session in sessions
    ]


async def roster_of(work: Work) -> Roster:
    """Everybody, with who stands in for whom today."""
    return await with_stand_ins(await work.tx.people.all(), work)


def check_hr(act: Act) -> None:
    """Raises NotEntitled for whoever is no HR admin."""
    if not act.is_hr_admin(act.actor):
        raise NotEntitled(who_can="hr_admin")


def place(session: Session, work: Work) -> EmployeeId:
    """Where its message stands: the HR channel, or, without one, with whoever opened it."""
    return living.HR if work.company.hr_channels else session.opened_by


def painting(session: Session, work: Work) -> Painting:
    """Its message shows what is true by then."""
    return Painting(
        kind=KIND,
        receiver=place(session, work),
        subject=session.id,
        due=work.now,
        gap=living.BOARD_GAP,
        priority=living.SOON,
    )


def group_label(group: GroupName, roster: Roster) -> tuple[str, str]:
    """A group's kind, and the name to show."""
    person = roster.get(group.key) if group.kind is GroupKind.MANAGER else None
    return str(group.kind), person.name if person else group.key


async def facts_of(room: Room, work: Work) -> SessionFacts:
    """What everybody in the channel may see of it: counts, never a person."""
    policy, session = work.company.policy, room.session
    ratings = room.ratings(policy)
    board = await spread.board_of_room(room.cycle, ratings, room.roster, work)
    kind, name = group_label(session.group, room.roster)
    closed = session.closed_at
    return SessionFacts(
        session=session.id,
        cycle=room.cycle.name,
        kind=kind,
        name=name,
        spread=spread.facts_of_group(
            room.cycle,
            {one: ratings[one] for one in sorted(room.inside)},
            board.within(_within(session.group, room.roster, board.breaches)),
            room.roster,
            policy,
            self_in=sum(room.everybody[one].self_at is not None for one in room.inside),
        ),
        lying=len(room.lying()),
        moved=await work.tx.calibrations.moved_in(session.id),
        by=room.name(session.opened_by),
        closed_on=None if closed is None else work.date_of(closed),
        closed_by=room.name(session.closed_by),
    )


def _within(group: GroupName, roster: Roster, breaches: tuple[Breach, ...]) -> frozenset[GroupName]:
    """The group and those inside it."""
    if group.kind is GroupKind.COMPANY:
        return frozenset(name for one in breaches for name in one.group.names)
    if group.kind is GroupKind.DEPARTMENT:
        return frozenset({group})
    below = (one.employee_id for one in roster.subtree(group.key))
    return frozenset({group, *(GroupName(GroupKind.MANAGER, one) for one in below)})
