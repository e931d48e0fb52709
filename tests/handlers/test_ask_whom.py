"""Who reads a question before a rating: those who sit at the desks that day, never the person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from signing import record
from text_chat import as_text
from world import (
    Home,
    home,
    open_cycle,
    opened,
    rating_answers,
    review_of,
    self_answers,
    team,
)

from handlers.answers import Continues, Done, Says
from prompts.card import Form
from review.people import Person

ASK = "ask:customer_first"


def people(**who: dict[str, object]) -> tuple[Person, ...]:
    return tuple(replace(one, **who.get(one.employee_id, {})) for one in team())  # type: ignore[arg-type]


async def asking(place: Home, by: str, who: str = "e1") -> Form:
    """The question that whoever rates them may ask, laid over the ladder."""
    cycle = await open_cycle(place)
    review = await review_of(place, cycle, who)
    form = opened(await place.press(who, "self_review.open", review))
    assert await place.fill(who, form, self_answers(place)) == Done()
    form = opened(await place.press(by, "rate:3.5", review))
    answers = rating_answers(place)
    given = {one.key: answers.get(one.key, one.value or "") for one in form.fields}
    answer = await place.send(by, form, given)
    assert isinstance(answer, Continues)
    return opened(await place.press_in(by, answer.form, ASK))


def threads(place: Home) -> set[str]:
    return {to.replace("T-", "") for to, kind, _ in place.chat.log if kind == "asked"}


@pytest.mark.parametrize(
    ("changed", "away", "by", "thread"),
    [
        ({}, (), "mia", "boss,hr,mia"),
        ({"mia": {"manager_id": None}}, (), "mia", "boss,hr,mia"),
        ({"mia": {"manager_id": None}, "e1": {"hrbp_id": None}}, (), "mia", "hr,mia"),
        ({"e1": {"hrbp_id": "e1"}}, (), "mia", "boss,hr,mia"),
        ({"e1": {"hrbp_id": "mia"}}, (), "mia", "boss,hr,mia"),
        ({}, ("boss e3",), "mia", "e3,hr,mia"),
        ({}, ("boss e1",), "mia", "boss,hr,mia"),
        ({}, ("hr e2", "boss e3"), "mia", "e2,e3,mia"),
        ({}, ("mia e2",), "e2", "boss,e2,hr"),
    ],
    ids=[
        "usual",
        "nobody above",
        "nobody above and no partner",
        "their own partner",
        "the manager is the partner",
        "skip-level away",
        "the person stands in for the skip-level",
        "both away",
        "manager away",
    ],
)
async def test_a_question_reaches_those_who_sit_there(
    tmp_path: Path,
    changed: dict[str, dict[str, object]],
    away: tuple[str, ...],
    by: str,
    thread: str,
) -> None:
    async with home(tmp_path, people(**changed)) as place:
        for one in away:
            owner, stand_in = one.split()
            await place.command(owner, f"delegate {stand_in} 2026-10-12 2026-10-20")
        form = await asking(place, by)
        assert await place.send(by, form, {"question": "Is it a 2?"}) == Done()
        await place.tick()
        assert threads(place) == {thread}
        others = {one.employee_id for one in team()} - set(thread.split(","))
        for other in others:
            told = [as_text(card) for card in place.chat.cards(f"T-{other}")]
            assert not any("Is it a 2?" in text for text in told)


async def test_where_nobody_can_be_asked_no_question_is_taken(tmp_path: Path) -> None:
    alone: dict[str, dict[str, object]] = {"mia": {"manager_id": None}, "e1": {"hrbp_id": None}}
    async with home(tmp_path, people(**alone)) as place:
        place.deps.company = replace(place.deps.company, hr_admins=())
        form = await asking(place, "mia")
        assert (form.fields, form.submit) == ((), None)
        assert as_text(form).startswith("There is nobody above you or in HR to ask.")
        assert isinstance(await place.send("mia", form, {"question": "Is it a 2?"}), Says)
        await place.tick()
        assert threads(place) == set()


async def test_a_stand_in_asks_only_while_they_stand_in(tmp_path: Path) -> None:
    async with home(tmp_path) as place:
        await place.command("mia", "delegate e2 2026-10-12 2026-10-13")
        form = await asking(place, "e2")
        review = form.subject.partition(":")[0]
        place.clock.moment = datetime(2026, 10, 14, 4, tzinfo=UTC)
        assert isinstance(await place.send("e2", form, {"question": "Is it a 2?"}), Says)
        assert await place.send("mia", form, {"question": "Is it a 2?"}) == Done()
        await place.tick()
        assert threads(place) == {"boss,hr,mia"}
        assert (await record(place, review)).manager_part is None
