"""What was agreed in a cycle's interviews, as plain data."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from handlers.watch import Watch, unwatched
from handlers.work import Work
from review.cycle import Cycle

ACTIONS = (
    *("employee_id", "name", "cycle", "action", "owner", "owner_name"),
    *("due", "state", "agreed_at", "changed_at", "kind", "link", "mentor", "mentor_name"),
)
"""Keys of a line in the export of actions, in their order."""


async def actions(cycle: Cycle, work: Work, watch: Watch = unwatched) -> list[dict[str, Any]]:
    """All of them, by the employee whose interview it was, with the keys of ACTIONS.

    `state` is open, going, stuck, done or dropped (review.interview.Going); `kind` is task,
    training or mentoring (review.learning.ActionKind).
    """
    found = await work.tx.actions.in_cycle(cycle.id)
    ids = {who for one in found for who in (one.about, one.owner, one.mentor) if who}
    names = {one.employee_id: one.name for one in await work.tx.people.many(ids)}
    zone = ZoneInfo(work.company.time_zone)
    return [
        {
            "employee_id": one.about,
            "name": names.get(one.about),
            "cycle": cycle.name,
            "action": one.text,
            "owner": one.owner,
            "owner_name": names.get(one.owner),
            "due": one.due.isoformat(),
            "state": str(one.going),
            "agreed_at": one.agreed_at.astimezone(zone).isoformat(timespec="seconds"),
            "changed_at": one.changed_at.astimezone(zone).isoformat(timespec="seconds"),
            "kind": str(one.kind),
            "link": one.link or None,
            "mentor": one.mentor,
            "mentor_name": names.get(one.mentor) if one.mentor else None,
        }
        for one in watch(found)
    ]
