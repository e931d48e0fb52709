"""Living messages: what has to be painted anew when something happens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers.team import Team, manager_of, standings_of
from handlers.work import Act, Work
from prompts.screens.deliveries import HR_CHANNEL, PRAISE_CHANNEL
from prompts.screens.team_list import PAGE
from review.people import EmployeeId, Person
from review.record import Review, ReviewId
from review.stages import Stage
from storage.notice import URGENT, Notice, Painting, living

MY_REVIEW, TEAM_LIST, BOARD = "my_review", "team_list", "board"
OWN_PAGE = "home"
"""Somebody's own page: no message, and nothing is lost with one that can't be shown."""
HR, PRAISE = HR_CHANNEL, PRAISE_CHANNEL
"""The company's channels as receivers; no employee's id begins with "#" (review.roster_read)."""
BOARD_GAP = timedelta(seconds=5)
"""The HR board is edited at most once in this time, and once at the end (ours)."""
WRITING = {Stage.GOALS, Stage.GOALS_SUBMITTED, Stage.SELF_REVIEW}
SOON = 2
"""Priority of what somebody's act makes others see."""


def pages(team: int) -> int:
    """On how many messages a team of that size stands."""
    return -(-team // PAGE)


async def board(cycle: str, work: Work) -> None:
    """The HR channel's board shows what is true by then."""
    await work.tx.outbox.paint_all(boards(cycle, work))


def own(review: ReviewId, employee: EmployeeId, due: datetime) -> Painting:
    """A person's own review message."""
    return Painting(kind=MY_REVIEW, receiver=employee, subject=review, due=due, priority=SOON)


def lists(manager: EmployeeId, cycle: str, count: int, due: datetime) -> tuple[Painting, ...]:
    """That many pages of a manager's team list."""
    return tuple(
        Painting(
            kind=TEAM_LIST, receiver=manager, subject=f"{cycle}#{page}", due=due, priority=SOON
        )
        for page in range(count)
    )


def boards(cycle: str, work: Work) -> tuple[Painting, ...]:
    """The HR channel's board; none where there is no such channel."""
    if not work.company.hr_channels:
        return ()
    one = Painting(
        kind=BOARD, receiver=HR, subject=cycle, due=work.now, gap=BOARD_GAP, priority=SOON
    )
    return (one,)


async def board_closed(cycle: str, work: Work) -> None:
    """A last word in the board's thread, with the picture as it ended."""
    if not work.company.hr_channels:
        return
    await work.tx.outbox.put(
        Notice(
            kind="board_closed",
            receiver=HR,
            facts={"cycle": cycle},
            once=f"board_closed/{cycle}",
            due=work.now,
            thread_of=living(BOARD, HR, cycle),
            priority=SOON,
        )
    )


async def self_review_came(review: Review, act: Act) -> None:
    """A self-review is in: the person's message, the manager's list and the board say so."""
    manager = await manager_of(review, act)
    team = () if manager is None else await standings_of(manager, review.cycle, act)
    await changed(review, manager, team, act)
    if manager is not None:
        await _all_in(manager, team, review.cycle, act)


async def rated(review: Review, act: Act, also: Iterable[Painting]) -> None:
    """A rating is in: the manager's list and the board say so; the person's message as well."""
    team = await standings_of(act.actor, review.cycle, act)
    await changed(review, act.actor, team, act, also)


async def changed(
    review: Review,
    manager: Person | None,
    team: Team,
    act: Work,
    also: Iterable[Painting] = (),
) -> None:
    """All that shows the record is painted anew, in one round, with what else is to be."""
    shown = [own(review.id, review.employee_id, act.now), *boards(review.cycle, act), *also]
    if manager is not None:
        shown += lists(manager.employee_id, review.cycle, pages(len(team)), act.now)
    await act.tx.outbox.paint_all(shown)


async def _all_in(manager: Person, team: Team, cycle: str, act: Act) -> None:
    """One message when the last report's self-review is in, in the manager's hours."""
    if any(standing.stage in WRITING for _, standing in team):
        return
    await act.tx.outbox.put(
        Notice(
            kind="all_in",
            receiver=manager.employee_id,
            facts={"cycle": cycle},
            once=f"all_in/{cycle}/{manager.employee_id}",
            due=act.now,
            daily=True,
        )
    )


async def answer(kind: str, act: Act, **facts: str) -> None:
    """Say something to the actor at once, as the answer to what they did."""
    await act.tx.outbox.put(
        Notice(
            kind=kind,
            receiver=act.by,
            facts=facts,
            once=f"{kind}/{act.by}/{act.now.isoformat()}",
            due=act.now,
            priority=URGENT,
            platform=act.platform,
        )
    )


async def tell_hr_admins(
    kind: str, facts: Mapping[str, Any], once: str, work: Work, *, facts_version: int = 1
) -> None:
    """Say it to every HR admin at once; of two with the same `once` the first counts."""
    for admin in await work.tx.people.many(work.company.hr_admins):
        await work.tx.outbox.put(
            Notice(
                kind=kind,
                receiver=admin.employee_id,
                facts=facts,
                facts_version=facts_version,
                once=f"{once}/{admin.employee_id}",
                due=work.now,
                priority=URGENT,
            )
        )
