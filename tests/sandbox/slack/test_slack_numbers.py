"""The numbers agree with two libraries that keep their own, and take what those libraries build."""

from __future__ import annotations

from typing import Any

import pytest
import slackblocks
from slack_sdk.models import blocks as sdk
from slack_sdk.models.views import View
from slackblocks import _limits as theirs

from sandbox.slack import limits
from sandbox.slack.blocks import message_problems
from sandbox.slack.surfaces import view_problems


@pytest.mark.parametrize(
    ("ours", "name"),
    [
        (limits.MESSAGE_BLOCKS, "MESSAGE_BLOCKS_MAX_ITEMS"),
        (limits.VIEW_BLOCKS, "VIEW_BLOCKS_MAX_ITEMS"),
        (limits.ID, "BLOCK_ID_MAX_LENGTH"),
        (limits.ID, "ACTION_ID_MAX_LENGTH"),
        (limits.ID, "VIEW_CALLBACK_ID_MAX_LENGTH"),
        (limits.ID, "VIEW_EXTERNAL_ID_MAX_LENGTH"),
        (limits.SECTION_TEXT, "SECTION_TEXT_MAX_LENGTH"),
        (limits.SECTION_FIELDS, "SECTION_FIELDS_MAX_ITEMS"),
        (limits.SECTION_FIELD, "SECTION_FIELDS_ITEM_MAX_LENGTH"),
        (limits.HEADER, "HEADER_TEXT_MAX_LENGTH"),
        (limits.MARKDOWN, "MARKDOWN_TOTAL_TEXT_MAX_LENGTH"),
        (limits.CONTEXT_ELEMENTS, "CONTEXT_ELEMENTS_MAX_ITEMS"),
        (limits.ACTIONS_ELEMENTS, "ACTIONS_ELEMENTS_MAX_ITEMS"),
        (limits.INPUT_LABEL, "INPUT_LABEL_MAX_LENGTH"),
        (limits.INPUT_LABEL, "INPUT_HINT_MAX_LENGTH"),
        (limits.IMAGE_URL, "IMAGE_IMAGE_URL_MAX_LENGTH"),
        (limits.IMAGE_TEXT, "IMAGE_ALT_TEXT_MAX_LENGTH"),
        (limits.TABLE_ROWS, "TABLE_ROWS_MAX_ITEMS"),
        (limits.TABLE_COLUMNS, "TABLE_COLUMNS_MAX_ITEMS"),
        (limits.CHARTS, "MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS"),
        (limits.CHART_TITLE, "DATA_VISUALIZATION_TITLE_MAX_LENGTH"),
        (limits.CHART_SERIES, "DATA_VISUALIZATION_SERIES_MAX_ITEMS"),
        (limits.CHART_SERIES, "DATA_VISUALIZATION_SEGMENTS_MAX_ITEMS"),
        (limits.CHART_POINTS, "DATA_VISUALIZATION_DATA_MAX_ITEMS"),
        (limits.CHART_LABEL, "DATA_VISUALIZATION_POINT_LABEL_MAX_LENGTH"),
        (limits.CHART_AXIS, "DATA_VISUALIZATION_AXIS_LABEL_MAX_LENGTH"),
        (limits.BUTTON_TEXT, "BUTTON_TEXT_MAX_LENGTH"),
        (limits.BUTTON_VALUE, "BUTTON_VALUE_MAX_LENGTH"),
        (limits.URL, "BUTTON_URL_MAX_LENGTH"),
        (limits.PLACEHOLDER, "SELECT_PLACEHOLDER_MAX_LENGTH"),
        (limits.SELECT_OPTIONS, "SELECT_OPTIONS_MAX_ITEMS"),
        (limits.CHOICES, "CHECKBOXES_OPTIONS_MAX_ITEMS"),
        (limits.CHOICES, "RADIO_BUTTONS_OPTIONS_MAX_ITEMS"),
        (limits.OVERFLOW_OPTIONS, "OVERFLOW_OPTIONS_MAX_ITEMS"),
        (limits.INPUT_LENGTH, "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX"),
        (limits.OPTION_TEXT, "OPTION_TEXT_MAX_LENGTH"),
        (limits.OPTION_VALUE, "OPTION_VALUE_MAX_LENGTH"),
        (limits.CONFIRM_TITLE, "CONFIRMATION_TITLE_MAX_LENGTH"),
        (limits.CONFIRM_TEXT, "CONFIRMATION_TEXT_MAX_LENGTH"),
        (limits.CONFIRM_BUTTON, "CONFIRMATION_CONFIRM_MAX_LENGTH"),
        (limits.VIEW_TITLE, "VIEW_TITLE_MAX_LENGTH"),
        (limits.PRIVATE_METADATA, "VIEW_PRIVATE_METADATA_MAX_LENGTH"),
    ],
)
def test_limit_equals_slackblocks(ours: int, name: str) -> None:
    assert ours == getattr(theirs, name)


def test_sdk_models_are_taken_as_they_write_themselves() -> None:
    option = sdk.Option(value="1", text=sdk.PlainTextObject(text="one", emoji=True))
    ask = sdk.ConfirmObject(title="Sure?", text="Really", confirm="Yes", deny="No")
    written: list[sdk.Block] = [
        sdk.HeaderBlock(text="Title"),
        sdk.SectionBlock(
            text=sdk.MarkdownTextObject(text="*x*", verbatim=True),
            fields=["a", "b"],
            accessory=sdk.ButtonElement(text="Go", action_id="go", value="1", confirm=ask),
        ),
        sdk.ContextBlock(elements=[sdk.MarkdownTextObject(text="small")]),
        sdk.ActionsBlock(
            elements=[
                sdk.StaticSelectElement(
                    placeholder="Pick", action_id="s", options=[option], initial_option=option
                ),
                sdk.RadioButtonsElement(action_id="r", options=[option]),
                sdk.OverflowMenuElement(action_id="o", options=[option, option]),
                sdk.DatePickerElement(action_id="d", initial_date="2026-01-31"),
                sdk.UserSelectElement(action_id="u", placeholder="Who"),
            ]
        ),
        sdk.DividerBlock(),
        sdk.ImageBlock(image_url="https://e.test/1.png", alt_text="x", title="t"),
        sdk.InputBlock(
            label="Words",
            element=sdk.PlainTextInputElement(action_id="t", multiline=True, max_length=3000),
            hint="Why",
            optional=True,
        ),
    ]
    plain: list[dict[str, Any]] = [block.to_dict() for block in written]
    view = View(type="modal", title="Form", submit="Send", close="Stop", blocks=written)
    assert message_problems(plain) == []
    assert view_problems(view.to_dict()) == []


def test_slackblocks_are_taken_as_they_write_themselves() -> None:
    blocks = [
        slackblocks.SectionBlock("*x*"),
        slackblocks.HeaderBlock("Title"),
        slackblocks.ActionsBlock([slackblocks.Button(text="Go", action_id="go", value="1")]),
        slackblocks.DividerBlock(),
    ]
    written = slackblocks.Message(channel="C1", blocks=blocks).to_dict()["blocks"]
    assert message_problems(written) == []
