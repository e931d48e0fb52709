"""What each kind of notice says, read afresh when it is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime

from handlers import (
    action_forms,
    appeal_notices,
    ask,
    calibration_notices,
    cascade,
    channels,
    check_in_summary,
    contact_news,
    daily,
    delegate,
    early_look,
    entry_notices,
    erasing,
    feedback_replies,
    feedback_requests,
    goal_list,
    held,
    home,
    in_out_notices,
    interview_notices,
    living,
    matrix,
    mentoring,
    my_data,
    notes,
    one_on_one_notices,
    praise_messages,
    progress,
    quota,
    sign_notices,
    spread,
    status,
    times,
    times_notices,
    unreachable,
    year,
)
from handlers.daily_sections import SECTIONS
from handlers.team import manager_of, standings_of
from handlers.work import Work
from prompts.card import Card
from prompts.screens import common, deliveries, distribution
from prompts.screens import progress as progress_screen
from prompts.screens.self_review import MyReviewFacts, my_review
from prompts.screens.team_list import PAGE, TeamListFacts, TeamRow, team_list
from prompts.screens.year import YearFacts
from review.cycle import Cycle
from review.flow import released
from review.people import Person
from review.signing import sent_back
from review.stages import Stage
from review.transitions import ABOVE_MANAGER
from storage.notice import Delivery, is_channel, members
from storage.standings import Standing
from storage.unsaying import UNSAID

Saying = Callable[[Delivery, "Person | None", Work], Awaitable["Card | None"]]


async def card_of(delivery: Delivery, work: Work) -> Card | None:
    """The message as it should be now, in the receiver's language.

    None: there is nothing to say any more, or the receiver may no longer be told.
    """
    person = None
    if not is_channel(delivery.receiver) and not members(delivery.receiver):
        person = await work.tx.people.get(delivery.receiver)
        gone = person is None or person.has_left(work.today(person))
        if gone and delivery.kind != UNSAID:
            return None
    return await SAYINGS[delivery.kind](delivery, person, work)


async def _my_review(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    found = await work.tx.reviews.with_cycle(delivery.subject or "")
    if found is None or person is None:
        return None
    review, cycle = found
    if released(review.stage):
        return await held.my_review(review, cycle, person, work)
    if review.stage is Stage.INTERVIEW:
        return await times.my_review(review.id, person, work)
    manager = await manager_of(review, work)
    draft = await work.tx.drafts.get("self_review", review.id, person.employee_id)
    facts = MyReviewFacts(
        review=review.id,
        cycle=cycle.name,
        stage=review.stage,
        due=cycle.self_due,
        manager=manager.name if manager else None,
        begun=draft is not None,
        sent_on=None if review.self_at is None else work.date_of(review.self_at, person),
        excluded_reason=review.excluded_reason,
        policy=work.company.policy,
        goals=await goal_list.my_goals(review, cycle, person, work),
        excluded_words=in_out_notices.said_of(review),
    )
    return my_review(facts, work.words(person))


async def _team_list(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle_id, _, page = (delivery.subject or "").rpartition("#")
    cycle = await work.tx.cycles.get(cycle_id)
    if cycle is None or person is None:
        return None
    team = await standings_of(person, cycle_id, work)
    shown = team[int(page) * PAGE : (int(page) + 1) * PAGE]
    if not shown and delivery.ts is None:
        return None  # one that stands there is emptied, for its rows went to others
    inside = [standing for _, standing in team if standing.stage is not Stage.EXCLUDED]
    back = [one.employee_id for _, one in shown if _state(one) == "returned"]
    found = await work.tx.reviews.in_cycle(cycle_id, back) if back else ()
    why = {one.id: sent_back(one) or "" for one in found}
    lying = [one.id for _, one in shown if one.stage in {Stage.CALIBRATION, Stage.SKIP_LEVEL}]
    seals = await work.tx.seals.standing(lying) if lying else {}
    signed = {
        one for one, links in seals.items() if any(link.desk in ABOVE_MANAGER for link in links)
    }
    years = await year.of_team(cycle, shown, work)
    talks = await times.agreed_of([one.id for _, one in shown if one.stage is AHEAD], person, work)
    facts = TeamListFacts(
        cycle=cycle.name,
        due=cycle.manager_due,
        rows=tuple(
            replace(row, calibrated=row.review in signed, closed=cycle.closed_at is not None)
            for row in (_row(one, cycle, why, years, talks) for one in shown)
        ),
        page=int(page),
        pages=-(-len(team) // PAGE),
        rated=sum(standing.rated_at is not None for standing in inside),
        of=len(inside),
        policy=work.company.policy,
    )
    return team_list(facts, work.words(person))


def _row(
    one: tuple[Person, Standing],
    cycle: Cycle,
    why: Mapping[str, str],
    years: Mapping[str, YearFacts],
    talks: Mapping[str, datetime],
) -> TeamRow:
    report, standing = one
    return TeamRow(
        review=standing.id,
        person=report.name,
        title=report.title,
        state="closed" if cycle.closed_at and standing.rating is None else _state(standing),
        rating=standing.rating,
        excluded_reason=standing.excluded_reason,
        returned=why.get(standing.id, ""),
        year=years.get(report.employee_id),
        talk=talks.get(standing.id),
    )


AHEAD = Stage.INTERVIEW
_STATES = {
    Stage.EXCLUDED: "left_out",
    Stage.GOALS: "waiting",
    Stage.GOALS_SUBMITTED: "waiting",
    Stage.SELF_REVIEW: "waiting",
    Stage.CALIBRATION: "rated",
    Stage.SKIP_LEVEL: "rated",
    Stage.HR: "at_hr",
    Stage.INTERVIEW: "interview",
    Stage.HELD: "held",
    Stage.ACKNOWLEDGED: "acknowledged",
    Stage.APPEALED: "appealed",
    Stage.CLOSED: "done",
}


def _state(standing: Standing) -> str:
    if standing.stage is not Stage.MANAGER_REVIEW:
        return _STATES[standing.stage]
    if standing.rated_at:
        return "returned"
    return "ready" if standing.self_at else "without"


async def _board(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    cycle = await work.tx.cycles.get(delivery.subject or "")
    facts = cycle and await spread.facts_of(cycle, work)
    return distribution.board(facts, work.words()) if facts else None


async def _turned(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    """A group turned strong, or is strong no longer; said with the figures of this moment."""
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    facts = cycle and await spread.facts_of(cycle, work)
    if cycle is None or not facts:
        return None
    group = await spread.group_line(cycle, delivery.facts, work)
    if group is None:
        return None
    resolved = delivery.kind == "board_resolved"
    return distribution.turned(facts, group, work.words(), resolved=resolved)


async def _closing(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    facts = cycle and await spread.facts_of(cycle, work)
    return distribution.closing(facts, work.words()) if facts else None


async def _distribution(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    facts = cycle and await spread.facts_of(cycle, work, person)
    return distribution.own_scope(facts, work.words(person), picture=True) if facts else None


async def _progress(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    cycle = await work.tx.cycles.get(str(delivery.facts["cycle"]))
    if cycle is None or person is None:
        return None
    facts = await progress.of_cycle(cycle, person, work)
    return progress_screen.card(facts, work.words(person)) if facts and facts.lines else None


async def _press_again(delivery: Delivery, person: Person | None, work: Work) -> Card | None:  # noqa: ARG001
    return common.says(work.words(person), "reminders.press_again")


async def _unreachable(delivery: Delivery, person: Person | None, work: Work) -> Card | None:
    """In the words of the book of deliveries; one of an older version bears only a name."""
    facts, words = delivery.facts, work.words(person)
    if delivery.facts_version == 1:
        receiver = str(facts["what"])
    else:
        receiver = deliveries.receiver(str(facts["to"]), str(facts["name"]), words)
    why = deliveries.why(str(facts["reason"]), words)
    return common.says(words, "deliveries.unreachable", receiver=receiver, why=why)


SAYINGS: Mapping[str, Saying] = {
    living.MY_REVIEW: _my_review,
    living.TEAM_LIST: _team_list,
    living.BOARD: _board,
    "board_strong": _turned,
    "board_resolved": _turned,
    "board_closed": _closing,
    "distribution": _distribution,
    "progress": _progress,
    daily.KIND: daily.saying(SECTIONS),
    **notes.SAYINGS,  # an older version wrote them as messages of their own
    "press_again": _press_again,
    status.WAITS: status.said,
    unreachable.KIND: _unreachable,
    delegate.STAND_IN: delegate.said,
    **channels.SAYINGS,
    **quota.SAYINGS,
    **sign_notices.SAYINGS,
    **feedback_replies.SAYINGS,
    **feedback_requests.SAYINGS,
    **praise_messages.SAYINGS,
    **goal_list.SAYINGS,
    **early_look.SAYINGS,
    **calibration_notices.SAYINGS,
    **cascade.SAYINGS,
    **check_in_summary.SAYINGS,
    **contact_news.SAYINGS,
    **held.SAYINGS,
    **times_notices.SAYINGS,
    **entry_notices.SAYINGS,
    **interview_notices.SAYINGS,
    **one_on_one_notices.SAYINGS,
    **appeal_notices.SAYINGS,
    **matrix.SAYINGS,
    **ask.SAYINGS,
    **in_out_notices.SAYINGS,
    **home.SAYINGS,
    **erasing.SAYINGS,
    **my_data.SAYINGS,
    **action_forms.SAYINGS,
    **mentoring.SAYINGS,
}
"""Kind to what says it; a kind is also the message's name in its metadata."""
