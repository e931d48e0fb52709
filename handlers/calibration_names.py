"""Calibration by name: each who is entitled sees who has what; HR's admins move a rating."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, overload

from handlers import calibration_move, no_surprise, spread
from handlers.answers import Answer, Opens
from handlers.calibration_room import Room, group_label, room_of
from handlers.changes import Changes
from handlers.keeping import dressed, opened
from handlers.work import Act
from prompts.answers import Answers
from prompts.card import Form
from prompts.screens import calibration_names as screen
from prompts.screens.sign_off import SignOffFacts
from review import calibration, scale
from review.calibration import Change, SessionId
from review.desks import Desks, desks
from review.errors import NotEntitled, StaleReview, UnknownScore
from review.errors_calibration import NotInSession
from review.groups import Group, groups
from review.policy import Policy, Score
from review.quotas import counted
from review.record import Review, rules_for
from review.signing import flags
from review.stages import Desk, Stage
from review.surprise import Told
from storage.calibrations import Looked

if TYPE_CHECKING:
    from review.people import Person

ENTITLED = "manager, skip_level, hr, hr_admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The one whose rating is being moved, and what they have heard."""

    review: Review
    person: Person
    told: Told
    moves: bool
    """Whether the actor may move it now."""
    names: dict[str, str]
    seats: Desks
    groups: tuple[Group, ...]
    """The groups in which they are counted, as they stand."""


class _Rows(Sequence[screen.NameRow]):
    """The rows of a list, each made when it is looked at: a page shows a few of many."""

    def __init__(self, seen: Sequence[Looked], made: Callable[[Looked], screen.NameRow]) -> None:
        self._seen, self._made = seen, made

    def __len__(self) -> int:
        return len(self._seen)

    @overload
    def __getitem__(self, at: int) -> screen.NameRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[screen.NameRow]: ...
    def __getitem__(self, at: int | slice) -> screen.NameRow | Sequence[screen.NameRow]:
        if isinstance(at, slice):
            return tuple(self._made(one) for one in self._seen[at])
        return self._made(self._seen[at])


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesForm:
    """The list of a session for one of those entitled, and the move of one of them."""

    act: Act
    room: Room
    seen: tuple[Looked, ...]
    chosen: Chosen | None

    def last_step(self, answers: Answers) -> int:
        """The last page; one person is one step."""
        return 0 if self.chosen else screen.steps(self._facts(answers)) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:
        """The page, or the one person."""
        return screen.form(self._facts(answers), answers, self.act.say, step=step, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """Choose somebody to look at, or go back to the list."""
        session = self.room.session.id
        if button == screen.BACK_TO_NAMES:
            return Changes({}, subject=session, use=replace(self, chosen=None))
        review = button.removeprefix(screen.MOVE)
        there = next((one for one in self.seen if one.id == review), None)
        if there is None or review == button:
            return None
        chosen = await _chosen(there, self.room, self.act)
        if chosen is None:
            return None
        seen = {screen.SEEN: str(chosen.review.revision)}
        use = replace(self, chosen=chosen)
        return Changes(seen, subject=screen.subject(session, review), use=use)

    async def send(self, answers: Answers) -> Changes | None:
        """Move it, or send it back to its manager; the list is shown again.

        Raises SessionClosed, StaleReview, and what the rule raises.
        """
        if self.chosen is None:
            return Changes({})
        review = self.chosen.review
        if not self.chosen.moves:
            calibration.check_open(self.room.session)
            raise NotEntitled(who_can="hr_admin")
        looked = answers.get(screen.SEEN, "")
        if looked not in {"", str(review.revision)}:
            raise StaleReview(int(looked), review.revision)
        where, because = answers.get(screen.TO, ""), answers.get(screen.WHY, "")
        if where == screen.RETURN:
            saved = await calibration_move.send_back(
                review, because, self.act, room=self.room, seats=self.chosen.seats
            )
        else:
            to = scale.parse(where, self.act.company.policy)
            saved = await calibration_move.move(
                review,
                to,
                because,
                self.act,
                room=self.room,
                seats=self.chosen.seats,
                told=self.chosen.told,
            )
        room = self.room.after(saved, moved=where != screen.RETURN)
        use = NamesForm(act=self.act, room=room, seen=room.seen_by(self.act.by), chosen=None)
        return Changes({}, subject=room.session.id, use=use)

    def _facts(self, answers: Answers) -> screen.NamesFacts:
        kind, name = group_label(self.room.session.group, self.room.roster)
        is_open = self.room.session.is_open and self.room.cycle.closed_at is None
        return screen.NamesFacts(
            session=self.room.session.id,
            cycle=self.room.cycle.name,
            kind=kind,
            name=name,
            rows=_Rows(self.seen, partial(self._row, is_open=is_open)),
            hidden=len(self.room.inside) - len(self.seen),
            is_open=is_open,
            one=None if self.chosen is None else self._one(self.chosen, answers),
        )

    def _row(self, one: Looked, *, is_open: bool) -> screen.NameRow:
        person = self.room.roster.people[one.employee_id]
        mine = self.act.is_hr_admin(self.act.actor) and one.employee_id != self.act.by
        return screen.NameRow(
            review=one.id,
            person=person.name,
            title=person.title,
            rating=one.rating,
            suggested=one.suggested,
            flags=flags(
                gate=one.gate,
                surprise=one.surprise,
                rating=one.rating,
                suggested=one.suggested,
                spread=False,
            ),
            moved=one.moved,
            movable=is_open and mine and one.stage in calibration.MOVABLE,
        )

    def _one(self, chosen: Chosen, answers: Answers) -> screen.MoveFacts:
        review, policy = chosen.review, self.act.company.policy
        moved, back = calibration.moved(review), calibration.came_back(review)
        to = _score(answers.get(screen.TO, ""), policy)
        return screen.MoveFacts(
            record=SignOffFacts(
                record=review,
                person=chosen.person.name,
                ladders=self.act.company.ladders(self.room.cycle.opened_at, policy),
                policy=rules_for(review, policy),
                names=chosen.names,
                has_reports=self.room.roster.has_reports(review.employee_id, self.act.today()),
            ),
            reader_moves=chosen.moves,
            choices=calibration.choices(review, policy),
            returns=review.stage is Stage.CALIBRATION,
            moved=moved,
            mover="" if moved is None else self.room.name(moved.by),
            came_back="" if back is None else back.comment,
            changes=() if to is None else self._changes(chosen, to),
            surprise=bool(calibration.would_surprise(review, to, chosen.told, policy))
            and to is not None,
        )

    def _changes(self, chosen: Chosen, to: Score) -> tuple[tuple[str, str, Change], ...]:
        """What a rating would do to each group that counts the person."""
        review, policy, roster = chosen.review, self.act.company.policy, self.room.roster
        k = None if review.outcome is None else review.outcome.k
        found = calibration.what_if(
            chosen.groups,
            counted(review.rating, k, policy),
            counted(to, k, policy) or to,
            policy.distribution,
        )
        return tuple((*group_label(one.group, roster), one) for one in found)


def _score(said: str, policy: Policy) -> Score | None:
    try:
        return scale.parse(said, policy)
    except UnknownScore:
        return None


async def load(subject: str, act: Act) -> NamesForm:
    """The list, or one review of it, for whoever may see that.

    Raises SessionUnknown, NotEntitled, NotInSession.
    """
    session, _, wanted = subject.partition("|")
    room = await room_of(session, act)
    seen = room.seen_by(act.by)
    if not seen and not act.is_hr_admin(act.actor):
        raise NotEntitled(who_can=ENTITLED)
    if not wanted:
        return NamesForm(act=act, room=room, seen=seen, chosen=None)
    there = next((one for one in seen if one.id == wanted), None)
    chosen = None if there is None else await _chosen(there, room, act)
    if chosen is None:
        raise NotInSession
    return NamesForm(act=act, room=room, seen=seen, chosen=chosen)


async def _chosen(one: Looked, room: Room, act: Act) -> Chosen | None:
    found = await act.tx.reviews.with_cycle(one.id)
    if found is None:
        return None
    review, cycle = found
    person = room.person(one)
    seats = desks(person, room.roster, act.today())
    entitled = Desk.CALIBRATION in seats.held_by(act.by) and review.stage in calibration.MOVABLE
    theirs = spread.groups_of(room.roster.people[one.employee_id], room.roster)
    every = groups(room.ratings(act.company.policy), room.roster)
    ids = {word.by for word in review.sign_offs} | {review.rated_by or ""}
    return Chosen(
        review=review,
        person=person,
        told=await no_surprise.told_of(person, cycle, act, raters=(review.rated_by, seats.manager)),
        moves=entitled and room.session.is_open and cycle.closed_at is None,
        names={one: room.name(one) for one in ids},
        seats=seats,
        groups=tuple(one for one in every if theirs.intersection(one.names)),
    )


async def show(subject: SessionId, act: Act) -> Answer:
    """`calibration.names`: the list, where it was left. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(screen.FORM, subject, act)
    step = min(kept.draft.step, use.last_step(kept.answers))
    return Opens(dressed(use.form(kept.answers, step=step, sent=False), kept, act.say))
