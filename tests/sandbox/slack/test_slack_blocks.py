"""What Slack refuses in blocks and views, and what it takes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_rig import (
    actions,
    button,
    modal,
    option,
    plain,
    section,
    select_input,
    text_input,
)

from sandbox.slack.blocks import message_problems, too_long
from sandbox.slack.surfaces import view_problems

Json = dict[str, Any]


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def select(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "pick"} | more


def chart(**more: Any) -> Json:
    line = {
        "type": "line",
        "series": [{"name": "people", "data": [{"label": "A", "value": 3}]}],
        "axis_config": {"categories": ["A"]},
    }
    return {"type": "data_visualization", "title": "Ratings", "chart": line, **more}


def pie(*segments: Json) -> Json:
    return chart(chart={"type": "pie", "segments": list(segments)})


def table(rows: int, columns: int, text: str = "x") -> Json:
    row = [{"type": "raw_text", "text": text}] * columns
    return {"type": "table", "rows": [row] * rows}


def image(**more: Any) -> Json:
    return {"type": "image", "alt_text": "a chart", **more}


def styled(*elements: Json) -> Json:
    inner = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [inner]}


ASK = {
    "title": plain("t" * 100),
    "text": plain("x" * 300),
    "confirm": plain("y" * 30),
    "deny": plain("n" * 30),
}

TAKEN: list[Json] = [
    section("x" * 3000),
    {"type": "section", "fields": [mrkdwn("x" * 2000)] * 10},
    section("x", accessory=button("go", value="v" * 2000, style="primary", confirm=ASK)),
    section("x", accessory=select(options=[option("1")], placeholder=plain("p" * 150))),
    {"type": "header", "text": plain("x" * 150)},
    {"type": "context", "elements": [mrkdwn("x"), image(image_url="https://e.test/1.png")]},
    {"type": "divider", "block_id": "b" * 255},
    actions(*[button(f"b{n}") for n in range(25)]),
    actions({"type": "overflow", "action_id": "more", "options": [option("1")] * 5}),
    actions(select("radio_buttons", options=[option(str(n)) for n in range(10)])),
    actions(select("datepicker", initial_date="2026-01-31"), select("users_select", action_id="u")),
    image(image_url="https://e.test/" + "x" * 2985, title=plain("picture")),
    {"type": "markdown", "text": "x" * 12000},
    text_input("words", hint=plain("why"), optional=True, dispatch_action=True),
    text_input(
        "long",
        element={
            "min_length": 1,
            "max_length": 3000,
            "multiline": True,
            "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
        },
    ),
    {
        "type": "input",
        "label": plain("x"),
        "element": {"type": "number_input", "is_decimal_allowed": True, "min_value": "0"},
    },
    actions(
        select("checkboxes", options=[option("1")], initial_options=[option("1")]),
        select(
            option_groups=[{"label": plain("l" * 75), "options": [option("1")]}],
            initial_option=option("1"),
            action_id="grouped",
        ),
    ),
    section("x", accessory=select("multi_users_select", initial_users=["U1"])),
    select_input("grade", *[str(n) for n in range(100)]),
    styled(
        {"type": "text", "text": "hi", "style": {"bold": True}}, {"type": "user", "user_id": "U"}
    ),
    styled({"type": "link", "url": "https://e.test"}, {"type": "broadcast", "range": "here"}),
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "emoji", "name": "tada"}]},
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "channel", "channel_id": "C"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
        ],
    },
    table(100, 20),
    chart(title="t" * 50),
    pie({"label": "A", "value": 1}),
]


@pytest.mark.parametrize("block", TAKEN, ids=lambda block: str(block["type"]))
def test_message_problems_none_for_a_block_at_its_limits(block: Json) -> None:
    assert message_problems([block]) == []


REFUSED: list[tuple[Json, str]] = [
    (section("x" * 3001), "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    (section(""), "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    ({"type": "section"}, "must define either `text` or `fields` [json-pointer:/blocks/0]"),
    (section("x", colour="red"), "invalid additional property: colour [json-pointer:/blocks/0]"),
    (
        section("x", block_id="b" * 256),
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    ({"type": "section", "text": "bare"}, "must provide an object [json-pointer:/blocks/0/text]"),
    (
        {"type": "section", "fields": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/fields]",
    ),
    (
        {"type": "section", "fields": [mrkdwn("x" * 2001)]},
        "must be less than 2001 characters [json-pointer:/blocks/0/fields/0/text]",
    ),
    (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        {"type": "header", "text": mrkdwn("x")},
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    ({"type": "banner"}, "unsupported type: banner [json-pointer:/blocks/0]"),
    ({"text": "x"}, "missing required field: type [json-pointer:/blocks/0]"),
    (
        {"type": "context", "elements": [mrkdwn("x")] * 11},
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        actions(*[button(f"b{n}") for n in range(26)]),
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (actions(), "no fewer than 1 items required [json-pointer:/blocks/0/elements]"),
    (
        actions(button("go") | {"text": plain("x" * 76)}),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        actions(button("go", value="v" * 2001)),
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        actions(button("go") | {"action_id": "a" * 256}),
        "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
    ),
    (
        actions(button("go", style="loud")),
        "unsupported value: loud [json-pointer:/blocks/0/elements/0/style]",
    ),
    (
        actions(button("go", confirm=ASK | {"deny": plain("n" * 31)})),
        "must be less than 31 characters [json-pointer:/blocks/0/elements/0/confirm/deny/text]",
    ),
    (
        actions({"type": "plain_text_input", "action_id": "t"}),
        "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(button("go"), button("go")),
        '`action_id` "go" already exists in this block [json-pointer:/blocks/0]',
    ),
    (
        actions(select(options=[])),
        "no fewer than 1 items required [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select()),
        "must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(select(options=[option(str(n)) for n in range(101)])),
        "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select(options=[option("1")], initial_option=option("2"))),
        "initial option must exactly match one of the options [json-pointer:/blocks/0/elements/0]",
    ),
    (
        actions(select(options=[{"text": plain("x" * 76), "value": "1"}])),
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/options/0/text/text]",
    ),
    (
        actions(select(options=[{"text": plain("x"), "value": "1" * 151}])),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
    (
        actions(select(options=[option("1")], placeholder=plain("p" * 151))),
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/placeholder/text]",
    ),
    (
        actions(select("checkboxes", options=[option(str(n)) for n in range(11)])),
        "no more than 10 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions({"type": "overflow", "action_id": "o", "options": [option("1")] * 6}),
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        actions(select("datepicker", initial_date="31.1.2026")),
        (
            "value does not match the format of a date or time"
            " [json-pointer:/blocks/0/elements/0/initial_date]"
        ),
    ),
    (
        image(image_url="https://e.test/" + "x" * 2986),
        "must be less than 3001 characters [json-pointer:/blocks/0/image_url]",
    ),
    (image(), "must define either `image_url` or `slack_file` [json-pointer:/blocks/0]"),
    (
        {"type": "image", "image_url": "https://e.test/1.png"},
        "missing required field: alt_text [json-pointer:/blocks/0]",
    ),
    (
        text_input("t", element={"max_length": 3001}),
        "must be 1 to 3000 [json-pointer:/blocks/0/element/max_length]",
    ),
    (
        text_input("t", element={"min_length": 5, "max_length": 4}),
        "min_length must not be greater than max_length [json-pointer:/blocks/0/element]",
    ),
    (
        {"type": "input", "label": plain("x"), "element": button("go")},
        "unsupported type: button [json-pointer:/blocks/0/element]",
    ),
    (
        styled({"type": "text", "text": "x", "style": {"loud": True}}),
        "invalid additional property: loud [json-pointer:/blocks/0/elements/0/elements/0/style]",
    ),
    (table(101, 1), "no more than 100 items allowed [json-pointer:/blocks/0/rows]"),
    (table(1, 21), "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
    (table(2, 1, "x" * 5001), "must be less than 10001 characters [json-pointer:/blocks]"),
    (chart(title="t" * 51), "must be less than 51 characters [json-pointer:/blocks/0/title]"),
    (
        pie(*[{"label": str(n), "value": 1} for n in range(13)]),
        "no more than 12 items allowed [json-pointer:/blocks/0/chart/segments]",
    ),
    (
        pie({"label": "A", "value": 0}),
        "must be greater than 0 [json-pointer:/blocks/0/chart/segments/0/value]",
    ),
    (
        chart(chart=chart()["chart"] | {"axis_config": {"categories": ["A", "B"]}}),
        (
            "must have one data point per entry of axis_config.categories"
            " [json-pointer:/blocks/0/chart/series/0]"
        ),
    ),
    (
        {"type": "markdown", "text": "x" * 12001},
        "must be less than 12001 characters [json-pointer:/blocks/0/text]",
    ),
]


@pytest.mark.parametrize(("block", "problem"), REFUSED, ids=lambda value: str(value)[:60])
def test_message_problems_names_what_is_wrong_with_a_block(block: Json, problem: str) -> None:
    assert problem in message_problems([block])


def test_message_problems_above_fifty_blocks() -> None:
    assert message_problems([{"type": "divider"}] * 50) == []
    told = ["no more than 50 items allowed [json-pointer:/blocks]"]
    assert message_problems([{"type": "divider"}] * 51) == told


def test_message_problems_for_a_block_id_used_twice() -> None:
    blocks = [section("x", block_id="same"), section("y", block_id="same")]
    told = ["`block_id` already exists: same [json-pointer:/blocks/1/block_id]"]
    assert message_problems(blocks) == told


def test_message_problems_for_two_tables_or_three_charts() -> None:
    told = ["no more than 1 table blocks allowed [json-pointer:/blocks]"]
    assert message_problems([table(1, 1)] * 2) == told
    assert message_problems([chart()] * 2) == []
    told = ["no more than 2 data_visualization blocks allowed [json-pointer:/blocks]"]
    assert message_problems([chart()] * 3) == told


def test_message_problems_for_markdown_together() -> None:
    blocks = [{"type": "markdown", "text": "x" * 6001}] * 2
    assert message_problems(blocks) == ["must be less than 12001 characters [json-pointer:/blocks]"]


def test_too_long_counts_all_text_of_a_message() -> None:
    blocks = [section("x" * 3000)] * 4
    assert not too_long(blocks)
    assert too_long([*blocks, section("x")])


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
