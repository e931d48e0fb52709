"""What a manager has to press for one prepared person, besides typing: a choice is a press."""

from __future__ import annotations

from pathlib import Path

from place import AFTERNOON, place
from place_forms import fill_step, inputs, key, rows_of, write_self

from prompts.screens.manager_review import AS_THEIRS
from sandbox.company import rating_answers

MEMBER, BOSS = "N0015", "N0007"
MOST = 12
"""The goal, in one form."""


async def test_one_person_takes_one_form_and_few_presses(tmp_path: Path) -> None:
    async with place(tmp_path, count=16, start=AFTERNOON) as here:
        cycle = await here.open_cycle()
        await write_self(here, cycle, MEMBER)
        await here.settle()
        boss, member = here.who[BOSS], here.employee(MEMBER)
        answers = rating_answers(member, await rows_of(here, cycle, MEMBER))
        await boss.press(f"rate:{answers['overall']}", near=member.name)
        presses, forms = 1, set()
        while (form := boss.form) is not None:
            forms.add(form.id)
            values = {key(one).split(":")[1] for one in inputs(boss) if one.startswith("value:")}
            for value in values:
                await boss.press(f"{AS_THEIRS}{value}")
                presses += 1
            scores = [one for one in inputs(boss) if key(one).startswith("goal:")]
            await fill_step(
                boss,
                {name: said for name, said in answers.items() if not name.startswith("value:")},
                hasty=True,
            )
            presses += len(scores) + 1  # and the way on
            assert await boss.submit() == {}
        review = await here.review(cycle, MEMBER)
    assert review.rating is not None
    assert len(forms) == 1
    assert presses <= MOST
