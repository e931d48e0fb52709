"""When to talk: offered inside both people's hours, taken, moved; asked after, and overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from signing import buttons, said
from talking import card, signed, texts
from text_chat import as_text
from times_world import DAY, TUESDAY, WEDNESDAY, dates, offer, talk, value
from world import home, opened, team

from handlers.answers import Done, Refuses
from prompts.card import Buttons
from review.people import Person


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
        assert "do not overlap in the next two weeks" in as_text(form)
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
