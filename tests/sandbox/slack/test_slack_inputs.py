"""What each kind of input reports, as Slack's client does it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_forms import Heard, show
from slack_rig import (
    actions,
    bolt,
    option,
    plain,
)

from sandbox.slack import UnfilledError, Workspace

Json = dict[str, Any]


KINDS: list[tuple[Json, Any, Json]] = [
    (
        {"type": "checkboxes", "options": [option("1"), option("2")]},
        ["2", "1"],
        {"selected_options": [option("2"), option("1")]},
    ),
    (
        {"type": "multi_static_select", "options": [option("1")]},
        "1",
        {"selected_options": [option("1")]},
    ),
    (
        {
            "type": "static_select",
            "option_groups": [{"label": plain("g"), "options": [option("1")]}],
        },
        "1",
        {"selected_option": option("1")},
    ),
    ({"type": "datepicker"}, "2026-01-31", {"selected_date": "2026-01-31"}),
    ({"type": "timepicker"}, "09:30", {"selected_time": "09:30"}),
    ({"type": "datetimepicker"}, 1767225600, {"selected_date_time": 1767225600}),
    ({"type": "users_select"}, "U00000001", {"selected_user": "U00000001"}),
    ({"type": "multi_users_select"}, ["U00000001"], {"selected_users": ["U00000001"]}),
    ({"type": "number_input", "is_decimal_allowed": True}, "2.5", {"value": "2.5"}),
    ({"type": "email_text_input"}, "a@shop.test", {"value": "a@shop.test"}),
]


@pytest.mark.parametrize(("element", "value", "state"), KINDS, ids=lambda v: str(v)[:40])
async def test_each_kind_of_input_reports_its_own_state(
    element: Json, value: Any, state: Json
) -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    block = {"type": "input", "block_id": "b", "label": plain("b")}
    async with bolt(workspace, heard):
        show(workspace, ana, block | {"element": element | {"action_id": "a"}})
        with pytest.raises(UnfilledError):
            await ana.submit()
        await ana.fill({"b": value})
        assert ana.form is not None
        said = ana.form.state["b"]["a"]
        await ana.submit()
    assert heard.sent == [{"b": {"a": {"type": element["type"], **state}}}]
    assert said == (["1"] if element["type"] == "multi_static_select" else value)


async def test_press_chooses_in_a_menu_of_the_form() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    menu = {"type": "overflow", "action_id": "more", "options": [option("edit")]}
    async with bolt(workspace, heard):
        pick = {"type": "static_select", "action_id": "pick", "options": [option("1")]}
        show(workspace, ana, actions(menu, pick, block_id="row"))
        await ana.press("more", value="edit")
        await ana.press("pick", value="1")
    state = {"row": {"pick": {"type": "static_select", "selected_option": option("1")}}}
    empty = {"row": {"pick": {"type": "static_select", "selected_option": None}}}
    assert heard.actions == [("more", empty), ("pick", state)]
