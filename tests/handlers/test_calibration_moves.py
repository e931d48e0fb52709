"""Who may look and move in calibration, what is refused, and what nobody may lose."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from calibrating import (
    CALIBRATED,
    by_name,
    later,
    move,
    press_in,
    rate,
    session,
    staff,
    started,
)
from moving import HARD, fill, names, two_hr
from signing import links, record, said, why
from text_chat import as_text
from world import home, open_cycle

from handlers.answers import Continues, Done, Refuses
from handlers.audit_verify import verify
from handlers.work import Work
from review.calibration import moved
from review.stages import Stage


async def test_each_sees_the_names_they_may_see_and_nobody_else_any(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, _ = await started(place, "3.5", "4")
        subject = await session(place, cycle, "all")
        assert names(await by_name(place, subject, "mia")) == ["Person 2", "Person 1"]
        assert "5 more of the group are not yours to see." in as_text(
            await by_name(place, subject, "mia")
        )
        everybody = names(await by_name(place, subject))
        assert everybody[:2] == ["Person 2", "Person 1"]
        assert "Hanna HR" not in everybody
        for who in ("e1", "far"):
            refused = await place.press(who, "calibration.names", subject)
            assert said(refused) == (
                "This is for the manager or the skip-level or the HR partner or an HR admin to do."
            )
        assert said(await place.press("hr", "calibration.names", "none")).startswith(
            "This calibration is not known"
        )


async def test_only_hr_admins_open_close_and_move(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, "3.5", "4")
        subject = await session(place, cycle)
        before = await record(place, reviews[0])
        for who in ("mia", "boss", "e1", "far"):
            for action, value in (
                ("calibration.close", subject),
                ("calibration.go_on", cycle.id),
                ("calibration.open", f"{cycle.id}|department|Depot"),
            ):
                assert (
                    said(await place.press(who, action, value)) == "This is for an HR admin to do."
                )
        form = await by_name(place, subject, "mia")
        shown = await press_in(place, form, f"move:{reviews[0]}", "mia")
        assert "There is nothing for you to move here now." in as_text(shown)
        assert shown.submit is None
        forged = await place.send("mia", shown, {"overall": "4", "reason": "Mine."})
        assert said(forged) == "This is for an HR admin to do."
        for who in ("e1", "far"):
            stranger = await place.send(who, shown, {"overall": "4", "reason": "Mine."})
            assert said(stranger).startswith("This is for the manager or the skip-level")
        assert await record(place, reviews[0]) == before


async def test_nobody_moves_their_own_rating(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        two_hr(place)
        cycle, _ = await started(place, "3.5")
        own = await rate(place, cycle, "hr", "3.5", by="boss")
        subject = await session(place, cycle)
        form = await by_name(place, subject)
        assert "Hanna HR" not in names(form)
        forged = await place.send("hr", form, {"overall": "5", "reason": "Me."})
        assert isinstance(forged, Continues)
        assert (await record(place, own)).rating == (await record(place, own)).manager_part.rating  # type: ignore[union-attr]
        assert isinstance(await move(place, subject, own, "3.75", who="hr2"), Continues)
        assert await place.press("hr", "calibration.close", subject) == Done()
        await later(place)
        done = await record(place, own)
        assert done.stage is Stage.SKIP_LEVEL
        assert [word.decision for word in done.sign_offs] == ["move_rating"]


WRONG = (
    ("3.5", "So.", "please choose"),
    ("4", "  ", "please say why in a sentence."),
    ("", "So.", "please choose"),
    ("999", "So.", "please choose"),
    ("4", "长" * 3001, "3001"),
)


async def test_what_is_lacking_is_said_at_its_field(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        for to, because, wrong in WRONG:
            answer = await place.send("hr", form, {"overall": to, "reason": because})
            assert isinstance(answer, Refuses), to
            said_there = " ".join(str(one.problem) for one in answer.form.problems).lower()
            assert wrong in said_there, (to, said_there)
        assert (await record(place, review)).stage is Stage.CALIBRATION


async def test_a_rating_that_the_gate_sets_stays(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle = await open_cycle(place)
        low = {f"value:{key}:{n}": "no" for key in CALIBRATED.values for n in range(1, 6)}
        review = await rate(place, cycle, "e1", "3.5", overall="2.5", **low)
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        assert "The values gate is shut" in as_text(form)
        assert [option.value for option in form.fields[0].options] == ["return"]
        answer = await fill(place, form, review, "4")
        assert isinstance(answer, Refuses)
        assert str((await record(place, review)).rating) == "5/2"


async def test_what_changed_meanwhile_is_not_moved_and_the_words_are_kept(tmp_path: Path) -> None:
    async with home(tmp_path, staff(2), policy=CALIBRATED) as place:
        two_hr(place)
        cycle, (review, _) = await started(place, "3.5", "4")
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        assert isinstance(await move(place, subject, review, "3.75", who="hr2"), Continues)
        stale = await fill(place, form, review, "4", HARD)
        assert said(stale).startswith("This review was changed a moment ago.")
        again = await press_in(place, await by_name(place, subject), f"move:{review}")
        assert "Moved in calibration from 3.5 to 3.75 by Hugo HR because:" in as_text(again)
        kept = {one.key: one.value for one in again.fields}
        assert kept == {"overall": "4", "reason": HARD}
        assert isinstance(await fill(place, again, review, "4", HARD), Continues)
        stands = moved(await record(place, review))
        assert stands is not None
        assert (str(stands.was), str(stands.now), stands.because) == ("7/2", "4", HARD.strip())


async def test_a_move_after_signatures_voids_them_and_says_so(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        first = await session(place, cycle)
        await place.press("hr", "calibration.close", first)
        await later(place)
        assert await place.press("boss", "signoff.agree", review) == Done()
        second = await session(place, cycle)
        assert second != first
        assert isinstance(await move(place, second, review, "4", HARD), Continues)
        back = await record(place, review)
        assert (back.stage, str(back.rating)) == (Stage.SKIP_LEVEL, "4")
        assert said(await place.press("boss", "signoff.agree", review)).startswith(
            "This review was changed a moment ago."
        )
        await later(place)
        await place.tick(place.clock.moment + timedelta(days=1))
        told = [as_text(one) for one in place.chat.cards("T-boss")]
        assert any("was changed by Hanna HR after you had signed it" in one for one in told)
        assert any(HARD.strip() in as_text(one) for one in place.chat.cards("T-mia"))
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert [one.decision for one in await links(place, review)] == [
            *("rate", "calibrate", "agree", "void", "move_rating", "agree")
        ]
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            assert (await verify(work)).broken is None


async def test_a_closed_session_is_locked_and_still_read(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        await place.press("hr", "calibration.close", subject)
        late = await place.send("hr", form, {"overall": "4", "reason": "So."})
        assert said(late).startswith("This calibration is closed")
        await later(place)
        read = await press_in(place, await by_name(place, subject), "names")
        assert "This session is closed; nothing is moved any more." in as_text(read)
        assert names(read)[0] == "Person 1"
        assert "Move" not in str(read.parts)


async def test_it_goes_back_to_the_manager_and_comes_again(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        subject = await session(place, cycle)
        form = await press_in(place, await by_name(place, subject), f"move:{review}")
        assert isinstance(await fill(place, form, review, "return", "Say more."), Continues)
        assert (await record(place, review)).stage is Stage.MANAGER_REVIEW
        await later(place)
        assert any(
            as_text(one).startswith("Hanna HR returned the review of Person 1 to you (2026Q3):")
            for one in place.chat.cards("T-mia")
        )
        await rate(place, cycle, "e1", "4")
        assert (await record(place, review)).stage is Stage.CALIBRATION
        await later(place)
        assert "4\nsuggested 3.75" in as_text(await by_name(place, subject))


async def test_the_skip_levels_return_reaches_hr_with_its_words(tmp_path: Path) -> None:
    async with home(tmp_path, staff(1), policy=CALIBRATED) as place:
        cycle, (review,) = await started(place, "3.5")
        subject = await session(place, cycle)
        await place.press("hr", "calibration.close", subject)
        await later(place)
        assert await why(place, "boss", "signoff.return", review, "Too low.") == Done()
        assert (await record(place, review)).stage is Stage.CALIBRATION
        await later(place)
        told = [as_text(one) for one in place.chat.cards("T-hr") if "returned" in one.summary]
        assert told == ["Bo Boss returned the review of Person 1 to you (2026Q3):\n> Too low."]
        assert (await record(place, review)).stage is Stage.CALIBRATION
        again = await session(place, cycle)
        form = await press_in(place, await by_name(place, again), f"move:{review}")
        assert "↩ The skip-level sent it back:\n> Too low." in as_text(form)
