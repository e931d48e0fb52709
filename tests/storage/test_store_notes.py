"""What is said in a message of the day: it waits, is told with one, and may be told again."""

from __future__ import annotations

from storage_samples import MINUTE, NOW, fill, notice, opened

from storage.notice import State
from storage.transaction import Transaction

MONDAY, TUESDAY = "2026-10-12/2026-10-09/day", "2026-10-13/2026-10-12/day"


async def _told(work: Transaction, who: str, message: str) -> list[tuple[str, object]]:
    return [(one.once, one.facts) for one in await work.outbox.told(who, message)]


async def test_a_note_is_never_sent_alone(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        await work.outbox.put(notice("n1", daily=True))
        found = await work.outbox.find("n1")
        assert found is not None
        assert found.state is State.NOTED
        assert await work.outbox.ready(NOW + MINUTE, 9) == ()
        assert await work.outbox.next_due() is None
        assert await work.outbox.claim(found.id, NOW, MINUTE) is None


async def test_what_waits_is_told_by_one_message_in_its_order(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.outbox.put(notice("second", due=NOW, daily=True))
        await work.outbox.put(notice("first", due=NOW - MINUTE, daily=True, facts={"n": 1}))
        await work.outbox.put(notice("other", receiver="e2", daily=True))
        await work.outbox.put(notice("alone"))
        assert await work.outbox.noted() == {"e1", "e2"}
        await work.outbox.tell({"e1": MONDAY})
        assert await work.outbox.noted() == {"e2"}
        assert await _told(work, "e1", MONDAY) == [("first", {"n": 1}), ("second", {})]
        assert await _told(work, "e2", MONDAY) == []
        assert await work.outbox.told_in("first") == MONDAY
        assert await work.outbox.told_in("other") is None
        assert await work.outbox.put(notice("first", daily=True)) is False
        await work.outbox.tell({"e1": TUESDAY, "e2": TUESDAY})
        assert await _told(work, "e1", TUESDAY) == []
        assert await _told(work, "e2", TUESDAY) == [("other", {})]


async def test_what_a_day_said_may_be_said_again(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        for once, message in (("monday", MONDAY), ("tuesday", TUESDAY)):
            await work.outbox.put(notice(once, daily=True))
            await work.outbox.tell({"e1": message})
        await work.outbox.tell_again("e1", "2026-10-12")
        assert await work.outbox.noted() == {"e1"}
        await work.outbox.tell({"e1": TUESDAY})
        assert sorted(await _told(work, "e1", TUESDAY)) == [("monday", {}), ("tuesday", {})]
