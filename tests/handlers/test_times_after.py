"""Who may offer and take a time, and what follows when it has passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from signing import buttons, said
from talking import card, noted, signed, texts
from text_chat import as_text
from times_world import DAY, TUESDAY, dates, offer, talk, value
from world import NOON, home, opened

from handlers.answers import Done, Opens
from review.record import SignOff


async def test_nobody_else_takes_a_time(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await offer(place, review)
        asked = card(place, "e1", "Mia Manager would like to talk")
        before = await talk(place, review)
        for who in ("e2", "mia", "boss", "hr"):
            assert said(await place.press(who, "interview.first", value(asked, "interview.first")))
            assert said(await place.press(who, "interview.others", review))
        for forged in FORGED:
            assert said(await place.press("e1", "interview.first", forged.format(review=review)))
        assert await talk(place, review) == before


FORGED = ("", "@", "x@1", "@1", "{review}@", "{review}@9" + "9" * 30, "{review}")


async def test_nobody_else_offers_times(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        held = {one.key: one.value or "" for one in form.fields}
        for who in ("e1", "e2", "boss", "hr"):
            assert not isinstance(await place.press(who, "interview.times", review), Opens)
            assert said(await place.send(who, form, held))
        assert (await talk(place, review)).slots == ()


async def test_after_the_time_the_manager_is_asked_whether_it_took_place(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await offer(place, review)
        asked = card(place, "e1", "Mia Manager would like to talk")
        await place.press("e1", "interview.first", value(asked, "interview.first"))
        await place.tick(TUESDAY + timedelta(minutes=59))
        assert "take place" not in texts(place, "mia")
        for minutes in (60, 90):
            await place.tick(TUESDAY + timedelta(minutes=minutes))
        shown = noted(place, "mia", "Did your interview with Person 1")
        assert buttons(shown, review) == ["interview.held", "interview.times"]
        assert await place.press("mia", "interview.held", review) == Done()
        await place.tick()
        assert "Did your interview" not in texts(place, "mia")  # the question is gone
        refused = said(await place.press("e1", "interview.first", value(asked, "interview.first")))
        assert "interview held" in refused


async def test_what_nobody_holds_goes_to_the_skip_level_once(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, (first, second) = await signed(place, "e1", "e3")
        await place.press("mia", "interview.held", second)
        due = datetime.combine(cycle.interview_due, NOON.time(), UTC)
        for day in range(5, 9):
            await place.tick(due + day * DAY)
            told = texts(place, "boss").count("5 working days overdue: Person 1.")
            assert told == int(day > 7), day
        await place.tick(due + 12 * DAY)
        assert texts(place, "boss").count("5 working days overdue") == 1
        assert (await talk(place, first)).late_at is not None


async def test_offering_and_taking_are_undone_by_nothing_but_a_newer_one(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await offer(place, review)
        await offer(place, review)  # the same again: nobody is told twice
        assert [one[1] for one in place.chat.log].count("interview_offer") == 1


async def test_whoever_moved_the_rating_is_invited(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        async with place.deps.database.begin() as tx:
            kept = await tx.reviews.get(review)
            assert kept is not None
            word = SignOff(
                by="hr",
                role="calibration",
                decision="move_rating",
                at=NOON,
                comment="Beside the others.",
                rating=Fraction("3.75"),
            )
            await tx.reviews.save(replace(kept, sign_offs=(*kept.sign_offs, word)))
        await offer(place, review)
        asked = card(place, "e1", "Mia Manager would like to talk")
        assert "3.75" not in texts(place, "e1")
        await place.press("e1", "interview.first", value(asked, "interview.first"))
        await place.tick()
        assert "You moved the rating, so you are invited" in texts(place, "hr")
        (date_,) = dates(place, "hr")
        assert date_.walk("VEVENT")[0].decoded("dtstart") == TUESDAY
        await place.press("mia", "interview.held", review)
        await place.tick()
        shown = as_text(card(place, "e1", "My review"))
        assert "Moved in calibration from 3.5 to 3.75 by Hanna HR because:" in shown
        assert "Beside the others." in shown
