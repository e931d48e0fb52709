"""Nobody is stuck, and nobody signs for themself: who signs when somebody is not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from signing import lists, rate, rated, record, said, start
from talking import noted
from text_chat import as_text
from world import Home, home, open_cycle, opened, rating_answers, review_of, team

from handlers.answers import Done
from review.people import Person
from review.stages import Desk, Stage

LEFT = date(2026, 10, 1)
OTHERS = ("boss2", "root")


def changed(**who: dict[str, object]) -> tuple[Person, ...]:
    return tuple(replace(one, **who.get(one.employee_id, {})) for one in team())  # type: ignore[arg-type]


async def put(place: Home, employee: str, **more: object) -> None:
    async with place.deps.database.begin() as tx:
        person = await tx.people.get(employee)
        assert person is not None
        await tx.people.put_all([replace(person, **more)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "away", [{"left_on": LEFT}, {"leave_from": LEFT}, {"leave_from": LEFT, "leave_to": LEFT}]
)
async def test_a_manager_who_is_not_there_is_followed_by_the_next_above(
    tmp_path: Path, away: dict[str, object]
) -> None:
    back = "leave_to" in away
    async with home(tmp_path, changed(mia=away)) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        await place.press("e1", "self_review.open", review)
        async with place.deps.database.begin(write=False) as tx:
            found = await tx.reviews.get(review)
        assert found is not None
        if back:
            await rated(place, cycle)
            return
        await rated_by(place, review, "boss")
        assert await place.press("hr", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
        assert (await record(place, review)).stage is Stage.INTERVIEW


async def rated_by(place: Home, review: str, by: str) -> None:
    """Rated by that one after the self-review's deadline passed."""
    await place.tick(datetime(2026, 10, 19, 4, tzinfo=UTC))
    await rate(place, review, by=by)


async def test_without_a_self_review_by_the_deadline_the_manager_rates_and_it_says_so(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        assert said(await place.press("mia", "rate.change", review))
        await place.tick(datetime(2026, 10, 19, 4, tzinfo=UTC))
        form = opened(await place.press("mia", "rate.change", review))
        without = "Person 1 sent no self-review by the deadline. You rate without it."
        assert without in as_text(form)
        assert await place.fill("mia", form, rating_answers(place)) == Done()
        await place.tick()
        own = [as_text(card) for card in place.chat.cards("T-e1")]
        assert any("written without your self-review" in text for text in own)
        assert said(await place.press("e1", "self_review.open", review))
        form = opened(await place.press("boss", "signoff.open", review))
        assert "sent no self-review by the deadline. It was rated without one." in as_text(form)
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
        assert (await record(place, review)).self_part is None


async def test_without_a_skip_level_an_hr_admin_signs(tmp_path: Path) -> None:
    async with home(tmp_path, changed(mia={"manager_id": None})) as place:
        _, review = await start(place)
        assert said(await place.press("boss", "signoff.agree", review))
        assert await place.press("hr", "signoff.agree", review) == Done()
        assert said(await place.press("hr", "hr.confirm", review))
        assert await place.press("boss", "hr.confirm", review) == Done()
        assert (await record(place, review)).stage is Stage.INTERVIEW


async def test_without_an_hr_partner_an_hr_admin_signs(tmp_path: Path) -> None:
    async with home(tmp_path, changed(e1={"hrbp_id": None})) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        assert await place.press("hr", "hr.confirm", review) == Done()


@pytest.mark.parametrize(
    ("who", "signs"),
    [
        ({"hr": {"left_on": LEFT}}, "boss2"),
        ({"hr": {"left_on": LEFT, "manager_id": None}}, "root"),
        ({"hr": {"leave_from": LEFT}, "e1": {"hrbp_id": "e1"}}, "root"),
        ({"e1": {"hrbp_id": "boss"}}, "boss2"),
    ],
    ids=["left", "left, nobody above", "the person themself", "the skip-level"],
)
async def test_an_hr_partner_who_cannot_sign_is_followed_by_the_next_above_then_an_admin(
    tmp_path: Path, who: dict[str, dict[str, object]], signs: str
) -> None:
    company = changed(**who)
    more = [replace(company[0], employee_id=one, name=one, slack_id=f"T-{one}") for one in OTHERS]
    heads = {"hr": "boss2", "boss": "boss2"}
    people = [
        replace(one, manager_id=heads[one.employee_id])
        if one.employee_id in heads and "manager_id" not in who.get(one.employee_id, {})
        else one
        for one in company
    ]
    async with home(tmp_path, (*people, *more)) as place:
        place.deps.company = replace(place.deps.company, hr_admins=("root",))
        _, review = await start(place)
        assert await place.press("boss", "signoff.agree", review) == Done()
        for other in {"boss", "mia", "hr", "e1", *OTHERS} - {signs}:
            assert said(await place.press(other, "hr.confirm", review))
        assert await place.press(signs, "hr.confirm", review) == Done()
        assert (await record(place, review)).sign_offs[-1].by == signs


async def test_an_hr_admin_does_nothing_of_hrs_to_their_own_review(tmp_path: Path) -> None:
    people = changed(e1={"hrbp_id": "e1"})
    async with home(tmp_path, people) as place:
        place.deps.company = replace(place.deps.company, hr_admins=("e1", "hr"))
        _, review = await start(place)
        before = await record(place, review)
        for action in (
            *("rate.change", "signoff.open", "signoff.agree", "signoff.return", "hr.confirm"),
            *("hr.return", "gate.confirm", "gate.lift", "interview.held", "interview.times"),
            *("review.exclude", "review.reopen", "appeal.name", "appeal.read", "appeal.decide"),
        ):
            assert said(await place.press("e1", action, review)), action
        for words in ("exclude e1", "reopen e1"):
            assert said(await place.command("e1", words))
        assert await record(place, review) == before


async def test_an_hr_partner_who_is_the_manager_does_not_sign_twice(tmp_path: Path) -> None:
    async with home(tmp_path, changed(e1={"hrbp_id": "mia"})) as place:
        _, review = await start(place)
        await place.press("boss", "signoff.agree", review)
        assert said(await place.press("mia", "hr.confirm", review))
        assert await place.press("hr", "hr.confirm", review) == Done()


async def test_the_head_of_the_company_is_signed_for_by_hr_and_never_by_themself(
    tmp_path: Path,
) -> None:
    async with home(tmp_path) as place:
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "boss")
        await rated_by_role(place, review)
        for action in ("signoff.agree", "hr.confirm", "signoff.open", "rate.change"):
            assert said(await place.press("boss", action, review))
        assert await place.press("hr", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
        assert (await record(place, review)).stage is Stage.INTERVIEW


async def test_the_one_hr_admin_is_signed_for_by_whoever_is_above_and_may_appeal(
    tmp_path: Path,
) -> None:
    async with home(tmp_path, changed(hr={"role": "crm"})) as place:
        cycle = await open_cycle(place)
        review = await rated(place, cycle, "hr", by="boss")
        await place.tick()
        for action in ("signoff.agree", "hr.confirm", "signoff.open", "rate.change"):
            assert said(await place.press("hr", action, review))
        assert "1 wait for you" in lists(place, "boss")[0].summary
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await place.press("boss", "hr.confirm", review) == Done()
        assert await place.press("boss", "interview.held", review) == Done()
        form = opened(await place.press("hr", "review.appeal", review))
        assert await place.fill("hr", form, {"reason": "Not so."}) == Done()
        await place.tick(datetime(2026, 10, 16, 4, tzinfo=UTC))
        noted(place, "boss", "Nobody has been named")
        assert said(await place.press("hr", "appeal.name", review))
        form = opened(await place.press("boss", "appeal.name", review))
        assert await place.fill("boss", form, {"decider": "T-mia"}) == Done()


async def rated_by_role(place: Home, review: str) -> None:
    await place.tick(datetime(2026, 10, 19, 4, tzinfo=UTC))
    form = opened(await place.press("hr", "rate.change", review))
    given = rating_answers(place)
    given |= {one.key: "3.5" for one in form.fields if one.key.startswith("goal:")}
    assert await place.fill("hr", form, given) == Done()


async def test_somebody_who_leaves_between_is_still_signed_for(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await put(place, "e1", left_on=LEFT)
        assert await place.press("boss", "signoff.agree", review) == Done()
        assert await place.press("hr", "hr.confirm", review) == Done()
        assert (await record(place, review)).stage is Stage.INTERVIEW


async def test_a_skip_level_who_leaves_between_is_followed(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await put(place, "boss", left_on=LEFT)
        assert said(await place.press("boss", "signoff.agree", review))
        assert await place.press("hr", "signoff.agree", review) == Done()


async def test_a_stand_in_never_signs_their_own_review(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        _, review = await start(place)
        await place.command("boss", "delegate Person 1 2026-10-12 2026-10-20")
        before = await record(place, review)
        assert said(await place.press("e1", "signoff.agree", review))
        assert await record(place, review) == before
        assert await place.press("boss", "signoff.agree", review) == Done()


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("delegate", "Nobody stands in for you."),
        ("delegate e3", "Please say who stands in and when"),
        ("delegate 2026-10-12", "Please say who stands in and when"),
        ("delegate Nobody 2026-10-12", "I don't know “Nobody”."),
        ("delegate boss 2026-10-12", "Nobody stands in for themself"),
        ("delegate e3 2026-10-20 2026-10-12", "Those dates don't work"),
        ("delegate e3 2026-09-01 2026-09-02", "Those dates don't work"),
        ("delegate e3 2026-10-12 2027-10-12", "Those dates don't work"),
        ("委托 e3 2026/10/12 2026/10/13", "Person 3 stands in for you"),
        ("delegate off", "You are at your own desk again"),
    ],
)
async def test_what_is_said_about_standing_in_is_answered(
    tmp_path: Path, words: str, answer: str
) -> None:
    async with home(tmp_path) as place:
        assert said(await place.command("boss", words)).startswith(answer)


async def test_standing_in_does_not_lead_in_a_circle(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await place.command("boss", "delegate hr 2026-10-12 2026-10-20")
        await place.command("hr", "delegate mia 2026-10-12 2026-10-20")
        loops = said(await place.command("mia", "delegate boss 2026-10-15 2026-10-16"))
        assert loops.startswith("Bo Boss is away in those days, too")


async def test_a_manager_away_is_rated_for_by_the_stand_in(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await place.command("mia", "delegate e2 2026-10-12 2026-10-30")
        cycle = await open_cycle(place)
        review = await review_of(place, cycle, "e1")
        await rated_by(place, review, "e2")
        word = (await record(place, review)).sign_offs[-1]
        assert (word.by, word.role, word.instead_of) == ("e2", Desk.MANAGER, "mia")


async def test_a_stand_in_sees_the_list_from_the_first_day_to_the_last(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await start(place)
        await place.command("boss", "delegate e3 2026-10-14 2026-10-15")
        await place.tick()
        assert lists(place, "e3") == []
        await place.tick(datetime(2026, 10, 14, 4, tzinfo=UTC))
        (card,) = lists(place, "e3")
        assert card.summary == "To sign 2026Q3: 1 wait for you"
        edits = len(place.chat.log)
        await place.tick()
        assert len(place.chat.log) == edits
        await place.tick(datetime(2026, 10, 16, 4, tzinfo=UTC))
        (card,) = lists(place, "boss")
        assert card.summary == "To sign 2026Q3: 1 wait for you"
        (card,) = lists(place, "e3")
        assert card.summary == "To sign 2026Q3: nothing waits for you"
