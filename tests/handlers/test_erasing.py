"""A person is erased: nothing of them is left, their ratings count on, and the seals hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from all_texts import holds
from calibrating import rate
from feedback_given import give
from talking import texts
from test_appeals import DAY
from test_evidence import note
from world import Home, home, open_cycle, opened, rating_answers, review_of, self_answers, team

from handlers import cycles, erasing, export, roster
from handlers.answers import Done
from handlers.audit_verify import verify
from handlers.ports import NOT_RECALLED, NotSent, Outcome, Parcel
from handlers.work import Work
from review.cycle import Cycle
from review.errors import ReviewError
from review.errors_erasing import (
    AlreadyErased,
    NotOnHold,
    OnHold,
    StillAdmin,
    StillDisputed,
    StillLeads,
    StillReviewed,
)
from review.people import Person
from storage.delegations import Delegation
from storage.drafts import Draft, Mark
from storage.transaction import Transaction

MARK, STAYS, NAME, MAIL = "Zimtstern-金丝雀", "Walnuss", "Lin 霖-Yue", "lin.yue@example.com"
PEOPLE = tuple(
    replace(one, name=NAME, email=MAIL) if one.employee_id == "e1" else one for one in team(6)
)
SELF = {"overall": MARK, "case:value:teamwork": MARK, "case:value:customer_first": MARK}
GIVEN = SELF | {"case:overall": MARK, "case:missed": MARK, "surprise_reason": MARK}


def work_in(place: Home, tx: Transaction) -> Work:
    return Work(tx=tx, company=place.deps.company, now=place.clock.now())


async def erase(place: Home, who: str = "e1") -> erasing.Erased:
    async with place.deps.database.begin() as tx:
        work = work_in(place, tx)
        person = await erasing.who(who, work)
        assert person is not None
        return await erasing.erase(person, "hr", work)


async def refused(place: Home, who: str = "e1") -> ReviewError:
    with pytest.raises(ReviewError) as refusal:
        await erase(place, who)
    return refusal.value


async def close(place: Home) -> None:
    async with place.deps.database.begin() as tx:
        await cycles.close_cycle("2026Q3", "hr", work_in(place, tx))
    await place.tick()


async def written(place: Home) -> tuple[Cycle, str]:
    """Everything that can be kept of e1, each text with the mark."""
    cycle = await open_cycle(place)
    review = await review_of(place, cycle, "e1")
    assert await give(place, "mia", "e1", behaviour=MARK, effect=MARK) == Done()
    assert await give(place, "e1", "e2", behaviour=STAYS, about="other") == Done()
    await place.tick()
    for who in ("e2", "e3", "e4", "e5"):
        await rate(place, cycle, who, "4" if who == "e2" else "3.5", reason=STAYS)
    form = opened(await place.press("e1", "self_review.open", review))
    assert await place.fill("e1", form, self_answers(place) | SELF) == Done()
    form = opened(await place.press("mia", "rate.change", review))
    low = rating_answers(place, "3.25") | GIVEN | {"overall": "3.25", "reason": MARK}
    assert await place.fill("mia", form, low) == Done()
    await note(place, "mia", MARK, of="e1")
    await note(place, "e1", MARK, of="e2", ts="1.2")
    assert await place.press("boss", "signoff.agree", review) == Done()
    assert await place.press("hr", "hr.confirm", review) == Done()
    await place.tick()
    for who in ("e1", "mia"):
        form = opened(await place.press(who, "interview.open", review))
        words = {one.key: MARK for one in form.fields if one.limit and one.ask.value == "text"}
        assert await place.fill(who, form, words) == Done()
    assert await place.press("mia", "interview.held", review) == Done()
    await place.tick()
    form = opened(await place.press("e1", "review.appeal", review))
    assert await place.fill("e1", form, {"reason": MARK}) == Done()
    await place.tick()
    async with place.deps.database.begin() as tx:
        draft = Draft(
            employee_id="e1", form="feedback", subject="e3", marks={"behaviour": Mark(MARK)}
        )
        await tx.drafts.put(draft)
        await tx.drafts.put(replace(draft, employee_id="mia", subject="e1"))
        away = Delegation(
            id="d1",
            owner="e1",
            stand_in="mia",
            first_day=date(2026, 1, 1),
            last_day=date(2026, 1, 2),
            at=place.clock.now(),
        )
        await tx.delegations.add(away)
        await tx.occurrences.set_wait("e1", place.clock.now())
    return cycle, review


async def decided(place: Home, review: str) -> None:
    """The appeal is decided, by one who did not sign."""
    form = opened(await place.press("hr", "appeal.name", review))
    assert await place.fill("hr", form, {"decider": "T-e6"}) == Done()
    form = opened(await place.press("e6", "appeal.decide", review))
    assert await place.fill("e6", form, {"decision": "stands", "reason": MARK}) == Done()
    await place.tick()


async def spread(place: Home, cycle: Cycle) -> list[dict[str, object]]:
    async with place.deps.database.begin(write=False) as tx:
        return await export.distribution(cycle, work_in(place, tx))


async def test_nothing_of_a_person_is_left_and_their_rating_counts_on(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        base = place.deps.database
        cycle, review = await written(place)
        assert isinstance(await refused(place), StillDisputed)
        await decided(place, review)
        await place.tick(place.clock.now() + 30 * DAY)
        await close(place)
        stood = await holds(base, MARK, NAME, MAIL, "T-e1")
        assert len(stood) == 4
        assert stood[MARK] == [
            *("appeal.frozen", "appeal.why", "appeal.words", "draft.marks", "feedback.said"),
            *("interview_part.words", "review.manager_part", "review.self_part"),
            "review.sign_offs",
        ]
        before = await spread(place, cycle)
        async with base.begin(write=False) as tx:
            surprises = await tx.reviews.surprises(cycle.id)
        mia = texts(place, "mia")
        assert NAME in mia
        assert MARK in texts(place, "e1")
        done = await erase(place)
        assert (done.reviews, done.ratings) == (1, 1)
        assert done.messages > 3
        await place.tick(place.clock.now() + timedelta(minutes=5))
        await place.tick()
        assert await holds(base, MARK, NAME, MAIL, "T-e1") == {}
        assert (await holds(base, STAYS))[STAYS] == ["feedback.said", "review.manager_part"]
        for who in ("e1", "mia", "hr", "boss", "e2", "e6"):
            assert MARK not in texts(place, who), who
            assert NAME not in texts(place, who), who
        assert "What stood here was erased." in texts(place, "e1")
        assert "A former colleague" in texts(place, "e2")
        assert await spread(place, cycle) == before
        async with base.begin(write=False) as tx:
            assert await tx.reviews.surprises(cycle.id) == surprises
            found = await verify(work_in(place, tx))
            assert (found.broken, found.erased) == (None, 1)
            rows = await export.reviews(cycle, work_in(place, tx))
            assert [row["employee_id"] for row in rows] == [
                "boss",
                "e2",
                "e3",
                "e4",
                "e5",
                "e6",
            ] or [row["employee_id"] for row in rows]
            assert "e1" not in {row["employee_id"] for row in rows}
            left = await tx.people.get("e1")
            assert left == Person(
                employee_id="e1",
                name="A former colleague",
                manager_id="mia",
                locale="en",
                left_on=left.left_on if left else None,
            )
            trail = await tx.audit.of_all(["e1", review])
            assert trail[-1].event == "person.erased"
            assert "rating.sent" in {line.event for line in trail}
            spoken = [line for line in trail if line.details]
            assert {line.event for line in spoken} <= {"seal.set", "seal.void"}


async def test_a_hold_an_appeal_and_whoever_is_needed_forbid_it(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        await open_cycle(place)
        assert isinstance(await refused(place), StillReviewed)
        assert isinstance(await refused(place, "hr"), StillAdmin)
        assert (await refused(place, "mia")).facts["names"] == f"{NAME}, Person 2, Person 3"
        assert isinstance(await refused(place, "mia"), StillLeads)
        async with place.deps.database.begin() as tx:
            work, person = work_in(place, tx), PEOPLE[3]
            with pytest.raises(NotOnHold):
                await erasing.release(person, "hr", work)
            await erasing.hold(person, MARK, "hr", work)
        assert isinstance(await refused(place), OnHold)
        assert (await holds(place.deps.database, MARK))[MARK] == ["hold.reason"]
        async with place.deps.database.begin() as tx:
            await erasing.release(PEOPLE[3], "hr", work_in(place, tx))
            events = [line.event for line in await tx.audit.of("e1")]
            assert events == ["person.held", "person.released"]
        assert isinstance(await refused(place), StillReviewed)


async def test_whoever_left_is_erased_in_mid_cycle_and_stays_out(tmp_path: Path) -> None:
    async with home(tmp_path, PEOPLE) as place:
        cycle = await open_cycle(place)
        await rate(place, cycle, "e1", "4", reason=MARK)
        async with place.deps.database.begin() as tx:
            gone = replace(PEOPLE[3], left_on=place.clock.now().date() - DAY)
            await tx.people.put_all([gone])
        assert (await erase(place)).ratings == 1
        async with place.deps.database.begin() as tx:
            work = work_in(place, tx)
            with pytest.raises(AlreadyErased):
                await erasing.who("e1", work)
            assert [one.times for one in await tx.counts.all()] == [1]
            given = await tx.reviews.given_below(cycle.id, "boss", "e2")
            assert [(str(one.rating), one.times) for one in given] == [("4", 1)]
            data = "工号,姓名,邮箱\ne1,Lin,l@example.com\ne2,Person Two,2@example.com\n".encode()
            found = await roster.check_roster(data, work)
            assert (found.erased, found.faults, list(found.changes.changed)) == (
                ("e1",),
                (),
                ["e2"],
            )
        await place.tick(place.clock.now() + timedelta(minutes=5))
        assert await holds(place.deps.database, MARK, NAME, MAIL, "T-e1") == {}
        for who in ("e1", "mia", "boss", "hr"):
            assert NAME not in texts(place, who), who


@pytest.mark.parametrize("gone", [True, False])
async def test_a_message_that_can_not_be_edited_is_kept_in_mind_no_longer(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    gone: bool,  # noqa: FBT001
) -> None:
    async def refuse(parcel: Parcel, payload: bytes) -> Outcome:
        tried.append((parcel.kind, parcel.channel))
        return NotSent("message_not_found", final=True, gone=gone)

    tried: list[tuple[str, str | None]] = []
    async with home(tmp_path, PEOPLE) as place:
        assert await give(place, "mia", "e1", behaviour=MARK, about="other") == Done()
        await place.tick()
        assert (await erase(place)).messages == 2
        monkeypatch.setattr(place.chat, "send", refuse)
        await place.tick()
        assert sorted(tried) == [("unsaid", "T-e1"), ("unsaid", "T-mia")]
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.outbox.ledger() == ()


async def test_hr_is_told_of_a_message_that_can_still_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with home(tmp_path, PEOPLE) as place:
        assert await give(place, "mia", "e1", behaviour=MARK, about="other") == Done()
        await place.tick()
        await erase(place)
        sending = place.chat.send

        async def stays(parcel: Parcel, payload: bytes) -> Outcome:
            if parcel.kind == "unsaid":
                return NotSent(NOT_RECALLED, final=True)
            return await sending(parcel, payload)

        monkeypatch.setattr(place.chat, "send", stays)
        await place.tick()
        await place.tick()
        told = texts(place, "hr")
        assert "it was to be taken back" in told
        assert NAME not in told
