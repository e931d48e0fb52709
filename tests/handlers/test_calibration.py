"""Calibration: opened for a group, looked at, moved, closed; and what goes on without."""

from __future__ import annotations

from pathlib import Path

from calibrating import (
    CALIBRATED,
    by_name,
    channel,
    later,
    move,
    press_in,
    session,
    sessions,
    staff,
    started,
)
from signing import links, record, said
from text_chat import as_text
from world import home, opened

from handlers.answers import Continues, Done, Says
from review.calibration import moved
from review.stages import Stage


async def test_a_calibrated_group_goes_on_signed_with_what_was_moved(tmp_path: Path) -> None:
    async with home(tmp_path, staff(), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, "3.5", "3.5", "3.5", "4", "4")
        assert {(await record(place, one)).stage for one in reviews} == {Stage.CALIBRATION}
        subject = await session(place, cycle)
        root = channel(place)[0]
        text = as_text(root)
        assert text.splitlines()[:3] == [
            "## Calibration 2026Q3 · Shop",
            "Opened by Hanna HR · 5/8 rated · 5 to calibrate · 0 moved",
            "5: 0 (0 %) · 4.5: 0 (0 %) · 4: 2 (40 %) · 3.75: 0 (0 %) · 3.5: 3 (60 %) · "
            "3.25: 0 (0 %) · 3: 0 (0 %) · 2.5: 0 (0 %)",
        ]
        assert "Person" not in text

        form = await by_name(place, subject)
        assert as_text(form).splitlines()[1:8] == [
            "Person 4 · 4",
            "suggested 3.75",
            "Person 5 · 4",
            "suggested 3.75",
            "Person 1 · 3.5",
            "Person 2 · 3.5",
            "Person 3 · 3.5",
        ]
        one = await press_in(place, form, f"move:{reviews[0]}")
        assert "Person 1: 3.5 Meets expectations, rated by Mia Manager" in as_text(one)
        answer = await move(place, subject, reviews[0], "4")
        assert isinstance(answer, Continues)
        assert "Person 1 · 4\n↕ moved · suggested 3.5" in as_text(answer.form)
        found = await record(place, reviews[0])
        stands = moved(found)
        assert stands is not None
        assert (str(stands.was), str(stands.now), stands.by, stands.because) == (
            "7/2",
            "4",
            "hr",
            "Beside peers.",
        )
        await later(place)
        assert "1 moved" in as_text(channel(place)[0])
        told = [
            as_text(one) for one in place.chat.cards("T-mia") if "in calibration" in one.summary
        ]
        assert told == [
            "Hanna HR moved your rating of Person 1 (2026Q3) in calibration from 3.5 to 4, "
            "because:\n"
            "> Beside peers.\n"
            "It goes with the review, and whoever moved it is invited to the interview."
        ]

        assert await place.press("hr", "calibration.close", subject) == Done()
        assert said(await place.press("hr", "calibration.close", subject)).startswith(
            "This calibration is closed"
        )
        await later(place)
        for review in reviews:
            done = await record(place, review)
            assert done.stage is Stage.SKIP_LEVEL
            assert done.sign_offs[-1].decision == "calibrate"
            assert (await links(place, review))[-1].decision == "calibrate"
        assert "🔒 Closed by Hanna HR" in as_text(channel(place)[0])
        assert (await sessions(place, cycle))[0].done_at is not None
        assert await place.press("boss", "signoff.agree", reviews[0]) == Done()
        assert (await record(place, reviews[0])).stage is Stage.HR
        form = opened(await place.press("boss", "signoff.open", reviews[0]))
        assert "Hanna HR (calibration) moved the rating from 3.5 to 4" in as_text(form)
        assert "Hanna HR closed the calibration" in as_text(form)


async def test_a_managers_own_spread_counts_what_was_moved(tmp_path: Path) -> None:
    async with home(tmp_path, staff(), policy=CALIBRATED) as place:
        cycle, reviews = await started(place, "3.5", "3.5", "3.5", "3.5", "4")
        subject = await session(place, cycle)
        await move(place, subject, reviews[0], "3.75")
        answer = await place.command("mia", "distribution")
        assert isinstance(answer, Says)
        assert "3.75: 1 (20 %) · 3.5: 3 (60 %)" in as_text(answer.card)
