"""Form state and what a form tells the app, as Slack's client does it."""

from __future__ import annotations

from typing import Any

import pytest
from slack_forms import Heard, held, show
from slack_rig import (
    actions,
    bolt,
    bot_client,
    button,
    modal,
    option,
    plain,
    section,
    select_input,
    text_input,
)

from sandbox.slack import PersonError, UnfilledError, Workspace
from sandbox.slack.surfaces import accepted_view

Json = dict[str, Any]


async def test_typed_values_stay_and_a_new_initial_value_is_ignored_for_the_same_ids() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    view_id = show(workspace, ana, text_input("words"), text_input("other"))
    async with bot_client(workspace) as (_, client):
        await ana.fill({"words": "typed", "other": "more"})
        again = [
            text_input("words", element={"initial_value": "from the app"}),
            text_input("other#1", element={"initial_value": "from the app"}),
        ]
        await client.views_update(view_id=view_id, view=modal(*again))
        kept = held(ana)
        await client.views_update(view_id=view_id, view=modal(again[1]))
        await client.views_update(view_id=view_id, view=modal(*again))
    assert kept == {"words": {"text": "typed"}, "other#1": {"text": "from the app"}}
    assert held(ana) == {"words": {"text": "from the app"}, "other#1": {"text": "from the app"}}


async def test_text_tells_on_enter_only_and_selects_tell_at_once_with_the_whole_state() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    async with bolt(workspace, heard):
        words = text_input("words", dispatch_action=True)
        show(workspace, ana, words, select_input("grade", "1", "2", dispatch_action=True))
        await ana.fill({"words": "typed"})
        silent = list(heard.actions)
        await ana.select("grade", "2")
        await ana.enter("words")
    state = {
        "words": {"text": {"type": "plain_text_input", "value": "typed"}},
        "grade": {"pick": {"type": "static_select", "selected_option": option("2")}},
    }
    assert silent == []
    assert heard.actions == [("pick", state), ("text", state)]


async def test_text_tells_while_typing_if_configured_and_nothing_tells_without_dispatch() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    config = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    async with bolt(workspace, heard):
        words = text_input("words", dispatch_action=True, element=config)
        show(workspace, ana, words, select_input("grade", "1"))
        await ana.fill({"grade": "1", "words": "x"})
        await ana.enter("words")
    assert [name for name, _ in heard.actions] == ["text", "text"]


async def test_controls_in_an_actions_block_tell_without_asking() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    radio = {"type": "radio_buttons", "action_id": "radio", "options": [option("1"), option("2")]}
    async with bolt(workspace, heard):
        show(workspace, ana, section("who"), actions(radio, button("go"), block_id="row"))
        await ana.select("row", "2", action_id="radio")
        await ana.press("go", near="who")
    chosen = {"row": {"radio": {"type": "radio_buttons", "selected_option": option("2")}}}
    assert heard.actions == [("radio", chosen), ("go", chosen)]


async def test_client_keeps_a_form_with_missing_or_impossible_values() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    number = {"type": "number_input", "action_id": "n", "is_decimal_allowed": False}
    number |= {"min_value": "1", "max_value": "9"}
    count = {"type": "input", "block_id": "count", "label": plain("count"), "element": number}
    async with bolt(workspace, heard):
        short = text_input("short", element={"min_length": 3})
        free = text_input("free", optional=True)
        show(workspace, ana, text_input("words"), select_input("grade", "1"), short, free, count)
        await ana.fill({"short": "no", "words": "  ", "count": "9.5"})
        with pytest.raises(UnfilledError) as caught:
            await ana.submit()
        await ana.fill({"short": "yes", "words": "w", "grade": "1", "count": "10"})
        with pytest.raises(UnfilledError) as out_of_range:
            await ana.submit()
        await ana.fill({"count": "9"})
        await ana.submit()
    assert caught.value.blocks == {
        "words": "Please complete this required field.",
        "grade": "Please complete this required field.",
        "short": "Must be 3 to 3000 characters.",
        "count": "Must be a whole number.",
    }
    assert out_of_range.value.blocks == {"count": "Out of range."}
    assert len(heard.sent) == 1
    assert heard.sent[0]["free"] == {"text": {"type": "plain_text_input", "value": None}}


async def test_answer_update_moves_on_in_the_same_form() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    following = modal(text_input("words"), section("step two"))
    async with bolt(workspace, Heard(response_action="update", view=following)):
        view_id = show(workspace, ana, text_input("words"))
        await ana.fill({"words": "kept"})
        await ana.submit()
    assert ana.form is not None
    assert (ana.form.id, "step two" in ana.form.words) == (view_id, True)
    assert held(ana) == {"words": {"text": "kept"}}


async def test_answer_push_lays_a_form_on_top_and_clear_takes_all_away() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard(response_action="push", view=modal(section("on top")))
    async with bolt(workspace, heard):
        show(workspace, ana, text_input("words", optional=True))
        await ana.submit()
        pushed = ana.form
        heard.answer = {"response_action": "clear"}
        await ana.submit()
    assert pushed is not None
    assert pushed.words == "on top"
    assert ana.form is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": modal(section(""))},
        {"response_action": "shout"},
    ],
)
async def test_answer_that_slack_can_not_follow_is_a_trouble(answer: Json) -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    async with bolt(workspace, Heard(**answer)):
        show(workspace, ana, text_input("words", optional=True))
        await ana.submit()
    assert len(ana.troubles) == 1
    assert ana.form is not None


async def test_closing_tells_only_who_asked_and_carries_no_values() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    async with bolt(workspace, heard):
        show(workspace, ana, text_input("words"))
        await ana.close()
        view_id = show(workspace, ana, text_input("words"), notify_on_close=True)
        await ana.close()
    assert heard.closed == [(view_id, False)]


async def test_closing_a_pushed_form_with_clear_on_close_closes_all() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    heard = Heard()
    async with bolt(workspace, heard):
        first = show(workspace, ana, section("1"), notify_on_close=True)
        workspace.views.push(ana.id, accepted_view(modal(section("2"), clear_on_close=True)))
        await ana.close()
    assert ana.form is None
    assert heard.closed == [(first, True)]


async def test_fill_names_what_is_not_there() -> None:
    workspace = Workspace()
    ana = workspace.add_user("ana")
    with pytest.raises(PersonError, match="no form open"):
        await ana.fill({"words": "x"})
    show(workspace, ana, text_input("goal:1"), text_input("goal:2"), select_input("grade", "1"))
    with pytest.raises(PersonError, match="0 fields fit 'nothing'"):
        await ana.fill({"nothing": "x"})
    with pytest.raises(PersonError, match="2 fields fit"):
        await ana.fill({"goal:*": "x"})
    with pytest.raises(PersonError, match="no option '7' here; there is 1"):
        await ana.fill({"grade": "7"})
    await ana.fill({"goal:2*": "fits one"})
    assert held(ana)["goal:2"] == {"text": "fits one"}
