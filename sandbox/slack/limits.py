"""Slack's numbers, each with the page it stands on (paths of Slack's documentation)."""

from __future__ import annotations

from typing import Final

# reference/block-kit/blocks
MESSAGE_BLOCKS: Final = 50
VIEW_BLOCKS: Final = 100
ID: Final = 255  # block_id, action_id, callback_id, external_id

# reference/block-kit/blocks/<name>-block
SECTION_TEXT: Final = 3_000
SECTION_FIELDS: Final = 10
SECTION_FIELD: Final = 2_000
HEADER: Final = 150
MARKDOWN: Final = 12_000  # all markdown blocks of one message together
CONTEXT_ELEMENTS: Final = 10
ACTIONS_ELEMENTS: Final = 25
INPUT_LABEL: Final = 2_000  # also hint
IMAGE_URL: Final = 3_000
IMAGE_TEXT: Final = 2_000  # alt_text and title
TABLES: Final = 1
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
TABLE_CHARACTERS: Final = 10_000
CHARTS: Final = 2
CHART_TITLE: Final = 50
CHART_SERIES: Final = 12  # series of a chart, segments of a pie
CHART_POINTS: Final = 20
CHART_LABEL: Final = 20  # categories, names of series and segments
CHART_AXIS: Final = 50

# reference/block-kit/block-elements/<name>-element
BUTTON_TEXT: Final = 75  # also accessibility_label
BUTTON_VALUE: Final = 2_000
URL: Final = 3_000
PLACEHOLDER: Final = 150
SELECT_OPTIONS: Final = 100  # also option groups
CHOICES: Final = 10  # radio buttons and checkboxes
OVERFLOW_OPTIONS: Final = 5
INPUT_LENGTH: Final = 3_000

# reference/block-kit/composition-objects
OPTION_TEXT: Final = 75  # also description, and the label of a group
OPTION_VALUE: Final = 150
CONFIRM_TITLE: Final = 100
CONFIRM_TEXT: Final = 300
CONFIRM_BUTTON: Final = 30

# reference/views
VIEW_TITLE: Final = 24  # also submit and close
PRIVATE_METADATA: Final = 3_000
VIEW_BYTES: Final = 250_000
PUSHED_VIEWS: Final = 3  # the stack in all

# reference/methods/chat.postMessage, chat.update
MESSAGE_TEXT: Final = 40_000
UPDATE_TEXT: Final = 4_000
METADATA_BYTES: Final = 16_000
MESSAGE_BLOCK_TEXT: Final = 12_000  # undocumented: bolt-js #2509 and #2867
