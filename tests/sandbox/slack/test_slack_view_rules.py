"""What Slack refuses in views."""

from __future__ import annotations

from typing import Any

import pytest
from slack_rig import (
    actions,
    modal,
    plain,
    section,
    text_input,
)
from slack_samples import chart, table

from sandbox.slack.surfaces import view_problems

Json = dict[str, Any]
FOCUS: Json = {"focus_on_load": True}


VIEWS: list[tuple[Json, str]] = [
    (
        modal(title=plain("t" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    (
        modal(submit=plain("t" * 25)),
        "must be less than 25 characters [json-pointer:/view/submit/text]",
    ),
    (
        modal(close=plain("t" * 25)),
        "must be less than 25 characters [json-pointer:/view/close/text]",
    ),
    (
        modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (
        modal(callback_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/callback_id]",
    ),
    (
        modal(external_id="x" * 256),
        "must be less than 256 characters [json-pointer:/view/external_id]",
    ),
    (
        modal(submit_disabled=True),
        "invalid additional property: submit_disabled [json-pointer:/view]",
    ),
    (
        modal(*[{"type": "divider"}] * 101),
        "no more than 100 items allowed [json-pointer:/view/blocks]",
    ),
    (
        {key: value for key, value in modal(text_input("t")).items() if key != "submit"},
        "must define `submit` to use an `input` block in modals [json-pointer:/view]",
    ),
    (
        modal(text_input("a", element=FOCUS), text_input("b", element=FOCUS)),
        "only one element may be focused on load [json-pointer:/view]",
    ),
    (
        modal(actions({"type": "datepicker", "initial_date": "2026-02-30"})),
        "value does not match the format of a date or time "
        "[json-pointer:/view/blocks/0/elements/0/initial_date]",
    ),
    (
        modal(actions({"type": "timepicker", "initial_time": "24:30"})),
        "value does not match the format of a date or time "
        "[json-pointer:/view/blocks/0/elements/0/initial_time]",
    ),
    (
        modal(actions({"type": "external_select", "min_query_length": "1"})),
        "must provide an integer [json-pointer:/view/blocks/0/elements/0/min_query_length]",
    ),
    (
        modal(section("x", accessory={"type": "multi_users_select", "max_selected_items": 0})),
        "must be at least 1 [json-pointer:/view/blocks/0/accessory/max_selected_items]",
    ),
    (modal(chart()), "unsupported type: data_visualization [json-pointer:/view/blocks/0]"),
    (modal(table(1, 1)), "unsupported type: table [json-pointer:/view/blocks/0]"),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view]"),
    ({"type": "page"}, "unsupported type: page [json-pointer:/view]"),
    (
        {"type": "home", "blocks": [], "title": plain("x")},
        "invalid additional property: title [json-pointer:/view]",
    ),
]


@pytest.mark.parametrize(("view", "problem"), VIEWS, ids=lambda value: str(value)[:60])
def test_view_problems_names_what_is_wrong(view: Json, problem: str) -> None:
    assert problem in view_problems(view)


def test_view_problems_none_at_the_limits() -> None:
    blocks: list[Json] = [{"type": "divider"}] * 99
    view = modal(
        text_input("t", element=FOCUS), *blocks, title=plain("t" * 24), private_metadata="x" * 3000
    )
    assert view_problems(view) == []
