"""Blocks at their limits, and small ways to make others."""

from __future__ import annotations

from typing import Any

from slack_rig import (
    actions,
    button,
    option,
    plain,
    section,
    select_input,
    text_input,
)

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
