"""How people of the sample company fill in forms, step by step, and what they write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ding_person import DingPerson
from place import Place

from review.cycle import Cycle
from sandbox.company import rating_answers, self_answers
from sandbox.slack import forms
from sandbox.slack.model import OpenView
from sandbox.slack.people import Person

Answers = dict[str, str]


async def fill_to_the_end(
    person: Person | DingPerson, answers: Mapping[str, str], *, hasty: bool = False
) -> int:
    """Fill in every step of the open form and send it; how many steps there were.

    Required fields that `answers` does not name fail the test. `hasty`: of the choices that can
    be made at one sight of the form, the bot hears of the last one only, with all that stands.
    """
    if isinstance(person, DingPerson):
        return await person.fill_to_the_end(answers)
    for steps in range(1, 30):
        await fill_step(person, answers, hasty=hasty)
        errors = await person.submit()
        assert not errors, errors
        if person.form is None:
            return steps
        assert person.form.callback_id != "notice", person.form.words
    raise AssertionError("the form has no end")


async def fill_step(person: Person, answers: Mapping[str, str], *, hasty: bool = False) -> None:
    """Fill in what the open step asks, and what it asks then."""
    done: set[str] = set()
    while True:
        todo = [one for one in inputs(person) if key(one) not in done and key(one) in answers]
        if not todo:
            return
        if hasty:
            todo.sort(key=lambda block: key(block).startswith(CHOSEN))
            for block in todo[:-1]:
                forms.set_value(_form(person), block, None, answers[key(block)])
            done |= set(map(key, todo))
            await person.fill({todo[-1]: answers[key(todo[-1])]})
        else:
            done.add(key(todo[0]))
            await person.fill({todo[0]: answers[key(todo[0])]})


CHOSEN = ("goal:", "value:")


def _form(person: Person) -> OpenView:
    assert person.form is not None, person.troubles
    return person.form


def key(block_id: str) -> str:
    """The field that a block stands for."""
    return block_id.split("#", maxsplit=1)[0]


def inputs(person: Person) -> list[str]:
    """Block ids of the open form's fields."""
    return [block["block_id"] for block in _form(person).blocks if block["type"] == "input"]


def shown(person: Person) -> Answers:
    """What the open form holds, field to answer; "" where there is none."""
    return {
        key(block): _text(next(iter(held.values())))
        for block, held in _form(person).values.items()
        if key(block) in map(key, inputs(person))
    }


def _text(held: dict[str, Any]) -> str:
    option = held.get("selected_option")
    return str(option["value"] if option else held.get("value") or "")


def step(person: Person) -> str:
    """The line that says at which step the form is."""
    return _form(person).words.split("\n")[0]


async def rows_of(here: Place, cycle: Cycle, employee: str) -> list[tuple[str, str]]:
    """Id and title of the rows that somebody is scored on, in their language."""
    record = await here.review(cycle, employee)
    locale = here.employee(employee).locale
    return [(row.id, row.title[locale]) for row in record.sheet.rows]


async def write_self(here: Place, cycle: Cycle, employee: str, **more: str) -> Answers:
    """Somebody opens their self-review, fills it in and sends it; what they wrote."""
    colleague, person = here.employee(employee), here.who[employee]
    answers = self_answers(colleague, await rows_of(here, cycle, employee)) | more
    await person.press("self_review.open")
    await fill_to_the_end(person, answers, hasty=True)
    return answers


async def rate(
    here: Place, cycle: Cycle, employee: str, by: str | None = None, **more: str
) -> Answers:
    """Whoever rates somebody presses a score beside their name and sends the form."""
    colleague = here.employee(employee)
    boss = here.who[by or str(colleague.manager_id)]
    answers = rating_answers(colleague, await rows_of(here, cycle, employee)) | more
    await boss.press(f"rate:{answers['overall']}", near=colleague.name)
    await fill_to_the_end(boss, answers, hasty=True)
    return answers
