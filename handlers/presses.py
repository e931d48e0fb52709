"""Buttons in messages: which use case each one is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from handlers import (
    action_list,
    actions,
    appeal_decision,
    appeals,
    asking,
    calibration,
    calibration_names,
    cascade,
    check_in,
    deliveries,
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
    living,
    manager_review,
    mentor_forms,
    mentor_meetings,
    one_on_one,
    one_on_one_log,
    one_on_one_sheet,
    one_on_one_time,
    praise,
    self_review,
    sign_forms,
    sign_list,
    sign_off,
    spread,
    status,
    times,
)
from handlers.answers import Answer, Done, Says
from handlers.events import Missed, Pressed
from handlers.work import Act
from prompts.screens import common

Press = Callable[[str, Act], Awaitable[Answer]]

PRESSES: Mapping[str, Press] = {
    "self_review.open": self_review.open_form,
    "rate.change": manager_review.change,
    **dict.fromkeys(later.PRESSES, later.command),
    "distribution.show": spread.show,
    "waits.show": status.show,
    "delivery.again": deliveries.press_again,
    "signoff.open": sign_forms.read,
    "signoff.agree": sign_off.agree,
    "signoff.return": sign_forms.ask_why,
    "signoff.order": sign_list.reorder,
    "hr.confirm": sign_off.confirm,
    "hr.return": sign_forms.ask_why,
    "gate.confirm": sign_off.gate_confirm,
    "gate.lift": sign_forms.ask_lift,
    "calibration.list": calibration.show,
    "calibration.open": calibration.open_pressed,
    "calibration.names": calibration_names.show,
    "calibration.close": calibration.close,
    "calibration.go_on": calibration.go_on,
    "interview.open": interview.open_form,
    "interview.times": times.ask,
    "interview.first": times.take,
    "interview.second": times.take,
    "interview.others": times.others,
    "actions.open": action_list.open_list,
    "action:done": actions.done,
    "action:going": actions.going,
    "action:stuck": actions.stuck,
    "action:drop": actions.drop,
    "mentor:met": mentor_meetings.met,
    "mentor:not_yet": mentor_meetings.not_yet,
    "mentor.decline": mentor_forms.decline,
    "mentor.close": mentor_forms.close,
    "interview.held": held.hold,
    "review.read": held.read,
    "review.acknowledge": held.acknowledge,
    "review.appeal": appeals.ask,
    **asking.PRESSES,
    **one_on_one.PRESSES,
    **one_on_one_log.PRESSES,
    **one_on_one_sheet.PRESSES,
    **one_on_one_time.PRESSES,
    **in_out.PRESSES,
    "appeal.name": appeal_decision.ask_decider,
    "appeal.read": appeal_decision.read,
    "appeal.decide": appeal_decision.ask_decision,
    "feedback.open": feedback_doors.open_form,
    **check_in.PRESSES,
    "cascade.open": cascade.open_form,
    "goals.open": goals.open_form,
    "goals.approve": goals.press_approve,
    "goals.confirm": goals.press_confirm,
    "progress.open": goal_progress.open_form,
    "progress.read": goal_history.read,
    "feedback.ask": feedback_ask.open_form,
    "feedback.give": feedback_asked.give,
    "feedback.not_now": feedback_asked.not_now,
    "feedback.answer": feedback_replies.open_answer,
    "feedback.thank": feedback_replies.thank,
    "feedback.talk": feedback_replies.talk,
    "praise.take_back": praise.take_back,
}
SHOWS = {
    "action:drop",
    "mentor.decline",
    "mentor.close",
    "calibration.list",
    "calibration.names",
    "checkin.read",
    "self_review.open",
    "progress.open",
    "progress.read",
    "feedback.open",
    "feedback.answer",
    "feedback.ask",
    "feedback.give",
    "signoff.return",
    "hr.return",
    "gate.lift",
    "interview.times",
    *one_on_one_time.PRESSES,
    "review.read",
    "review.acknowledge",
    "review.appeal",
    *in_out.PRESSES,
    "appeal.name",
    "appeal.read",
    "appeal.decide",
}
RATE = "rate:"


def only_shows(event: Pressed) -> bool:
    """Whether nothing is written for that button."""
    return event.action in SHOWS


async def handle(event: Pressed, act: Act) -> Answer:
    """Do what the button stands for; one that is no longer there says so."""
    if event.action in PRESSES:
        return await PRESSES[event.action](event.value, act)
    if event.action.startswith(RATE):
        return await manager_review.press(event.value, event.action.removeprefix(RATE), act)
    return Says(common.says(act.say, "common.old_button"))


async def missed(event: Missed, act: Act) -> Answer:  # noqa: ARG001
    """The form could not be opened in time: ask for another press."""
    await living.answer("press_again", act)
    return Done()
