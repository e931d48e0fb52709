"""Ratings that nobody had heard of: pointed out, kept with a reason, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

from text_chat import as_text
from world import (
    NOON,
    Home,
    home,
    open_cycle,
    opened,
    rating_answers,
    review_of,
    self_answers,
    team,
)

from handlers import cycles, export, no_surprise
from handlers.answers import Answer, Continues, Done, Says
from handlers.manager_review import submit
from handlers.work import Act, Work
from prompts.card import Form
from review.cycle import Cycle
from review.people import Person
from review.record import Review
from review.surprise import Told

SEPTEMBER = datetime(2026, 9, 1, 4, tzinfo=UTC)
"""In the quarter that is reviewed, six weeks before the ratings."""
WORD = {
    "kind": "constructive",
    "about": "goal:repeat_rate",
    "behaviour": "The list went out a day late.",
}
LOW = {"overall": "3.25", "reason": "The second half was weak."}


async def heard(place: Home, giver: str, receiver: str, **more: str) -> None:
    """Somebody gives feedback, and it arrives."""
    form = opened(await place.press(giver, "feedback.open", receiver))
    assert await place.fill(giver, form, WORD | more) == Done()
    await place.tick()
    await place.tick()


async def ready(place: Home, employee: str = "e1") -> tuple[Cycle, str]:
    """A cycle in which somebody's self-review is in."""
    cycle = await open_cycle(place)
    review = await review_of(place, cycle, employee)
    form = opened(await place.press(employee, "self_review.open", review))
    assert await place.fill(employee, form, self_answers(place)) == Done()
    return cycle, review


async def rated(place: Home, review: str, given: Mapping[str, str], by: str = "mia") -> Answer:
    form = opened(await place.press(by, f"rate:{given['overall']}", review))
    return await place.fill(by, form, {**rating_answers(place), **given})


async def last_step(place: Home, review: str, given: Mapping[str, str]) -> Form:
    """The form's last step with those answers, once its fields have been looked at."""
    answer = await rated(place, review, {**given, "case:overall": ""})
    return opened(answer)


async def kept(place: Home, review: str) -> Review:
    async with place.deps.database.begin(write=False) as tx:
        found = await tx.reviews.get(review)
    assert found is not None
    return found


def reasons(form: Form) -> list[str]:
    return [one.key for one in form.fields if one.key.endswith("reason")]


async def test_a_low_rating_says_talk_first_and_goes_on_with_a_reason(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        cycle, review = await ready(place)
        form = await last_step(place, review, LOW | {"surprise_reason": ""})
        assert "Talk first. Person 1 has not heard it" in as_text(form)
        assert "at least 14 days ago" in as_text(form)
        assert reasons(form) == ["reason", "surprise_reason"]
        problems = {one.key: one.problem for one in form.problems}
        assert problems["surprise_reason"] == (
            "They have not heard this from you in time: please say why you go on all the same."
        )
        assert await rated(place, review, LOW | {"surprise_reason": "It is new."}) == Done()
        record = await kept(place, review)
        assert record.manager_part is not None
        assert (record.surprise, record.manager_part.surprise_reason) == (True, "It is new.")
        (row,) = [one for one in await reviews(place, cycle) if one["employee_id"] == "e1"]
        assert (row["surprise"], row["surprise_reason"]) == (True, "It is new.")


async def reviews(place: Home, cycle: Cycle) -> list[dict[str, Any]]:
    async with place.deps.database.begin(write=False) as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        return await export.reviews(cycle, work)


async def test_what_was_heard_in_time_is_no_surprise(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "mia", "e1")
        place.clock.moment = NOON
        await place.tick()
        review = await review_of(place, cycle, "e1")
        form = await last_step(place, review, LOW)
        assert "Talk first" not in as_text(form)
        assert reasons(form) == ["reason"]
        assert await rated(place, review, LOW) == Done()
        assert (await kept(place, review)).surprise is False


async def test_words_too_late_of_a_peer_or_on_nothing_do_not_count(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "e2", "e1", about="value:teamwork")
        await heard(place, "mia", "e1", about="other")
        await heard(place, "mia", "e1", kind="positive")
        place.clock.moment = datetime(2026, 9, 29, 4, tzinfo=UTC)
        await heard(place, "mia", "e1")
        place.clock.moment = NOON
        await place.tick()
        review = await review_of(place, cycle, "e1")
        assert "Talk first" in as_text(await last_step(place, review, LOW))
        place.clock.moment = NOON + timedelta(days=1)
        assert "Talk first" not in as_text(await last_step(place, review, LOW))


async def _at_work(place: Home) -> Cycle:
    async with place.deps.database.begin() as tx:
        work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
        dates = {"self_open": date(2026, 10, 9), "self_due": date(2026, 10, 10)}
        cycle, _, _ = await cycles.open_cycle(
            cycles.OpenCycle(name="2026Q3", dates=dates), "hr", work
        )
    return cycle


async def test_a_word_of_the_earlier_manager_counts_after_a_transfer(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "mia", "e1")
        async with place.deps.database.begin() as tx:
            one = await tx.people.get("e1")
            assert one is not None
            await tx.people.put_all([replace(one, manager_id="boss")])
        place.clock.moment = NOON
        await place.tick()
        review = await review_of(place, cycle, "e1")
        assert await rated(place, review, LOW, by="boss") == Done()
        assert (await kept(place, review)).surprise is False


async def test_a_value_below_is_a_surprise_too_and_the_reason_goes_with_it(tmp_path: Path) -> None:
    people = team()
    async with home(tmp_path, people) as place:
        _, review = await ready(place)
        low = {f"value:customer_first:{at}": "yes" if at == 1 else "partly" for at in range(1, 3)}
        more = {"overall": "3.5", "reason": "The second half was better."}
        assert await rated(place, review, more | low | {"surprise_reason": "It is new."}) == Done()
        record = await kept(place, review)
        assert (record.rating, record.surprise) == (Fraction("3.5"), True)
        assert record.manager_part is not None
        part = replace(
            record.manager_part, levels=record.self_part.levels if record.self_part else {}
        )
        async with place.deps.database.begin() as tx:
            act = Act(
                tx=tx,
                company=place.deps.company,
                now=place.clock.now(),
                actor=people[2],
                platform="text",
            )
            nothing = Told(warned=False, praised=False)
            await submit(record, part, act, has_reports=False, told=nothing)
        record = await kept(place, review)
        assert record.manager_part is not None
        assert (record.surprise, record.manager_part.surprise_reason) == (False, "")


async def test_praise_that_was_never_said_is_pointed_out_and_stops_nobody(tmp_path: Path) -> None:
    high = {"overall": "4", "reason": "The second half was strong."}
    async with home(tmp_path) as place:
        _, review = await ready(place)
        assert "A good word is missing." in as_text(await last_step(place, review, high))
        await heard(place, "mia", "e1", kind="positive", about="other")
        assert "A good word is missing." not in as_text(await last_step(place, review, high))
        assert await rated(place, review, high) == Done()
        assert (await kept(place, review)).surprise is False


async def test_gaps_are_marked_before_the_rating_is_sent(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with home(tmp_path) as place:
        _, review = await ready(place)
        given = rating_answers(place, "3") | {"overall": "3", "case:overall": ""}
        form = await last_step(place, review, given)
        assert "Repeat-purchase rate self 3.5, you 3 · " in as_text(form)
    async with home(tmp_path / "other") as place:
        _, review = await ready(place)
        given = {"overall": "3.5"}
        assert "marked for the interview" not in as_text(await last_step(place, review, given))


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
            "You have written nearly the same of somebody else. Person 2 should be able to see "
            "that it is about them.\n"
            "Overall rating: as of Person 1\n"
            "“Back” leads to the words. If they hold for both, send them as they are; HR sees how "
            "often that happens."
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


async def test_feedback_is_counted_and_never_quoted(tmp_path: Path) -> None:
    async with home(tmp_path, now=SEPTEMBER) as place:
        cycle = await _at_work(place)
        await heard(place, "mia", "e1")
        await heard(place, "mia", "e1", kind="positive")
        await heard(place, "e1", "mia", about="value:teamwork", kind="negative")
        async with place.deps.database.begin(write=False) as tx:
            work = Work(tx=tx, company=place.deps.company, now=place.clock.now())
            rows = await no_surprise.feedback_counts(cycle, work)
            mine = await export.person("e1", work)
        found = {row["employee_id"]: tuple(row.values())[2:] for row in rows}
        assert found["mia"] == (2, 1, 1, 0, 1, 3, 1)
        assert found["e1"] == (1, 0, 0, 1, 2, 0, 0)
        assert mine is not None
        assert mine["feedback"] == {"given": 1, "received": 2}
        assert WORD["behaviour"] not in str(rows) + str(mine)


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
