"""The one way in: an event is claimed, handled and answered in one transaction."""

from __future__ import annotations

import logging
from dataclasses import replace

from handlers import (
    alike,
    answers,
    asking,
    commands,
    contact_news,
    forms,
    home,
    presses,
    quota,
    shortcuts,
)
from handlers.answers import Answer, Asks, Done, Says
from handlers.events import (
    Account,
    Answered,
    Asked,
    Command,
    Event,
    Filled,
    Joined,
    Missed,
    News,
    Noted,
    Opened,
    Posed,
    Pressed,
    Said,
    Submitted,
)
from handlers.keeping import NOTHING_TO_KEEP, keep
from handlers.ports import Deps
from handlers.work import Act, Work
from prompts.card import Card
from prompts.render import Words
from prompts.screens import common
from review.errors import ReviewError, UnknownReview
from review.people import Person
from storage.errors import FaultError

log = logging.getLogger(__name__)
PATIENCE = 2.0
"""Seconds that an event waits for the database: a platform waits three for an answer (ours)."""


async def dispatch(event: Event, deps: Deps) -> Answer:
    """Do what the event asks and say what to show; a repeat is answered as the first was.

    A refusal (ReviewError) is undone, leaves no claim, and is answered in the person's words.
    What only shows something waits for no writer and leaves no claim: a repeat shows it again.
    """
    platform = event.who.platform
    words = deps.company.words(deps.company.locale, platform)
    in_parts = platform in deps.asked_in_parts
    shows = not in_parts and _only_shows(event)
    try:
        async with deps.database.begin(write=not shows, patience=PATIENCE) as tx:
            kept = None if shows else await tx.inbound.answer_to(event.identity)
            if kept is not None:
                return answers.load(kept)
            work = Work(tx=tx, company=deps.company, now=deps.clock.now(), platform=platform)
            if isinstance(event, News):
                if isinstance(event, Joined):
                    deps.stranger.set()
                await contact_news.came(event, work)
                await tx.inbound.remember(event.identity, answers.dump(Done()), work.now)
                return Done()
            actor = await _actor(event.who, work)
            if actor is None:
                deps.stranger.set()
                return Says(await _stranger(work))
            words = work.words(actor)
            act = Act(
                tx=tx,
                company=work.company,
                now=work.now,
                actor=actor,
                platform=platform,
                in_parts=in_parts,
            )
            answer = await _answer(event, act, deps)
            if not shows:
                await home.follow(event, answer, act, deps.looked)
                await tx.inbound.remember(event.identity, answers.dump(answer), work.now)
            return answer
    except ReviewError as refusal:
        if isinstance(event, Submitted | Filled) and not isinstance(refusal, NOTHING_TO_KEEP):
            await _keep_what_was_typed(event, deps)
        if isinstance(refusal, UnknownReview):
            log.warning(
                "%s (%s)", Words(deps.company.locale).plain("storage.elsewhere"), refusal.key
            )
        return Says(common.refusal(refusal, words, deps.company.policy))
    finally:
        if not shows:
            deps.said.set()


async def words_for(who: Account, deps: Deps) -> Words:
    """The person's own words, for a fault that befell them; the company's for a stranger."""
    company = deps.company.words(deps.company.locale, who.platform)
    try:
        async with deps.database.begin(write=False) as tx:
            person = await tx.people.by_account(who.platform, who.id)
            work = Work(tx=tx, company=deps.company, now=deps.clock.now(), platform=who.platform)
            return company if person is None else work.words(person)
    except FaultError:
        return company


async def _keep_what_was_typed(event: Submitted | Filled, deps: Deps) -> None:
    """A refusal undid everything, but not a character that somebody typed may be lost."""
    async with deps.database.begin(patience=PATIENCE) as tx:
        work = Work(tx=tx, company=deps.company, now=deps.clock.now())
        actor = await _actor(event.who, work)
        if actor is not None:
            act = Act(
                tx=tx,
                company=work.company,
                now=work.now,
                actor=actor,
                platform=event.who.platform,
            )
            if isinstance(event, Filled):
                await asking.filled(replace(event, pressed=None), act)
            else:
                await keep(event, act, goto=event.step)


def _only_shows(event: Event) -> bool:
    match event:
        case Command():
            return commands.only_shows(event)
        case Pressed():
            return presses.only_shows(event)
        case _:
            return False


async def _answer(event: Asked, act: Act, deps: Deps) -> Answer:
    answer = await _handle(event, act)
    if act.platform not in deps.asked_in_parts:
        return answer
    asked = await asking.instead(answer, act)
    if not isinstance(asked, Asks):
        return asked
    return replace(asked, spare=await quota.spares(deps.quotas, act.platform, act))


async def _handle(event: Asked, act: Act) -> Answer:  # noqa: C901, PLR0911  one case an event
    match event:
        case Command():
            return await commands.handle(event, act)
        case Pressed():
            return await presses.handle(await alike.resolved(event, act), act)
        case Answered():
            return await forms.answered(event, act)
        case Submitted():
            return await forms.submitted(event, act)
        case Noted():
            return await shortcuts.handle(event, act)
        case Said():
            return await asking.said(event, act)
        case Filled():
            return await asking.filled(event, act)
        case Posed():
            return await asking.posed(event, act)
        case Missed():
            return await presses.missed(event, act)
        case Opened():
            return await home.opened(act)


async def _actor(who: Account, work: Work) -> Person | None:
    person = await work.tx.people.by_account(who.platform, who.id)
    if person is None or person.has_left(work.today(person)):
        return None
    return person


async def _stranger(work: Work) -> Card:
    admins = await work.tx.people.many(work.company.hr_admins)
    return common.stranger(tuple(admin.name for admin in admins), work.words())
