"""Rules for composition objects: text, options, confirmation dialogs.

Source: Slack docs, reference/block-kit/composition-objects.
"""

from __future__ import annotations

from typing import Any

from sandbox.slack import limits
from sandbox.slack.model import Json
from sandbox.slack.problems import Problems, kind_of

PLAIN = frozenset({"plain_text"})
ANY_TEXT = frozenset({"plain_text", "mrkdwn"})


def text(
    found: Problems,
    thing: Json,
    key: str,
    where: str,
    limit: int,
    *,
    kinds: frozenset[str] = PLAIN,
) -> None:
    """Check a text object in `thing[key]`, if there is one (composition-objects/text-object)."""
    if thing.get(key) is not None:
        text_object(found, thing[key], f"{where}/{key}", limit, kinds)


def text_object(
    found: Problems,
    value: Any,
    where: str,
    limit: int,
    kinds: frozenset[str],
) -> None:
    """Check one text object: its kind, 1 to `limit` characters, no unknown field."""
    if not found.shape(value, where, "type text", "emoji verbatim"):
        return
    if kind_of(value) not in kinds:
        found.add(f"unsupported type: {value['type']}", f"{where}/type")
        return
    stray = "verbatim" if value["type"] == "plain_text" else "emoji"
    if stray in value:
        found.add(f"invalid additional property: {stray}", where)
    found.flag(value, "emoji", "verbatim", where=where)
    found.string(value, "text", where, limit, least=1)


def options(
    found: Problems,
    element: Json,
    where: str,
    most: int,
    kinds: frozenset[str] = PLAIN,
) -> None:
    """Check a list of 1 to `most` options (composition-objects/option-object)."""
    for index, option in enumerate(found.items(element, "options", where, most)):
        _option(found, option, f"{where}/options/{index}", kinds)


def choices(found: Problems, element: Json, where: str) -> None:
    """Check a static select: options or groups, one of both (elements/select-menu)."""
    if ("options" in element) == ("option_groups" in element):
        found.add("must define either `options` or `option_groups`", where)
    options(found, element, where, limits.SELECT_OPTIONS)
    groups = found.items(element, "option_groups", where, limits.SELECT_OPTIONS)
    for index, group in enumerate(groups):
        spot = f"{where}/option_groups/{index}"
        if found.shape(group, spot, "label options"):
            text(found, group, "label", spot, limits.OPTION_TEXT)
            options(found, group, spot, limits.SELECT_OPTIONS)


def initial_options(found: Problems, element: Json, where: str) -> None:
    """Check that what is chosen at first is among the options (the elements' own pages)."""
    offered = _listed(element, "options")
    for group in _listed(element, "option_groups"):
        offered += _listed(group, "options")
    picked = _listed(element, "initial_options")
    if "initial_options" in element and not picked:
        found.add("no fewer than 1 items required", f"{where}/initial_options")
    if element.get("initial_option") is not None:
        picked.append(element["initial_option"])
    for option in picked:
        if _essence(option) not in [_essence(one) for one in offered]:
            found.add("initial option must exactly match one of the options", where)


def confirm(found: Problems, element: Json, where: str) -> None:
    """Check a confirmation dialog (composition-objects/confirmation-dialog-object)."""
    if element.get("confirm") is None:
        return
    dialog, spot = element["confirm"], f"{where}/confirm"
    if found.shape(dialog, spot, "title text confirm deny", "style"):
        text(found, dialog, "title", spot, limits.CONFIRM_TITLE)
        text(found, dialog, "text", spot, limits.CONFIRM_TEXT, kinds=ANY_TEXT)
        text(found, dialog, "confirm", spot, limits.CONFIRM_BUTTON)
        text(found, dialog, "deny", spot, limits.CONFIRM_BUTTON)
        found.one_of(dialog, "style", spot, {"primary", "danger"})


def _option(found: Problems, option: Any, where: str, kinds: frozenset[str]) -> None:
    if not found.shape(option, where, "text value", "description url"):
        return
    text(found, option, "text", where, limits.OPTION_TEXT, kinds=kinds)
    text(found, option, "description", where, limits.OPTION_TEXT, kinds=kinds)
    found.string(option, "value", where, limits.OPTION_VALUE)
    found.string(option, "url", where, limits.URL)


def _essence(option: Any) -> Any:
    if not isinstance(option, dict) or not isinstance(option.get("text"), dict):
        return option
    return option["text"].get("text"), option.get("value")


def _listed(thing: Any, key: str) -> list[Any]:
    value = thing.get(key) if isinstance(thing, dict) else None
    return list(value) if isinstance(value, list) else []
