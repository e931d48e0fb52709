"""The senior track: half-years, goals that serve the company's and the department's, the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from signing import rate, record, said
from text_chat import as_text
from world import Home, home, opened, review_of, self_answers, team
from year_world import opened_at, quarter

from handlers.answers import Answer, Continues, Done, Refuses, Says
from handlers.dispatch import dispatch
from handlers.events import Account, Answered
from prompts.card import Buttons, Form
from review.people import Person, Track
from review.stages import Stage

JULY = datetime(2026, 7, 6, 4, tzinfo=UTC)
PEOPLE = tuple(
    replace(one, track=Track.SENIOR, department="CRM")
    if one.employee_id in {"mia", "e1"}
    else replace(one, department="HR" if one.employee_id == "hr" else one.department)
    for one in team()
)


def senior() -> tuple[Person, ...]:
    """mia heads CRM, with e1 below her; both are seniors."""
    return PEOPLE


async def way_in(place: Home, who: str, words: str) -> Form:
    """The form behind the button of that command's answer."""
    answer = await place.command(who, f"goals {words}")
    assert isinstance(answer, Says), answer
    (button,) = [
        one for part in answer.card.parts if isinstance(part, Buttons) for one in part.buttons
    ]
    return opened(await place.press(who, button.action, button.value))


async def goals_set(place: Home, who: str, words: str, **given: str) -> None:
    form = await way_in(place, who, words)
    assert await place.fill(who, form, given) == Done()
    await place.tick()


def text(answer: Answer) -> str:
    assert isinstance(answer, Says), answer
    return as_text(answer.card)


async def test_a_half_year_goes_from_self_review_to_the_interview(tmp_path: Path) -> None:
    async with home(tmp_path, senior(), now=datetime(2027, 1, 4, 4, tzinfo=UTC)) as place:
        answer = said(await place.command("hr", "open 2026H2"))
        assert answer.startswith("2026H2/senior is open: 2 people take part")
        await place.tick()
        async with place.deps.database.begin(write=False) as tx:
            (cycle,) = await tx.cycles.running()
        review = await review_of(place, cycle, "e1")
        form = opened(await place.press("e1", "self_review.open", review))
        assert await place.fill("e1", form, self_answers(place)) == Done()
        await rate(place, review)
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
        assert await place.press("mia", "interview.held", review) == Done()
        assert (await record(place, review)).stage is Stage.HELD


async def test_a_seniors_year_is_made_of_half_years(tmp_path: Path) -> None:
    async with home(tmp_path, senior(), now=JULY) as place:
        for name, k, levels in (("2026H1", "3.5", 2), ("2026H2", "4", 3)):
            await quarter(place, await opened_at(place, name), "e1", k, levels)
        answer = said(await place.command("hr", "open 2026 senior"))
        assert answer.startswith("2026/senior is open")
        await place.tick(datetime(2027, 1, 29, 4, tzinfo=UTC))
        async with place.deps.database.begin(write=False) as tx:
            year = next(one for one in await tx.cycles.all() if one.name == "2026")
        review = await review_of(place, year, "e1")
        form = opened(await place.press("mia", "rate:4", review))
        shown = as_text(form)
        assert "The half-years" in shown
        assert "The mean of the year: K 3.75, V 3.25 (0.25 added" in shown
        given = {"overall": "4", "case:overall": "How.", "surprise_reason": "So.", "reason": "So."}
        assert await place.fill("mia", form, given) == Done()
        kept = await record(place, review)
        assert kept.outcome is not None
        assert (kept.outcome.k, kept.outcome.v) == (Fraction("3.75"), Fraction("3.25"))


async def test_a_seniors_goals_name_what_they_serve(tmp_path: Path) -> None:
    async with home(tmp_path, senior(), now=JULY) as place:
        cycle = await opened_at(place, "2026H2")
        await goals_set(place, "hr", "company", **{"title:new1": "Grow <!channel> {{ x }}"})
        company = text(await place.command("e2", "目标 公司"))
        assert "Grow <!channel> {{ x }}" in company
        async with place.deps.database.begin(write=False) as tx:
            (sheet,) = await tx.cascade.of(("2026H2",), "CRM")
        grow = sheet.goals[0].id
        form = await way_in(place, "mia", "department")
        assert (
            await place.fill(
                "mia",
                form,
                {
                    "title:new1": "Keep customers",
                    "means:new1": "They buy again.",
                    "serves:new1": grow,
                },
            )
            == Done()
        )
        shown = text(await place.command("e3", "goals department CRM"))
        assert "Keep customers" in shown
        assert "↗ Serves: Grow" in shown

        review = await review_of(place, cycle, "e1")
        mine = opened(await place.press("e1", "goals.open", review))
        refused = await place.fill("e1", mine, {})
        assert isinstance(refused, Refuses | Continues)
        problem = "Please say which goal of the department or the company it serves."
        assert problem in {one.problem for one in refused.form.fields}
        async with place.deps.database.begin(write=False) as tx:
            found = await tx.cascade.of(("2026H2",), "CRM")
        keep = next(one.goals[0].id for one in found if one.department)
        rows = [row.id for row in (await record(place, review)).sheet.rows if row.id != "conduct"]
        serves = {f"serves:{row}": keep for row in rows}
        assert await place.fill("e1", refused.form, serves) == Done()
        assert await place.press("mia", "goals.approve", review) == Done()
        assert await place.press("e1", "goals.confirm", review) == Done()
        agreed = await record(place, review)
        assert {tuple(row.serves.values()) for row in agreed.sheet.rows[:-1]} == {
            ("Keep customers",)
        }
        assert "↗ Serves: Keep customers" in text(await place.command("e1", "goals"))


@pytest.mark.parametrize("who", ["e1", "e3", "boss"])
async def test_others_read_and_can_not_set_them(tmp_path: Path, who: str) -> None:
    async with home(tmp_path, senior(), now=JULY) as place:
        shown = await place.command(who, "goals company")
        assert "No goals are set" in text(shown)
        assert isinstance(shown, Says)
        assert not [part for part in shown.card.parts if isinstance(part, Buttons)]
        form = await way_in(place, "hr", "department CRM 2027H1")
        assert form.subject == "2027H1/department/CRM"
        for subject in (form.subject, "2026H2/company/", "2026H2/company/CRM", "x"):
            forged = replace(form, subject=subject)
            answer = await place.send(who, forged, {"title:new1": "Mine"})
            assert isinstance(answer, Says)
            assert isinstance(await place.press(who, "cascade.open", subject), Says)
        async with place.deps.database.begin(write=False) as tx:
            assert await tx.cascade.of(("2026H2", "2027H1"), "CRM") == ()


async def test_goals_are_changed_added_and_taken_out(tmp_path: Path) -> None:
    async with home(tmp_path, senior(), now=JULY) as place:
        await goals_set(place, "hr", "company", **{"title:new1": "Grow"})
        form = await way_in(place, "hr", "company")
        old = form.fields[0].key
        assert old.startswith("title:")
        assert await place.fill("hr", form, {old: "Grow well"}) == Done()
        form = await way_in(place, "hr", "company")
        blank = {old: "", form.fields[1].key: "What is left of it"}
        lacks = await place.fill("hr", form, blank)
        assert isinstance(lacks, Refuses)
        assert lacks.form.fields[0].problem is not None
        again = await way_in(place, "hr", "company")
        assert again.fields[1].value == "What is left of it"
        assert await place.fill("hr", again, {old: "", form.fields[1].key: ""}) == Done()
        assert "No goals are set" in text(await place.command("mia", "goals company"))
        wrong = said(await place.command("hr", "goals department Nowhere"))
        assert wrong.startswith("There is no department “Nowhere” in the roster.")


async def test_two_who_set_the_same_goals_lose_nothing_of_each_other(tmp_path: Path) -> None:
    async with home(tmp_path, senior(), now=JULY) as place:
        await goals_set(place, "mia", "department CRM", **{"title:new1": "A", "means:new1": "a"})
        first = await way_in(place, "mia", "department CRM")
        other = await way_in(place, "hr", "department CRM")
        one = first.fields[0].key.removeprefix("title:")
        mine = {f"title:{one}": "A by Mia", f"means:{one}": "a"}
        theirs = {f"title:{one}": "A by HR", f"means:{one}": "more"}
        assert await place.send("hr", other, theirs) == Done()
        answer = await place.send("mia", first, mine)
        assert isinstance(answer, Continues)
        said = as_text(answer.form)
        assert "Hanna HR changed these goals while you were writing." in said
        assert "Now it says: A by HR" in said
        held = {field.key: field.value for field in answer.form.fields}
        assert held == {f"title:{one}": "A by Mia", f"means:{one}": "more"}
        assert any(field.version for field in answer.form.fields)
        sent = {key: value or "" for key, value in held.items()}
        assert await place.send("mia", answer.form, sent) == Done()
        shown = text(await place.command("e1", "goals department CRM"))
        assert "A by Mia" in shown
        assert "more" in shown


async def test_typed_and_not_sent_goals_are_shown_beside_what_stands_now(tmp_path: Path) -> None:
    async with home(tmp_path, senior(), now=JULY) as place:
        await goals_set(place, "hr", "company", **{"title:new1": "Grow"})
        form = await way_in(place, "hr", "company")
        key = form.fields[0].key
        event = Answered(
            who=Account("text", "T-hr"),
            form=form.key,
            subject=form.subject,
            step=0,
            answers={key: "Grow faster"},
            identity="typed",
            changed=key,
            surface="V1",
            base=form.base,
        )
        await dispatch(event, place.deps)
        async with place.deps.database.begin() as tx:
            (sheet,) = await tx.cascade.of(["2026H2"], "")
            goals = (replace(sheet.goals[0], title="Grow slowly"),)
            at = place.clock.now() + timedelta(days=1)
            await tx.cascade.put(replace(sheet, goals=goals, set_by="boss", set_at=at))
        again = await way_in(place, "hr", "company")
        assert again.fields[0].value == "Grow faster"
        assert "Bo Boss changed these goals" in as_text(again)
        assert "Now it says: Grow slowly" in as_text(again)
