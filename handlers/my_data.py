"""`/review my data`: all that is kept of somebody, as files, to them alone and at once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handlers import living
from handlers.answers import Answer, Says
from handlers.work import Act, Work
from prompts.card import Card
from prompts.screens import common
from prompts.screens import my_data as screen
from review.feedback_request import Request
from review.flow import released
from review.interview import Going
from review.learning import Pairing
from review.people import EmployeeId, Person
from review.record import Review, ReviewId
from review.wording import say
from storage import codec
from storage.audit import Happened
from storage.notice import Delivery

if TYPE_CHECKING:
    from handlers.notices import Saying

KIND = "my_data"


async def command(rest: str, act: Act) -> Answer:  # noqa: ARG001
    """Gathered when it is sent, so that it is true then; only ever of whoever asks."""
    await living.answer(KIND, act)
    return Says(common.says(act.say, "my_data.comes"))


async def whole(person: Person, work: Work) -> Mapping[str, Any]:
    """All that is kept of somebody, as they themself may have it at this moment.

    What they may not see yet is held back until then: what the manager and those who sign wrote
    before the interview was held (the scheme: from *held* on). What others keep for themselves
    is counted. All else is whole.
    """
    tx, employee = work.tx, person.employee_id
    kept = dict(await tx.everything_about(employee))
    reviews: tuple[Review, ...] = kept["reviews"]
    ahead = {one.id for one in reviews if not released(one.stage)}
    kept["reviews"] = [_told(one) if one.id in ahead else one for one in reviews]
    kept["seals"] = [link for link in kept["seals"] if link.review not in ahead]
    moves = kept["calibration_moves"]
    kept["calibration_moves"] = [one for one in moves if one.review not in ahead]
    kept["audit"] = [_happened(line, ahead) for line in kept["audit"]]
    kept["interviews"] = [
        *kept["interviews"],
        *[
            part
            for one in reviews
            if one.id not in ahead
            for part in await tx.interviews.prepared(one.id)
            if part.employee_id != employee
        ],
    ]
    wished = kept["feedback_requests"]
    kept["feedback_requests"] = [_wished(one, employee) for one in wished]
    done = {one.id for one in kept["actions"] if one.going is Going.DONE}
    kept["pairings"] = [_paired(one, employee, done) for one in kept["pairings"]]
    noted = kept["evidence"]
    kept["evidence"] = [one for one in noted if one.keeper == employee]
    kept["kept_by_others"] = len(noted) - len(kept["evidence"])
    kept["not_told_yet"] = [one.cycle for one in reviews if one.id in ahead and one.rated_at]
    plain: Mapping[str, Any] = codec.for_people(kept)
    return plain


def _told(review: Review) -> Review:
    """The record without what only reaches the person in the interview."""
    return replace(
        review,
        manager_part=None,
        rated_at=None,
        rated_by=None,
        outcome=None,
        surprise=None,
        same_words=None,
        year=None,
        sign_offs=tuple(word for word in review.sign_offs if word.by == review.employee_id),
    )


def _wished(request: Request, employee: EmployeeId) -> Request:
    """Whoever asked for feedback hears nothing of who would rather not."""
    return replace(request, declined_at=None) if request.asker == employee else request


def _paired(one: Pairing, employee: EmployeeId, done: set[str]) -> Pairing:
    """Without the mentor's word, where its owner reads it once they have closed it, too."""
    told = one.mentor == employee or one.declined_at is not None or one.action in done
    return one if told else replace(one, mentor_word="")


def _happened(line: Happened, ahead: set[ReviewId]) -> Happened:
    """That it happened; how far a rating was moved is told in the interview."""
    return replace(line, details={}) if line.subject in ahead else line


async def _said(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    if person is None:
        return None
    words, found = work.words(person), await whole(person, work)
    admins = await work.tx.people.many(work.company.hr_admins)
    facts = screen.DataFacts(
        name=person.name,
        on=work.today(person),
        zone=person.time_zone or work.company.time_zone,
        data=found,
        titles=_titles(found, work, words.locale),
        known=await _known(found, work),
        late=tuple(dict.fromkeys(found["not_told_yet"])),
        admins=tuple(one.name for one in admins),
    )
    as_json = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    return screen.card(facts, as_json, words)


def _titles(found: Mapping[str, Any], work: Work, locale: str) -> Mapping[str, str]:
    """The names of the goals and values that stand in it by id or key."""
    rows = {
        row["id"]: say(row["title"], locale)
        for review in found["reviews"]
        for row in review["sheet"]["rows"]
    }
    ladders = work.company.library.ladders
    return rows | {key: say(one.name, locale) for key, one in ladders.items()}


async def _known(found: Mapping[str, Any], work: Work) -> Mapping[EmployeeId, str]:
    """The names of the people whose ids stand in it."""
    people = await work.tx.people.many({*_texts(found)})
    return {one.employee_id: one.name for one in people}


def _texts(value: Any) -> Iterable[str]:
    """Every text in it that may be an id."""
    match value:
        case str():
            yield value
        case Mapping():
            for one in value.values():
                yield from _texts(one)
        case list() | tuple():
            for one in value:
                yield from _texts(one)


SAYINGS: dict[str, Saying] = {KIND: _said}
