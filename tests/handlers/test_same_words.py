"""Words used twice, and what HR counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from rating_world import LOW, kept, last_step, rated
from text_chat import as_text
from world import (
    Home,
    home,
    open_cycle,
    opened,
    review_of,
    team,
)

from handlers import no_surprise
from handlers.answers import Continues, Done, Says
from handlers.work import Work
from prompts.card import Form
from review.cycle import Cycle
from review.people import Person


def _with_crm() -> tuple[Person, ...]:
    """The manager has goals of the same role as the team."""
    return tuple(replace(one, role="crm") if one.employee_id == "mia" else one for one in team())


TWICE = "{} kept every promise to the warehouse, and helped {} new colleagues to settle in."


async def _first(place: Home) -> tuple[Cycle, str, str]:
    """The first of two is rated, with words of their own."""
    cycle = await open_cycle(place, self_due=date(2026, 10, 10))
    one, two = [await review_of(place, cycle, who) for who in ("e1", "e2")]
    words = {"overall": "3.5", "case:overall": TWICE.format("Person 1", 3)}
    assert await rated(place, one, words) == Done()
    assert (await kept(place, one)).same_words is False
    return cycle, one, two


async def _again(place: Home, two: str) -> Form:
    """What stands before the manager who has sent nearly the same words of the second."""
    form = await last_step(place, two, {"overall": "3.5"})
    words = {"overall": "3.5", "case:overall": TWICE.format("Person 2", 4)}
    answer = await place.send("mia", form, words)
    assert isinstance(answer, Continues)
    return answer.form


async def test_words_used_twice_are_pointed_out_once_and_can_be_kept(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, _, two = await _first(place)
        form = await _again(place, two)
        assert as_text(form) == (
            "Step 5 of 5\n"
            "## Words used twice\n"
            "You have written nearly the same about somebody else. Person 2 should be able to see "
            "that it is about them.\n"
            "Overall rating: as of Person 1\n"
            "“Back” takes you to the text. If it is true of both, you can send it as it is; HR "
            "sees how often that happens."
        )
        assert (await kept(place, two)).rating is None
        assert await place.send("mia", form, {}) == Done()
        assert (await kept(place, two)).same_words is True


async def test_words_that_were_changed_are_not_held_against_anybody(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, _, two = await _first(place)
        form = await _again(place, two)
        again = opened(await place.press("mia", "rate.change", two))
        assert again.step == form.step
        own = {"overall": "3.5", "case:overall": "Nobody knew the new shop system as well."}
        verdict = replace(form, step=form.step - 1)
        assert await place.send("mia", verdict, own) == Done()
        assert (await kept(place, two)).same_words is False


async def test_another_managers_words_are_not_compared(tmp_path: Path) -> None:
    async with home(tmp_path, _with_crm()) as place:
        cycle, _, _ = await _first(place)
        mia = await review_of(place, cycle, "mia")
        words = {"overall": "3.5", "case:overall": TWICE.format("Mia", 9)}
        assert await rated(place, mia, words, by="boss") == Done()
        assert (await kept(place, mia)).same_words is False


async def test_hr_counts_by_manager_and_sees_the_trend(tmp_path: Path) -> None:
    async with home(tmp_path, _with_crm()) as place:
        cycle, _, two = await _first(place)
        text = {"case:overall": TWICE.format("Person 2", 4), "surprise_reason": "It is new."}
        assert await rated(place, two, LOW | text) == Done()
        mia = await review_of(place, cycle, "mia")
        assert await rated(place, mia, {"overall": "3.5"}, by="boss") == Done()
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            rows = await no_surprise.surprises(cycle, work)
        assert [tuple(row.values()) for row in rows] == [
            ("2026Q3", None, 3, 1, "0.33", 1),
            ("2026Q3", "boss", 1, 0, "0.00", 0),
            ("2026Q3", "mia", 2, 1, "0.50", 1),
        ]
        told = await place.command("hr", "status")
        assert isinstance(told, Says)
        assert (
            "No surprise, 2026Q3: 1 of 3 ratings (33 %) came without a critical word in time. "
            "Words used twice: 1."
        ) in as_text(told.card)
        told = await place.command("mia", "status")
        assert isinstance(told, Says)
        assert "No surprise" not in as_text(told.card)
        place.clock.moment = datetime(2027, 1, 12, 4, tzinfo=UTC)
        later = await open_cycle(
            place,
            "2026Q4",
            self_open=date(2027, 1, 4),
            self_due=date(2027, 1, 8),
            manager_due=date(2027, 1, 20),
        )
        one = await review_of(place, later, "e1")
        assert await rated(place, one, {"overall": "3.5"}) == Done()
        told = await place.command("hr", "status")
        assert isinstance(told, Says)
        assert "No surprise, 2026Q4: 0 of 1 ratings (0 %)" in as_text(told.card)
        assert "; 2026Q3: 33 %." in as_text(told.card)
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            rows = await no_surprise.surprises(later, work)
        assert [(row["cycle"], row["manager_id"]) for row in rows] == [
            ("2026Q4", None),
            ("2026Q4", "mia"),
            ("2026Q3", None),
            ("2026Q3", "boss"),
            ("2026Q3", "mia"),
        ]


async def test_a_team_of_200_is_compared_while_one_waits(tmp_path: Path) -> None:
    people: tuple[Person, ...] = team(200)
    async with home(tmp_path, people) as place:
        cycle = await open_cycle(place, self_due=date(2026, 10, 10))
        review = await review_of(place, cycle, "e1")
        assert await rated(place, review, {"overall": "3.5"}) == Done()
        model = await kept(place, review)
        assert model.manager_part is not None
        async with place.deps.database.begin() as tx:
            for number, one in enumerate(await tx.reviews.in_cycle(cycle.id)):
                if one.employee_id in {"e1", "e2"}:
                    continue
                long = f"{number} " + "Between spring and autumn all orders were moved over. " * 9
                cases = {"overall": long, "missed": long[::-1], "value:teamwork": long.upper()}
                part = replace(model.manager_part, cases=cases)
                await tx.reviews.save(replace(one, manager_part=part, rated_by="mia"))
        second = await review_of(place, cycle, "e2")
        form = await last_step(place, second, {"overall": "3.5"})
        begun = perf_counter()
        words = {"overall": "3.5", "case:overall": TWICE}
        assert await place.send("mia", form, words) == Done()
        took = perf_counter() - begun
        assert (await kept(place, second)).same_words is False
        assert took < 1.5, took
