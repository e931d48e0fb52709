"""Open forms: what is answered is kept at once, and the form is drawn again from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from handlers import (
    action_forms,
    action_list,
    appeal_decision,
    appeals,
    ask,
    calibration_names,
    cascade,
    check_in,
    check_in_read,
    evidence,
    feedback,
    feedback_ask,
    feedback_asked,
    feedback_doors,
    feedback_replies,
    goal_history,
    goal_progress,
    goals,
    held,
    in_out,
    interview,
    later,
    manager_review,
    mentor_forms,
    one_on_one_log,
    one_on_one_sheet,
    one_on_one_time,
    praise,
    self_review,
    sign_forms,
    times,
)
from handlers.answers import Answer, Continues, Done, Redraws, Refuses, Stacks
from handlers.changes import Changes, Use
from handlers.events import Answered, Submitted
from handlers.hours import Hours
from handlers.keeping import Kept, dressed, prefill, weigh
from handlers.work import Act
from prompts.card import Field, Form, Small
from review.errors import NotEntitled

__all__ = ["BACK", "FORMS", "Changes", "Use", "answered", "submitted"]

BACK, KEEP = "form.back", "form.keep"


FORMS: Mapping[str, Callable[[str, Act], Awaitable[Use]]] = {
    "self_review": self_review.load,
    "manager_review": manager_review.load,
    sign_forms.READING: sign_forms.load_reading,
    sign_forms.WHY: sign_forms.load_return,
    sign_forms.LIFT: sign_forms.load_lift,
    "calibration": calibration_names.load,
    ask.FORM: ask.load,
    appeals.FORM: appeals.load,
    appeals.DECIDER: appeal_decision.load_decider,
    appeals.READING: appeal_decision.load_copy,
    appeals.DECIDE: appeal_decision.load_decide,
    interview.FORM: interview.load,
    **one_on_one_log.FORMS,
    **one_on_one_sheet.FORMS,
    **one_on_one_time.FORMS,
    **in_out.FORMS,
    action_list.FORM: action_list.load,
    action_forms.FORM: action_forms.load,
    action_forms.DROP: action_forms.load_drop,
    action_forms.DONE: action_forms.load_done,
    mentor_forms.DECLINE: mentor_forms.load_decline,
    mentor_forms.CLOSE: mentor_forms.load_close,
    times.FORM: times.load,
    held.READING: held.load_reading,
    held.ACKNOWLEDGE: held.load_acknowledge,
    feedback.FORM: feedback.load,
    feedback_doors.FORM: feedback_doors.load,
    feedback_ask.FORM: feedback_ask.load,
    feedback_asked.FORM: feedback_asked.load,
    check_in.FORM: check_in.load,
    check_in_read.FORM: check_in_read.load,
    cascade.FORM: cascade.load,
    goals.FORM: goals.load,
    goal_progress.FORM: goal_progress.load,
    goal_history.FORM: goal_history.load,
    later.FORM: later.load,
    "keep_evidence": evidence.load,
    "feedback_answer": feedback_replies.load,
    praise.FORM: praise.load,
}


async def answered(event: Answered, act: Act) -> Answer:
    """Keep all answers so far; draw again if the form asks or says other things now."""
    use = await _use(event, act)
    kept = await weigh(event, act)
    if event.base and not kept.draft.revision:
        return Done()  # the form it comes from was sent meanwhile
    step = max(event.step - 1, 0) if event.pressed == BACK else event.step
    kept = await kept.at(step, act)
    if event.pressed == KEEP:
        return Redraws(_kept_now(_draw(use, kept, act, step), act))
    if event.pressed is not None and event.pressed != BACK:
        return await _pressed(event.pressed, use, kept, event, act)
    drawn = _draw(use, kept, act, step)
    was = _draw(use, replace(kept, draft=kept.before or kept.draft), act, event.step)
    same = _asks(drawn) == _asks(was) and not _answered_elsewhere(drawn, event)
    return Done() if same else Redraws(drawn)


def _kept_now(form: Form, act: Act) -> Form:
    """The form, with the moment up to which all that was typed is kept."""
    at = act.now.astimezone(Hours(act.company, act.actor).zone)
    return replace(form, parts=(*form.parts, Small(act.say("common.kept_now", at=f"{at:%H:%M}"))))


async def _pressed(button: str, use: Use, kept: Kept, event: Answered, act: Act) -> Answer:
    done = await use.press(button, event.step, kept.answers)
    if done is None:
        return Done()
    if isinstance(done, Form):
        return Stacks(done)
    if done.subject is not None:
        return Redraws(await _about(event.form, done.subject, done, act))
    step = event.step if done.step is None else done.step
    kept = await kept.changed(done.answers, step, act)
    return Redraws(_draw(await _use(event, act), kept, act, step))


async def submitted(event: Submitted, act: Act) -> Answer:
    """Keep the step; go on, or send the whole, or say what is wrong at its field."""
    use = await _use(event, act)
    kept = await weigh(event, act)
    here = _draw(use, kept, act, event.step, sent=True)
    if here.problems:
        await kept.at(event.step, act)
        return Refuses(here)
    last = use.last_step(kept.answers)
    if event.step < last:
        kept = await kept.at(event.step + 1, act)
        return Continues(_draw(use, kept, act, event.step + 1))
    for step in range(last):
        earlier = _draw(use, kept, act, step, sent=True)
        if earlier.problems:
            await kept.at(step, act)
            return Continues(earlier)
    first = await use.send(kept.answers)
    if first is not None and first.subject is not None:
        await act.tx.drafts.drop(event.form, event.subject, act.by)
        return Continues(await _about(event.form, first.subject, first, act))
    if first is not None:
        step = last if first.step is None else first.step
        kept = await kept.changed(first.answers, step, act)
        return Continues(_draw(await _use(event, act), kept, act, step))
    await act.tx.drafts.drop(event.form, event.subject, act.by)
    return Done()


async def _about(form: str, subject: str, changes: Changes, act: Act) -> Form:
    """The same form about another thing, or another form, as it was left there."""
    form = changes.form or form
    kept = await prefill(form, subject, changes.answers, act, step=changes.step)
    use = changes.use or await FORMS[form](subject, act)
    return _draw(use, kept, act, kept.draft.step)


async def _use(event: Answered | Submitted, act: Act) -> Use:
    if event.form not in FORMS:
        raise NotEntitled(who_can="nobody")
    return await FORMS[event.form](event.subject, act)


def _draw(use: Use, kept: Kept, act: Act, step: int, *, sent: bool = False) -> Form:
    at = min(max(step, 0), use.last_step(kept.answers))
    return dressed(use.form(kept.answers, step=at, sent=sent), kept, act.say, sent=sent)


def _answered_elsewhere(form: Form, event: Answered) -> bool:
    """Whether another device answered what this one still shows otherwise."""
    return any(
        one.version and (one.value or "") != event.answers.get(one.key, "") for one in form.fields
    )


def _asks(form: Form) -> Form:
    """What a form asks and says, whatever its fields hold."""
    parts = (replace(part, value=None) if isinstance(part, Field) else part for part in form.parts)
    return replace(form, parts=tuple(parts))
