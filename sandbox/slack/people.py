"""A person in the workspace: what they see, and what they do, as tests say it.

    await ana.press("rate:3.5", near="Ben")
    await ana.fill({"comment": "Good quarter", "score": "4"})
    await ana.submit()

Whatever is awaited here returns when the app's acknowledgement has been applied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.errors import PersonError
from sandbox.slack import acting, around, assistants, forms, steps
from sandbox.slack.app import Step
from sandbox.slack.find import Spot, matching_block, spots, visible
from sandbox.slack.model import Channel, Message, OpenView, Thread, User

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


class Person:
    """Somebody with a Slack client."""

    def __init__(self, workspace: Workspace, user: User) -> None:
        self._workspace = workspace
        self.user = user

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def form(self) -> OpenView | None:
        """The modal on top of their screen: title, blocks, values, errors."""
        return self._workspace.views.top(self.id)

    @property
    def troubles(self) -> list[str]:
        """What did not work, as their screen told them: operation_timeout, dispatch_failed, …."""
        return self._workspace.troubles.setdefault(self.id, [])

    @property
    def ephemerals(self) -> list[Message]:
        """Messages that only they see, oldest first."""
        channels = self._workspace.channels.values()
        found = [m for c in channels for m in c.messages if m.ephemeral_to == self.id]
        return sorted(found, key=lambda message: message.ts)

    def home(self) -> OpenView | None:
        """Return what stands on their Home tab."""
        return self._workspace.views.homes.get(self.id)

    def dms(self) -> list[Message]:
        """Return everything in their conversation with the app, oldest first."""
        return visible(self._workspace.dm(self.id), self.id)

    def last_dm(self) -> Message:
        """Return the newest message the app sent them.

        Raises: PersonError when there is none.
        """
        sent = [message for message in self.dms() if message.by_bot and not message.ephemeral]
        if not sent:
            raise PersonError(f"{self.name} has no message from the app")
        return sent[-1]

    def messages(self, channel: str) -> list[Message]:
        """Return what they see in a channel (id or name), thread replies included.

        Raises: PersonError when there is no such channel for them.
        """
        return visible(self._channel(channel), self.id)

    async def press(
        self,
        action_id: str,
        *,
        near: str | None = None,
        value: Any = None,
        message: Message | None = None,
        confirm: bool = True,
    ) -> None:
        """Press a button (or choose `value` in a menu) by its action_id.

        It is looked for in the open form, else in the messages they see (newest first), else on
        their Home tab; `near` is text in its own block or the block of text just before it, and
        `value` the button's value or the option to choose. With `confirm` false they say no in
        the confirmation dialog, and nothing is sent.

        Raises: PersonError when it isn't there, or when several would fit.
        """
        spot = self._one_spot(action_id, near, value, message)
        if "confirm" in spot.element and not confirm:
            return
        chosen = None if spot.element["type"] == "button" else value
        if isinstance(spot.place, Message):
            await acting.press_in_message(
                self._workspace, self.id, spot.place, spot.block, spot.element, value=chosen
            )
        else:
            await acting.press_in_view(
                self._workspace, spot.place, spot.block, spot.element, value=chosen
            )

    async def fill(self, values: dict[str, Any], *, action_id: str | None = None) -> None:
        """Put values into the open form, by block_id (or a pattern such as goal:*).

        Typing changes the screen only; selects, radios, checkboxes and dates tell the app at once
        where they dispatch. A value is text, an option's value, or a list of those.

        Raises: PersonError when no form is open or it has no such field or option.
        """
        for wanted, value in values.items():
            shown = self._form()
            block_id = matching_block(shown.blocks, wanted)
            await forms.fill(self._workspace, shown, block_id, action_id, value)

    async def select(self, block_id: str, value: Any, *, action_id: str | None = None) -> None:
        """Choose in one control of the open form."""
        await self.fill({block_id: value}, action_id=action_id)

    async def enter(self, block_id: str, *, action_id: str | None = None) -> None:
        """Press the enter key in a text field, which tells the app where the field dispatches."""
        shown = self._form()
        name = matching_block(shown.blocks, block_id)
        await forms.tell(self._workspace, shown, name, action_id, entered=True)

    async def submit(self) -> dict[str, str]:
        """Send the open form and return the app's errors by block_id; empty when it was taken.

        Raises: UnfilledError when the client keeps it (its `blocks` say why); PersonError when no
        form is open.
        """
        return await forms.submit(self._workspace, self._form())

    async def close(self) -> None:
        """Close the form on top."""
        await forms.close(self._workspace, self._form())

    async def command(self, text: str, channel: str | None = None) -> None:
        """Write a slash command such as "/review status", in a channel or their DM."""
        place = self._channel(channel) if channel else self._workspace.dm(self.id)
        await acting.command(self._workspace, self.id, place, text)

    async def say(
        self, text: str, channel: str | None = None, *, thread_ts: str | None = None
    ) -> Message:
        """Write a message in a channel, or to the app."""
        place = self._channel(channel) if channel else self._workspace.dm(self.id)
        return await acting.say(self._workspace, self.id, place, text, thread_ts)

    async def shortcut(self, callback_id: str, message: Message | None = None) -> None:
        """Use a global shortcut, or with `message` a message shortcut."""
        await acting.shortcut(self._workspace, self.id, callback_id, message)

    async def react(self, message: Message, name: str) -> None:
        """React to a message with an emoji's name, or take that reaction back."""
        if not around.react(self._workspace, self.id, message, name):
            around.unreact(self._workspace, self.id, message, name)

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own words. Raises: PersonError for somebody else's."""
        await around.edit(self._workspace, self._mine(message), text)

    async def delete(self, message: Message) -> None:
        """Take one's own words away. Raises: PersonError for somebody else's."""
        await around.delete(self._workspace, self._mine(message))

    async def join(self, channel: str) -> None:
        """Join a public channel."""
        place = self._channel(channel)
        if self.id not in place.members:
            await around.join(self._workspace, self.id, place)

    async def leave(self, channel: str) -> None:
        """Leave a channel."""
        await around.leave(self._workspace, self.id, self._channel(channel))

    async def open_assistant(self, channel: str | None = None) -> Thread:
        """Open the app's assistant, while looking at a channel."""
        seen = self._channel(channel).id if channel else None
        return await assistants.open_assistant(self._workspace, self.id, seen)

    async def run_step(self, callback_id: str, inputs: dict[str, Any]) -> Step:
        """Set off a workflow with a step of the app's."""
        return await steps.run_step(self._workspace, callback_id, inputs)

    async def open_home(self, tab: str = "home") -> None:
        """Open the app's Home tab."""
        await acting.open_home(self._workspace, self.id, tab)

    def _mine(self, message: Message) -> Message:
        if message.user != self.id:
            raise PersonError(f"{self.name} did not write that")
        return message

    def _form(self) -> OpenView:
        shown = self.form
        if shown is None:
            raise PersonError(f"{self.name} has no form open")
        return shown

    def _channel(self, wanted: str) -> Channel:
        channel = self._workspace.channel(wanted)
        if channel is None or (self.id not in channel.members and channel.kind != "channel"):
            raise PersonError(f"{self.name} sees no channel {wanted}")
        return channel

    def _places(self, message: Message | None) -> list[Message | OpenView]:
        if message is not None:
            return [message]
        mine = [c for c in self._workspace.channels.values() if self.id in c.members]
        seen = sorted((m for c in mine for m in visible(c, self.id)), key=lambda m: m.ts)
        shown, home = self.form, self.home()
        return [*([shown] if shown else []), *reversed(seen), *([home] if home else [])]

    def _one_spot(
        self, action_id: str, near: str | None, value: Any, message: Message | None
    ) -> Spot:
        for place in self._places(message):
            found = spots(place, action_id, near, value)
            if len(found) > 1:
                raise PersonError(
                    f"{len(found)} controls {action_id!r} fit; say near= or value=: "
                    + "; ".join(spot.told for spot in found)
                )
            if found:
                return found[0]
        raise PersonError(f"{self.name} sees no control {action_id!r} (near {near!r})")
