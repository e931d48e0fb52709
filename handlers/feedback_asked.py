"""Whoever is asked for feedback: they give it, or would rather not now."""

from __future__ import annotations

from dataclasses import replace

from handlers import feedback, feedback_requests
from handlers.answers import Answer, Done, Opens
from handlers.feedback import FeedbackForm
from handlers.keeping import dressed, opened
from handlers.work import Act
from prompts.screens import feedback as screen
from review.errors import NotEntitled
from review.errors_feedback import RequestAnswered
from review.feedback import OTHER
from review.feedback_request import Request, RequestId

FORM = screen.ASKED_FORM


async def load(subject: RequestId, act: Act) -> FeedbackForm:
    """The feedback form for whoever asks, with what they ask.

    Raises NotEntitled, RequestAnswered, and what feedback.load raises.
    """
    request = await _own(subject, act)
    if request.answered_at is not None:
        raise RequestAnswered(await _asker(request, act))
    use = await feedback.load(request.asker, act)
    facts = replace(use.facts, request=request.id, question=request.said.text)
    if request.about != OTHER:
        wished = {request.about: request.said.about_name}
        subjects = tuple((wished | dict(facts.subjects)).items())
        facts = replace(facts, subjects=subjects, asked_about=request.about)
    return FeedbackForm(act, facts)


async def give(subject: RequestId, act: Act) -> Answer:
    """`feedback.give`. Raises what load raises."""
    use = await load(subject, act)
    kept = await opened(FORM, subject, act)
    return Opens(dressed(use.form(kept.answers, step=0, sent=False), kept, act.say))


async def not_now(subject: RequestId, act: Act) -> Answer:
    """`feedback.not_now`: the message is calm from then on, and nobody is told.

    Raises NotEntitled, RequestAnswered.
    """
    request = await _own(subject, act)
    if request.answered_at is not None:
        raise RequestAnswered(await _asker(request, act))
    await act.tx.requests.decline(request.id, act.now)
    await feedback_requests.shown([request], act, lists=False)
    return Done()


async def _own(subject: RequestId, act: Act) -> Request:
    request = await act.tx.requests.get(subject)
    if request is None or request.asked != act.by:
        raise NotEntitled(who_can="receiver")
    return request


async def _asker(request: Request, act: Act) -> str:
    person = await act.tx.people.get(request.asker)
    return person.name if person else request.asker
