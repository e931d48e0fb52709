"""Who signs what, and the living list that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from handlers import spread
from handlers.answers import Answer, Done
from handlers.hours import Hours
from handlers.keeping import opened, prefill
from handlers.living import SOON, TEAM_LIST, lists
from handlers.team import heads_of, with_stand_ins
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import sign_list as screen
from review.cycle import Cycle
from review.desks import Desks, desks
from review.groups import GroupName, scope_of
from review.people import EmployeeId, Person
from review.policy import Quota, Score
from review.quotas import in_quota
from review.record import Review, in_review
from review.roster import Roster
from review.score import GateState
from review.signing import DESK_AT, Flag, flags, lacks_gate_word, sent_back
from review.stages import Desk, Stage
from storage.notice import Delivery, Painting
from storage.signings import Shown, Signing

SIGN_LIST = "sign_list"
ORDER, BY_NAME, FLAGS_FIRST = "order", "name", "flags"
OPEN_AT = {desk: stage for stage, desk in DESK_AT.items()}
BELOW = {Stage.MANAGER_REVIEW: "back", Stage.SELF_REVIEW: "back", Stage.CALIBRATION: "calibration"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One rated record, and the desk at which somebody signs it."""

    person: Person
    record: Signing
    desk: Desk
    seats: Desks
    flags: tuple[Flag, ...]


async def signs(
    signer: Person, cycle: str, work: Work, *, spread_too: Cycle | None = None
) -> tuple[tuple[Due, ...], Roster]:
    """Whose reviews somebody signs today, by name, and the people around them.

    Somebody who sits at both desks signs at the one that it waits for. `spread_too`: flags say
    where a rating is one of too many, which takes the whole cycle's ratings.
    """
    heads = await heads_of(signer, work)
    everybody = any(head in work.company.hr_admins for head in heads)
    found = await work.tx.signings.below(cycle, heads, everybody=everybody)
    if not found:
        return (), Roster.of(())
    ids = [one.employee_id for one in found]
    led = {one.led_by for one in found if one.led_by is not None}
    people = await work.tx.signings.around(ids, [*work.company.hr_admins, *led])
    roster, today = await with_stand_ins(people, work), work.today()
    too_many = await _too_many(signer, spread_too, work) if spread_too else (lambda *_: False)
    due = []
    for record in found:
        person = in_review(roster.people[record.employee_id], record.led_by)
        seats = desks(person, roster, today)
        held = seats.held_by(signer.employee_id)
        mine = [desk for desk in DESK_AT.values() if desk in held]
        if mine:
            wanted = DESK_AT.get(record.stage)
            due.append(
                Due(
                    person=person,
                    record=record,
                    desk=wanted if wanted in mine and wanted else mine[0],
                    seats=seats,
                    flags=_flags(record, person, too_many),
                )
            )
    return tuple(sorted(due, key=lambda one: (one.person.name, one.person.employee_id))), roster


TooMany = Callable[[Person, Score | None], bool]


async def _too_many(signer: Person, cycle: Cycle, work: Work) -> TooMany:
    """Whether a rating is one of too many in a group that the signer may see."""
    board, roster = await spread.board_with_names(cycle, work)
    scope = scope_of(signer.employee_id, roster)
    seen = board.breaches if scope is None else board.within(scope)
    out: list[tuple[frozenset[GroupName], Quota]] = [
        (frozenset(one.group.names), one.reading.quota) for one in seen if one.reading.too_many
    ]

    def is_one(person: Person, rating: Score | None) -> bool:
        if rating is None or not out:
            return False
        names = spread.groups_of(person, roster)
        return any(names & group and in_quota(rating, quota) for group, quota in out)

    return is_one


def _flags(record: Signing, person: Person, too_many: TooMany) -> tuple[Flag, ...]:
    return flags(
        gate=record.gate,
        surprise=record.surprise,
        rating=record.rating,
        suggested=record.suggested,
        spread=too_many(person, record.rating),
    )


async def of_signers(
    review: Review, seats: Desks, roster: Roster, act: Act
) -> tuple[Painting, ...]:
    """The lists of whoever signs that review, as far as they stand: they show it by then.

    A list that they have changes at once, a first page comes within their hours. What is too
    many for the pages that stand gets one of its own a little later (scheduler.sign_pages).
    """
    holders = _holders(seats)
    there = await act.tx.signings.shown(SIGN_LIST, holders, review.cycle)
    return _of(holders, there, review.cycle, roster, act)


async def that_stand(
    review: Review, seats: Desks, roster: Roster, act: Act
) -> tuple[Painting, ...]:
    """As of_signers, and the pages that the manager's team list has, in one look."""
    holders, cycle = _holders(seats), review.cycle
    wanted = [(SIGN_LIST, one) for one in holders]
    wanted += [(TEAM_LIST, seats.manager)] if seats.manager else []
    found = await act.tx.signings.lists(wanted, cycle)
    there = {one: found[SIGN_LIST, one] for one in holders if (SIGN_LIST, one) in found}
    team = found.get((TEAM_LIST, seats.manager or ""))
    pages = lists(seats.manager, cycle, team.pages, act.now) if team and seats.manager else ()
    return (*_of(holders, there, cycle, roster, act), *pages)


def _holders(seats: Desks) -> list[EmployeeId]:
    return sorted({one for one in (seats.skip_level, seats.hr) if one is not None})


def _of(
    holders: Iterable[EmployeeId],
    there: Mapping[EmployeeId, Shown],
    cycle: str,
    roster: Roster,
    work: Work,
) -> tuple[Painting, ...]:
    return tuple(
        page
        for one in holders
        for page in _pages(roster.people[one], cycle, there.get(one), 1, work)
    )


async def paint(signer: Person, cycle: str, work: Work) -> None:
    """All pages of somebody's list are to show what is true now."""
    there = await work.tx.signings.shown(SIGN_LIST, [signer.employee_id], cycle)
    due, _ = await signs(signer, cycle, work)
    most = -(-len(due) // screen.PAGE)
    pages = _pages(signer, cycle, there.get(signer.employee_id), most, work)
    await work.tx.outbox.paint_all(pages)


def _pages(
    signer: Person, cycle: str, there: Shown | None, least: int, work: Work
) -> tuple[Painting, ...]:
    """Every page that stands, and so many at least."""
    acts = isinstance(work, Act) and work.by == signer.employee_id
    at = work.now if acts or there else Hours(work.company, signer).opens(work.now)
    return tuple(
        Painting(
            kind=SIGN_LIST,
            receiver=signer.employee_id,
            subject=f"{cycle}#{page}",
            due=at,
            priority=SOON,
        )
        for page in range(max(least, there.pages if there else 0))
    )


async def lacks_a_page(signer: Person, cycle: str, pages: int, work: Work) -> bool:
    """Whether somebody signs more than stands on so many pages."""
    due, _ = await signs(signer, cycle, work)
    return len(due) > pages * screen.PAGE


async def card(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """One page, read afresh."""
    cycle_id, _, page = (delivery.subject or "").rpartition("#")
    cycle = await work.tx.cycles.get(cycle_id)
    if cycle is None or person is None:
        return None
    due, roster = await signs(person, cycle_id, work, spread_too=cycle)
    by_name = await _by_name(person.employee_id, cycle_id, work)
    if not by_name:
        due = tuple(sorted(due, key=lambda one: _weight(one.flags)))
    shown = due[int(page) * screen.PAGE : (int(page) + 1) * screen.PAGE]
    if not shown and delivery.ts is None:
        return None  # one that stands there is emptied, for its rows went to others
    ids = [one.person.employee_id for one in shown]
    whole = {one.id: one for one in await work.tx.reviews.in_cycle(cycle_id, ids)}
    dates = {
        one.desk: cycle.hr_due if one.desk is Desk.HR else cycle.skip_due
        for one in due
        if state_of(one) == "open"
    }
    facts = screen.SignListFacts(
        cycle=cycle.name,
        cycle_id=cycle.id,
        rows=tuple(_row(one, whole[one.record.id], roster) for one in shown),
        page=int(page),
        pages=max(1, -(-len(due) // screen.PAGE)),
        signed=sum(state_of(one) == "signed" for one in due),
        open=sum(state_of(one) == "open" for one in due),
        of=len(due),
        flagged=sum(bool(one.flags) for one in due),
        by_name=by_name,
        due=min(dates.values(), default=cycle.hr_due),
        policy=work.company.policy,
    )
    return screen.sign_list(facts, work.words(person))


def _weight(found: tuple[Flag, ...]) -> tuple[bool, list[int]]:
    """Those with flags first, the weightiest of them before the others."""
    return (not found, [list(Flag).index(flag) for flag in found])


def state_of(one: Due) -> str:
    """Where it is, seen from whoever signs: open, signed, below, back or in calibration."""
    stage = one.record.stage
    if stage is OPEN_AT[one.desk]:
        return "open"
    if stage in BELOW:
        return BELOW[stage]
    return "below" if stage is Stage.SKIP_LEVEL else "signed"


def _row(one: Due, review: Review, roster: Roster) -> screen.SignRow:
    state = state_of(one)
    before = {"below": one.seats.skip_level, "back": one.seats.manager}.get(state)
    return screen.SignRow(
        review=review.id,
        person=one.person.name,
        title=one.person.title,
        desk=one.desk,
        state=state,
        rating=review.rating,
        overruled=overruled(review),
        flags=one.flags,
        gate_word=lacks_gate_word(review, one.desk),
        waits_for=_name(before, roster),
        returned=(sent_back(review) or "") if state == "open" else "",
        instead_of=_name(one.seats.instead_of.get(one.desk), roster),
    )


def overruled(review: Review) -> Score | None:
    """What the scores would suggest, where the gate is shut."""
    if review.outcome is None or review.outcome.gate is not GateState.GATED:
        return None
    return review.outcome.suggested_ungated


def _name(employee: EmployeeId | None, roster: Roster) -> str:
    person = roster.get(employee)
    return "" if person is None else person.name


async def _by_name(signer: EmployeeId, cycle: str, work: Work) -> bool:
    draft = await work.tx.drafts.get(SIGN_LIST, cycle, signer)
    return draft is not None and draft.marks[ORDER].value == BY_NAME


async def reorder(cycle: str, act: Act) -> Answer:
    """`signoff.order`: by name, or those with flags first again."""
    kept = await opened(SIGN_LIST, cycle, act)
    wanted = FLAGS_FIRST if kept.answers.get(ORDER) == BY_NAME else BY_NAME
    await prefill(SIGN_LIST, cycle, {ORDER: wanted}, act)
    await paint(act.actor, cycle, act)
    return Done()
