"""How many statements each event takes: not a time, so it is the same on every machine."""

from __future__ import annotations

from bench.statements import MOST, counted

KNOWN = {
    "press self_review.open": 3,
    "choose in self_review": 6,
    "send self_review": 12,
    "press rate:3.5": 8,
    "choose in manager_review": 8,
    "send manager_review": 12,
}
"""One more than this is a read that was there already, or a row written by itself."""


async def test_no_event_takes_more_statements_than_known_whatever_the_company() -> None:
    for size in (100, 500):
        found = await counted(size)
        more = {what: number for what, number in found.items() if number > KNOWN[what]}
        assert more == {}, size
        assert found.keys() == KNOWN.keys()
    assert max(KNOWN.values()) <= MOST
