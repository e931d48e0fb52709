"""Messages and forms that together use every block and control."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
STEPS = ("5", "4.5", "4", "3.75", "3.5", "3.25", "3", "2.5")
BANDS = {
    "zh": ("4 及以上", "3.75", "3.5", "3.25 及以下"),
    "en": ("4 and above", "3.75", "3.5", "3.25 and below"),
}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(action: str, label: str, value: str = "", **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(label), "value": value, **more}


def option(value: str, label: str | None = None) -> Json:
    return {"text": plain(label or value), "value": value}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": element,
        **more,
    }


def review_form(step: int, suggested: str | None = None) -> Json:
    scores = [option(score) for score in STEPS]
    levels = [option("yes", "是 Yes"), option("partly", "部分 Partly"), option("no", "否 No")]
    first: list[Json] = [
        section("*1 / 2* · 支付成交额 Paid sales\n>3.5: 达到目标 target met"),
        field(
            "goal:1#s",
            "自评分 Own score",
            {"type": "static_select", "action_id": "score", "options": scores},
            dispatch_action=True,
        ),
        field(
            "goal:1",
            "说明 Comment",
            {"type": "plain_text_input", "action_id": "text", "multiline": True, "max_length": 300},
            hint=plain("结果、原因、数字。Result, reason, figures."),
        ),
        field(
            "value:customer_first:1",
            "尊重每一个人 Treats everyone with respect",
            {"type": "radio_buttons", "action_id": "level", "options": levels},
        ),
        field(
            "tags",
            "证据 Evidence",
            {
                "type": "checkboxes",
                "action_id": "picks",
                "options": [
                    option("a", "顾客感谢信 Letter of a customer"),
                    option("b", "周报 Check-in of week 36"),
                ],
            },
            optional=True,
        ),
        field("until", "日期 Date", {"type": "datepicker", "action_id": "date"}, optional=True),
    ]
    if suggested:
        first.insert(
            2,
            {
                "type": "context",
                "elements": [{"type": "mrkdwn", "text": f"Suggested: *{suggested}*"}],
            },
        )
    last: list[Json] = [
        section("*2 / 2* · 整体 Overall"),
        field(
            "overall",
            "整体说明 Overall comment",
            {"type": "plain_text_input", "action_id": "text", "multiline": True},
        ),
    ]
    return {
        "type": "modal",
        "callback_id": "self_review",
        "title": plain("自评 Self-review 2026Q3"),
        "submit": plain("保存并继续 Save" if step == 1 else "提交 Send"),
        "close": plain("稍后 Later"),
        "blocks": first if step == 1 else last,
    }


def invitation(*, zh: bool) -> list[Json]:
    words = (
        "自评已经开放，请在 *10月12日* 前完成，大约需要 15 分钟。"
        if zh
        else "Your self-review is open. Please finish it by *12 October*; it takes 15 minutes."
    )
    return [
        {"type": "header", "text": plain("2026Q3 自评" if zh else "Self-review 2026Q3")},
        section(words),
        {
            "type": "actions",
            "elements": [
                button("self_review.open", "开始自评" if zh else "Start", "r1", style="primary"),
                button("remind.later", "稍后提醒" if zh else "Remind me later", "r1"),
            ],
        },
        {
            "type": "context",
            "elements": [
                {
                    "type": "mrkdwn",
                    "text": "每一步都会保存，随时可以停。"
                    if zh
                    else "Each step is kept; stop whenever you like.",
                }
            ],
        },
    ]


def team_row(name: str, text: str) -> list[Json]:
    return [
        section(f"*{name}*\n>{text}"),
        {"type": "actions", "elements": [button(f"rate:{score}", score, name) for score in STEPS]},
    ]


def board(*, zh: bool) -> list[Json]:
    names = BANDS["zh" if zh else "en"]
    actual, policy = ("实际", "政策") if zh else ("Actual", "Policy")
    shares = ((21, 20), (16, 15), (45, 50), (18, 15))
    series = [
        {
            "name": title,
            "data": [
                {"label": n, "value": share[at]} for n, share in zip(names, shares, strict=True)
            ],
        }
        for at, title in enumerate((actual, policy))
    ]
    rows = [
        ["组", "人数", "4 及以上", ""],
        ["旗舰店 Flagship store", "8", "6", "允许 2"],
        ["运营 Operations", "14", "6", "允许 3"],
    ]
    return [
        {
            "type": "header",
            "text": plain("分布看板 2026Q3 · 员工" if zh else "Distribution 2026Q3 · staff"),
        },
        section("自评 31/48 · 评分 17/48" if zh else "Self-reviews 31/48 · ratings 17/48"),
        {
            "type": "data_visualization",
            "title": "评分占比 %" if zh else "Share of ratings, %",
            "chart": {"type": "bar", "series": series, "axis_config": {"categories": list(names)}},
        },
        {"type": "divider"},
        section(
            "🔴 *旗舰店运营* — 4 及以上 6 人，允许 2 人。随机出现的可能约为 *千分之一*。"
            if zh
            else "🔴 *Flagship store*: 6 at 4 or above, 2 allowed: *1 of 1,000* such teams."
        ),
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
            "column_settings": [{"align": "left"}, {"align": "right"}, {"align": "right"}],
        },
    ]


def gallery() -> list[Json]:
    styled = [
        {"type": "text", "text": "bold", "style": {"bold": True}},
        {"type": "text", "text": " and "},
        {"type": "text", "text": "italic", "style": {"italic": True}},
    ]
    return [
        section("*bold* _it_ ~gone~ `code` <https://example.com|a link> <!here> &lt;b&gt; 2*3*4"),
        section(
            "With a picker",
            accessory={
                "type": "static_select",
                "action_id": "pick",
                "placeholder": plain("Pick one"),
                "options": [option("one"), option("two")],
            },
        ),
        section(
            "With a menu",
            accessory={
                "type": "overflow",
                "action_id": "more",
                "options": [option("copy", "Copy"), option("drop", "Drop")],
            },
        ),
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": "*Goals*\n3 of 4"},
                {"type": "mrkdwn", "text": "*Values*\n2.5"},
            ],
        },
        {
            "type": "actions",
            "elements": [
                button(
                    "drop",
                    "Close the cycle",
                    "c1",
                    style="danger",
                    confirm={
                        "title": plain("Sure?"),
                        "text": plain("Nobody can rate after that."),
                        "confirm": plain("Close it"),
                        "deny": plain("Not yet"),
                        "style": "danger",
                    },
                ),
                {"type": "datepicker", "action_id": "day", "initial_date": "2026-10-12"},
            ],
        },
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": styled},
                {
                    "type": "rich_text_list",
                    "style": "bullet",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "first"}],
                        },
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "second"}],
                        },
                    ],
                },
                {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
                {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x = 1"}]},
            ],
        },
        {
            "type": "markdown",
            "text": "## Heading\n\nWith **bold**, [a link](https://example.com),\n\n- one\n- two",
        },
        {
            "type": "data_visualization",
            "title": "Who answered",
            "chart": {
                "type": "pie",
                "segments": [{"label": "answered", "value": 31}, {"label": "open", "value": 17}],
            },
        },
        {
            "type": "data_visualization",
            "title": "Surprises a quarter",
            "chart": {
                "type": "line",
                "series": [
                    {
                        "name": "Share, %",
                        "data": [
                            {"label": quarter, "value": value}
                            for quarter, value in (("Q4", 14), ("Q1", 9.5), ("Q2", 6), ("Q3", 3))
                        ],
                    }
                ],
                "axis_config": {"categories": ["Q4", "Q1", "Q2", "Q3"]},
            },
        },
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A small dot"},
    ]
