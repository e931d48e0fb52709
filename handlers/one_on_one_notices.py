"""What one of the two does about their one-on-one reaches the other; both get a time agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.one_on_one import CHANGED, SKIPPED
from handlers.one_on_one_facts import date_of, facts_of, named
from handlers.one_on_one_log import NOTED, noted_by
from handlers.one_on_one_pairs import Pair, two_of
from handlers.one_on_one_time import SET, agreed_as
from handlers.work import Work
from prompts.card import Appointment, Card
from prompts.screens import one_on_one as screen
from review.one_on_one import OneOnOne, State
from review.people import Person
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying


async def _talk(delivery: Delivery, work: Work) -> tuple[OneOnOne, Pair] | None:
    talk = await work.tx.one_on_ones.get(str(delivery.facts["talk"]))
    if talk is None:
        return None
    pair, still = await two_of(talk, work)
    return (talk, pair) if still else None


async def _set(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """The time, for the calendar; nothing where it was overtaken."""
    found = await _talk(delivery, work)
    if found is None or person is None:
        return None
    talk, pair = found
    stands = talk.state is State.AHEAD and talk.starts_at is not None
    if not stands or delivery.facts["once"] != agreed_as(talk.sequence, talk.starts_at or work.now):
        return None
    by = str(delivery.facts["by"])
    name = "" if by == person.employee_id else named(by, pair)
    facts = await facts_of(pair, talk, person, work)
    date = date_of(pair, talk, person, work)
    return None if date is None else screen.agreed(facts, date, name, work.words(person))


async def _skipped(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    found = await _talk(delivery, work)
    if found is None or person is None or found[0].state is not State.SKIPPED:
        return None
    talk, pair = found
    facts = await facts_of(pair, talk, person, work)
    date = date_of(pair, talk, person, work, off=True) if talk.starts_at else None
    return screen.skipped(facts, date, work.words(person))


async def _changed(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    about = await work.tx.people.get(str(delivery.facts["person"]))
    manager = await work.tx.people.get(about.manager_id) if about and about.manager_id else None
    if about is None or manager is None or person not in {about, manager}:
        return None
    pair = Pair(about, manager)
    facts = await facts_of(pair, None, person, work)
    return screen.changed(facts, await _fell(delivery, pair, person, work), work.words(person))


async def _fell(delivery: Delivery, pair: Pair, person: Person, work: Work) -> Appointment | None:
    """The talk that a pause ended, to be taken out of a calendar; unless it has a time again."""
    subject = str(delivery.facts.get("talk", ""))
    talk = await work.tx.one_on_ones.get(subject) if subject else None
    if talk is None or talk.starts_at is not None:
        return None
    was = replace(talk, starts_at=datetime.fromisoformat(str(delivery.facts["at"])))
    return date_of(pair, was, person, work, off=True)


async def _noted(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    found = await _talk(delivery, work)
    if found is None or person is None:
        return None
    talk, pair = found
    actions = await noted_by(talk, str(delivery.facts["by"]), work)
    if not actions:
        return None
    facts = await facts_of(pair, talk, person, work)
    own = person.employee_id
    rows = tuple((one, "" if one.by == own else named(one.by, pair)) for one in actions)
    return screen.noted(facts, rows, work.words(person))


SAYINGS: Mapping[str, Saying] = {SET: _set, SKIPPED: _skipped, CHANGED: _changed, NOTED: _noted}
