"""Rules for whole views, and the ids that Slack adds where the app gave none."""

from __future__ import annotations

import copy
import json
from itertools import count
from typing import Any

from sandbox.slack import composition, limits
from sandbox.slack.blocks import view_blocks
from sandbox.slack.errors import SlackError, invalid
from sandbox.slack.model import Json
from sandbox.slack.problems import Problems, kind_of
from sandbox.slack.values import elements

_BOTH = "blocks private_metadata callback_id external_id"
_made = count(1)


def view_problems(view: Any) -> list[str]:
    """Return what Slack would refuse in a view; empty when it takes it.

    Source: Slack docs, reference/views/modal-views and reference/views/home-tab-views.
    """
    found = Problems()
    kind = kind_of(view)
    if kind not in {"modal", "home"}:
        found.add(f"unsupported type: {kind}", "/view")
        return found.found
    if kind == "modal":
        known = f"{_BOTH} close submit clear_on_close notify_on_close"
        found.shape(view, "/view", "type title blocks", known)
        for key in ("title", "close", "submit"):
            composition.text(found, view, key, "/view", limits.VIEW_TITLE)
        found.flag(view, "clear_on_close", "notify_on_close", where="/view")
    else:
        found.shape(view, "/view", "type blocks", _BOTH)
    found.string(view, "private_metadata", "/view", limits.PRIVATE_METADATA)
    found.string(view, "callback_id", "/view", limits.ID)
    found.string(view, "external_id", "/view", limits.ID)
    view_blocks(found, view, "/view")
    if not found.found and kind == "modal" and "submit" not in view and _has_input(view):
        found.add("must define `submit` to use an `input` block in modals", "/view")
    if not found.found and _in_focus(view) > 1:
        found.add("only one element may be focused on load", "/view")
    return found.found


def accepted_view(view: Any) -> Json:
    """Return the view as Slack keeps it, with ids where there were none.

    Raises: SlackError invalid_arguments, view_too_large (over 250 KB).
    """
    if problems := view_problems(view):
        raise invalid("invalid_arguments", problems)
    if len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES:
        raise SlackError("view_too_large")
    kept = dict(view)
    kept["blocks"] = with_ids(view["blocks"])
    return kept


def with_ids(blocks: list[Json]) -> list[Json]:
    """Return the blocks with a block_id and action_id everywhere, made up where missing."""
    kept = copy.deepcopy(blocks)
    for block in kept:
        block.setdefault("block_id", f"b{next(_made)}")
        for element in elements(block):
            if element["type"] != "image":
                element.setdefault("action_id", f"a{next(_made)}")
    return kept


def _in_focus(view: Json) -> int:
    """Count focus_on_load (block-kit/block-elements: one element of a view only)."""
    return sum(bool(one.get("focus_on_load")) for b in view["blocks"] for one in elements(b))


def _has_input(view: Json) -> bool:
    return any(block["type"] == "input" for block in view["blocks"])
