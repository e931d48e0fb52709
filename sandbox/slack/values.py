"""What an input holds: Slack's state values, and the plain values that a person thinks in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.slack.model import Json, Values

_STATE_KEY = {
    "plain_text_input": "value",
    "number_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "multi_static_select": "selected_options",
    "external_select": "selected_option",
    "multi_external_select": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "rich_text_input": "rich_text_value",
}
TYPED = frozenset(
    {"plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"}
)
"""Inputs that are typed into, and so dispatch on enter only."""


def elements(block: Json) -> Iterator[Json]:
    """Yield the interactive elements of a block, in order."""
    match block.get("type"):
        case "actions":
            yield from block["elements"]
        case "input":
            yield block["element"]
        case "section" if "accessory" in block:
            yield block["accessory"]


def holds_state(element: Json) -> bool:
    """Say whether Slack reports a state for it (buttons and overflow menus have none)."""
    return element["type"] in _STATE_KEY


def initial(element: Json) -> Json:
    """Return the state that an untouched element has."""
    kind = element["type"]
    key = _STATE_KEY[kind]
    given = element.get("initial_value" if kind in TYPED else key.replace("selected_", "initial_"))
    empty: Any = [] if key.endswith("s") else None
    return {"type": kind, key: empty if given is None else given}


def initial_values(blocks: list[Json], kept: Values | None = None) -> Values:
    """Return the state of a form: initial values, but what `kept` has for the same ids stays.

    Source: bolt-js #290; an input with the same block_id and action_id keeps what was typed and
    a changed initial value is ignored; what is hidden is forgotten.
    """
    state: Values = {}
    for block in blocks:
        for element in filter(holds_state, elements(block)):
            block_id, action_id = block["block_id"], element["action_id"]
            old = (kept or {}).get(block_id, {}).get(action_id)
            same = old is not None and old["type"] == element["type"]
            state.setdefault(block_id, {})[action_id] = old if same and old else initial(element)
    return state


def options(element: Json) -> list[Json]:
    """Return all options of a select, radio, checkbox or overflow element."""
    found = list(element.get("options", []))
    for group in element.get("option_groups", []):
        found += group["options"]
    return found


def chosen(element: Json, value: Any) -> Json:
    """Return the state after a person put `value` in: text, an option's value, or a list of them.

    Raises: ValueError when the element offers no such option.
    """
    kind = element["type"]
    key = _STATE_KEY[kind]
    if key == "selected_option":
        return {"type": kind, key: None if value is None else _option(element, value)}
    if key == "selected_options":
        picks = [] if value is None else value if isinstance(value, list) else [value]
        return {"type": kind, key: [_option(element, pick) for pick in picks]}
    if key.endswith("s"):
        return {"type": kind, key: value if isinstance(value, list) else [value] if value else []}
    if kind == "datetimepicker":
        return {"type": kind, key: None if value in (None, "") else int(value)}
    if kind == "rich_text_input":
        return {"type": kind, key: value or None}
    return {"type": kind, key: None if value in (None, "") else str(value)}


def plain(state: Json) -> Any:
    """Return what a person would say it holds: a string, a list of strings, or None."""
    held = state[_STATE_KEY[state["type"]]]
    match _STATE_KEY[state["type"]]:
        case "selected_option":
            return None if held is None else held["value"]
        case "selected_options":
            return [option["value"] for option in held]
        case _:
            return held


def plain_values(values: Values) -> dict[str, dict[str, Any]]:
    """Return a whole form's values as a person would say them."""
    return {
        block: {action: plain(state) for action, state in held.items()}
        for block, held in values.items()
    }


def objection(element: Json, state: Json, *, optional: bool) -> str | None:
    """Say why the client would not send this value, or None when it would.

    Source: Slack docs, reference/block-kit/blocks/input-block and the elements' pages
    (min_length, max_length, min_value, max_value, is_decimal_allowed).
    """
    held = plain(state)
    if held in (None, []) or (isinstance(held, str) and not held.strip()):
        return None if optional else "Please complete this required field."
    if state["type"] == "plain_text_input":
        low, high = element.get("min_length", 0), element.get("max_length", 3000)
        return None if low <= len(held) <= high else f"Must be {low} to {high} characters."
    if state["type"] == "number_input":
        return _number_objection(element, held)
    return None


def _number_objection(element: Json, held: str) -> str | None:
    try:
        number = float(held)
    except ValueError:
        return "Must be a number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Must be a whole number."
    low, high = (float(element.get(k, d)) for k, d in (("min_value", "-inf"), ("max_value", "inf")))
    return None if low <= number <= high else "Out of range."


def _option(element: Json, value: Any) -> Json:
    for option in options(element):
        if option["value"] == str(value):
            return option
    offered = ", ".join(option["value"] for option in options(element))
    raise ValueError(f"no option {value!r} here; there is {offered}")
