"""So many days before the end each manager is asked once, and nothing is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from text_chat import as_text
from world import Home, home, opened, team

from handlers import cycles
from handlers.answers import Done
from handlers.work import Work
from prompts.card import Paragraph
from prompts.screens.early_look import ROWS
from review.cycle import Cycle
from review.people import Person

TITLE = "## An early look"
ENDS = date(2026, 9, 30)
WORD = {
    "kind": "negative",
    "about": "value:teamwork",
    "behaviour": "The meeting began without half of the team.",
}


def before(days: int, hour: int = 4) -> datetime:
    """A moment so many days before the period's end; 4 is noon in Shanghai."""
    day = ENDS - timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


async def at_work(place: Home) -> Cycle:
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        cycle, _, _ = await cycles.open_cycle(cycles.OpenCycle(name="2026Q3"), "hr", work)
    return cycle


def looks(place: Home, who: str = "mia") -> list[str]:
    cards = [as_text(card) for card in place.chat.cards(f"T-{who}")]
    return [text[text.index(TITLE) :] for text in cards if TITLE in text]


async def test_each_manager_is_asked_twice_in_a_period(tmp_path: Path) -> None:
    async with home(tmp_path, now=before(60)) as place:
        await at_work(place)
        await place.tick(before(46))
        assert looks(place) == []
        await place.tick(before(45))
        assert looks(place) == []  # a Sunday
        await place.tick(before(44))
        await place.tick(before(43))
        assert len(looks(place)) == 1
        await place.tick(before(21))
        await place.tick(before(20))
        assert len(looks(place)) == 2
        assert len(looks(place, "boss")) == 2
        assert [looks(place, who) for who in ("e1", "e2")] == [[], []]


async def test_it_names_who_has_heard_nothing_first_and_a_press_opens_a_word(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=before(60)) as place:
        await at_work(place)
        form = opened(await place.press("mia", "feedback.open", "e1"))
        assert await place.fill("mia", form, WORD) == Done()
        await place.tick()
        await place.tick()
        await place.tick(before(44))
        (text,) = looks(place)
        assert text.startswith(
            "## An early look at 2026Q3\n"
            "2026Q3 ends on Wed 30 Sep. If it ended today, who would be below what is expected "
            "(3.25 or less), and who has not heard it from you yet?\n"
            "Only you see this, and it is no rating: nothing is kept of what you press here. A "
            "press opens a word to that person. What they have heard at least 14 days before the "
            "rating comes as no surprise.\n"
            "Person 2 · has heard nothing critical from you this period\n"
            "Person 3 · has heard nothing critical from you this period\n"
            "Person 1 · last heard something critical from you on Sat 1 Aug"
        )
        card = place.chat.cards("T-mia")[-1]
        buttons = [
            part.button for part in card.parts if isinstance(part, Paragraph) and part.button
        ]
        assert [(one.action, one.value) for one in buttons] == [
            ("feedback.open", who) for who in ("e2", "e3", "e1")
        ]
        async with place.deps.database.begin(write=False) as tx:
            kept = [await tx.everything_about(who) for who in ("mia", "e2")]
        form = opened(await place.press("mia", buttons[0].action, buttons[0].value))
        assert (form.key, form.subject) == ("feedback", "e2")
        async with place.deps.database.begin(write=False) as tx:
            assert [await tx.everything_about(who) for who in ("mia", "e2")] == kept


async def test_at_night_it_waits_for_the_managers_hours(tmp_path: Path) -> None:
    async with home(tmp_path, now=before(60)) as place:
        await at_work(place)
        await place.tick(before(50))
        await place.tick(before(44, hour=15))
        assert looks(place) == []
        await place.tick(before(43, hour=0))
        assert looks(place) == []
        await place.tick(before(43, hour=1))
        assert len(looks(place)) == 1


async def test_of_two_that_were_missed_the_later_one_is_made_up_for(tmp_path: Path) -> None:
    async with home(tmp_path, now=before(60)) as place:
        await at_work(place)
        await place.tick(before(50))
        await place.tick(before(15))
        assert len(looks(place)) == 1
        await place.tick(before(14))
        assert len(looks(place)) == 1


async def test_nothing_is_asked_before_the_cycle_was_opened_or_after_the_end(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, now=before(30)) as place:
        await at_work(place)
        await place.tick(before(29))
        assert looks(place) == []
        await place.tick(before(-1))
        assert looks(place) == []


async def test_whoever_sits_at_the_desk_of_a_manager_who_is_away_is_asked(tmp_path: Path) -> None:
    people = [replace(one, time_zone="Asia/Shanghai") for one in team()]
    away = [_away(one) if one.employee_id == "mia" else one for one in people]
    async with home(tmp_path, tuple(away), now=before(60)) as place:
        await at_work(place)
        await place.tick(before(44))
        assert looks(place) == []
        assert len(looks(place, "boss")) == 1


def _away(person: Person) -> Person:
    return replace(person, leave_from=ENDS - timedelta(days=80), leave_to=ENDS)


async def test_a_large_team_is_counted_beyond_the_first(tmp_path: Path) -> None:
    async with home(tmp_path, team(200), now=before(60)) as place:
        await at_work(place)
        await place.tick(before(44))
        (text,) = looks(place)
        assert text.count("has heard nothing critical") == ROWS
        assert f"And {200 - ROWS} more" in text


async def test_what_the_earlier_manager_said_has_been_heard(tmp_path: Path) -> None:
    async with home(tmp_path, now=before(60)) as place:
        await at_work(place)
        form = opened(await place.press("mia", "feedback.open", "e1"))
        assert await place.fill("mia", form, WORD) == Done()
        await place.tick()
        await place.tick()
        async with place.deps.database.begin() as tx:
            one = await tx.people.get("e1")
            assert one is not None
            await tx.people.put_all([replace(one, manager_id="boss")])
        await place.tick(before(44))
        (text,) = looks(place, "boss")
    (line,) = [one for one in text.splitlines() if one.startswith("Person 1")]
    assert "heard" in line
    assert "not" not in line
