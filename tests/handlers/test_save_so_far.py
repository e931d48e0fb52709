"""What is typed is kept by one press, in every form that asks for words."""

from __future__ import annotations

from pathlib import Path

import pytest
from world import home, open_cycle
from world import opened as form_of

from handlers.answers import Redraws
from prompts.card import Ask, Small, plain


@pytest.mark.parametrize(("who", "at"), [("e1", "Saved at 12:00"), ("e2", "已于 12:00 保存")])
async def test_a_feedback_half_written_is_kept_and_goes_on_elsewhere(
    tmp_path: Path, who: str, at: str
) -> None:
    async with home(tmp_path) as place:
        await open_cycle(place)
        form = form_of(await place.press(who, "feedback.open", "e3"))
        assert form.keep
        typed = {one.key: f"half {one.key}" for one in form.fields if one.ask is Ask.TEXT}
        answer = await place.press_in(who, form, "form.keep", typed)
        assert isinstance(answer, Redraws)
        said = [plain(part.text) for part in answer.form.parts if isinstance(part, Small)]
        assert at in said[-1]
        again = form_of(await place.press(who, "feedback.open", "e3"))
        assert {one.key: one.value for one in again.fields if one.key in typed} == typed
