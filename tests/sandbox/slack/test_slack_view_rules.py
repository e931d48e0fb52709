"""What Slack refuses in views."""

from __future__ import annotations

from typing import Any

import pytest
from slack_rig import (
    modal,
    plain,
    text_input,
)
from slack_samples import chart, table

from sandbox.slack.surfaces import view_problems

Json = dict[str, Any]


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
    view = modal(text_input("t"), *blocks, title=plain("t" * 24), private_metadata="x" * 3000)
    assert view_problems(view) == []
