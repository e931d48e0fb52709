"""External selects: what the app offers for what was typed.

Source: Slack docs, reference/block-kit/block-elements/select-menu-element#external_select.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import payloads
from sandbox.slack.composition import choices
from sandbox.slack.model import Json, OpenView
from sandbox.slack.problems import Problems

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace

KINDS = frozenset({"external_select", "multi_external_select"})
LEAST = 3
"""From how many characters on the app is asked, where the element does not say."""


async def offered(
    workspace: Workspace, shown: OpenView, block: Json, element: Json, query: str
) -> Json:
    """Ask the app and return the element with the options it offers; none when it fails.

    Below `min_query_length` characters the app is not asked.
    """
    if len(query) < element.get("min_query_length", LEAST):
        return element | {"options": []}
    body = payloads.block_suggestion(workspace, shown, block, element, query)
    ack = await workspace.wire.deliver("interactive", body)
    answer = {k: v for k, v in (ack.payload or {}).items() if k in {"options", "option_groups"}}
    found = Problems()
    if answer and any(answer.values()):
        choices(found, answer, "")
    if ack.status != "ok" or found.found or not answer:
        workspace.trouble(shown.user, "; ".join([ack.status, *found.found]))
        return element | {"options": []}
    return element | answer
