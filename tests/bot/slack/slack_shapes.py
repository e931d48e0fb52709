"""The shapes of all that the bot sends to Slack."""

from __future__ import annotations

KEYS: dict[str, tuple[str, str]] = {
    "section": ("text", "accessory"),
    "header": ("text", ""),
    "context": ("elements", ""),
    "actions": ("elements", ""),
    "divider": ("", ""),
    "image": ("alt_text slack_file", ""),
    "input": ("label element", "hint optional dispatch_action"),
    "rich_text": ("elements", ""),
    "data_visualization": ("title chart", ""),
    "button": ("action_id text", "value style confirm"),
    "static_select": ("action_id options", "initial_option placeholder"),
    "radio_buttons": ("action_id options", "initial_option"),
    "plain_text_input": ("action_id", "multiline max_length initial_value placeholder"),
    "number_input": ("action_id is_decimal_allowed", "initial_value"),
    "datepicker": ("action_id", "initial_date"),
    "users_select": ("action_id", "initial_user"),
    "multi_users_select": ("action_id max_selected_items", "initial_users"),
    "plain_text": ("text", "emoji"),
    "mrkdwn": ("text", "verbatim"),
    "rich_text_section": ("elements", ""),
    "rich_text_quote": ("elements", ""),
    "text": ("text", "style"),
    "link": ("url text", ""),
    "modal": ("title blocks callback_id private_metadata", "submit close"),
    "home": ("blocks", ""),
}
"""What we send: type to the fields it must have, and those it may have."""
INPUTS = {
    "static_select",
    "radio_buttons",
    "plain_text_input",
    "number_input",
    "datepicker",
    "users_select",
    "multi_users_select",
}
