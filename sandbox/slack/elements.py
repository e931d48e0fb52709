"""Rules for interactive elements.

Source: Slack docs, reference/block-kit/block-elements, the page of each element.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

from sandbox.slack import composition, limits
from sandbox.slack.composition import ANY_TEXT
from sandbox.slack.model import Json
from sandbox.slack.problems import Problems, kind_of

Check = Callable[[Problems, Json, str], None]

SELECTS = {
    "static_select",
    "external_select",
    "users_select",
    "conversations_select",
    "channels_select",
}
MULTI_SELECTS = {f"multi_{name}" for name in SELECTS}
_PICKERS = {"datepicker", "timepicker", "datetimepicker", "radio_buttons", "checkboxes"}
IN_SECTION = {"button", "overflow", "image", *SELECTS, *MULTI_SELECTS, *_PICKERS}
IN_SECTION -= {"datetimepicker"}
IN_ACTIONS = {"button", "overflow", *SELECTS, *_PICKERS}
IN_INPUT = {
    "plain_text_input",
    "number_input",
    "email_text_input",
    "url_text_input",
    *SELECTS,
    *MULTI_SELECTS,
    *_PICKERS,
}


def element(found: Problems, value: Any, where: str, allowed: set[str]) -> None:
    """Check one element at a place where only `allowed` kinds may stand."""
    if kind_of(value) is None:
        found.add("missing required field: type", where)
        return
    if value["type"] not in allowed:
        found.add(f"unsupported type: {value['type']}", where)
        return
    found.string(value, "action_id", where, limits.ID, least=1)
    composition.confirm(found, value, where)
    composition.text(found, value, "placeholder", where, limits.PLACEHOLDER)
    found.flag(value, "focus_on_load", where=where)
    found.whole(value, "max_selected_items", where, 1)
    found.whole(value, "min_query_length", where, 0)
    _CHECKS[value["type"]](found, value, where)


def image(found: Problems, value: Json, where: str) -> None:
    """Check an image in a section or context (block-elements/image-element)."""
    if found.shape(value, where, "type alt_text", "image_url slack_file"):
        picture(found, value, where)


def picture(found: Problems, value: Json, where: str) -> None:
    """Check where a picture comes from: an address or a file in Slack, one of both."""
    if ("image_url" in value) == ("slack_file" in value):
        found.add("must define either `image_url` or `slack_file`", where)
    found.string(value, "image_url", where, limits.IMAGE_URL, least=1)
    found.string(value, "alt_text", where, limits.IMAGE_TEXT)
    if "slack_file" in value:
        found.shape(value["slack_file"], f"{where}/slack_file", "", "id url")


def _button(found: Problems, value: Json, where: str) -> None:
    known = "action_id url value style confirm accessibility_label"
    if found.shape(value, where, "type text", known):
        composition.text(found, value, "text", where, limits.BUTTON_TEXT)
    found.string(value, "value", where, limits.BUTTON_VALUE)
    found.string(value, "url", where, limits.URL)
    found.string(value, "accessibility_label", where, limits.BUTTON_TEXT)
    found.one_of(value, "style", where, {"primary", "danger"})


def _overflow(found: Problems, value: Json, where: str) -> None:
    found.shape(value, where, "type options", "action_id confirm")
    composition.options(found, value, where, limits.OVERFLOW_OPTIONS)


def _static_select(found: Problems, value: Json, where: str) -> None:
    multi = value["type"].startswith("multi_")
    own = "initial_options max_selected_items" if multi else "initial_option"
    known = "action_id options option_groups confirm focus_on_load placeholder"
    found.shape(value, where, "type", f"{known} {own}")
    composition.choices(found, value, where)
    composition.initial_options(found, value, where)


def _external_select(found: Problems, value: Json, where: str) -> None:
    multi = value["type"].startswith("multi_")
    own = "initial_options max_selected_items" if multi else "initial_option"
    known = "action_id min_query_length confirm focus_on_load placeholder"
    found.shape(value, where, "type", f"{known} {own}")


def _listed_select(found: Problems, value: Json, where: str) -> None:
    noun = value["type"].removeprefix("multi_").removesuffix("_select")
    if value["type"].startswith("multi_"):
        own = f"initial_{noun} max_selected_items"
    else:
        own = f"initial_{noun.removesuffix('s')}"
        own += "" if noun == "users" else " response_url_enabled"
    if noun == "conversations":
        own += " filter default_to_current_conversation"
    found.shape(value, where, "type", f"action_id confirm focus_on_load placeholder {own}")


def _choice(found: Problems, value: Json, where: str) -> None:
    own = "initial_option" if value["type"] == "radio_buttons" else "initial_options"
    found.shape(value, where, "type options", f"action_id confirm focus_on_load {own}")
    composition.options(found, value, where, limits.CHOICES, ANY_TEXT)
    composition.initial_options(found, value, where)


def _picker(found: Problems, value: Json, where: str) -> None:
    own, pattern = {
        "datepicker": ("initial_date placeholder", r"\d{4}-\d{2}-\d{2}"),
        "timepicker": ("initial_time placeholder timezone", r"\d{2}:\d{2}"),
        "datetimepicker": ("initial_date_time", r"\d{10}"),
    }[value["type"]]
    found.shape(value, where, "type", f"action_id confirm focus_on_load {own}")
    first = own.split()[0]
    given = str(value.get(first, ""))
    if first in value and not (re.fullmatch(pattern, given) and _exists(value["type"], given)):
        found.add("value does not match the format of a date or time", f"{where}/{first}")


def _exists(kind: str, given: str) -> bool:
    """Say whether there is such a day or time of day."""
    try:
        if kind == "datepicker":
            date.fromisoformat(given)
        elif kind == "timepicker":
            time.fromisoformat(given)
    except ValueError:
        return False
    return True


def _text_input(found: Problems, value: Json, where: str) -> None:
    known = "action_id initial_value dispatch_action_config focus_on_load placeholder"
    more = " multiline min_length max_length" if value["type"] == "plain_text_input" else ""
    found.shape(value, where, "type", known + more)
    found.flag(value, "multiline", where=where)
    found.string(value, "initial_value", where, limits.INPUT_LENGTH)
    _length(found, value, where, "min_length", 0)
    _length(found, value, where, "max_length", 1)
    low, high = value.get("min_length"), value.get("max_length")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        found.add("min_length must not be greater than max_length", where)
    _dispatch(found, value, where)


def _length(found: Problems, value: Json, where: str, key: str, least: int) -> None:
    number = value.get(key, least)
    if not isinstance(number, int) or not least <= number <= limits.INPUT_LENGTH:
        found.add(f"must be {least} to {limits.INPUT_LENGTH}", f"{where}/{key}")


def _number_input(found: Problems, value: Json, where: str) -> None:
    known = "action_id initial_value min_value max_value dispatch_action_config focus_on_load"
    found.shape(value, where, "type is_decimal_allowed", f"{known} placeholder")
    found.flag(value, "is_decimal_allowed", where=where)
    for key in ("initial_value", "min_value", "max_value"):
        if key in value and not re.fullmatch(r"[+-]?\d+(\.\d+)?", str(value[key])):
            found.add("must be a number in a string", f"{where}/{key}")
    _dispatch(found, value, where)


def _dispatch(found: Problems, value: Json, where: str) -> None:
    """Check composition-objects/dispatch-action-configuration-object."""
    if "dispatch_action_config" not in value:
        return
    spot = f"{where}/dispatch_action_config"
    if found.shape(value["dispatch_action_config"], spot, "trigger_actions_on"):
        config = value["dispatch_action_config"]
        for moment in found.items(config, "trigger_actions_on", spot, 2):
            allowed = {"on_enter_pressed", "on_character_entered"}
            found.one_of({"moment": moment}, "moment", spot, allowed)


_CHECKS: dict[str, Check] = {
    "button": _button,
    "image": image,
    "overflow": _overflow,
    **dict.fromkeys(SELECTS | MULTI_SELECTS, _listed_select),
    "static_select": _static_select,
    "multi_static_select": _static_select,
    "external_select": _external_select,
    "multi_external_select": _external_select,
    "radio_buttons": _choice,
    "checkboxes": _choice,
    "datepicker": _picker,
    "timepicker": _picker,
    "datetimepicker": _picker,
    "plain_text_input": _text_input,
    "email_text_input": _text_input,
    "url_text_input": _text_input,
    "number_input": _number_input,
}
