"""A person in DingTalk who does what the stories tell: presses, commands, and fills in forms."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from ding_offers import Offer, offers
from story_clock import StoryClock

from bot.platforms.dingtalk import card_form, cards
from sandbox.dingtalk import Person, acting, buttons, forms
from sandbox.dingtalk.model import Json, Message
from sandbox.errors import PersonError

LEADS = {"rate": ("rate", ("rate.change",))}
"""Where no message has a button: what somebody sends then, and what else leads to the same; for
all others they ask what waits for them, and open it."""
DECIDES = {
    "signoff.agree": "agree",
    "hr.confirm": "agree",
    "gate.confirm": "gate_confirm",
    "goals.approve": "approve",
    "signoff.return": "return",
    "hr.return": "return",
}
"""What a button of a list says in the form that shows the whole of it."""
ASK_WHY = {"signoff.return", "hr.return"}
A_MOMENT = timedelta(seconds=0.2)
PARTS = 300
"""Parts of one form until it counts as one without an end."""


@dataclass(frozen=True)
class Question:
    """What is asked now, as far as the chat shows it to people and not to us."""

    surface: str
    key: str
    """The field that is asked; "": all answers are looked over."""
    answers: Mapping[str, str]
    """All that the form asks, in order, with what stands there."""


Asked = Callable[[], Awaitable[Question | None]]


class DingPerson:
    """What a person of the local Slack can do, done as DingTalk has it."""

    def __init__(self, them: Person, asked: Asked, names: Iterable[str], clock: StoryClock) -> None:
        """`names`: everybody's, to tell whose line of a list a button stands in."""
        self.them = them
        self._organisation = them._organisation
        self._clock = clock
        self._asked = asked
        self._names = tuple(names)

    @property
    def id(self) -> str:
        return self.them.id

    async def say(self, text: str) -> None:
        """Send a text, which takes a moment: the bot answers no faster than people write."""
        self._clock.move(A_MOMENT)
        await self.them.say(text)

    def dms(self) -> list[Message]:
        """What the bot wrote to them alone, oldest first."""
        return [one for one in self.them.talk() if one.sender != self.id]

    def last(self) -> Message:
        """The bot's newest words to them alone."""
        return self.dms()[-1]

    async def press(
        self, action: str, *, near: str | None = None, message: Message | None = None
    ) -> None:
        """Press a button, wherever the newest of that name is, or where a command shows it."""
        where = [*([message] if message else []), *reversed(self.dms())]
        found = self._find(action, near, where) or await self._led_to(action, near)
        if found is None and await self._decided(action):
            return
        if found is None:
            raise PersonError(f"{self.them.member.name} sees no {action!r} (near {near!r})")
        await self._tap(found)

    async def _led_to(self, action: str, near: str | None) -> Offer | None:
        """The button where a command leads: a message in DingTalk stays as it was sent."""
        words, others = LEADS.get(action.partition(":")[0], ("", ()))
        await self.say(f"review {words}".strip())
        for one in (action, *others):
            if (found := self._find(one, near, [self.last()])) is not None:
                return found
        listed = self._offers(self.last(), near)
        if near is None or not listed:
            return None
        await self._tap(listed[0])
        return self._find(action, None, [self.last()])

    async def _decided(self, action: str) -> bool:
        """Decide in the form that a command led to; whether it asks for that decision."""
        decision = DECIDES.get(action)
        if decision is None or (now := await self._asked()) is None:
            return False
        if not now.key:
            await self.fill_to_the_end({"decision": decision})
            return True
        await self._answer(now, {now.key: decision})
        if action not in ASK_WHY:
            await self.fill_to_the_end({})
        return True

    async def command(self, text: str) -> None:
        """Send a command as it is written in Slack."""
        await self.say(re.sub(r"<@(\w+)>", r"@\1", text.removeprefix("/")))

    async def close(self) -> None:
        """Leave the form that is asked, if it is not over by itself."""
        if await self._asked() is not None:
            await self._do("later")

    async def fill_to_the_end(self, answers: Mapping[str, str]) -> int:
        """Answer part by part, look all over, and send; how many parts it took."""
        opened = await self._asked()
        if opened is None:
            raise PersonError(f"{self.them.member.name} is asked nothing: {self.last().words}")
        given: set[str] = set()
        for parts in range(1, PARTS):
            now = await self._asked()
            if now is None or now.surface != opened.surface:
                return parts
            if now.key:
                given |= await self._answer(now, answers)
            elif wrong := _otherwise(now, answers, given):
                await self.say(str([*now.answers].index(wrong) + 1))
            else:
                await self._do("send")
        raise AssertionError("the form has no end")

    async def _answer(self, now: Question, answers: Mapping[str, str]) -> set[str]:
        """Answer what is asked, on its card or in the chat; which questions that were."""
        card = self._card_of(now)
        if card is not None:
            return await self._fill(card, answers)
        wanted = answers.get(now.key, now.answers[now.key])
        if not wanted:
            await self._do("skip")
            return {now.key}
        for one in self._offers(self.last(), None):
            if one.action == "asking.answer" and one.last == wanted:
                await self._tap(one)
                return {now.key}
        await self.say(wanted)
        return {now.key}

    def _card_of(self, now: Question) -> Message | None:
        """The card that asks it; None: it is asked in the chat."""
        name = f"{cards.FORM}{now.surface}-"
        mine = [one for one in self.dms() if one.card and one.card.out_track_id.startswith(name)]
        return mine[-1] if mine else None

    async def _fill(self, message: Message, answers: Mapping[str, str]) -> set[str]:
        assert message.card is not None
        fields = forms.fields_of(message.card, self.id)
        keys = {str(one["name"]): card_form.key_of(str(one["name"])) for one in fields}
        given = {name: answers[key] for name, key in keys.items() if key in answers}
        await self._act(message, buttons.sent(message.card, self.id, given))
        return set(keys.values())

    async def _act(self, message: Message, done: Json) -> None:
        self._clock.move(A_MOMENT)
        assert message.card is not None
        talk = self._organisation.talk(self.id)
        await acting.act(self._organisation, self.id, talk, message.card, done)

    async def _do(self, what: str) -> None:
        now = await self._asked()
        card = None if now is None else self._card_of(now)
        found = self._find(f"asking.{what}", None, [card or self.last()])
        if found is None:
            raise PersonError(f"{self.them.member.name} can't {what}: {self.last().words}")
        await self._tap(found)

    async def _tap(self, found: Offer) -> None:
        """Tap it; what can't be undone is asked about once more."""
        if found.message is None or found.done is None:
            await self.say(found.text)
        else:
            await self._act(found.message, found.done)
        if found.asks:
            where = [one for one in (found.message, self.last()) if one is not None]
            sure = self._find(found.action, None, where, sure=True)
            assert sure is not None, self.last().words
            await self._tap(sure)

    def _find(
        self, action: str, near: str | None, messages: Iterable[Message], *, sure: bool = False
    ) -> Offer | None:
        for message in messages:
            for found in self._offers(message, near):
                inside = found.action == "asking.press" and found.last == action
                if (found.action == action or inside) and not (sure and found.asks):
                    return found
        return None

    def _offers(self, message: Message, near: str | None) -> list[Offer]:
        return offers(message, self.id, near, self._names)


def _otherwise(now: Question, answers: Mapping[str, str], given: set[str]) -> str | None:
    """A question that holds something else than they want to say."""
    for key, value in now.answers.items():
        if key in answers and answers[key] != value and key not in given:
            return key
    return None
