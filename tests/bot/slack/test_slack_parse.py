"""Payloads as Slack sends them, read as neutral events."""

from __future__ import annotations

import json
from typing import Any

from bot.platforms.slack import parse
from handlers.events import Account, Answered, Command, Pressed, Submitted

Json = dict[str, Any]
USER = {"id": "U0CA5", "username": "amy", "name": "amy", "team_id": "T012AB3C4"}
BOB = Account("slack", "U0CA5")


def message_press(**action: Any) -> Json:
    """A press in a message, in the shape of Slack's page on block_actions."""
    return {
        "type": "block_actions",
        "team": {"id": "T012AB3C4", "domain": "acme"},
        "user": USER,
        "api_app_id": "A02",
        "token": "token",
        "container": {
            "type": "message",
            "message_ts": "1548261231.000200",
            "channel_id": "D1",
            "is_ephemeral": False,
        },
        "trigger_id": "12466734323.1395872398",
        "channel": {"id": "D1", "name": "directmessage"},
        "message": {"bot_id": "B1", "type": "message", "text": "Team", "ts": "1548261231.000200"},
        "state": {"values": {}},
        "response_url": "http://localhost/r",
        "enterprise": None,
        "is_enterprise_install": False,
        "actions": [{"block_id": "=qXel", "action_ts": "1548426417.840180", **action}],
    }


def view(values: Json, **changed: Any) -> Json:
    """A modal as Slack sends it along."""
    return {
        "id": "V777",
        "team_id": "T012AB3C4",
        "type": "modal",
        "title": {"type": "plain_text", "text": "Rate", "emoji": False},
        "submit": {"type": "plain_text", "text": "Send", "emoji": False},
        "close": None,
        "blocks": [],
        "private_metadata": json.dumps(["r1", 2, 7]),
        "callback_id": "manager_review",
        "external_id": "",
        "state": {"values": values},
        "hash": "1569262015.55b5e41b",
        "clear_on_close": False,
        "notify_on_close": False,
        "root_view_id": "V777",
        "previous_view_id": None,
        "app_id": "A02",
        "bot_id": "B1",
        **changed,
    }


SELECTED = {"text": {"type": "plain_text", "text": "3.5 Meets", "emoji": False}, "value": "3.5"}
VALUES: Json = {
    "goal:g1": {"score": {"type": "static_select", "selected_option": SELECTED}},
    "goal:g2#4": {"score": {"type": "static_select", "selected_option": None}},
    "value:teamwork:1": {"level": {"type": "radio_buttons", "selected_option": SELECTED}},
    "comment:g1#12": {"text": {"type": "plain_text_input", "value": "<!here> & co"}},
    "comment:g2": {"text": {"type": "plain_text_input", "value": None}},
    "comment:c#": {"text": {"type": "plain_text_input"}},
    "comment:c##0": {"text": {"type": "plain_text_input", "value": "sharp"}},
    "due": {"date": {"type": "datepicker", "selected_date": "2026-10-12"}},
    "who": {"person": {"type": "users_select", "selected_user": "U9"}},
    "whom": {"people": {"type": "multi_users_select", "selected_users": ["U9", "U8"]}},
    "nobody": {"people": {"type": "multi_users_select", "selected_users": []}},
    "many": {"number": {"type": "number_input", "value": "0"}},
    "empty": {},
}
ANSWERS = {
    "goal:g1": "3.5",
    "goal:g2": "",
    "value:teamwork:1": "3.5",
    "comment:g1": "<!here> & co",
    "comment:g2": "",
    "comment:c": "",
    "comment:c#": "sharp",
    "due": "2026-10-12",
    "who": "U9",
    "whom": "U9,U8",
    "nobody": "",
    "many": "0",
}


def test_a_button_in_a_message_is_a_press() -> None:
    body = message_press(action_id="rate:3.5", type="button", value="r1")
    identity = "press:12466734323.1395872398"
    assert parse.pressed(body) == Pressed(who=BOB, action="rate:3.5", value="r1", identity=identity)


def test_a_button_without_a_value_has_an_empty_one() -> None:
    body = message_press(action_id="remind.later", type="button")
    assert parse.pressed(body).value == ""


def test_a_choice_in_a_message_is_a_press_with_what_was_chosen() -> None:
    body = message_press(action_id="x", type="static_select", selected_option=SELECTED)
    assert parse.pressed(body).value == "3.5"


def in_view(action: Json, shown: Json) -> Json:
    return {
        "type": "block_actions",
        "user": USER,
        "container": {"type": "view", "view_id": shown["id"]},
        "trigger_id": "1.2",
        "view": shown,
        "actions": [{"action_ts": "1548426417.84", **action}],
    }


def test_a_choice_in_a_form_brings_all_answers() -> None:
    action = {
        "type": "static_select",
        "action_id": "score",
        "block_id": "goal:g1#3",
        "selected_option": SELECTED,
    }
    event = parse.answered(in_view(action, view(VALUES, root_view_id=None)))
    assert event == Answered(
        who=BOB,
        form="manager_review",
        subject="r1",
        step=2,
        answers=ANSWERS,
        identity="answer:V777:1548426417.84:score",
        pressed=None,
        changed="goal:g1",
        order="1548426417.84",
        surface="V777",
        base=7,
    )


def test_a_button_in_a_form_is_named_and_changes_nothing() -> None:
    action = {"type": "button", "action_id": "form.back", "block_id": "b1", "value": "r1"}
    event = parse.answered(in_view(action, view({}, id="V8", root_view_id="V777")))
    assert (event.pressed, event.changed, event.surface) == ("form.back", None, "V777")
    assert event.answers == {}


def test_a_sent_form_brings_all_answers() -> None:
    body: Json = {
        "type": "view_submission",
        "team": {"id": "T012AB3C4", "domain": "acme"},
        "user": USER,
        "view": view(VALUES),
        "trigger_id": "9.9",
        "response_urls": [],
        "enterprise": None,
    }
    assert parse.submitted(body) == Submitted(
        who=BOB,
        form="manager_review",
        subject="r1",
        step=2,
        answers=ANSWERS,
        identity="submit:9.9",
        surface="V777",
        base=7,
    )


def test_a_form_without_state_has_no_answers() -> None:
    states: tuple[Json | None, ...] = (None, {}, {"values": None}, {"values": {}})
    for nothing in states:
        assert parse.answers(view({}, state=nothing)) == {}


SLASH = {
    "token": "token",
    "team_id": "T0001",
    "team_domain": "example",
    "enterprise_id": "E0001",
    "channel_id": "C2147483705",
    "channel_name": "test",
    "user_id": "U0CA5",
    "user_name": "amy",
    "command": "/review",
    "text": "  open 2026Q4 ",
    "response_url": "http://localhost/commands/1234/5678",
    "trigger_id": "13345224609.738474920.8088930838d88f008e0",
    "api_app_id": "A123456",
}


def test_a_slash_command_is_its_words() -> None:
    identity = "command:13345224609.738474920.8088930838d88f008e0"
    assert parse.command(SLASH) == Command(who=BOB, text="open 2026Q4", identity=identity)


def test_a_slash_command_without_words_is_empty() -> None:
    without = {key: value for key, value in SLASH.items() if key != "text"}
    bodies: tuple[Json, ...] = (without, SLASH | {"text": None}, SLASH | {"text": ""})
    for body in bodies:
        assert parse.command(body).text == ""
