"""A mentor and whom they go along with: introduced, told of each other, and closed with a word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from handlers.hours import Hours
from handlers.work import Act, Work
from prompts.card import Card
from prompts.render import Words
from prompts.screens import mentoring as screen
from review.interview import SHUT, Action, Going
from review.people import EmployeeId, Person
from storage.notice import URGENT, Delivery, Notice, together

if TYPE_CHECKING:
    from handlers.notices import Saying

INTRO, DECLINED, ENDED, WORD = "mentor_intro", "mentor_declined", "mentor_ended", "mentor_word"


async def begin(action: Action, mentor: EmployeeId, act: Act) -> None:
    """The two are introduced in a conversation of both, once, when both are at work."""
    if not await act.tx.pairings.begin(action.id, mentor, act.now):
        return
    pair = await act.tx.people.many([action.owner, mentor])
    due = max((Hours(act.company, one).opens(act.now) for one in pair), default=act.now)
    await act.tx.outbox.put(
        Notice(
            kind=INTRO,
            receiver=together({action.owner, mentor}),
            facts={"action": action.id, "owner": action.owner, "mentor": mentor, "by": act.by},
            once=f"{INTRO}/{action.id}/{mentor}",
            due=due,
            priority=URGENT,
            person=True,
        )
    )
    await act.tx.audit.record("mentor.paired", action.id, act.by, act.now, {"mentor": mentor})


async def let_go(action: Action, mentor: EmployeeId, act: Act) -> None:
    """The mentor is told that they are not asked for any more, and why."""
    pairing = await act.tx.pairings.get(action.id, mentor)
    if pairing is not None and pairing.declined_at is None:
        await tell(ENDED, mentor, action, mentor, act)


async def shut(action: Action, how: Going, act: Act) -> None:
    """The action is done or dropped: its mentor hears it, and its owner reads the mentor's word."""
    if action.mentor is None:
        return
    await let_go(action, action.mentor, act)
    pairing = await act.tx.pairings.get(action.id, action.mentor)
    if how is Going.DONE and pairing is not None and pairing.mentor_word:
        await tell(WORD, action.owner, action, action.mentor, act)


async def tell(
    kind: str, receiver: EmployeeId, action: Action, mentor: EmployeeId, act: Act
) -> None:
    """One of those around it hears of it at once."""
    facts = {"action": action.id, "owner": action.owner, "mentor": mentor, "by": act.by}
    await act.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=receiver,
            facts=facts,
            once=f"{kind}/{action.id}/{mentor}/{receiver}/{act.now.isoformat()}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )


async def _around(
    delivery: Delivery, work: Work
) -> tuple[Action, Mapping[EmployeeId, Person]] | None:
    """The action as it is now, with the owner, the mentor and whoever acted."""
    action = await work.tx.actions.get(str(delivery.facts["action"]))
    ids = {str(delivery.facts[name]) for name in ("owner", "mentor", "by")}
    people = {one.employee_id: one for one in await work.tx.people.many(ids)}
    if action is None or {str(delivery.facts[name]) for name in ("owner", "mentor")} - set(people):
        return None
    return action, people


async def _intro(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    """For both of them; of a pair that is none any more, nothing."""
    found = await _around(delivery, work)
    if found is None:
        return None
    action, people = found
    owner, mentor = people[action.owner], people[str(delivery.facts["mentor"])]
    by = people.get(str(delivery.facts["by"]))
    gone = any(one.has_left(work.today(one)) for one in (owner, mentor))
    if gone or action.mentor != mentor.employee_id or action.going in SHUT:
        return None
    facts = screen.IntroFacts(
        action=action.id,
        text=action.text,
        owner=owner.name,
        mentor=mentor.name,
        by="" if by is None or by in {owner, mentor} else by.name,
        due=action.due,
        weeks=work.company.policy.interviews.mentor_weeks,
    )
    return screen.intro(facts, _shared(owner, mentor, work))


def _shared(one: Person, other: Person, work: Work) -> Words:
    """Words in the language of both, else the company's."""
    return work.words(one) if one.locale == other.locale else work.words()


async def _told(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """What one of those around it hears, as it is by then."""
    found = await _around(delivery, work)
    if found is None or person is None:
        return None
    action, people = found
    mentor = people[str(delivery.facts["mentor"])]
    pairing = await work.tx.pairings.get(action.id, mentor.employee_id)
    if pairing is None:
        return None
    facts = screen.ToldFacts(
        action=action.id,
        text=action.text,
        owner=people[action.owner].name,
        mentor=mentor.name,
        own=person.employee_id == action.owner,
        done=action.going is Going.DONE,
        dropped=action.going is Going.DROPPED,
        open=action.going not in SHUT,
        closed=pairing.closed_at is not None,
        mentor_word=pairing.mentor_word,
        owner_word=pairing.owner_word,
    )
    words = work.words(person)
    match delivery.kind:
        case kind if kind == DECLINED:
            return screen.declined(facts, words)
        case kind if kind == ENDED:
            return screen.ended(facts, words)
    return screen.word(facts, words)


SAYINGS: Mapping[str, Saying] = {INTRO: _intro, DECLINED: _told, ENDED: _told, WORD: _told}
