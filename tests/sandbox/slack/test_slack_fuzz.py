"""Whatever an app sends, the rules answer; and what they take can be shown and used."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from slack_rig import modal
from slack_samples import TAKEN

from sandbox.slack.blocks import message_problems
from sandbox.slack.surfaces import view_problems, with_ids
from sandbox.slack.values import initial_values, plain_values

Json = dict[str, Any]

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["modal"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def spoiled(draw: st.DrawFn) -> list[Json]:
    """Draw a good block with one thing in it replaced, removed or added."""
    block = copy.deepcopy(draw(st.sampled_from(TAKEN)))
    blocks = [block]
    place: Any = blocks
    while True:
        keys = list(range(len(place))) if isinstance(place, list) else list(place)
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if isinstance(inner, dict | list) and inner and draw(st.booleans()):
            place = inner
            continue
        if draw(st.booleans()):
            place[key] = draw(ANYTHING)
        else:
            del place[key]
        return blocks


@settings(max_examples=150, deadline=None)
@given(spoiled())
def test_rules_answer_for_any_blocks_and_what_they_take_can_be_used(blocks: list[Json]) -> None:
    view_problems(modal(*blocks))
    if not message_problems(blocks):
        plain_values(initial_values(with_ids(blocks)))


@settings(max_examples=50, deadline=None)
@given(ANYTHING)
def test_rules_answer_for_anything_at_all(thing: Any) -> None:
    message_problems(thing)
    view_problems(thing)
    view_problems({"type": "modal", "blocks": thing, "title": thing})
