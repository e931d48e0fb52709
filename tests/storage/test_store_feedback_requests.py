"""Requests for feedback as they are kept: the question sealed, each answer once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage_samples import CANARY, NOW, fill, opened, person

from review.erasing import nobody
from review.feedback_request import Question, Request
from storage.drafts import Draft, Mark
from storage.feedback_requests import LIST, once_of_list

HOUR = timedelta(hours=1)
ONE = Request(
    id="q1",
    together="t1",
    asker="e1",
    asked="e2",
    about="value:teamwork",
    at=NOW,
    said=Question(text=f"{CANARY} <!channel> {{{{ x }}}} 🎉 长", about_name={"en": "Teamwork"}),
)
TWO = replace(ONE, id="q2", asked="e3")


async def test_a_request_comes_back_whole_and_sealed(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3", "e4")
        await work.requests.add([ONE, TWO])
        assert await work.requests.get("q1") == ONE
        assert await work.requests.get("q3") is None
        assert await work.requests.together("t1") == (ONE, TWO)
        found = [await work.requests.of(one) for one in ("e1", "e2", "e3", "e4")]
        assert found == [(ONE, TWO), (ONE,), (TWO,), ()]
        assert (await work.everything_about("e2"))["feedback_requests"] == (ONE,)


async def test_an_answer_and_a_not_now_count_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        await work.requests.add([ONE, TWO])
        kept, later = work.requests, NOW + HOUR
        assert [await kept.asked_of(one) for one in ("e1", "e2", "e3")] == [(), (ONE,), (TWO,)]
        assert [await kept.answer("q1", NOW), await kept.answer("q1", later)] == [True, False]
        assert [await kept.decline("q2", NOW), await kept.decline("q2", later)] == [True, False]
        done = (replace(ONE, answered_at=NOW), replace(TWO, declined_at=NOW))
        assert await kept.together("t1") == done
        assert [await kept.asked_of(one) for one in ("e2", "e3")] == [(), ()]
        assert await kept.waiting("e1", "e2") == ()
        assert await kept.waiting("e1", "e3") == (done[1],)
        assert await kept.waiting("e3", "e1") == ()


async def test_only_what_was_asked_lately_is_found(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        await work.requests.add([ONE, replace(TWO, together="t2", at=NOW + HOUR)])
        assert [one.id for one in await work.requests.lately("e1", NOW - HOUR)] == ["q1", "q2"]
        assert [one.id for one in await work.requests.lately("e1", NOW)] == ["q2"]
        assert await work.requests.lately("e2", NOW - HOUR) == ()


async def test_who_was_asked_stays_without_a_name_and_who_asked_is_gone(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2", "e3")
        await work.people.link("slack", "U2", "e2")
        mine = replace(ONE, id="q3", together="t3", asker="e2", asked="e1")
        await work.requests.add([ONE, TWO, mine])
        for draft, whom in (("feedback_ask", "U1,U2"), ("feedback_whom", "U1")):
            marks = {"whom": Mark(whom)}
            await work.drafts.put(Draft(employee_id="e1", form=draft, subject="", marks=marks))
        await work.outbox.paint(LIST, "e1", "t1", NOW)
        await work.outbox.paint("feedback_asked", "e1", "q3", NOW)
        one = await work.outbox.find(once_of_list("e1", "t1"))
        assert one is not None
        claim = await work.outbox.claim(one.id, NOW, HOUR)
        assert claim is not None
        assert await work.outbox.sent(claim.id, claim.fence, "D1", "1.0", NOW)
        traces = await work.erasing.traces("e2")
        told = await work.unsaying.look(traces, (), NOW)
        await work.erasing.erase(traces, [], "Somebody", NOW)
        await work.people.put_all([nobody(person("e2"), "Somebody", NOW.date())])
        await work.unsaying.unsay(told, NOW)
        assert await work.requests.of("e1") == (ONE, TWO)
        assert [one.form for one in await work.drafts.of("e1")] == ["feedback_whom"]
        (left,) = await work.outbox.ledger(receiver="e1")
        assert (left.kind, left.subject, left.state) == (LIST, "t1", "pending")
