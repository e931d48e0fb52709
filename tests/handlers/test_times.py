"""When to talk: offered inside both people's hours, taken, moved; asked after, and overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from icalendar import Calendar
from signing import buttons, said
from talking import card, signed, texts
from text_chat import as_text
from world import NOON, Home, home, opened, team

from handlers.answers import Done, Opens, Refuses
from prompts.card import Attachment, Buttons, Card
from review.interview import Interview
from review.people import Person
from review.record import SignOff

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = (datetime(2026, 10, day, 2, tzinfo=UTC) for day in (13, 14))
"""10:00 in Shanghai."""


async def talk(place: Home, review: str) -> Interview:
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.interviews.get(review)
    assert found is not None
    return found


async def offer(place: Home, review: str, **given: str) -> None:
    form = opened(await place.press("mia", "interview.times", review))
    assert await place.fill("mia", form, given) == Done()
    await place.tick()


def value(shown: Card, action: str) -> str:
    (found,) = [
        one.value
        for part in shown.parts
        if isinstance(part, Buttons)
        for one in part.buttons
        if one.action == action
    ]
    return found


def dates(place: Home, who: str) -> list[Calendar]:
    """What they can put into their calendars, the oldest first."""
    return [
        Calendar.from_ical(part.content)
        for one in place.chat.cards(f"T-{who}")
        for part in one.parts
        if isinstance(part, Attachment)
    ]


async def test_two_times_are_proposed_offered_and_one_is_taken(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        assert {one.key: one.value for one in form.fields} == {
            "date:1": "2026-10-13",
            "time:1": "10:00",
            "date:2": "2026-10-14",
            "time:2": "10:00",
        }
        await offer(place, review)
        asked = card(place, "e1", "Mia Manager would like to talk")
        labels = [one.label for part in asked.parts if isinstance(part, Buttons)
                  for one in part.buttons]  # fmt: skip
        assert labels == ["Tue 13 Oct, 10:00", "Wed 14 Oct, 10:00", "None suits me"]
        assert "offers these times" in as_text(card(place, "e1", "My review"))

        second = value(asked, "interview.second")
        for _ in range(2):
            assert await place.press("e1", "interview.second", second) == Done()
        await place.tick()
        assert (await talk(place, review)).starts_at == WEDNESDAY
        assert "Interview with Mia Manager: Wed 14 Oct, 10:00" in texts(place, "e1")
        assert "Interview with Person 1: Wed 14 Oct, 10:00" in texts(place, "mia")
        assert "interview on Wed 14 Oct, 10:00" in texts(place, "mia")
        assert "🗓 Wed 14 Oct, 10:00" in as_text(card(place, "e1", "My review"))
        (mine,), (theirs,) = dates(place, "e1"), dates(place, "mia")
        for found in (mine, theirs):
            (event,) = found.walk("VEVENT")
            assert event.decoded("dtstart") == WEDNESDAY
            assert event.decoded("dtend") == WEDNESDAY + timedelta(hours=1)
            assert (str(event["uid"]), event["sequence"]) == (f"{review}@nosurprise", 1)
            assert str(event["summary"]) == "Interview: Person 1 and Mia Manager"


async def test_a_moved_time_counts_on_and_the_old_one_is_gone(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await offer(place, review)
        asked = card(place, "e1", "Mia Manager would like to talk")
        first = value(asked, "interview.first")
        await place.press("e1", "interview.first", first)
        await place.tick()
        await offer(place, review, **{"date:1": "2026-10-15", "date:2": "2026-10-16"})
        anew = card(place, "e1", "Mia Manager would like to move")
        assert "from Tue 13 Oct, 10:00" in as_text(anew)
        assert (await talk(place, review)).starts_at == TUESDAY
        assert "no longer on offer" in said(await place.press("e1", "interview.first", first))
        await place.press("e1", "interview.first", value(anew, "interview.first"))
        await place.tick()
        moved = await talk(place, review)
        assert (moved.starts_at, moved.sequence, moved.slots) == (TUESDAY + 2 * DAY, 2, ())
        assert [one.walk("VEVENT")[0]["sequence"] for one in dates(place, "e1")] == [1, 2]
        uids = {str(one.walk("VEVENT")[0]["uid"]) for one in dates(place, "e1")}
        assert len(uids) == 1


async def test_when_none_suits_the_manager_is_asked_for_others(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        await offer(place, review)
        assert said(await place.press("e1", "interview.others", review)).startswith("I have asked")
        assert "no longer on offer" in said(await place.press("e1", "interview.others", review))
        await place.tick()
        asked = card(place, "mia", "None of the times suits Person 1")
        assert buttons(asked, review) == ["interview.times"]


async def test_one_managers_interviews_do_not_collide(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (first, second) = await signed(place, "e1", "e3")
        await offer(place, first)
        form = opened(await place.press("mia", "interview.times", second))
        found = {one.key: one.value for one in form.fields}
        assert found["time:1"] == "11:00"
        taken = {"time:1": "10:30"}
        refused = await place.fill("mia", form, taken)
        assert isinstance(refused, Refuses)
        assert "another interview" in as_text(refused.form)


WRONG = (
    ({"date:1": "2026-10-12", "time:1": "09:00"}, "over already"),
    ({"date:2": "2026-10-13"}, "two different"),
    ({"time:1": "20:00"}, "outside the working hours"),
    ({"date:1": "2026-10-17"}, "outside the working hours"),
    ({"date:1": "not a day"}, "choose a day"),
    ({"time:1": "25:00"}, "choose a day"),
)


async def test_times_that_cannot_be_are_said_at_the_field(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        held = {one.key: one.value or "" for one in form.fields}
        for given, words in WRONG:
            refused = await place.send("mia", form, held | given)
            assert isinstance(refused, Refuses)
            assert words in as_text(refused.form)
        assert (await talk(place, review)).slots == ()


def moved_to(zone: str, **more: object) -> tuple[Person, ...]:
    """The team, with e1 in another zone."""
    return tuple(
        replace(one, time_zone=zone, **more) if one.employee_id == "e1" else one  # type: ignore[arg-type]
        for one in team()
    )


async def test_each_reads_their_own_clock_and_the_hours_are_shared_ones(tmp_path: Path) -> None:
    async with home(tmp_path, moved_to("Europe/Berlin")) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        values = {one.key: one.value for one in form.fields}
        assert values["time:1"] == "16:00"  # 10:00 in Berlin, still summer time
        assert "For Person 1: Tue 13 Oct, 10:00" in as_text(form)
        await offer(place, review)
        asked = card(place, "e1", "Mia Manager would like to talk")
        await place.press("e1", "interview.first", value(asked, "interview.first"))
        await place.tick()
        assert "Interview with Mia Manager: Tue 13 Oct, 10:00" in texts(place, "e1")
        assert "Interview with Person 1: Tue 13 Oct, 16:00" in texts(place, "mia")


async def test_after_clocks_changed_the_proposal_keeps_the_persons_hour(tmp_path: Path) -> None:
    start = datetime(2026, 10, 23, 4, tzinfo=UTC)  # Berlin changes on the 25th
    async with home(tmp_path, moved_to("Europe/Berlin"), now=start) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        values = {one.key: one.value for one in form.fields}
        assert (values["date:1"], values["time:1"]) == ("2026-10-26", "17:00")


async def test_without_a_shared_hour_it_says_so_and_takes_what_they_pick(tmp_path: Path) -> None:
    async with home(tmp_path, moved_to("America/New_York")) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        assert "do not meet in the next two weeks" in as_text(form)
        picked = {"date:1": "2026-10-14", "time:1": "20:30", "date:2": "2026-10-15",
                  "time:2": "08:00"}  # fmt: skip
        assert await place.fill("mia", form, picked) == Done()
        await place.tick()
        asked = card(place, "e1", "Mia Manager would like to talk")
        labels = [one.label for part in asked.parts if isinstance(part, Buttons)
                  for one in part.buttons]  # fmt: skip
        assert labels[0] == "Wed 14 Oct, 08:30"


async def test_days_on_leave_are_not_proposed(tmp_path: Path) -> None:
    people = moved_to("Asia/Shanghai", leave_from=date(2026, 10, 13), leave_to=date(2026, 10, 15))
    async with home(tmp_path, people) as place:
        _, (review,) = await signed(place)
        form = opened(await place.press("mia", "interview.times", review))
        values = {one.key: one.value for one in form.fields}
        assert (values["date:1"], values["date:2"]) == ("2026-10-16", "2026-10-19")


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
        shown = card(place, "mia", "Did your interview with Person 1")
        assert buttons(shown, review) == ["interview.held", "interview.times"]
        assert await place.press("mia", "interview.held", review) == Done()
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
