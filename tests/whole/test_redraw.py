"""Slack refuses to redraw a form: nothing that was answered is lost, and the form goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from place import place
from place_forms import fill_step, fill_to_the_end, rows_of, shown

from sandbox.company import self_answers

MEMBER = "N0015"
LADDER = "value:customer_first"


@pytest.mark.parametrize("code", ["hash_conflict", "ratelimited", "internal_error"])
async def test_a_redraw_that_slack_refuses_is_skipped_and_loses_nothing(
    tmp_path: Path, code: str
) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        answers = self_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        person, faults = here.who[MEMBER], here.workspace.faults
        await person.press("self_review.open")
        await fill_step(person, answers)
        assert await person.submit() == {}
        faults.error("views.update", code)
        await person.fill({f"{LADDER}:1": "yes"})
        refused = shown(person)
        await here.kill()
        await person.close()
        await person.press("self_review.open")
        opened_again = shown(person)
        await person.fill({f"{LADDER}:2": "yes"})
        redrawn = shown(person)
        await fill_to_the_end(person, answers)
        levels = [f"{LADDER}:{level}" for level in (1, 2, 3)]
        assert [level in refused for level in levels] == [True, False, False]
        assert [level in opened_again for level in levels] == [True, True, False]
        assert opened_again[levels[0]] == "yes"
        assert [level in redrawn for level in levels] == [True, True, True]
        assert person.troubles == []
        assert [one.event for one in await here.trail() if "sent" in one.event] == [
            "self_review.sent"
        ]


async def test_a_form_that_was_not_redrawn_can_be_sent_and_asks_on(tmp_path: Path) -> None:
    async with place(tmp_path, count=16) as here:
        cycle = await here.open_cycle()
        answers = self_answers(here.employee(MEMBER), await rows_of(here, cycle, MEMBER))
        person = here.who[MEMBER]
        await person.press("self_review.open")
        await fill_step(person, answers)
        assert await person.submit() == {}
        here.workspace.faults.error("views.update", "hash_conflict")
        await person.fill({f"{LADDER}:1": "yes"})
        assert f"{LADDER}:2" not in shown(person)
        await person.submit()
        assert (f"{LADDER}:1" in shown(person), f"{LADDER}:2" in shown(person)) == (True, True)
        await fill_to_the_end(person, answers)
        assert person.troubles == []
        assert [one.event for one in await here.trail() if "sent" in one.event] == [
            "self_review.sent"
        ]
