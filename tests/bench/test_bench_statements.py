"""How many statements each event takes: not a time, so it is the same on every machine."""

from __future__ import annotations

from bench.company import open_cycle, with_people
from bench.statements import MOST, counted
from scheduler.advance_cycles import advance_cycles

KNOWN = {
    "press self_review.open": 3,
    "choose in self_review": 6,
    "send self_review": 13,
    "press rate:3.5": 10,
    "choose in manager_review": 10,
    "send manager_review": 19,
    "press rate.change": 10,
    "press calibration.open": 13,
    "press calibration.names": 5,
    "press move: in calibration": 12,
    "choose in calibration": 10,
    "send calibration": 20,
    "press calibration.close": 8,
    "press signoff.agree": 14,
    "press hr.confirm": 14,
}
"""One more than this is a read that was there already, or a row written by itself."""


async def test_no_event_takes_more_statements_than_known_whatever_the_company() -> None:
    for size in (100, 500):
        found = await counted(size)
        more = {what: number for what, number in found.items() if number > KNOWN[what]}
        assert more == {}, size
        assert found.keys() == KNOWN.keys()
    assert max(KNOWN.values()) <= MOST


async def test_self_reviews_open_in_few_statements() -> None:
    found: list[tuple[int, int]] = []
    for people in (50, 300):
        async with with_people(people) as kept, kept.opened() as deps:
            await open_cycle(deps)
            with deps.database.count_statements() as taken:
                await advance_cycles(deps)
            async with deps.database.begin(write=False) as tx:
                told = [one for one in await tx.outbox.ledger() if one.kind == "my_review"]
            found.append((len(told), taken.count))
    assert found == [(50, 8), (300, 9)]
