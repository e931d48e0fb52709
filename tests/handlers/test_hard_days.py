"""Hard days: two who claim one person, two at once, a row that is gone, a made-up score."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from signing import links, rated, record, said, start
from world import home, open_cycle, opened, rating_answers, review_of, self_answers

from handlers.answers import Done, Says
from handlers.audit_verify import verify
from handlers.work import Work
from review.goals import Sheet
from review.stages import Stage


async def test_of_two_managers_who_claim_one_person_the_rosters_own_rates(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place)) == Done()
        forms = {"mia": opened(await place.press("mia", "rate.change", review))}
        async with place.deps.database.begin() as tx:
            (person,) = await tx.people.many(["e1"])
            await tx.people.put_all([replace(person, manager_id="e3")])
        forms["e3"] = opened(await place.press("e3", "rate.change", review))
        answers = rating_answers(place)
        late = await place.send("mia", forms["mia"], answers)
        assert said(late) == "This is for the manager to do."
        assert await place.fill("e3", forms["e3"], answers) == Done()
        done = await record(place, review)
        assert [(word.by, word.decision) for word in done.sign_offs] == [("e3", "rate")]


async def test_of_skip_level_and_manager_at_once_one_is_told_and_the_seals_hold(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.tick()
        form = opened(await place.press("mia", "rate.change", review))
        held = {one.key: one.value or "" for one in form.fields}
        changed = held | {"overall": "3.75", "reason": "Seen anew."}
        answers = await asyncio.gather(
            place.press("boss", "signoff.agree", review), place.send("mia", form, changed)
        )
        assert sum(isinstance(one, Says) for one in answers) == 1
        done = await record(place, review)
        by = frozenset(word.by for word in done.sign_offs)
        assert (done.stage, by) in {
            (Stage.HR, frozenset({"mia", "boss"})),
            (Stage.SKIP_LEVEL, frozenset({"mia"})),
        }
        assert len(await links(place, review)) == (2 if done.stage is Stage.HR else 3)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            assert (await verify(work)).broken is None


async def test_a_row_that_is_gone_after_it_was_scored_counts_no_more(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await rated(place, cycle)
        before = await record(place, review)
        kept = tuple(row for row in before.sheet.rows if row.id != "message_rates")
        async with place.deps.database.begin() as tx:
            back = replace(before, stage=Stage.MANAGER_REVIEW, sheet=Sheet(kept))
            await tx.reviews.save(back)
        form = opened(await place.press("mia", "rate.change", review))
        assert "goal:message_rates" not in {one.key for one in form.fields}
        given = rating_answers(place, overall="3.75", reason="Without it.")
        assert await place.fill("mia", form, given) == Done()
        done = await record(place, review)
        assert done.manager_part is not None
        assert set(done.manager_part.scores) == {"repeat_rate", "conduct"}
        assert done.outcome is not None
        assert str(done.outcome.k) == "7/2"


async def test_a_made_up_rating_is_no_rating(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        before = await record(place, review)
        for score in ("999", "-1", "3.6", "", "{{ 5 }}"):
            assert said(await place.press("mia", f"rate:{score}", review))
            form = opened(await place.press("mia", "rate.change", review))
            answers = {one.key: one.value or "" for one in form.fields} | {"overall": score}
            assert not isinstance(await place.send("mia", form, answers), Done)
        assert await record(place, review) == before


async def test_an_edit_that_is_sent_after_hr_signed_changes_nothing_and_is_kept(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.tick()
        form = opened(await place.press("mia", "rate.change", review))
        assert await place.press("boss", "signoff.agree", review) == Done()
        await place.tick()
        assert await place.press("hr", "hr.confirm", review) == Done()
        before, sealed = await record(place, review), await links(place, review)
        held = {one.key: one.value or "" for one in form.fields}
        late = await place.send("mia", form, held | {"overall": "3.75", "reason": "Seen anew."})
        assert said(late) == "That can't be done now: the review is at “interview”."
        assert (await record(place, review), await links(place, review)) == (before, sealed)
        async with place.deps.database.begin(write=False) as tx:
            draft = await tx.drafts.get("manager_review", review, "mia")
        assert draft is not None
        assert draft.marks["reason"].value == "Seen anew."
