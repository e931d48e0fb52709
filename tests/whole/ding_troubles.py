"""What can go wrong with DingTalk's stream and calls while a cycle is played."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import count

from ding_place import DingPlace

SEND = "/v1.0/robot/oToMessages/batchSend"
HELD = "N0010"
"""Whom DingTalk lets no message through to for a while."""


def troubles(here: DingPlace) -> Callable[[], Awaitable[None]]:
    """Each time something else goes wrong; what was ordered has to have happened in the end."""
    here.organisation.faults.stream.repeat_all = True
    here.organisation.faults.flow_controlled.add(HELD.lower())
    faults, stream, turn = here.organisation.faults, here.organisation.stream, count()
    calls: list[int] = []

    async def one() -> None:
        match next(turn):
            case 1 | 11:
                await stream.disconnect()
            case 2:
                faults.stream.late_acks(0.5, times=4)
            case 3:
                faults.expire_tokens()
            case 4:
                faults.too_fast(SEND)
                faults.server_error(SEND, status=503)
            case 5:
                here.organisation.quota.monthly = here.organisation.quota.used
                calls.append(len(here.ding.made))
            case 6:
                assert SEND in [one.path for one in here.ding.made[calls[0] :]]
                here.organisation.quota.monthly = 5_000
                faults.flow_controlled.clear()

    return one
