"""The checker itself: its numbers are Slack's, and it finds what the SDK's models overlook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import slack_limits as ours
from slackblocks import _limits as theirs

from bot.platforms.slack import draw
from prompts.card import Ask, Button, Buttons, Field, Form, Heading, Option, Paragraph, Small, Span

Json = dict[str, Any]


def test_numbers_are_those_of_slackblocks() -> None:
    assert {number: number for number in (255, 3000, 2000, 150, 100, 10, 25)} == {
        ours.ID: theirs.BLOCK_ID_MAX_LENGTH,
        ours.TEXT: theirs.TEXT_MAX_LENGTH,
        ours.BUTTON_VALUE: theirs.BUTTON_VALUE_MAX_LENGTH,
        ours.OPTION_VALUE: theirs.OPTION_VALUE_MAX_LENGTH,
        ours.SELECT_OPTIONS: theirs.SELECT_OPTIONS_MAX_ITEMS,
        ours.RADIO_OPTIONS: theirs.RADIO_BUTTONS_OPTIONS_MAX_ITEMS,
        ours.ACTIONS: theirs.ACTIONS_ELEMENTS_MAX_ITEMS,
    }
    assert (ours.BUTTON, ours.OPTION, ours.PLACEHOLDER, ours.INPUT, ours.CONTEXT) == (
        theirs.BUTTON_TEXT_MAX_LENGTH,
        theirs.OPTION_TEXT_MAX_LENGTH,
        theirs.SELECT_PLACEHOLDER_MAX_LENGTH,
        theirs.PLAIN_TEXT_INPUT_MAX_LENGTH_MAX,
        theirs.CONTEXT_ELEMENTS_MAX_ITEMS,
    )
    assert ours.CONFIRM == {
        "title": theirs.CONFIRMATION_TITLE_MAX_LENGTH,
        "text": theirs.CONFIRMATION_TEXT_MAX_LENGTH,
        "confirm": theirs.CONFIRMATION_CONFIRM_MAX_LENGTH,
        "deny": theirs.CONFIRMATION_DENY_MAX_LENGTH,
    }
    assert (ours.CHART_TITLE, ours.CHART_SERIES, ours.CHART_POINTS, ours.CHART_LABEL) == (
        theirs.DATA_VISUALIZATION_TITLE_MAX_LENGTH,
        theirs.DATA_VISUALIZATION_SERIES_MAX_ITEMS,
        theirs.DATA_VISUALIZATION_CATEGORIES_MAX_ITEMS,
        theirs.DATA_VISUALIZATION_CATEGORY_LABEL_MAX_LENGTH,
    )


def good_view() -> Json:
    """A view that Slack takes, with a block of most kinds."""
    options = (Option("3.5", "Meets"), Option("4", "Exceeds"))
    parts = (
        Heading("Title"),
        Paragraph((Span("Words"),)),
        Small((Span("Small"),)),
        Field(key="score", ask=Ask.SCORE, label="Score", options=options),
        Field(key="level", ask=Ask.LEVEL, label="Level", options=options),
        Field(key="text", ask=Ask.TEXT, label="Text"),
        Buttons((Button("form.read", "Read", "r1"), Button("form.other", "Other", "r1"))),
    )
    return draw.view(Form(key="f", subject="r1", title="T", parts=parts, submit="Send"))


def test_a_good_view_has_no_fault() -> None:
    assert ours.view_faults(good_view()) == []


def _set(path: str, value: Any) -> Callable[[Json], None]:
    def change(view: Json) -> None:
        *way, last = [int(one) if one.isdigit() else one for one in path.split("/")]
        place: Any = view
        for one in way:
            place = place[one]
        place[last] = value

    return change


ELEVEN = [{"text": {"type": "plain_text", "text": "x"}, "value": str(n)} for n in range(11)]


def _twice(view: Json) -> None:
    view["blocks"].append(view["blocks"][3])


def _no_submit(view: Json) -> None:
    del view["submit"]


@pytest.mark.parametrize(
    "spoil",
    [
        _set("blocks/3/element/options", []),
        _set("blocks/3/element/options/0/text/text", "x" * 76),
        _set("blocks/3/element/options/0/value", "x" * 151),
        _set("blocks/3/element/initial_option", {"text": {}, "value": "9"}),
        _set("blocks/4/element/options", ELEVEN),
        _set("blocks/5/element/max_length", 3001),
        _set("blocks/5/element/initial_value", "x" * 3001),
        _set("blocks/5/element/surprise", 1),
        _set("blocks/5/block_id", "score"),
        _set("blocks/6/elements/1/action_id", "form.read"),
        _set("blocks/1/type", "sektion"),
        _set("blocks/1/text/text", "x" * 3001),
        _set("blocks/1/text/text", " "),
        _set("blocks/0/text/text", "x" * 151),
        _set("blocks/1", {"type": "data_visualization", "title": "x"}),
        _set("title/text", "x" * 25),
        _set("private_metadata", "x" * 3001),
        _set("blocks", [{"type": "divider"}] * 101),
        _twice,
        _no_submit,
    ],
)  # fmt: skip
def test_a_spoilt_view_is_found_out(spoil: Callable[[Json], None]) -> None:
    view = good_view()
    spoil(view)
    try:
        found = ours.view_faults(view)
    except KeyError:
        return
    assert found != []
