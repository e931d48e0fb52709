"""A person in DingTalk who does what the stories tell: presses, commands, and fills in forms."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from story_clock import StoryClock

from bot.platforms.dingtalk import press
from sandbox.dingtalk import Person
from sandbox.dingtalk.model import Message, said_by
from sandbox.errors import PersonError

LEADS = {"rate": ("rate", ("rate.change",))}
"""Where no message has a button: what somebody sends then, and what else leads to the same; for
all others they ask what waits for them, and open it."""
DECIDES = {
    "signoff.agree": "agree",
    "hr.confirm": "agree",
    "gate.confirm": "gate_confirm",
    "signoff.return": "return",
    "hr.return": "return",
}
"""What a button of the list of signatures says in the form that shows the whole review."""
ASK_WHY = {"signoff.return", "hr.return"}
_LINK = re.compile(r"(?<!\\)\]\(")
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


@dataclass(frozen=True)
class Offer:
    """A button: the text that a tap sends, and what the bot takes it for."""

    text: str
    means: press.Press

    @property
    def answer(self) -> str | None:
        """The answer to a question that it stands for."""
        answers = self.means.action == "asking.answer"
        return self.means.value.split(":", 2)[2] if answers else None

    @property
    def inside(self) -> str | None:
        """The button of a form that it stands for."""
        in_form = self.means.action == "asking.press"
        return self.means.value.split(":", 2)[2] if in_form else None


Asked = Callable[[], Awaitable[Question | None]]


class DingPerson:
    """What a person of the local Slack can do, done as DingTalk has it."""

    def __init__(self, them: Person, asked: Asked, names: Iterable[str], clock: StoryClock) -> None:
        """`names`: everybody's, to tell whose line of a list a button stands in."""
        self.them = them
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
        listed = self._near(self.last(), near)
        if near is None or not listed:
            return None
        await self._tap(listed[0])
        return self._find(action, None, [self.last()])

    async def _decided(self, action: str) -> bool:
        """Decide in the form that a command led to; whether it asks for that decision."""
        decision = DECIDES.get(action, "")
        for one in _offers(self.last().links()):
            if decision and one.answer == decision:
                await self._tap(one)
                if action not in ASK_WHY:
                    await self.fill_to_the_end({})
                return True
        return False

    async def command(self, text: str) -> None:
        """Send a command as it is written in Slack."""
        await self.say(re.sub(r"<@(\w+)>", r"@\1", text.removeprefix("/")))

    async def close(self) -> None:
        """Leave the form that is asked."""
        await self._do("later")

    async def fill_to_the_end(self, answers: Mapping[str, str]) -> int:
        """Answer question by question, look all over, and send; how many messages it took."""
        opened = await self._open()
        given: set[str] = set()
        for parts in range(1, PARTS):
            now = await self._asked()
            if now is None or now.surface != opened.surface:
                return parts
            if now.key:
                await self._answer(now.key, answers.get(now.key, now.answers[now.key]))
                given.add(now.key)
            elif wrong := self._otherwise(now, answers, given):
                await self.say(str([*now.answers].index(wrong) + 1))
            else:
                await self._do("send")
        raise AssertionError("the form has no end")

    async def _open(self) -> Question:
        now = await self._asked()
        if now is None:
            raise PersonError(f"{self.them.member.name} is asked nothing: {self.last().words}")
        return now

    def _otherwise(self, now: Question, answers: Mapping[str, str], given: set[str]) -> str | None:
        """A question that holds something else than they want to say."""
        return next(
            (
                key
                for key, value in now.answers.items()
                if key in answers and answers[key] != value and key not in given
            ),
            None,
        )

    async def _answer(self, key: str, wanted: str) -> None:
        """Press the answer where it has a button, else write it; nothing: skip it."""
        if not wanted:
            await self._do("skip")
            return
        for one in _offers(self.last().links()):
            if one.answer == wanted:
                await self._tap(one)
                return
        await self.say(wanted)

    async def _do(self, what: str) -> None:
        found = self._find(f"asking.{what}", None, [self.last()])
        if found is None:
            raise PersonError(f"{self.them.member.name} can't {what}: {self.last().words}")
        await self._tap(found)

    async def _tap(self, found: Offer) -> None:
        """Tap it; what can't be undone is asked about once more."""
        await self.say(found.text)
        if found.means.asks:
            sure = self._find(found.means.action, None, [self.last()])
            assert sure is not None, self.last().words
            await self.say(sure.text)

    def _find(self, action: str, near: str | None, messages: Iterable[Message]) -> Offer | None:
        for message in messages:
            for found in self._near(message, near):
                if action in (found.means.action, found.inside):
                    return found
        return None

    def _near(self, message: Message, near: str | None) -> list[Offer]:
        """What can be pressed in a message; `near`: named so, or in that line of a list."""
        if near is not None and (named := [one for one in message.links() if near in one[0]]):
            return _offers(named)
        links = message.links(near or "")
        if near is not None:
            below = str(message.param.get("text", "")).partition(near)[2]
            others = [below.index(one) for one in self._names if one != near and one in below]
            if others:
                links = links[: len(_LINK.findall(below[: min(others)]))]
        return _offers(links)


def _offers(links: Iterable[tuple[str, str]]) -> list[Offer]:
    said = [text for _, link in links if (text := said_by(link))]
    return [Offer(text, means) for text in said if (means := press.read(text))]
