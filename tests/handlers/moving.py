"""Ratings that are moved, for tests."""

from __future__ import annotations

import re
from dataclasses import replace

from calibrating import (
    press_in,
)
from text_chat import as_text
from world import Home

from handlers.answers import Answer, Done
from prompts.card import Form

HARD = "🎉 <!channel> {{ x }} \u202eabc & *b* " + "长" * 2000

ROW = re.compile(r"(.+) · (?:not rated yet|[\d.]+)")


def two_hr(place: Home) -> None:
    place.deps.company = replace(place.deps.company, hr_admins=("hr", "hr2"))


async def fill(place: Home, form: Form, review: str, to: str, because: str = "So.") -> Answer:
    return await place.fill("hr", form, {"overall": to, "reason": because})


def names(form: Form) -> list[str]:
    """Whom the list shows."""
    found = (ROW.fullmatch(line) for line in as_text(form).splitlines())
    return [row[1] for row in found if row]


async def press_refused(place: Home, form: Form) -> Answer:
    """A forged button: a review that is not in the session."""
    try:
        await press_in(place, form, "move:no-such-review")
    except AssertionError as nothing:
        answer = nothing.args[0]
        assert isinstance(answer, Done)
        return answer
    raise AssertionError("it opened something")


def names_of_the_rest() -> list[str]:
    return ["Bo Boss", "Mia Manager"]
