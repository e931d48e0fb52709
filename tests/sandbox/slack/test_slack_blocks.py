"""What Slack refuses in blocks and views, and what it takes."""

from __future__ import annotations

from typing import Any

import pytest
from slack_rig import (
    actions,
    button,
    option,
    plain,
    section,
    text_input,
)
from slack_samples import ASK, TAKEN, chart, image, mrkdwn, pie, select, styled, table

from sandbox.slack.blocks import message_problems, too_long

Json = dict[str, Any]


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
    (
        styled({"type": "shout"}),
        "unsupported type: shout [json-pointer:/blocks/0/elements/0/elements/0]",
    ),
    (
        {"type": "rich_text", "elements": [{"type": "rich_text_poem", "elements": []}]},
        "unsupported type: rich_text_poem [json-pointer:/blocks/0/elements/0]",
    ),
    (
        {"type": "table", "rows": [[{"type": "bare", "text": "x"}]]},
        "unsupported type: bare [json-pointer:/blocks/0/rows/0/0]",
    ),
    (
        table(1, 1) | {"column_settings": [{"align": "up"}]},
        "unsupported value: up [json-pointer:/blocks/0/column_settings/0/align]",
    ),
    (
        chart(chart={"type": "radar"}),
        "unsupported type: radar [json-pointer:/blocks/0/chart]",
    ),
    (
        chart(chart=chart()["chart"] | {"series": chart()["chart"]["series"] * 2}),
        "names of series must be unique [json-pointer:/blocks/0/chart/series/1]",
    ),
    (
        pie({"label": "A", "value": "7"}),
        "must provide a number [json-pointer:/blocks/0/chart/segments/0/value]",
    ),
    (
        pie({"label": "A" * 21, "value": 1}),
        "must be less than 21 characters [json-pointer:/blocks/0/chart/segments/0/label]",
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
