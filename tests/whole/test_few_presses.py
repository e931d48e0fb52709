"""How much a manager has to do for one person who has written their self-review."""

from __future__ import annotations

from pathlib import Path

from cycle_story import writers
from place import place
from place_forms import fill_step, inputs, key, rows_of, write_self

from sandbox.company import rating_answers
from sandbox.slack.people import Person

AT_MOST = 12


class Hand:
    """Counts what is pressed and chosen; words are typed, not pressed."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.presses = 0

    async def press(self, action: str, near: str | None = None) -> None:
        await self.person.press(action, near=near)
        self.presses += 1

    async def fill(self, answers: dict[str, str]) -> None:
        open_now = {key(block) for block in inputs(self.person)}
        self.presses += sum(one.startswith("goal:") for one in open_now)
        await fill_step(self.person, {one: answers[one] for one in open_now & answers.keys()})

    async def submit(self) -> None:
        assert await self.person.submit() == {}
        self.presses += 1


async def test_a_prepared_person_takes_one_form_and_at_most_twelve_presses(tmp_path: Path) -> None:
    async with place(tmp_path) as here:
        cycle = await here.open_cycle()
        writer = writers(here)[0].employee_id
        boss = str(here.employee(writer).manager_id)
        own = await write_self(here, cycle, writer)
        await here.settle()
        hand = Hand(here.who[boss])
        given = rating_answers(here.employee(writer), await rows_of(here, cycle, writer))
        words = {one: text for one, text in given.items() if not one.startswith("value:")}
        await hand.press(f"rate:{given['overall']}", near=here.employee(writer).name)
        await hand.fill(words)
        await hand.submit()
        for value in ("customer_first", "teamwork"):
            await hand.press(f"climb:{value}")
            await hand.fill(words)
            await hand.submit()
        await hand.fill(words)
        await hand.submit()
        assert hand.person.form is None
        assert hand.presses <= AT_MOST
        record = await here.review(cycle, writer)
    assert record.manager_part is not None
    assert record.self_part is not None
    assert record.manager_part.levels == record.self_part.levels
    assert own["overall"] == record.self_part.comment
