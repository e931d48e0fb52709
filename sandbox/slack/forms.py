"""What a Slack client does with a form: keep what is typed, dispatch, send, close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.errors import PersonError, UnfilledError
from sandbox.slack import payloads
from sandbox.slack.errors import SlackError
from sandbox.slack.model import Json, OpenView
from sandbox.slack.offers import KINDS, offered
from sandbox.slack.surfaces import accepted_view
from sandbox.slack.values import TYPED, chosen, elements, objection
from sandbox.slack.wire import Ack

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


def find_element(blocks: list[Json], block_id: str, action_id: str | None) -> tuple[Json, Json]:
    """Return the block and its element of these ids.

    Raises: PersonError when it is not there.
    """
    for block in blocks:
        if block["block_id"] == block_id:
            for element in elements(block):
                if action_id is None or element.get("action_id") == action_id:
                    return block, element
    raise PersonError(f"nothing to fill in at {block_id!r} (action {action_id!r})")


async def fill(
    workspace: Workspace, shown: OpenView, block_id: str, action_id: str | None, value: Any
) -> None:
    """Change what one control holds and tell the app if it asked to be told.

    An external select asks the app first, with the value as what was typed.
    Raises: PersonError when the control or the option is not there.
    """
    block, element = find_element(shown.blocks, block_id, action_id)
    offer = None
    if element["type"] in KINDS and value:
        query = str(value[0] if isinstance(value, list) else value)
        offer = await offered(workspace, shown, block, element, query)
    set_value(shown, block_id, action_id, value, offer)
    await tell(workspace, shown, block_id, action_id)


def set_value(
    shown: OpenView,
    block_id: str,
    action_id: str | None,
    value: Any,
    offer: Json | None = None,
) -> None:
    """Change what one control holds, on the screen only; `offer` is it with the app's options.

    Raises: PersonError when the control or the option is not there.
    """
    _, element = find_element(shown.blocks, block_id, action_id)
    try:
        state = chosen(offer or element, value)
    except (KeyError, ValueError) as error:
        raise PersonError(f"{block_id}: {error}") from error
    shown.values[block_id][element["action_id"]] = state
    shown.errors.pop(block_id, None)


def dispatches(block: Json, element: Json, *, entered: bool) -> bool:
    """Say whether the app is told of a change to this control.

    Controls outside input blocks always tell; in an input block `dispatch_action` must be set, and
    text tells on enter (`entered`) unless dispatch_action_config says on_character_entered.
    Source: Slack docs, reference/block-kit/composition-objects, dispatch action configuration.
    """
    if block["type"] != "input":
        return True
    if not block.get("dispatch_action"):
        return False
    if element["type"] not in TYPED:
        return True
    config = element.get("dispatch_action_config", {})
    moments = config.get("trigger_actions_on", ["on_enter_pressed"])
    return "on_character_entered" in moments or (entered and "on_enter_pressed" in moments)


async def tell(
    workspace: Workspace,
    shown: OpenView,
    block_id: str,
    action_id: str | None,
    *,
    entered: bool = False,
) -> None:
    """Send block_actions for a changed control, if this control does that."""
    block, element = find_element(shown.blocks, block_id, action_id)
    if not dispatches(block, element, entered=entered):
        return
    state = shown.values[block_id][element["action_id"]]
    await act(workspace, shown, block, element, state)


async def act(
    workspace: Workspace, shown: OpenView, block: Json, element: Json, extra: Json
) -> None:
    """Send block_actions for one element of a view and wait for the acknowledgement."""
    action = action_json(workspace, block, element, extra)
    body = payloads.block_actions_in_view(workspace, shown, action)
    note(workspace, shown.user, await workspace.wire.deliver("interactive", body))


def action_json(workspace: Workspace, block: Json, element: Json, extra: Json) -> Json:
    """Return the entry in `actions` for an element; `extra` is what was chosen."""
    told: Json = {key: element[key] for key in ("text", "value", "style") if key in element}
    told |= {"type": element["type"], "action_id": element["action_id"]}
    return {**told, "block_id": block["block_id"], **extra, "action_ts": workspace.next_ts()}


async def submit(workspace: Workspace, shown: OpenView) -> dict[str, str]:
    """Send the form as the client does, and do what the app answers; return its errors.

    Raises: UnfilledError when the client itself would not send it; PersonError when the form has
    no submit button.
    """
    if "submit" not in shown.view and not any(b["type"] == "input" for b in shown.blocks):
        raise PersonError("this form has no submit button")
    shown.errors = {}
    if missing := objections(shown):
        raise UnfilledError(missing)
    body = payloads.view_submission(workspace, shown)
    ack = await workspace.wire.deliver("interactive", body)
    note(workspace, shown.user, ack)
    if ack.status == "ok":
        _follow(workspace, shown, ack.payload or {})
    return dict(shown.errors)


def objections(shown: OpenView) -> dict[str, str]:
    """Return what the client objects to before sending: block_id to why."""
    found: dict[str, str] = {}
    for block in shown.blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        state = shown.values[block["block_id"]][element["action_id"]]
        why = objection(element, state, optional=bool(block.get("optional")))
        if why:
            found[block["block_id"]] = why
    return found


async def close(workspace: Workspace, shown: OpenView) -> None:
    """Close a form; the app hears of it if it asked to (notify_on_close)."""
    stack = workspace.views.stacks.get(shown.user, [])
    whole = bool(shown.view.get("clear_on_close"))
    leaving = list(reversed(stack)) if whole else [shown]
    for view in leaving:
        workspace.views.close(view)
    for view in leaving:
        if view.view.get("notify_on_close"):
            body = payloads.view_closed(workspace, view, cleared=whole)
            await workspace.wire.deliver("interactive", body)


def note(workspace: Workspace, user: str, ack: Ack) -> None:
    """Show the person that the app did not answer in time, or at all."""
    if ack.status != "ok":
        workspace.trouble(user, ack.status)


def _follow(workspace: Workspace, shown: OpenView, answer: Json) -> None:
    """Do what the app answered to a submission.

    Source: Slack docs, surfaces/modals#updating_views and #displaying_errors.
    """
    try:
        match answer.get("response_action"):
            case None:
                workspace.views.close(shown)
            case "clear":
                workspace.views.clear(shown.user)
            case "update":
                workspace.views.update(shown, accepted_view(answer.get("view")))
            case "push":
                workspace.views.push(shown.user, accepted_view(answer.get("view")))
            case "errors":
                _show_errors(workspace, shown, answer.get("errors") or {})
            case other:
                workspace.trouble(shown.user, f"unknown response_action: {other}")
    except SlackError as error:
        workspace.trouble(shown.user, f"{error.code}: {error.extra}")


def _show_errors(workspace: Workspace, shown: OpenView, errors: dict[str, str]) -> None:
    inputs = {block["block_id"] for block in shown.blocks if block["type"] == "input"}
    strangers = sorted(errors.keys() - inputs)
    if strangers or not errors:
        workspace.trouble(shown.user, f"errors name no input block: {strangers}")
        return
    shown.errors = dict(errors)
    workspace.changes.tell("view", user=shown.user)
