"""The line breaks just as a form is opened: the person sees it all the same, or is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from place import place

from sandbox.slack.faults import HTML

MEMBER = "N0015"
OPEN = "views.open"


@pytest.mark.parametrize("taken", [False, True], ids=["never arrived", "reply lost"])
async def test_a_form_whose_opening_has_no_answer_is_asked_for_again(
    tmp_path: Path, *, taken: bool
) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        here.server.faults.drop(OPEN, accepted=taken)
        person = here.who[MEMBER]
        await person.press("self_review.open")
        assert person.form is not None
        assert person.form.callback_id == "self_review"
        assert [method for method, _ in here.server.calls].count(OPEN) == 2
        await here.settle()
        assert here.dms(MEMBER, "press_again") == []


async def test_somebody_whose_form_can_not_be_opened_is_asked_to_press_again(
    tmp_path: Path,
) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        here.server.faults.drop(OPEN, times=2)
        person = here.who[MEMBER]
        await person.press("self_review.open")
        assert person.form is None
        await here.settle()
        (told,) = here.dms(MEMBER, "press_again")
        assert "press" in told.words


@pytest.mark.parametrize(("status", "body"), [(503, HTML), (200, HTML), (200, ""), (200, "{}")])
@pytest.mark.parametrize("json", [False, True], ids=["as HTML", "as JSON"])
async def test_an_answer_that_is_none_of_slacks_costs_another_press(
    tmp_path: Path, status: int, body: str, *, json: bool
) -> None:
    async with place(tmp_path, count=16) as here:
        await here.open_cycle()
        here.server.faults.server_error(OPEN, status=status, body=body, json=json)
        person = here.who[MEMBER]
        await person.press("self_review.open")
        assert person.form is None
        await here.settle()
        assert len(here.dms(MEMBER, "press_again")) == 1
        await person.press("self_review.open")
        assert person.form is not None
        assert person.troubles == []
