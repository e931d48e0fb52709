"""A manager's week at a glance: who answered, what wants a look, and once a month the month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from feedback_given import give
from goals_world import OCTOBER, setting
from pairs_world import put
from progress_world import GOAL, noted, subject
from test_check_in import FRIDAY, MESSAGE, friday, promise
from text_chat import as_text
from world import Home, home, opened, review_of, team

from handlers import digest
from handlers.answers import Done
from handlers.daily import Day
from handlers.work import Work
from prompts.card import Card
from review.interview import Going
from review.one_on_one import State
from review.policy import CheckIns, OneOnOnes, Policy

LATER = datetime(2026, 10, 28, 4, tzinfo=UTC)
MONDAY = datetime(2026, 10, 19, 4, tzinfo=UTC)
TITLE = "Your team's week from"


def digests(place: Home, who: str = "mia") -> list[str]:
    """Of the weeks from 12 October on; before that nobody was looked at on a Friday."""
    texts = [as_text(card) for card in place.chat.cards(f"T-{who}")]
    found = [text[text.index(TITLE) :] for text in texts if TITLE in text]
    return [text for text in found if "from Mon 5 Oct" not in text]


def lines(text: str) -> list[str]:
    return text.replace("*", "").splitlines()


async def test_it_says_who_answered_and_what_wants_a_look(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        await place.press("e1", "checkin:off_track", f"{MESSAGE}|{subject(here)}")
        await place.press("e1", "checkin:stuck", f"{MESSAGE}|{here.review}.1")
        form = opened(await place.press("e1", "checkin.open", MESSAGE))
        await place.fill("e1", form, {"words:0": "The agency is late."})
        other = await review_of(place, here.cycle, "e3")
        await promise(place, other, "e3", about="e3", due=date(2026, 10, 15))
        await place.tick(MONDAY)
        (said,) = digests(place)
        assert (
            lines(said)[:8]
            == [
                "Your team's week from Mon 12 Oct",
                "1 of 2 checked in. No word from Person 3.",
                "Person 1 · 🔴 1 goal off track · 🆘 1 action stuck",
                "> The agency is late.",
                "Person 3 · ⚠️ 1 action past the date",
                "Actions 2 in the team, 1 past the date, 1 stuck: /review actions",
                "Not now? Tell me again:",
            ][:7]
            + lines(said)[7:8]
        )
        await place.tick(datetime(2026, 10, 20, 4, tzinfo=UTC))
        assert len(digests(place)) == 1
        assert digests(place, "e1") == digests(place, "hr") == []


async def test_a_week_without_trouble_is_short(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        await place.press("e1", "checkin:on_track", f"{MESSAGE}|{subject(here)}")
        await place.press("e1", "checkin:done", f"{MESSAGE}|{here.review}.1")
        await place.tick(MONDAY)
        (said,) = digests(place)
        assert lines(said)[:3] == [
            "Your team's week from Mon 12 Oct",
            "1 of 1 checked in.",
            "Goals and actions look well.",
        ]


async def test_who_leads_nobody_that_was_asked_gets_none(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        await setting(place)
        await place.tick(FRIDAY)
        await place.tick(MONDAY)
        assert digests(place) == digests(place, "boss") == []
    (tmp_path / "off").mkdir()
    off = Policy(check_in=CheckIns(on=False))
    async with home(tmp_path / "off", now=OCTOBER, policy=off) as place:
        await friday(place)
        await place.tick(MONDAY)
        assert digests(place) == []


async def test_it_comes_on_the_managers_own_first_day(tmp_path: Path) -> None:
    away = {"leave_from": date(2026, 10, 19), "leave_to": date(2026, 10, 20)}
    people = [
        replace(one, **away) if one.employee_id == "mia" else one  # type: ignore[arg-type]
        for one in team()
    ]
    async with home(tmp_path, tuple(people), now=OCTOBER) as place:
        await friday(place)
        for day in (19, 20):
            await place.tick(datetime(2026, 10, day, 4, tzinfo=UTC))
        assert digests(place) == []
        await place.tick(datetime(2026, 10, 21, 4, tzinfo=UTC))
        assert len(digests(place)) == 1


async def test_the_first_of_a_month_looks_back(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        await place.press("e1", "checkin:at_risk", f"{MESSAGE}|{subject(here)}")
        await noted(here, {"outlook": "off_track", "words": "1 %"}, GOAL)
        await place.press("e1", "checkin:done", f"{MESSAGE}|{here.review}.1")
        assert await give(place, "mia", "e1", about="other", kind="positive") == Done()
        for day in (19, 23, 26, 30):
            await place.tick(datetime(2026, 10, day, 4, tzinfo=UTC))
        assert not any("Looking back" in text for text in digests(place))
        await place.tick(datetime(2026, 11, 2, 4, tzinfo=UTC))
        said = digests(place)[-1].replace("*", "")
        assert (
            "Looking back on Oct 1 check-in came. Of the actions, 1 was done. "
            "You gave feedback 1 time, 1 of them praise." in said
        )
        await place.tick(datetime(2026, 11, 9, 4, tzinfo=UTC))
        assert "Looking back" not in digests(place)[-1]
        await noted(here, {"outlook": "on_track", "words": "4 %"}, GOAL)
        await place.tick(datetime(2026, 12, 7, 4, tzinfo=UTC))
        assert "Of the goals, 1 looks better." in digests(place)[-1]


async def test_stuck_words_reach_no_digest_of_another_line(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER) as place:
        here = await friday(place)
        async with place.deps.database.begin() as tx:
            await tx.actions.goes(f"{here.review}.1", Going.STUCK, "e1", OCTOBER, "Secret words.")
        await place.tick(MONDAY)
        cards: list[Card] = [*place.chat.cards("T-mia"), *place.chat.cards("T-boss")]
        assert not any("Secret words." in as_text(card) for card in cards)


async def test_with_whom_there_was_no_one_on_one_for_too_long_is_named_to_the_manager_alone(
    tmp_path: Path,
) -> None:
    """A pair that shares no hour is given no time; the others have talked."""
    people = tuple(
        replace(one, time_zone="America/New_York") if one.employee_id == "e3" else one
        for one in team()
    )
    weekly = Policy(one_on_one=OneOnOnes(weeks=1))
    async with home(tmp_path, people, now=OCTOBER, policy=weekly) as place:
        await friday(place)
        await place.tick(MONDAY)
        assert not any("No one-on-one" in text for text in digests(place))
        for day in (26, 30, 31):
            await place.tick(datetime(2026, 10, day, 4, tzinfo=UTC))
        for one in ("e1", "e2"):
            await put(
                place, id=f"t-{one}", person=one, number=90, state=State.HELD, starts_at=LATER
            )
        await place.tick(datetime(2026, 11, 2, 4, tzinfo=UTC))
        said = lines(digests(place)[-1])
        assert "No one-on-one in a while: Person 3. Find a time: /review 1on1" in said
        assert not any("Person 3" in text for text in digests(place, "boss"))


async def test_it_names_with_whom_there_was_no_one_on_one(tmp_path: Path) -> None:
    async with home(tmp_path, now=OCTOBER, policy=Policy()) as place:
        await friday(place)
        monday = datetime(2026, 11, 30, 4, tzinfo=UTC)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=monday)
            (mia,) = await tx.people.many(["mia"])
            day = Day(mia, monday.date(), monday.date() - timedelta(days=1))
            said = as_text(Card("", await digest.SECTION.says(day, work)))
        assert "No one-on-one in a while: Person 1, Person 2, Person 3." in said
