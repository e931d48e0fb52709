"""The local DingTalk organisation as the demo's stage."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.config import DingTalkSettings
from bot.demo.chat import Answers, Asked
from bot.demo.say import both
from bot.platforms.dingtalk import card_form, template
from sandbox.changes import Changes
from sandbox.clock import MovableClock
from sandbox.company import Person, enter_contacts, hr_admins
from sandbox.dingtalk import acting, buttons, forms
from sandbox.dingtalk.model import Card, Conversation, Json, Template, said_by
from sandbox.dingtalk.organisation import Organisation
from sandbox.dingtalk.people import Person as Member
from sandbox.dingtalk.saved import FORMAT, load, read, save
from sandbox.dingtalk.server import DingTalkServer
from sandbox.errors import PersonError
from sandbox.host import Host

PARTS = 200
"""More questions than any form has."""
PATIENCE = 20
"""Seconds until a button has to be on somebody's screen."""
Doing = str | tuple[Card, Json]
"""What somebody says, or what they do with a card."""
SKIP, SEND = "skip", "send"
"""What somebody types to leave a question without an answer, and at the end."""
OURS = Template(
    "nosurprise.schema",
    picture=template.PICTURE,
    texts=template.TEXTS,
    current=template.CURRENT,
    notes=template.NOTES,
)
"""The template that is shipped (docs/dingtalk/card.json)."""


class OnDingTalk:
    """An organisation named after the program, with a group of HR's and one of everybody's."""

    platform = "dingtalk"
    threads = False
    format = FORMAT
    shipped: Template | None = OURS
    """The card template that the bot may use."""

    def __init__(self, clock: MovableClock, kept: str | None = None) -> None:
        """With `kept`, what an earlier start saved. Raises UnreadableError."""
        self.organisation = Organisation(
            "NoSurprise",
            app_name="NoSurprise",
            clock=clock,
            a_second=None,  # the whole company moves in at once, on a clock that jumps
        )
        self.edits = self.shipped is not None
        if self.shipped is not None:
            self.organisation.add_template(self.shipped)
        if kept is not None:
            found = read(kept)
            clock.move_to(found.now)
            load(found, self.organisation)
        self.server = DingTalkServer(self.organisation)

    @property
    def changes(self) -> Changes:
        return self.organisation.changes

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def watching(self) -> Collection[str]:
        return self.server.watching

    @property
    def hr(self) -> str:
        return self._groups[0].id

    def welcome(self, host: Host) -> None:
        self.organisation.host = host

    def move_in(self, people: tuple[Person, ...], said: Mapping[str, str]) -> Mapping[str, Member]:
        organisation = self.organisation
        members = enter_contacts(organisation, people)
        language = "zh" if people[0].locale.startswith("zh") else "en"
        partners = {one.hrbp_id for one in people} | set(hr_admins(people))
        in_hr = [members[one].id for one in sorted(filter(None, partners)) if one in members]
        organisation.add_group(both("demo.hr_group")[language], in_hr)
        everybody = [one.id for one in members.values()]
        group = organisation.add_group(both("demo.everybody")[language], everybody)
        for employee, text in said.items():
            organisation.put(group, members[employee].id, "text", {"content": text})
        last = group.messages[-1].id if group.messages else ""
        group.read |= dict.fromkeys(everybody, last)
        return members

    def come_back(self, people: tuple[Person, ...]) -> Mapping[str, Member]:
        known = {one.job_number: one.userid for one in self.organisation.members.values()}
        return {
            one.employee_id: self.organisation.person(known[one.employee_id])
            for one in people
            if one.employee_id in known
        }

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[None]:
        self.server = DingTalkServer(self.organisation, host=host, port=port)
        async with self.server:
            yield

    def settings(self) -> Mapping[str, Any]:
        app, (hr, everybody) = self.organisation.app, self._groups
        return {
            "dingtalk": DingTalkSettings(
                client_id=app.key,
                client_secret=app.secret,
                robot_code=app.robot_code,
                api_url=f"{self.server.api_url}/",
                oapi_url=f"{self.server.oapi_url}/",
                hr_channel=hr.id,
                praise_channel=everybody.id,
                form_template=self.shipped.id if self.shipped else None,
            )
        }

    def has_seen(self, user: str, ts: Collection[str]) -> bool:
        group = self._groups[0]
        seen = group.read.get(user, "")
        return any(
            one.id <= seen and (one.query_key in ts or (one.card and one.card.out_track_id in ts))
            for one in group.messages
        )

    def has_form(self, user: str) -> bool:  # noqa: ARG002  the bot alone knows: Asked
        return False

    async def write(
        self, user: str, button: str, near: str | None, answers: Answers, asked: Asked
    ) -> None:
        """Question by question as somebody types it, or card by card."""
        actor = self.organisation.person(user)
        doing: Doing = await self._seen(lambda: _button(actor, button, near))
        for _ in range(PARTS):
            await self._do(actor, doing)
            field = await asked()
            if field is None:
                return
            if self.shipped is None:
                doing = answers.get(field) or SKIP if field else SEND
            elif field:
                doing = await self._seen(lambda: _filled(actor, answers))
            else:
                doing = await self._seen(lambda: _button(actor, "asking.send", None))
        raise PersonError(f"{actor.id} is asked and asked")

    async def _seen(self, look: Callable[[], Doing | None]) -> Doing:
        """What there is to be done, once it is on the screen. Raises TimeoutError."""
        found: list[Doing] = []

        def seen() -> bool:
            doing = look()
            if doing is not None:
                found.append(doing)
            return bool(found)

        await self.organisation.until(seen, timeout=PATIENCE)
        return found[0]

    async def _do(self, actor: Member, doing: Doing) -> None:
        if isinstance(doing, str):
            await actor.say(doing)
        else:
            talk = self.organisation.talk(actor.id)
            await acting.act(self.organisation, actor.id, talk, *doing)

    def save(self) -> str:
        return save(self.organisation)

    @property
    def _groups(self) -> tuple[Conversation, Conversation]:
        """HR's, and everybody's."""
        hr, everybody = (one for one in self.organisation.conversations.values() if one.group)
        return hr, everybody


class OnDingTalkChat(OnDingTalk):
    """The same without a card template: forms are asked in the chat."""

    shipped = None


def _button(actor: Member, action: str, near: str | None) -> Doing | None:
    """What does that: the newest such button in their talk, after that name; None: there is none.

    It is a text that a link sends, or a press on a card.
    """
    for message in reversed(actor.talk()):
        for _, link in message.links(near or "", actor.id):
            text = said_by(link) or ""
            if f"[{action} " in text or f"[{action}]" in text:
                return text
        if message.card is not None and near is None:
            for button in buttons.buttons_of(message.card, actor.id):
                if button.action == action:
                    return message.card, button.done
    return None


def _filled(actor: Member, answers: Answers) -> Doing | None:
    """The newest form card of theirs, as they fill it. Raises UnfilledError."""
    for message in reversed(actor.talk()):
        with suppress(PersonError):
            if message.card is not None and forms.fields_of(message.card, actor.id):
                return message.card, _sent(message.card, actor, answers)
    return None


def _sent(card: Card, actor: Member, answers: Answers) -> Json:
    fields = forms.fields_of(card, actor.id)
    names = [str(one["name"]) for one in fields if not one.get("hidden")]
    return buttons.sent(
        card, actor.id, {name: answers.get(card_form.key_of(name), "") for name in names}
    )
