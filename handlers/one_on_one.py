"""`/review 1on1`: where a pair stands, how often they talk, and a talk that is left out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from handlers import entries
from handlers.answers import Answer, Says
from handlers.one_on_one_facts import facts_of
from handlers.one_on_one_pairs import Pair, between, check_on, led, pairs_of, talk_of, two_of
from handlers.people_said import person_said
from handlers.work import Act
from prompts.screens import one_on_one as screen
from review.errors_one_on_one import TalkOver
from review.one_on_one import RHYTHMS, OneOnOne, Rhythm, State
from storage.notice import URGENT, Notice

SKIPPED, CHANGED = "one_on_one_skipped", "one_on_one_changed"


async def command(rest: str, act: Act) -> Answer:
    """`/review 1on1 [NAME]`: the pair with them, or the choice of one.

    Raises OneOnOnesOff, PersonUnknown, SeveralPeople, NotYourPair, NotYourTalk.
    """
    check_on(act)
    if rest:
        return await show(await between(await person_said(rest, act), act), act)
    near = [*await act.tx.people.reports_of(act.by), act.actor]
    near += await act.tx.people.many([act.actor.manager_id] if act.actor.manager_id else [])
    people = {one.employee_id: one for one in near}
    found = [one for one in pairs_of(people, act.today()) if act.actor in one.both]
    if len(found) == 1:
        return await show(found[0], act)
    pairs = tuple((one.person.employee_id, one.other(act.by).name) for one in found)
    return Says(screen.whom(pairs, act.say))


async def open_pair(subject: str, act: Act) -> Answer:
    """`oneonone.open`: the pair of that person and their manager. Raises what `led` raises."""
    return await show(await led(subject, act), act)


async def show(pair: Pair, act: Act) -> Answer:
    """Where it stands; the talk to come has a name from here on, so that it can be prepared."""
    talk = await next_talk(pair, act)
    return Says(screen.state(await facts_of(pair, talk, act.actor, act), act.say))


async def next_talk(pair: Pair, act: Act) -> OneOnOne:
    """The pair's talk to come, with a time or without."""
    minutes = act.company.policy.one_on_one.minutes
    return await act.tx.one_on_ones.next_of(*pair.ids, minutes)


def every(weeks: int) -> Callable[[str, Act], Awaitable[Answer]]:
    """`oneonone.every:<weeks>`: the pair's rhythm from now on."""

    async def press(subject: str, act: Act) -> Answer:
        """Raises what `led` raises."""
        pair = await led(subject, act)
        await changes(pair, act, lambda was: replace(was, weeks=weeks))
        return await show(pair, act)

    return press


async def resume(subject: str, act: Act) -> Answer:
    """`oneonone.resume`: the rest is over. Raises what `led` raises."""
    pair = await led(subject, act)
    await changes(pair, act, lambda was: replace(was, paused_until=None))
    return await show(pair, act)


async def changes(
    pair: Pair, act: Act, change: Callable[[Rhythm], Rhythm], falls: OneOnOne | None = None
) -> None:
    """Keep what the pair wants otherwise; the other hears it, once. `falls`: a talk it ends."""
    person, manager = pair.ids
    before = await act.tx.one_on_ones.rhythm(person, manager)
    was = before or Rhythm(person=person, manager=manager, by=act.by, at=act.now)
    made = change(was)
    if made == was:
        return
    await act.tx.one_on_ones.set_rhythm(replace(made, by=act.by, at=act.now))
    await act.tx.audit.record("one_on_one.changed", person, act.by, act.now, {})
    other = pair.other(act.by).employee_id
    facts = {"person": person}
    if falls is not None and falls.starts_at is not None:
        facts |= {"talk": falls.id, "at": falls.starts_at.isoformat()}
    await tell(CHANGED, other, facts, f"{person}/{act.now.isoformat()}", act)


async def skip(subject: str, act: Act) -> Answer:
    """`oneonone.skip`: that talk is left out, and the next one follows the rhythm.

    Raises OneOnOnesOff, NotYourTalk, TalkOver.
    """
    talk = await talk_of(subject, act)
    pair, still = await two_of(talk, act)
    if not still or talk.state not in {State.AHEAD, State.SKIPPED}:
        raise TalkOver
    if talk.state is State.AHEAD:
        settled = replace(talk, state=State.SKIPPED, settled_at=act.now)
        await act.tx.one_on_ones.save(settled)
        await entries.talks([talk], act)
        await act.tx.audit.record("one_on_one.skipped", talk.id, act.by, act.now, {})
        other = pair.other(act.by).employee_id
        await tell(SKIPPED, other, {"talk": talk.id}, talk.id, act)
    return await show(pair, act)


async def tell(kind: str, receiver: str, facts: dict[str, str], once: str, act: Act) -> None:
    """One's word to the other, at once."""
    await act.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=receiver,
            facts=facts,
            once=f"{kind}/{once}/{receiver}",
            due=act.now,
            priority=URGENT,
            person=True,
        )
    )


PRESSES = {
    "oneonone.open": open_pair,
    "oneonone.skip": skip,
    "oneonone.resume": resume,
    **{f"oneonone.every:{weeks}": every(weeks) for weeks in RHYTHMS},
}
