"""A person in the organisation: what they see, and what they do, as tests say it.

    await ana.say("goals")
    await ana.tap("Yes")
    await ana.press("Agree", near="Third quarter")
    await ana.fill({"rating": "4", "why": "Good quarter"})

Whatever is awaited here returns when the app's answer has been applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sandbox.dingtalk import acting, buttons, forms
from sandbox.dingtalk.model import Card, Conversation, Json, Member, Message, said_by
from sandbox.errors import PersonError

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation


class Person:
    """Somebody with a DingTalk client."""

    def __init__(self, organisation: Organisation, member: Member) -> None:
        self._organisation = organisation
        self.member = member

    @property
    def id(self) -> str:
        return self.member.userid

    @property
    def troubles(self) -> list[str]:
        """What did not work, as their screen told them."""
        return self._organisation.troubles.setdefault(self.id, [])

    def talk(self) -> list[Message]:
        """Return everything in their conversation with the robot, oldest first."""
        return list(self._organisation.talk(self.id).messages)

    def last(self) -> Message:
        """Return the newest message that they did not write themselves.

        Raises: PersonError when there is none.
        """
        return self._newest(None, lambda one: one.sender != self.id)[1]

    def card(self, near: str | None = None) -> dict[str, str]:
        """Return what they see on the newest card, or the newest that has these words.

        Raises: PersonError when there is none.
        """
        return self._card(near)[1].values(self.id)

    def form(self, near: str | None = None) -> list[Json]:
        """Return the fields of the form on that card.

        Raises: PersonError when there is none that can be filled.
        """
        return forms.fields_of(self._card(near)[1], self.id)

    async def say(self, text: str, *, group: str | None = None, mentions: bool = True) -> Message:
        """Write to the robot, or mention it in a group (by its id).

        Without `mentions` it is a group's own talk, of which the robot does not hear.

        Raises: PersonError for somebody who is not in that group.
        """
        conversation = self._organisation.talk(self.id)
        if group is not None:
            conversation = self._organisation.conversations[group]
            if self.id not in conversation.members:
                raise PersonError(f"{self.member.name} is not in {conversation.title}")
        return await acting.say(self._organisation, self.id, conversation, text, mentions=mentions)

    async def speak(self, words: str) -> Message:
        """Send the robot a voice message; DingTalk writes its words down."""
        return await acting.speak(self._organisation, self.id, words)

    async def show(self, picture: bytes = b"picture") -> Message:
        """Send the robot a picture."""
        return await acting.show(self._organisation, self.id, picture)

    async def tap(self, title: str, *, near: str = "") -> str:
        """Tap a link or an action card's button, in the newest message that has it.

        `near`: the first one after those words of its text.

        Return the page that opens; "" when it sent a text.

        Raises: PersonError when there is no such button.
        """
        _, message = self._newest(title, lambda one: title in dict(one.links(near, self.id)))
        link = next(address for shown, address in message.links(near, self.id) if shown == title)
        text = said_by(link)
        if text is None:
            return link
        await self.say(text)
        return ""

    async def press(self, label: str, *, near: str | None = None) -> None:
        """Press a card's button.

        Raises: PersonError when there is no such button, or it can't be pressed.
        """
        conversation, card = self._card(near, label=label)
        shown = buttons.buttons_of(card, self.id)
        done = next(one.done for one in reversed(shown) if one.label == label)
        await acting.act(self._organisation, self.id, conversation, card, done)

    async def fill(self, answers: Mapping[str, Any], *, near: str | None = None) -> None:
        """Fill the card's form, by its fields' names or labels, and send it.

        Raises: PersonError; UnfilledError for what the client itself does not accept.
        """
        conversation, card = self._card(near)
        done = buttons.sent(card, self.id, answers)
        await acting.act(self._organisation, self.id, conversation, card, done)

    def _card(self, near: str | None, *, label: str | None = None) -> tuple[Conversation, Card]:
        def fits(message: Message) -> bool:
            if message.card is None or (label and not self._has(message.card, label)):
                return False
            return near is None or near in "\n".join(message.card.values(self.id).values())

        conversation, message = self._newest(label or near or "card", fits)
        if message.card is None:
            raise PersonError("no card")
        return conversation, message.card

    def _has(self, card: Card, label: str) -> bool:
        return any(one.label == label for one in buttons.buttons_of(card, self.id))

    def _newest(self, wanted: str | None, fits: Any) -> tuple[Conversation, Message]:
        seen = [
            (one, message)
            for one in self._organisation.conversations.values()
            if self.id in one.members
            for message in one.messages
            if fits(message)
        ]
        if not seen:
            raise PersonError(f"{self.member.name} sees no {wanted or 'message'}")
        return max(seen, key=lambda found: found[1].id)
