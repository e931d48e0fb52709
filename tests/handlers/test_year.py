"""A whole year: made of its quarters, rated and signed as any review."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from signing import buttons, links, record, said, why
from text_chat import as_text
from world import Home, home, opened, review_of
from year_world import opened_at, quarter, year

from handlers.answers import Done, Says
from prompts.card import Form, Heading, Paragraph, Small, plain
from review.cycle import Cycle
from review.score import GateState
from review.seals import review_broken
from review.stages import Stage

F = Fraction
DUE = datetime(2027, 1, 20, 4, tzinfo=UTC)
FOUR = {"2026Q1": ("3.5", 2), "2026Q2": ("3.75", 2), "2026Q3": ("4", 3), "2026Q4": ("4", 3)}
WORDS = {"overall": "4", "case:overall": "A strong second half."}


async def annual(place: Home) -> tuple[Cycle, str]:
    """The year's cycle, once the word of the people is no longer waited for."""
    cycle = await opened_at(
        place,
        "2026",
        self_open=date(2027, 1, 4),
        self_due=date(2027, 1, 8),
        manager_due=date(2027, 1, 22),
        skip_due=date(2027, 1, 27),
        hr_due=date(2027, 1, 29),
        interview_due=date(2027, 2, 12),
    )
    await place.tick(datetime(2027, 1, 4, 4, tzinfo=UTC))
    return cycle, await review_of(place, cycle, "e1")


async def rated_year(place: Home, review: str, **more: str) -> Form:
    form = opened(await place.press("mia", "rate:4", review))
    answer = await place.fill("mia", form, WORDS | {"surprise_reason": "It was said."} | more)
    assert answer == Done(), answer
    return form


def text(form: Form) -> list[str]:
    found = []
    for part in form.parts:
        if isinstance(part, Heading):
            found.append(part.text)
        elif isinstance(part, Paragraph | Small):
            found.append(plain(part.text))
    return found


def options(form: Form) -> list[str]:
    return [one.value for field in form.fields if field.key == "overall" for one in field.options]


async def test_a_year_is_rated_from_its_quarters_and_signed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, FOUR)
        _, review = await annual(place)
        waits = await place.command("e1", "")
        assert isinstance(waits, Says)
        assert "2026" not in as_text(waits.card)
        mine = opened(await place.command("e1", "self"))
        assert mine.steps == 1
        assert [one.key for one in mine.fields] == ["overall"]
        assert await place.fill("e1", mine, {"overall": "The spring was hard."}) == Done()
        await place.tick(DUE)
        listed = [card for card in place.chat.cards("T-mia") if card.summary == "Team ratings 2026"]
        assert "rate:3.5" in buttons(listed[-1], review)
        form = await rated_year(place, review)
        assert form.steps == 1
        assert text(form)[:7] == [
            "The quarters",
            "2026Q1 · K 3.50 · V 2.50 · rated 3.5 Meets expectations",
            "2026Q2 · K 3.75 · V 2.50 · rated 3.75 Partly exceeds expectations",
            "2026Q3 · K 4.00 · V 3.50 · rated 4 Exceeds expectations",
            "2026Q4 · K 4.00 · V 3.50 · rated 4 Exceeds expectations",
            "The mean of the year: K 3.81, V 3.25 (0.25 added, for the values rose over the year).",
            "2026Q1, 2026Q2, 2026Q3, 2026Q4: not signed off by all yet, "
            "so the numbers may still change.",
        ]
        kept = await record(place, review)
        assert kept.outcome is not None
        assert kept.year is not None
        assert (kept.outcome.k, kept.outcome.v) == (F("3.8125"), F("3.25"))
        assert (kept.rating, kept.outcome.suggested, kept.stage) == (F(4), F(4), Stage.SKIP_LEVEL)
        assert [part.name for part in kept.year] == list(FOUR)
        reading = opened(await place.press("boss", "signoff.open", review))
        assert "2026Q2 · K 3.75 · V 2.50 · rated 3.75 Partly exceeds expectations" in text(reading)
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
        assert (await record(place, review)).stage is Stage.INTERVIEW
        assert [one.decision for one in await links(place, review)] == ["rate", "agree", "agree"]
        async with place.deps.database.begin(write=False) as tx:
            kept_links = await tx.seals.of(review)
            salt = (await tx.seals.salts())[review]
            stands = await tx.reviews.get(review)
        assert stands is not None
        assert review_broken(kept_links, stands, salt) is None
        assert stands.year is not None
        other = replace(stands, year=stands.year[:3])
        assert review_broken(kept_links, other, salt) is not None
        assert await place.press("mia", "interview.held", review) == Done()
        told = text(opened(await place.press("e1", "review.read", review)))
        assert "2026Q4 · you hear this in its own interview" in told
        assert not [line for line in told if line.startswith("2026Q4 · K")]


async def test_a_quarter_that_changes_after_is_said_and_taken_over(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, FOUR)
        q4 = await named(place, "2026Q4")
        _, review = await annual(place)
        await place.tick(DUE)
        await rated_year(place, review)
        form = opened(await place.press("mia", "rate.change", review))
        same = await place.fill("mia", form, {})
        assert said(same) == "It is already in; there is no need to send it again."
        await quarter(place, q4, "e1", "3.5", 3)
        changed = "Something in these quarters was changed after the year was rated."
        seen = text(opened(await place.press("boss", "signoff.open", review)))
        assert any(line.startswith(changed) for line in seen)
        assert "2026Q4 · K 4.00 · V 3.50 · rated 4 Exceeds expectations" in seen
        again = opened(await place.press("mia", "rate.change", review))
        assert await place.fill("mia", again, {"reason": "The last quarter moved."}) == Done()
        kept = await record(place, review)
        assert kept.year is not None
        assert kept.year[3].k == F("3.5")
        assert [one.decision for one in await links(place, review)] == ["rate", "void", "rate"]


async def test_a_year_without_a_quarter_can_not_be_rated(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await annual(place)
        await place.tick(DUE)
        answer = said(await place.press("mia", "rate:4", review))
        assert answer.startswith("No quarter or half-year of 2026 is rated for Person 1 yet")
        assert (await record(place, review)).stage is Stage.MANAGER_REVIEW


async def test_two_quarters_make_a_year_and_the_missing_ones_are_said(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, {"2026Q2": ("3.5", 2), "2026Q3": ("3.5", 1)})
        await opened_at(place, "2026Q4")
        _, review = await annual(place)
        await place.tick(DUE)
        form = opened(await place.press("mia", "rate:3.5", review))
        assert (
            "The mean of 2 of 4 quarters: K 3.50, V 1.75 (0.25 taken off, for the values "
            "fell over the year)." in text(form)
        )
        assert "⚑ The values gate was shut in 2026Q3." in text(form)
        assert "2026Q4: not rated yet, so not counted. Better to rate that first." in text(form)
        assert options(form) == ["2.5"]


async def test_the_gate_of_a_year_is_lifted_by_both(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, {"2026Q2": ("3.5", 1), "2026Q3": ("3.5", 1)})
        _, review = await annual(place)
        await place.tick(DUE)
        form = opened(await place.press("mia", "rate:2.5", review))
        low = {"overall": "2.5", "case:overall": "How it went.", "case:missed": "Both."}
        assert await place.fill("mia", form, low | {"surprise_reason": "Said."}) == Done()
        assert await why(place, "boss", "gate.lift", review, "It was one project.") == Done()
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await why(place, "hr", "gate.lift", review, "Agreed.") == Done()
        kept = await record(place, review)
        assert kept.outcome is not None
        assert (kept.stage, kept.outcome.gate) == (Stage.MANAGER_REVIEW, GateState.LIFTED)
        again = opened(await place.press("mia", "rate.change", review))
        assert len(options(again)) == 8
        given = {"overall": "3.25", "reason": ""}
        answer = await place.fill("mia", again, low | given | {"surprise_reason": "Said."})
        assert answer == Done()
        assert (await record(place, review)).rating == F("3.25")


async def test_strangers_and_forged_forms_of_a_year_are_refused(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await year(place, FOUR)
        _, review = await annual(place)
        await place.tick(DUE)
        for who in ("e1", "e3", "boss", "hr"):
            assert said(await place.press(who, "rate:5", review)).startswith("This is for")
        form = opened(await place.press("mia", "rate:4", review))
        forged = {"overall": "4", "goal:repeat_rate": "5", "value:teamwork:1": "yes"}
        assert said(await place.send("e3", form, forged)).startswith("This is for")
        assert await place.fill("mia", form, WORDS | {"surprise_reason": "x"}) == Done()
        part = (await record(place, review)).manager_part
        assert part is not None
        assert (part.scores, part.levels) == ({}, {})


async def test_nobody_sets_goals_for_a_year(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await opened_at(place, "2026Q4")
        await place.command("e1", "goals")
        cycle = await opened_at(place, "2026")
        review = await review_of(place, cycle, "e1")
        answer = said(await place.press("e1", "goals.open", review))
        assert answer.startswith("The self-review is open") or "goals" in answer
        waits = await place.command("e1", "")
        assert isinstance(waits, Says)
        assert "2026 goals" not in as_text(waits.card)
        assert (await record(place, review)).sheet.rows == ()


async def named(place: Home, name: str) -> Cycle:
    async with place.deps.database.begin(write=False) as tx:
        return next(one for one in await tx.cycles.all() if one.name == name)
