"""What a person does outside forms: press, command, write, use a shortcut, open the Home tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.errors import PersonError
from sandbox.slack import payloads
from sandbox.slack.errors import SlackError
from sandbox.slack.forms import act, action_json, note, tell
from sandbox.slack.hooks import Hook
from sandbox.slack.model import Channel, Json, Message, OpenView
from sandbox.slack.posting import message_event
from sandbox.slack.present import message_json, view_json
from sandbox.slack.respond import respond
from sandbox.slack.values import chosen, holds_state, initial_values, options

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


async def press_in_message(
    workspace: Workspace,
    user: str,
    message: Message,
    block: Json,
    element: Json,
    *,
    value: Any = None,
) -> None:
    """Press a button or choose in a select of a message, and wait for the acknowledgement."""
    extra = _picked(element, value)
    if holds_state(element):
        held = initial_values(message.blocks, kept=message.values.get(user))
        held[block["block_id"]][element["action_id"]] = extra
        message.values[user] = held
    action = action_json(workspace, block, element, extra)
    body = payloads.block_actions_in_message(workspace, user, message, action)
    note(workspace, user, await workspace.wire.deliver("interactive", body))


async def press_in_view(
    workspace: Workspace, shown: OpenView, block: Json, element: Json, *, value: Any = None
) -> None:
    """Press a button or choose in a control of a modal or Home tab."""
    extra = _picked(element, value)
    if holds_state(element):
        shown.values[block["block_id"]][element["action_id"]] = extra
        await tell(workspace, shown, block["block_id"], element["action_id"])
    else:
        await act(workspace, shown, block, element, extra)


async def command(workspace: Workspace, user: str, channel: Channel, text: str) -> None:
    """Send a slash command and show what the acknowledgement says.

    Raises: PersonError for a command that the app does not have.
    """
    word = text.partition(" ")[0]
    known = workspace.app.commands
    if (known is not None and word not in known) or "commands" not in workspace.app.scopes:
        raise PersonError(f"{word} is not a valid command")
    body = payloads.slash_command(workspace, user, channel, text)
    ack = await workspace.wire.deliver("slash_commands", body)
    if ack.status != "ok":
        workspace.trouble(user, f"{word} failed with the error {ack.status!r}")
    elif ack.payload:
        hook = Hook(channel.id, user, workspace.clock.now())
        try:
            respond(workspace, hook, ack.payload)
        except SlackError as error:
            workspace.trouble(user, f"{word} failed with the error {error.code!r}")


async def say(
    workspace: Workspace, user: str, channel: Channel, text: str, thread_ts: str | None = None
) -> Message:
    """Write a message as a person; the app hears of it if it watches the conversation.

    Raises: PersonError for somebody who is not in that conversation.
    """
    if user not in channel.members or channel.archived:
        raise PersonError(f"can't write in {channel.name}")
    message = Message(channel.id, workspace.next_ts(), user, text, [], thread_ts=thread_ts)
    workspace.put(message)
    channel.read[user] = message.ts
    if told := message_event(workspace, message):
        await workspace.wire.event(told)
    mentioned = f"<@{workspace.app.bot_user}>" in text and channel.kind != "dm"
    if mentioned and "app_mention" in workspace.app.events:
        inner = message_json(workspace, message) | {"type": "app_mention"}
        inner |= {"channel": channel.id, "event_ts": message.ts}
        await workspace.wire.event(payloads.event(workspace, inner))
    return message


async def shortcut(
    workspace: Workspace, user: str, callback_id: str, message: Message | None = None
) -> None:
    """Use a global shortcut, or one on a message."""
    if message is None:
        body = payloads.shortcut(workspace, user, callback_id)
    else:
        body = payloads.message_action(workspace, user, callback_id, message)
    note(workspace, user, await workspace.wire.deliver("interactive", body))


async def open_home(workspace: Workspace, user: str, tab: str = "home") -> None:
    """Open the app's Home tab (or `messages`), which the app is told of."""
    if "app_home_opened" not in workspace.app.events:
        return
    inner: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": workspace.dm(user).id,
        "tab": tab,
        "event_ts": workspace.next_ts(),
    }
    shown = workspace.views.homes.get(user)
    if shown is not None and tab == "home":
        inner["view"] = view_json(workspace, shown)
    await workspace.wire.event(payloads.event(workspace, inner))


def _picked(element: Json, value: Any) -> Json:
    """Return what an action carries for the chosen value.

    Raises: PersonError when the element does not offer it.
    """
    try:
        if holds_state(element):
            return chosen(element, value)
    except ValueError as error:
        raise PersonError(str(error)) from error
    if element["type"] != "overflow":
        return {}
    found = [option for option in options(element) if option["value"] == value]
    if not found:
        raise PersonError(f"no option {value!r} in that menu")
    return {"selected_option": found[0]}
