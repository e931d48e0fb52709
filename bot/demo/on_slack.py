"""The local Slack workspace as the demo's stage."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from typing import Any

from bot import manifest
from bot.config import SlackSettings
from bot.demo.chat import Answers, Asked
from sandbox.changes import Changes
from sandbox.clock import MovableClock
from sandbox.company import Person, hr_admins, move_in
from sandbox.host import Host
from sandbox.slack.model import Message
from sandbox.slack.people import Person as Member
from sandbox.slack.saved import FORMAT, load, read, save
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace

log = logging.getLogger(__name__)
STEPS = 40
"""More than any form has."""
PATIENCE = 20
"""Seconds until a button has to be on somebody's screen."""


class OnSlack:
    """A workspace named after the program, with a channel of HR's and one for praise."""

    platform = "slack"
    threads = True
    edits = True
    format = FORMAT

    def __init__(self, clock: MovableClock, kept: str | None = None) -> None:
        """With `kept`, what an earlier start saved. Raises UnreadableError."""
        self.workspace = Workspace("NoSurprise", app_name="NoSurprise", clock=clock)
        self.workspace.app.events = {"app_home_opened"}  # what the manifest subscribes to
        self.workspace.app.shortcuts = {key: name for key, (name, _) in manifest.SHORTCUTS.items()}
        if kept is not None:
            found = read(kept)
            clock.move_to(found.now)
            load(found, self.workspace)
        self.server = SlackServer(self.workspace)

    @property
    def changes(self) -> Changes:
        return self.workspace.changes

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def watching(self) -> Collection[str]:
        return self.server.watching

    @property
    def hr(self) -> str:
        channel = self.workspace.channel("#hr")
        return channel.id if channel else ""

    def welcome(self, host: Host) -> None:
        self.workspace.host = host

    def move_in(self, people: tuple[Person, ...], said: Mapping[str, str]) -> Mapping[str, Member]:
        members = move_in(self.workspace, people)
        partners = {one.hrbp_id for one in people} | set(hr_admins(people))
        in_hr = [members[one] for one in sorted(filter(None, partners)) if one in members]
        self.workspace.add_channel("hr", members=in_hr, private=True)
        self.workspace.add_channel("praise", members=members.values())
        self._chat(members, said)
        return members

    def come_back(self, people: tuple[Person, ...]) -> Mapping[str, Member]:
        by_mail = {member.user.email: member for member in self.workspace.people.values()}
        return {one.employee_id: by_mail[one.email] for one in people if one.email in by_mail}

    @asynccontextmanager
    async def served(self, host: str, port: int) -> AsyncIterator[None]:
        self.server = SlackServer(self.workspace, host=host, port=port)
        async with self.server:
            yield

    def settings(self) -> Mapping[str, Any]:
        return {
            "slack": SlackSettings(
                bot_token=self.server.bot_token,
                app_token=self.server.app_token,
                signing_secret=None,
                http_bind=None,
                api_url=self.server.api_url,
                hr_channel="#hr",
                praise_channel="#praise",
            )
        }

    def has_seen(self, user: str, ts: Collection[str]) -> bool:
        channel = self.workspace.channel("#hr")
        seen = channel.read.get(user, "") if channel else ""
        return any(one <= seen for one in ts)

    def has_form(self, user: str) -> bool:
        return self.workspace.people[user].form is not None

    async def write(
        self,
        user: str,
        button: str,
        near: str | None,
        answers: Answers,
        asked: Asked,  # noqa: ARG002  the form shows it
    ) -> None:
        actor = self.workspace.people[user]
        await self.workspace.until(lambda: shows(actor, button, near), timeout=PATIENCE)
        await actor.press(button, near=near)
        for _ in range(STEPS):
            if actor.form is None:
                return
            done: set[str] = set()
            while name := open_field(actor, answers, done):
                done.add(name)
                await actor.fill({name: answers[key(name)]})
            if errors := await actor.submit():
                log.warning("the sample story does not fit the form: %s", sorted(errors))
                await actor.close()

    def save(self) -> str:
        return save(self.workspace)

    def _chat(self, members: Mapping[str, Member], said: Mapping[str, str]) -> None:
        """Where all of them talk: there are messages to keep or to give feedback on."""
        channel = self.workspace.add_channel("general", members=members.values(), with_bot=False)
        for employee, text in said.items():
            author = members[employee].id
            ts = self.workspace.next_ts()
            self.workspace.put(Message(channel.id, ts, author, text, []))
        last = channel.messages[-1].ts if channel.messages else ""
        channel.read |= dict.fromkeys(channel.members, last)


def shows(actor: Member, button: str, near: str | None) -> bool:
    """Whether that button is in one of their messages, one that bears that name."""
    return any(
        any(
            element.get("action_id") == button
            for block in message.blocks
            for element in [*block.get("elements", ()), block.get("accessory") or {}]
        )
        and (near is None or near in message.words)
        for message in actor.dms()
    )


def open_field(actor: Member, answers: Answers, done: set[str]) -> str | None:
    """The first field of their form that there is an answer for and that is not filled in yet."""
    for block in actor.form.blocks if actor.form else []:
        name = str(block.get("block_id", ""))
        if block["type"] == "input" and name not in done and answers.get(key(name)):
            return name
    return None


def key(block_id: str) -> str:
    """The field that a block stands for."""
    return block_id.partition("#")[0]
