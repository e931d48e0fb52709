"""The manager offers two times, the person takes one; both get it for their calendars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers import entries, living
from handlers.answers import Answer, Done, Opens, Says
from handlers.changes import Changes
from handlers.free_times import free, of_interview, one_on_ones_of
from handlers.hours import Hours
from handlers.keeping import dressed, opened
from handlers.talks import Case, case_of
from handlers.team import standings_of
from handlers.work import Act, Work
from prompts.answers import Answers
from prompts.card import Card, Form
from prompts.screens import common
from prompts.screens import times as screen
from review.errors import NotEntitled, NotYourTurn
from review.errors_interview import SlotGone
from review.interview import Interview
from review.people import EmployeeId, Person
from review.record import ReviewId
from review.slots import Free, proposals
from review.stages import Desk, Move, Stage
from storage.notice import URGENT, Notice

FORM = "interview_times"
OFFER, OTHERS, AGREED = "interview_offer", "interview_others", "interview_agreed"
ASK, LATE = "interview_ask", "interview_late"


@dataclass(frozen=True, slots=True)
class TimesForm:
    """Two times, offered by whoever sits at the manager's desk."""

    act: Act
    case: Case
    talk: Interview
    facts: screen.TimesFacts

    def last_step(self, answers: Answers) -> int:  # noqa: ARG002
        """It has one step."""
        return 0

    def form(self, answers: Answers, *, step: int, sent: bool) -> Form:  # noqa: ARG002
        """The form."""
        return screen.form(self.facts, answers, self.act.say, sent=sent)

    async def press(self, button: str, step: int, answers: Answers) -> Changes | Form | None:
        """There is nothing to press in it."""

    async def send(self, answers: Answers) -> None:
        """Offer them to the person at once; a time agreed before stands until one is taken."""
        act, case = self.act, self.case
        found = [screen.slot(number, self.facts, answers) for number in screen.BOTH]
        slots = tuple(sorted(one for one in found if one is not None))
        if slots == self.talk.slots:
            return
        await act.tx.interviews.save(replace(self.talk, slots=slots))
        await act.tx.audit.record("interview.offered", case.review.id, act.by, act.now, {})
        once = "/".join(name_of(one) for one in slots)
        await _say(OFFER, case.review.employee_id, case, once, act)
        await show(case, act)


async def load(subject: ReviewId, act: Act) -> TimesForm:
    """For the manager's desk while it is ahead. Raises UnknownReview, NotEntitled, NotYourTurn."""
    case = await case_of(subject, act)
    if Desk.MANAGER not in case.held_by(act.by):
        raise NotEntitled(who_can="manager")
    _check_ahead(case)
    talk = await talk_of(case, act)
    suits = await _free(case, talk, act)
    zones = [Hours(act.company, one).zone for one in (act.actor, case.person)]
    facts = screen.TimesFacts(
        review=subject,
        person=case.person.name,
        minutes=talk.minutes,
        zone=zones[0],
        person_zone=zones[1],
        now=act.now,
        proposed=talk.slots or proposals(suits, act.now, zones[1]),
        free=suits,
        agreed=talk.starts_at,
    )
    return TimesForm(act, case, talk, facts)


def _check_ahead(case: Case) -> None:
    if case.review.stage is not Stage.INTERVIEW:
        raise NotYourTurn(Move.HOLD, case.review.stage, "")


async def talk_of(case: Case, work: Work) -> Interview:
    """Where it stands, begun or not."""
    minutes = work.company.policy.interviews.minutes
    found = await work.tx.interviews.get(case.review.id)
    return found or Interview(review=case.review.id, began_at=work.now, minutes=minutes)


async def _free(case: Case, talk: Interview, act: Act) -> Free:
    """Neither in another one-on-one, nor the manager in another interview."""
    both = (act.actor, case.person)
    team = await standings_of(act.actor, case.review.cycle, act)
    ahead = [one.id for _, one in team if one.stage is Stage.INTERVIEW and one.id != talk.review]
    others = (await act.tx.interviews.many(ahead)).values() if ahead else ()
    taken = [span for one in others for span in of_interview(one)]
    taken += await one_on_ones_of(both, act)
    return free(both, talk.minutes, taken, act.company)


async def ask(subject: ReviewId, act: Act) -> Answer:
    """`interview.times`. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


def agreed_as(sequence: int, moment: datetime) -> str:
    """By which the notice of an agreed time is known."""
    return f"{sequence}/{name_of(moment)}"


def asked_by(talk: Interview) -> str:
    """By which the question whether it took place is known."""
    return f"{ASK}/{talk.review}/{talk.sequence}"


def name_of(moment: datetime) -> str:
    """By which buttons and notices know a time."""
    return str(int(moment.timestamp()))


async def take(value: str, act: Act) -> Answer:
    """`interview.first` and `interview.second`: the value names the review and the time.

    Raises UnknownReview, NotEntitled, NotYourTurn, SlotGone.
    """
    subject, _, number = value.rpartition("@")
    case = await case_of(subject, act)
    if act.by != case.review.employee_id:
        raise NotEntitled(who_can="person")
    _check_ahead(case)
    talk = await talk_of(case, act)
    if talk.starts_at is not None and number == name_of(talk.starts_at) and not talk.slots:
        return Done()
    chosen = next((one for one in talk.slots if name_of(one) == number), None)
    if chosen is None:
        raise SlotGone
    sequence = talk.sequence + 1
    taken = replace(talk, slots=(), starts_at=chosen, sequence=sequence, asked_at=None)
    await act.tx.interviews.save(taken)
    await act.tx.audit.record("interview.agreed", subject, act.by, act.now, {})
    invited = (act.by, case.seats.manager, *case.movers)
    await entries.interview(subject, invited, act)
    for one in dict.fromkeys(invited):
        if one is not None:
            await _say(AGREED, one, case, agreed_as(sequence, chosen), act)
    await show(case, act)
    return Done()


async def others(subject: ReviewId, act: Act) -> Answer:
    """`interview.others`: none suits. Raises UnknownReview, NotEntitled, NotYourTurn, SlotGone."""
    case = await case_of(subject, act)
    if act.by != case.review.employee_id:
        raise NotEntitled(who_can="person")
    _check_ahead(case)
    talk = await talk_of(case, act)
    if not talk.slots:
        raise SlotGone
    await act.tx.interviews.save(replace(talk, slots=()))
    if case.seats.manager is not None:
        once = "/".join(name_of(one) for one in talk.slots)
        await _say(OTHERS, case.seats.manager, case, f"{once}/{act.now.isoformat()}", act)
    await show(case, act)
    text = {"manager": case.manager.name if case.manager else ""}
    return Says(common.says(act.say, "times.asked_others", **text))


async def _say(kind: str, receiver: EmployeeId, case: Case, once: str, act: Act) -> None:
    await act.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=receiver,
            facts={"review": case.review.id, "once": once},
            once=f"{kind}/{case.review.id}/{once}/{receiver}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )


async def show(case: Case, work: Work) -> None:
    """The person's message and the manager's list show where it stands."""
    manager = case.manager
    team = () if manager is None else await standings_of(manager, case.review.cycle, work)
    await living.changed(case.review, manager, team, work)


async def agreed_of(
    reviews: list[ReviewId], reader: Person, work: Work
) -> dict[ReviewId, datetime]:
    """The times agreed for those of them that have one, by the reader's clock."""
    if not reviews:
        return {}
    zone = ZoneInfo(reader.time_zone or work.company.time_zone)
    found = await work.tx.interviews.many(reviews)
    return {
        review: talk.starts_at.astimezone(zone)
        for review, talk in found.items()
        if talk.starts_at is not None
    }


def talk_facts(case: Case, talk: Interview, reader: Person, work: Work) -> screen.TalkFacts:
    """What is said of the talk to one of the two."""
    return screen.TalkFacts(
        review=case.review.id,
        cycle=case.cycle.name,
        person=case.person.name,
        manager=case.manager.name if case.manager else "",
        zone=ZoneInfo(reader.time_zone or work.company.time_zone),
        slots=talk.slots,
        starts_at=talk.starts_at,
    )


async def my_review(subject: ReviewId, person: Person, work: Work) -> Card:
    """The person's own living message while the interview is ahead."""
    case = await case_of(subject, work)
    facts = talk_facts(case, await talk_of(case, work), person, work)
    return screen.my_review(facts, work.words(person))
