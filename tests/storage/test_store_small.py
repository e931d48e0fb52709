"""Drafts, answers, occurrences and the audit trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError
from storage_samples import MINUTE, NOW, fill, notice, opened, review

from storage.audit import Happened
from storage.database import Database
from storage.drafts import Draft, Mark
from storage.errors import AlreadyThereError, NaiveTimeError
from storage.tables import AUDIT

DRAFT = Draft(
    employee_id="e1",
    form="self_review",
    subject="r-e1",
    marks={"goal:g1": Mark("3.5", "", "V1", "0002", 1)},
    step=2,
)


async def test_a_draft_comes_back_whole_and_counts_up(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        assert await work.drafts.get("self_review", "r-e1", "e1") is None
        first = await work.drafts.put(DRAFT)
        assert first == replace(DRAFT, revision=1)
        more = {**DRAFT.marks, "overall": Mark("好", "", "V2", "0003", 2)}
        later = replace(first, marks=more)
        assert await work.drafts.put(later) == replace(later, revision=2)
        assert await work.drafts.get("self_review", "r-e1", "e1") == replace(later, revision=2)
        assert await work.drafts.of("e1") == (replace(later, revision=2),)


async def test_drafts_are_apart_by_person_form_and_subject(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.drafts.put(DRAFT)
        await work.drafts.put(replace(DRAFT, employee_id="e2"))
        await work.drafts.put(replace(DRAFT, form="manager_review"))
        await work.drafts.put(replace(DRAFT, subject="r-e2"))
        await work.drafts.drop("self_review", "r-e1", "e1")
        assert await work.drafts.get("self_review", "r-e1", "e1") is None
        assert [draft.form for draft in await work.drafts.of("e1")] == [
            "manager_review",
            "self_review",
        ]
        assert len(await work.drafts.of("e2")) == 1


async def test_an_event_is_answered_once(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        assert await work.inbound.answer_to("slack/1") is None
        await work.inbound.remember("slack/1", b"\x00answer", NOW)
        assert await work.inbound.answer_to("slack/1") == b"\x00answer"
        with pytest.raises(AlreadyThereError):
            await work.inbound.remember("slack/1", b"other", NOW)


async def test_old_answers_are_forgotten(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.inbound.remember("old", b"1", NOW - MINUTE)
        await work.inbound.remember("new", b"2", NOW)
        assert await work.inbound.forget_before(NOW) == 1
        assert await work.inbound.answer_to("old") is None
        assert await work.inbound.answer_to("new") == b"2"


async def test_an_occurrence_happens_once(url: str) -> None:
    day = date(2026, 12, 31)
    async with opened(url) as database, database.begin() as work:
        asked = [
            await work.occurrences.happens("remind", "e1", day, "before"),
            await work.occurrences.happens("remind", "e1", day, "before"),
            await work.occurrences.happens("remind", "e1", day, "after"),
            await work.occurrences.happens("remind", "e1", day + timedelta(1), "before"),
            await work.occurrences.happens("remind", "e2", day, "before"),
            await work.occurrences.happens("nudge", "e1", day, "before"),
        ]
        assert asked == [True, False, True, True, True, True]


async def test_marks_and_waits_are_kept_and_replaced(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        assert await work.occurrences.mark("remind") is None
        assert await work.occurrences.wait_until("e1") is None
        for at in (NOW, NOW + MINUTE):
            await work.occurrences.set_mark("remind", at)
            await work.occurrences.set_wait("e1", at)
        await work.occurrences.set_wait("e2", NOW)
        assert await work.occurrences.mark("remind") == NOW + MINUTE
        assert await work.occurrences.wait_until("e1") == NOW + MINUTE
        assert await work.occurrences.waits() == {"e1": NOW + MINUTE, "e2": NOW}


async def test_marks_of_many_are_kept_by_their_names(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.occurrences.set_mark("remind", NOW)
        await work.occurrences.set_marks("remind/", ["e_1", "%"], NOW)
        await work.occurrences.set_marks("remind/", ["e_1"], NOW + MINUTE)
        assert await work.occurrences.marks("remind/") == {"e_1": NOW + MINUTE, "%": NOW}
        assert await work.occurrences.marks("remind/e_") == {"1": NOW + MINUTE}


async def test_the_trail_keeps_its_order(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await work.audit.record("rated", "r1", "boss", NOW, {"rating": "3.5", "n": [1, None]})
        await work.audit.record("moved", "r2", None, NOW - MINUTE)
        await work.audit.record("returned", "r1", "hr", NOW)
        first = Happened(
            event="rated",
            subject="r1",
            actor="boss",
            at=NOW,
            details={"rating": "3.5", "n": [1, None]},
            seq=1,
        )
        second = Happened(event="moved", subject="r2", actor=None, at=NOW - MINUTE, seq=2)
        third = Happened(event="returned", subject="r1", actor="hr", at=NOW, seq=3)
        assert await work.audit.all() == (first, second, third)
        assert await work.audit.of("r1") == (first, third)


async def _trail_refuses(database: Database, *statements: str) -> None:
    for statement in statements:
        with pytest.raises(IntegrityError, match="append-only"):
            async with database._writes.begin() as connection:
                await connection.execute(text(statement))


async def test_the_trail_is_append_only(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await work.audit.record("rated", "r1", "boss", NOW)
        await _trail_refuses(
            database, str(delete(AUDIT)), str(update(AUDIT).values(event=AUDIT.c.subject))
        )
        async with database.begin(write=False) as work:
            assert [line.event for line in await work.audit.all()] == ["rated"]


async def test_what_a_line_of_the_trail_said_can_be_emptied_and_nothing_else(url: str) -> None:
    async with opened(url) as database:
        async with database.begin() as work:
            await work.audit.record("rated", "r1", "boss", NOW, {"to": "3.5"})
            await work.audit.record("seal.set", "r1", "boss", NOW, {"digest": "d"})
            await work.audit.record("rated", "r2", "boss", NOW, {"to": "3.5"})
            await work.audit.empty(["r1"])
            assert [dict(line.details) for line in await work.audit.all()] == [
                {},
                {"digest": "d"},
                {"to": "3.5"},
            ]
        emptied = update(AUDIT).values(details=b"")
        await _trail_refuses(
            database,
            str(
                emptied.where(AUDIT.c.event == "seal.set").compile(
                    compile_kwargs={"literal_binds": True}
                )
            ),
            "UPDATE audit SET actor = NULL",
            "UPDATE audit SET details = subject"
            if url.startswith("sqlite")
            else "DELETE FROM audit",
        )


async def test_times_come_back_as_the_same_moment(url: str) -> None:
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))
    async with opened(url) as database, database.begin() as work:
        await work.occurrences.set_mark("remind", shanghai)
        found = await work.occurrences.mark("remind")
        assert found == NOW
        assert found is not None
        assert found.utcoffset() == timedelta(0)


async def test_naive_times_are_refused(url: str) -> None:
    naive = datetime(2026, 12, 31, 9)  # noqa: DTZ001  that is what is refused
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1")
        for wrong in (
            work.occurrences.set_mark("remind", naive),
            work.inbound.remember("e", b"", naive),
            work.audit.record("e", "s", None, naive),
            work.outbox.put(notice("n", due=naive)),
            work.outbox.due(naive, 1),
            work.buckets.reserve([("b", 1.0, 1)], naive),
            work.reviews.add_all([replace(review("e1"), self_at=naive)]),
        ):
            with pytest.raises(NaiveTimeError):
                await wrong


async def test_everything_about_a_person_is_theirs_alone(url: str) -> None:
    async with opened(url) as database, database.begin() as work:
        await fill(work, "e1", "e2")
        await work.people.link("slack", "U1", "e1")
        await work.reviews.add_all([review("e1"), review("e2")])
        for owner in ("e1", "e2"):
            await work.drafts.put(replace(DRAFT, employee_id=owner))
            await work.audit.record("rated", f"r-{owner}", "boss", NOW)
            await work.outbox.put(notice(owner, receiver=owner))
        await work.occurrences.set_wait("e1", NOW)
        found = await work.everything_about("e1")
        assert found == {
            "person": await work.people.get("e1"),
            "accounts": (await work.people.account_of("e1", "slack"),),
            "contacts": {},
            "reviews": (review("e1"),),
            "goals": (),
            "cascade": (),
            "goal_progress": (),
            "check_ins": (),
            "evidence": (),
            "feedback": (),
            "praise": (),
            "feedback_requests": (),
            "interviews": (),
            "appeals": [],
            "actions": (),
            "action_words": (),
            "pairings": (),
            "pairings_met": (),
            "seals": [],
            "calibration_moves": (),
            "delegations": (),
            "drafts": (replace(DRAFT, revision=1),),
            "askings": (),
            "audit": await work.audit.of("r-e1"),
            "messages": await work.outbox.ledger(receiver="e1"),
            "waits_until": NOW,
            "talks": (),
            "one_on_ones": (),
            "one_on_one_notes": (),
            "rhythms": (),
            "hold": None,
        }
        assert len(found["messages"]) == 1
