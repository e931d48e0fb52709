"""The interview took place: the review reaches the person, who acknowledges it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handlers import sign_off, talks, year
from handlers.answers import Answer, Done, Opens
from handlers.changes import Changes
from handlers.crowd import Crowd
from handlers.daily import shown_again
from handlers.hours import Hours
from handlers.interview import agree_prepared
from handlers.keeping import dressed, opened
from handlers.talks import TALKED, Case, case_of, to_person
from handlers.team import manager_of, standings_of
from handlers.times import asked_by
from handlers.waits import Source
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Card, Form
from prompts.screens import held as screen
from prompts.screens.status import Waiting
from prompts.screens.whole_review import IN_FULL
from review.access import Thing, may_see, relation
from review.appeal import is_about
from review.cycle import Cycle
from review.errors import AlreadySent, NotEntitled, NotYourTurn
from review.interview import Interview, said
from review.people import EmployeeId, Person
from review.record import Review, ReviewId, rules_for
from review.stages import Move, Stage
from review.steps import act as make
from storage.audit import Happened
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

READING, ACKNOWLEDGE = "my_review", "acknowledge"
HELD, ACKNOWLEDGED = "interview_held", "acknowledged"


async def hold(subject: ReviewId, act: Act) -> Answer:
    """`interview.held`: all of the review reaches the person now.

    Raises UnknownReview, NotEntitled, NotYourTurn, AlreadySent.
    """
    case = await case_of(subject, act)
    if case.review.stage in TALKED and case.held_by(act.by) & set(talks.HOLDS):
        raise AlreadySent(Move.HOLD, case.review.stage)
    saved = await move(case, Move.HOLD, act)
    talk = await act.tx.interviews.get(subject)
    talk = talk or Interview(review=subject, began_at=act.now, told_at=act.now)
    days = act.company.policy.interviews.appeal_days
    ends = Hours(act.company, case.person).add_working_days(act.today(case.person), days)
    await act.tx.interviews.save(replace(talk, held_at=act.now, ends_on=ends, slots=()))
    await agree_prepared(case, act)
    if case.seats.manager is not None:
        await shown_again(case.seats.manager, asked_by(talk), act)
    once = str(saved.revision)
    await act.tx.outbox.put(to_person(HELD, saved.employee_id, subject, once, act))
    await sign_off.shown(saved, case.seats, case.roster, act)
    return Done()


async def move(case: Case, wanted: Move, act: Act, *, comment: str = "") -> Review:
    """Make the move and write it into the trail. Raises what review.steps.act raises."""
    done = make(
        case.review,
        wanted,
        by=act.by,
        desks=case.held_by(act.by),
        at=act.now,
        policy=act.company.policy,
        comment=comment,
        instead_of=case.seats.instead_of,
    )
    saved = await act.tx.reviews.save(done)
    event = {Move.HOLD: "interview.held", Move.APPEAL: "appeal.filed"}.get(wanted)
    said_ = Happened(event=event or f"review.{wanted}", subject=saved.id, actor=act.by, at=act.now)
    await act.tx.audit.record_all([said_])
    return saved


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """The whole of one's own review."""

    act: Act
    facts: screen.HeldFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """The last page."""
        return screen.steps(self.facts) - 1

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """That page."""
        return screen.form(self.facts, self.act.say, step=step)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:  # noqa: ARG002
        """All texts of a page in full."""
        if button != IN_FULL:
            return None
        return screen.in_full(self.facts, self.act.say, step=step)

    async def send(self, answers: Answers) -> None:
        """Reading is no step."""


@dataclass(frozen=True, slots=True)
class AcknowledgeForm:
    """The person has read it, with a word if they like."""

    act: Act
    case: Case
    facts: screen.HeldFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.acknowledge(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Keep it; a word reaches the manager at once."""
        act, case = self.act, self.case
        word = answers.get(screen.WORD, "").strip()
        saved = await move(case, Move.ACKNOWLEDGE, act, comment=word)
        if word and case.seats.manager:
            once = str(saved.revision)
            notice = to_person(ACKNOWLEDGED, case.seats.manager, saved.id, once, act)
            await act.tx.outbox.put(notice)
        await sign_off.shown(saved, case.seats, case.roster, act)


async def load_reading(subject: ReviewId, act: Act) -> ReadingForm:
    """One's own review, from the interview on. Raises UnknownReview, NotEntitled, NotYourTurn."""
    case = await case_of(subject, act)
    check_may_read(case, act)
    return ReadingForm(act, await facts_of(case.review, case.cycle, case.person, act))


def check_may_read(case: Case, act: Act) -> None:
    """The person themself, once it was held. Raises NotEntitled, NotYourTurn."""
    if act.by != case.review.employee_id:
        raise NotEntitled(who_can="person")
    seen = relation(act.by, case.person, case.roster)
    if not may_see(Thing.RATING, seen, case.review.stage):
        raise NotYourTurn("read", case.review.stage, "")


async def load_acknowledge(subject: ReviewId, act: Act) -> AcknowledgeForm:
    """Raises UnknownReview, NotEntitled, NotYourTurn, AlreadySent."""
    case = await case_of(subject, act)
    check_may_read(case, act)
    if case.review.stage is not Stage.HELD:
        if said(case.review, Move.ACKNOWLEDGE):
            raise AlreadySent(Move.ACKNOWLEDGE, case.review.stage)
        raise NotYourTurn(Move.ACKNOWLEDGE, case.review.stage, "")
    facts = await facts_of(case.review, case.cycle, case.person, act)
    return AcknowledgeForm(act, case, facts)


async def read(subject: ReviewId, act: Act) -> Answer:
    """`review.read`: from the first page. Raises what load_reading raises."""
    use = await load_reading(subject, act)
    kept = await opened(READING, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def acknowledge(subject: ReviewId, act: Act) -> Answer:
    """`review.acknowledge`. Raises what load_acknowledge raises."""
    use = await load_acknowledge(subject, act)
    kept = await opened(ACKNOWLEDGE, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def facts_of(review: Review, cycle: Cycle, person: Person, work: Work) -> screen.HeldFacts:
    """What the person's own review shows from the interview on."""
    talk = await work.tx.interviews.get(review.id)
    appeal = await work.tx.appeals.get(review.id)
    if appeal is not None and not is_about(appeal, talk.held_at if talk else None):
        appeal = None
    ids = {word.by for word in review.sign_offs} | {review.rated_by or ""}
    ids |= {appeal.decider} if appeal and appeal.decider else set()
    named = await work.tx.people.many(ids - {""})
    manager = await manager_of(review, work)
    return screen.HeldFacts(
        record=review,
        cycle=cycle.name,
        manager=manager.name if manager else "",
        names={one.employee_id: one.name for one in named},
        ladders=work.company.ladders(cycle.opened_at, work.company.policy),
        policy=rules_for(review, work.company.policy),
        ends_on=talk.ends_on if talk else None,
        today=work.today(person),
        day_of=lambda moment: work.date_of(moment, person),
        appeal=appeal,
        year=await year.as_told(review, work),
    )


async def my_review(review: Review, cycle: Cycle, person: Person, work: Work) -> Card:
    """The person's own living message, once the interview was held."""
    return screen.my_review(await facts_of(review, cycle, person, work), work.words(person))


async def _told(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """What the person hears when it was held, and the manager when it was acknowledged."""
    found = await work.tx.reviews.with_cycle(str(delivery.facts["review"]))
    if found is None or person is None or found[0].stage not in TALKED:
        return None
    review, cycle = found
    about = await work.tx.people.get(review.employee_id)
    if about is None:
        return None
    words = work.words(person)
    if delivery.kind == HELD:
        facts = await facts_of(review, cycle, about, work)
        return screen.told(facts, words)
    word = said(review, Move.ACKNOWLEDGE)
    return screen.acknowledged(about.name, cycle.name, word.comment if word else "", words)


SAYINGS: Mapping[str, Saying] = {HELD: _told, ACKNOWLEDGED: _told}


async def _to_hold(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    people = tuple(
        (standing.id, report.name)
        for report, standing in await standings_of(person, cycle.id, work)
        if standing.stage is Stage.INTERVIEW
    )
    return _waiting("interviews", cycle, "interview.open", people, done="interview.held")


async def _to_acknowledge(person: Person, cycle: Cycle, work: Work) -> tuple[Waiting, ...]:
    mine = await work.tx.reviews.standings(cycle.id, [person.employee_id])
    items = tuple((one.id, "") for one in mine if one.stage is Stage.HELD)
    return _waiting("acknowledge", cycle, "review.acknowledge", items)


def _waiting(
    kind: str, cycle: Cycle, action: str, items: tuple[tuple[str, str], ...], *, done: str = ""
) -> tuple[Waiting, ...]:
    if not items:
        return ()
    due = cycle.interview_due
    waits = Waiting(kind=kind, cycle=cycle.name, due=due, action=action, items=items, done=done)
    return (waits,)


async def _unheld(person: Person, cycle: Cycle, work: Work) -> tuple[str, ...]:
    reports = await work.tx.people.reports_of(person.employee_id)
    return tuple([one.name for one in reports if await _to_hold(one, cycle, work)])


async def _all_hold(crowd: Crowd) -> frozenset[EmployeeId]:
    return crowd.managers(lambda one: one.stage is Stage.INTERVIEW)


async def _all_unheld(crowd: Crowd) -> frozenset[EmployeeId]:
    return crowd.heads(await _all_hold(crowd))


async def _all_acknowledge(crowd: Crowd) -> frozenset[EmployeeId]:
    return crowd.own(lambda one: one.stage is Stage.HELD)


WAITS_HOLD = Source(
    kind="interviews",
    due=lambda cycle: cycle.interview_due,
    find=_to_hold,
    who=_all_hold,
    late=_unheld,
    who_late=_all_unheld,
)
WAITS_ACKNOWLEDGE = Source(
    kind="acknowledge",
    due=lambda cycle: cycle.interview_due,
    find=_to_acknowledge,
    who=_all_acknowledge,
)
