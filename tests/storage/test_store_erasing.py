"""Erasing, table by table: each is exported and erased, or is named here with why not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from all_texts import all_texts, holds
from every_table import fill_every_table
from sqlalchemy import LargeBinary
from storage_samples import (
    CANARY,
    NOW,
    cycle,
    fill,
    full_review,
    notice,
    opened,
    person,
    review,
    url_in,
)
from test_store_evidence import ONE as KEPT
from test_store_feedback import ONE as GIVEN
from test_store_interview import PART

from review.erasing import Counted, emptied, nobody
from review.interview import Interview
from review.stages import Stage
from storage.askings import Asking
from storage.erasing import Hold
from storage.interviews import Prepared
from storage.schema import METADATA
from storage.transaction import Transaction

PREPARED = Prepared(review="r-e2", employee_id="e1", at=NOW, part=PART)
EXPORTED = {
    "account": "accounts",
    "action": "actions",
    "action_word": "action_words",
    "appeal": "appeals",
    "asking": "askings",
    "audit": "audit",
    "contact_said": "contacts",
    "calibration_move": "calibration_moves",
    "cascade": "cascade",
    "delegation": "delegations",
    "check_in": "check_ins",
    "draft": "drafts",
    "evidence": "evidence",
    "feedback": "feedback",
    "feedback_request": "feedback_requests",
    "goal_progress": "goal_progress",
    "goal_sheet": "goals",
    "hold": "hold",
    "interview": "talks",
    "interview_part": "interviews",
    "one_on_one": "one_on_ones",
    "one_on_one_sheet": "one_on_one_notes",
    "outbox": "messages",
    "pairing": "pairings",
    "pairing_met": "pairings_met",
    "person": "person",
    "praise": "praise",
    "review": "reviews",
    "rhythm": "rhythms",
    "seal": "seals",
    "wait": "waits_until",
}
"""Tables that hold something of a person, and where `everything_about` has it."""
EXEMPT = {
    "bucket": "when a conversation may be written to next; erased",
    "calibration": "who opened a session: an id",
    "call_count": "how many calls a month had; no person is in it",
    "contact_news": "that somebody joined, left or changed: an id; erased",
    "cycle": "dates, and who opened it: an id",
    "erased": "that somebody was erased: an id",
    "inbound": "answers of the last day, kept for repeats; erased where they tell of the person",
    "key_check": "no person is in it",
    "library_edition": "the company's texts, and who imported them: an id",
    "mark": "how far a rule has looked; erased where it names a record",
    "occurrence": "that a reminder was sent on a day; erased",
    "rating_count": "counts, of which nobody can say whose they are",
    "seal_salt": "a random number beside a seal; erased",
}
"""Tables that hold nothing to hand out, and why."""
STAY = {"cascade.goals", "library_edition.library"}
"""Texts of the company, whoever wrote them."""


def test_every_table_is_exported_or_named_with_why_not() -> None:
    assert sorted([*EXPORTED, *EXEMPT]) == sorted(METADATA.tables)


async def erase(work: Transaction, employee: str = "e1") -> None:
    traces = await work.erasing.traces(employee)
    told = await work.unsaying.look(traces, {"home"}, NOW)
    reviews = await work.reviews.about(employee)
    await work.erasing.erase(traces, [one.id for one in reviews], "Somebody", NOW)
    for one in reviews:
        await work.reviews.save(emptied(one))
    await work.people.put_all([nobody(person(employee), "Somebody", NOW.date())])
    await work.unsaying.unsay(told, NOW)
    await work.audit.empty([employee, *traces.about])


async def test_every_text_is_erased_but_the_companys(url: str) -> None:
    async with opened(url) as base:
        async with base.begin() as work:
            await fill_every_table(work)
            await work.people.link("slack", "U77", "e1")
            await work.occurrences.set_mark("by_hand/r-e1", NOW)
            await work.occurrences.happens("remind", "e1", NOW.date(), "day")
            await work.buckets.reserve([("slack:channel:U77", 1.0, 1)], NOW)
            kept = await work.everything_about("e1")
            assert sorted(kept) == sorted(EXPORTED.values())
        sealed = {
            f"{table.name}.{column.name}"
            for table in METADATA.sorted_tables
            for column in table.columns
            if isinstance(column.type, LargeBinary)
        }
        found = set((await holds(base, CANARY))[CANARY])
        assert sealed - found == {"key_check.sealed", "seal_salt.salt", *WORDLESS}
        async with base.begin() as work:
            await erase(work)
            assert await work.erasing.erased() == {"e1"}
        assert set((await holds(base, CANARY))[CANARY]) == STAY
        assert await holds(base, "Name of e1", "U77") == {}
        places = {place for place, text in await all_texts(base) if text == "e1"}
        assert places == IDS


WORDLESS = {"review.outcome", "review.year", "review.actuals"}
"""Sealed numbers."""
IDS = {
    *("person.employee_id", "review.employee_id", "erased.employee_id", "seal.by"),
    *("calibration.opened_by", "cascade.set_by", "library_edition.by", "audit.actor"),
}
"""Where the id still stands: it says nothing but to whoever has the company's own list."""


async def test_what_somebody_gave_stays_with_whom_they_gave_it(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([review("e1"), full_review("e2")])
        for name, giver, receiver in (("f1", "e1", "e2"), ("f2", "e2", "e1")):
            await work.feedback.add(replace(GIVEN, id=name, giver=giver, receiver=receiver))
        await work.interviews.save(Interview(review="r-e2", began_at=NOW, minutes=30))
        await work.interviews.prepare(PREPARED)
        for name, author in (("k1", "Name of e1"), ("k2", "Name of e3")):
            said = replace(KEPT.message, author=author)
            own = replace(KEPT, id=name, keeper="e2", about="e2", place=name, message=said)
            await work.evidence.keep(own)
        await erase(work)
        assert [one.id for one in await work.feedback.of("e2")] == ["f1"]
        kept = await work.evidence.of("e2")
        assert [one.message.author for one in kept] == ["Somebody", "Name of e3"]
        assert [one.message.text for one in kept] == [KEPT.message.text] * 2
        assert await work.interviews.prepared_by("e1") == ()
        assert await work.reviews.get("r-e2") == full_review("e2")


async def test_what_others_are_asked_of_them_is_asked_no_more(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([review("e1"), review("e2")])
        for subject in ("r-e1", "e1", "r-e2"):
            row = Asking(
                surface=subject,
                employee_id="e2",
                platform="dingtalk",
                form="feedback",
                subject=subject,
                touched_at=NOW,
            )
            await work.askings.put(row)
        await erase(work)
        assert [one.subject for one in await work.askings.whole("e2")] == ["r-e2"]


async def test_messages_are_taken_back_where_they_stand(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([review("e1")])
        for once, receiver, facts in (
            ("own", "e1", {}),
            ("waiting", "e2", {"review": "r-e1"}),
            ("told", "e2", {"people": ["e3", "e1"]}),
            ("spoke", "e2", {"by": "e1", "review": "r-e2"}),
            ("named", "e2", {"words": "ask Name of e1, please"}),
            ("other", "e2", {"words": "Name of e11"}),
        ):
            await work.outbox.put(notice(once, receiver=receiver, facts=facts))
        for once in ("own", "told", "spoke", "named", "other"):
            await _send(work, once)
        await work.outbox.paint("home", "e1", "", NOW)
        traces = await work.erasing.traces("e1")
        found = await work.unsaying.look(traces, {"home"}, NOW)
        assert not found.busy
        again = await work.unsaying.look(traces, {"home"}, NOW, found.clean)
        assert sorted(again.ids) == sorted(found.ids)
        assert len(found.clean) == 2
        assert again.clean == set()
        await work.unsaying.unsay(again, NOW)
        entries = {one.once: one for one in await work.outbox.ledger()}
        assert sorted(entries) == ["named", "other", "own", "spoke", "told"]
        assert {once for once, one in entries.items() if one.kind == "unsaid"} == {
            *("own", "told", "named"),
        }
        assert [entries[once].state for once in ("spoke", "other")] == ["sent", "sent"]
        claim = await work.outbox.claim(entries["told"].id, NOW, timedelta(minutes=1))
        assert claim is not None
        assert (claim.facts, claim.ts, claim.channel) == ({}, "ts-told", "D2")
        await work.unsaying.forget(claim.id, claim.fence - 1)
        assert await work.outbox.find("told") is not None
        await work.unsaying.forget(claim.id, claim.fence)
        assert await work.outbox.find("told") is None


async def test_what_is_being_sent_is_busy(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "e1")
        await work.outbox.put(notice("own", receiver="e1"))
        one = await work.outbox.find("own")
        assert one is not None
        await work.outbox.claim(one.id, NOW, timedelta(minutes=1))
        traces = await work.erasing.traces("e1")
        assert (await work.unsaying.look(traces, (), NOW)).busy
        later = NOW + timedelta(minutes=2)
        assert not (await work.unsaying.look(traces, (), later)).busy


async def _send(work: Transaction, once: str) -> None:
    one = await work.outbox.find(once)
    assert one is not None
    claim = await work.outbox.claim(one.id, NOW, timedelta(minutes=1))
    assert claim is not None
    assert await work.outbox.sent(claim.id, claim.fence, "D2", f"ts-{once}", NOW)


async def test_a_hold_is_set_changed_and_released(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "e1")
        assert await work.erasing.hold_on("e1") is None
        assert not await work.erasing.release("e1")
        first = Hold(employee_id="e1", at=NOW, by=None, reason=CANARY)
        for made in (first, replace(first, by="hr", reason="other")):
            await work.erasing.hold(made)
            assert await work.erasing.hold_on("e1") == made
        assert await work.erasing.release("e1")
        assert await work.erasing.hold_on("e1") is None


async def test_ratings_that_are_alike_are_one_count(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "boss")
        one = Counted(
            cycle=cycle().id,
            department="Shop",
            manager=None,
            rated_by="boss",
            rating=Fraction("3.25"),
            k=None,
            self_in=True,
            surprise=True,
            same_words=False,
        )
        await work.counts.add(one)
        await work.counts.add(one)
        await work.counts.add(replace(one, manager="boss", k=Fraction(3)))
        found = await work.counts.all()
        assert {(alike.what, alike.times) for alike in found} == {
            (one, 2),
            (replace(one, manager="boss", k=Fraction(3)), 1),
        }
        (counted,) = await work.reviews.surprises(one.cycle)
        assert (counted.rated_by, counted.ratings, counted.surprises) == ("boss", 3, 3)
        assert [
            given.times for given in await work.reviews.given_below(one.cycle, "boss", "x")
        ] == [1]


async def test_an_emptied_record_is_seen_by_the_seals_alone(url: str) -> None:
    async with opened(url) as base, base.begin() as work:
        await fill(work, "e1", "e2")
        await work.reviews.add_all([full_review("e1"), review("e2")])
        await erase(work)
        assert [one.employee_id for one in await work.reviews.standings("2026Q4")] == ["e2"]
        assert [one.employee_id for one in await work.reviews.in_cycle("2026Q4")] == ["e2"]
        assert await work.reviews.records("2026Q4") == (("r-e1", "e1"), ("r-e2", "e2"))
        assert await work.reviews.with_cycle("r-e1") is None
        checked = await work.reviews.checked("r-e1")
        assert checked is not None
        assert (checked.stage, checked.sheet.rows) == (Stage.EXCLUDED, ())


async def test_nothing_of_a_person_stays_in_the_files(tmp_path: Path) -> None:
    async with opened(url_in(tmp_path)) as base:
        async with base.begin() as work:
            await fill(work, "e1", "e2")
            await work.reviews.add_all([full_review("e1")])
            await work.people.put_all([replace(person("e1"), email="ann@x.test")])
            for number in range(50):
                await work.outbox.put(notice(f"own/{number}/Name of e1", receiver="e1"))
        assert _among(tmp_path, "Name of e1", "ann@x.test")
        async with base.begin() as work:
            await erase(work)
        await base.settle()
        assert not _among(tmp_path, "Name of e1")
        assert not _among(tmp_path, "ann@x.test")
        assert _among(tmp_path, "Name of e2")


def _among(folder: Path, *words: str) -> bool:
    """Whether they stand in the bytes of any file."""
    files = b"".join(file.read_bytes() for file in folder.iterdir())
    return all(word.encode() in files for word in words)
