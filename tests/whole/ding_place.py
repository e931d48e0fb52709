"""The real bot beside the local DingTalk, in one process, with people in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from ding_person import DingPerson, Question
from place import AFTERNOON, Place, fill, settings_for, slack_user
from story_clock import StoryClock

from bot.app import build
from bot.config import DingTalkSettings
from bot.platforms.dingtalk import template
from handlers.asking_open import load
from handlers.ports import Messenger, Outcome, Parcel, Sent
from handlers.work import Act
from review.errors import ReviewError
from sandbox.company import Person as Colleague
from sandbox.company import hr_admins, people
from sandbox.dingtalk import DingTalkServer, Organisation, Template
from sandbox.dingtalk.model import Conversation, Message
from sandbox.slack.people import Person
from sandbox.slack.server import SlackServer
from sandbox.slack.workspace import Workspace


class Noting:
    """A messenger that notes which kind of message stands where."""

    def __init__(self, messenger: Messenger) -> None:
        self._messenger = messenger
        self.kinds: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._messenger, name)

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        outcome = await self._messenger.send(parcel, payload)
        if isinstance(outcome, Sent):
            self.kinds[outcome.ts] = parcel.kind
        return outcome


@dataclass
class DingPlace(Place):
    """A company of the sample, in a DingTalk organisation; some of it may be in Slack instead."""

    organisation: Organisation = field(default_factory=Organisation)
    ding: DingTalkServer = field(kw_only=True)
    hr: Conversation = field(kw_only=True)
    on_dingtalk: dict[str, DingPerson] = field(kw_only=True)
    kinds: dict[str, str] = field(default_factory=dict)
    """Kind of each message of the bot's own, by what DingTalk calls it."""

    def move_in(self, everybody: Sequence[Colleague]) -> None:
        """Let these people act by their accounts in DingTalk."""
        names = [one.name for one in self.colleagues]
        for one in everybody:
            them = self.organisation.person(account(one))
            acts = DingPerson(them, partial(self.asked, them.id), names, self.clock)
            self.on_dingtalk[one.employee_id] = acts
            self.who[one.employee_id] = cast("Person", acts)

    def note(self) -> None:
        """Note from now on what is sent."""
        noting = Noting(self.deps.messengers["dingtalk"])
        noting.kinds = self.kinds
        self.deps.messengers = {**self.deps.messengers, "dingtalk": cast("Messenger", noting)}

    async def _listens(self) -> None:
        self.note()
        if self.settings.slack is not None:
            await super()._listens()
        await self.organisation.until(lambda: self.organisation.stream.connections.open)

    def dms(self, employee: str, kind: str | None = None) -> list[Any]:
        """What the bot sent somebody, of one kind or all, but for its answers."""
        if employee not in self.on_dingtalk:
            return super().dms(employee, kind)
        mine = self.on_dingtalk[employee].dms()
        return [one for one in mine if (of := self.kind_of(one)) and kind in (None, of)]

    def kind_of(self, message: Any) -> str | None:
        """The name of the prompt that a message of the bot was made from; None: an answer."""
        if not isinstance(message, Message):
            return super().kind_of(message)
        key = message.query_key if message.card is None else message.card.out_track_id
        return self.kinds.get(key)

    def troubles(self) -> list[str]:
        found = self.organisation.troubles.values()
        return super().troubles() + [one for told in found for one in told]

    async def forge(self, employee: str, action: str, value: str) -> None:
        who = self.on_dingtalk[employee]
        await who.say(f"Please [{action} {value}]")
        assert await self.asked(who.id) is None

    def board(self) -> list[Any]:
        return [*super().board(), *self.hr.messages]

    async def asked(self, account: str) -> Question | None:
        """What somebody is asked now, out of the bot's own notes; None: nothing, or it is over."""
        async with self.deps.database.begin(write=False) as tx:
            actor = await tx.people.by_account("dingtalk", account)
            assert actor is not None, account
            asking = next(
                (
                    one
                    for one in await tx.askings.of(actor.employee_id, "dingtalk")
                    if not (one.aside or one.reads)
                ),
                None,
            )
            if asking is None:
                return None
            act = Act(
                tx=tx,
                company=self.deps.company,
                now=self.clock.now(),
                actor=actor,
                platform="dingtalk",
            )
            try:
                found = await load(asking, act)
            except ReviewError:
                found = None
        if found is None:
            return None
        answers = {one.key: one.field.value or "" for one in found.asked}
        return Question(asking.surface, asking.place.at, answers)


SHIPPED = Template(
    "shipped.schema",
    texts=template.TEXTS,
    current=template.CURRENT,
    notes=template.NOTES,
)
"""The template of docs/dingtalk."""


def organisation_of(
    everybody: Sequence[Colleague], clock: StoryClock, admins: Sequence[str]
) -> tuple[Organisation, Conversation]:
    """The company's departments, people and HR group."""
    organisation = Organisation("Sample", clock=clock, redeliver_seconds=30)
    there = {account(one) for one in everybody}
    for one in everybody:
        manager = (one.manager_id or "").lower()
        organisation.add_member(
            one.name,
            userid=account(one),
            email=one.email,
            title=one.title,
            job_number=one.employee_id,
            manager=manager if manager in there else "",
        )
    return organisation, organisation.add_group(
        "HR", [one.lower() for one in admins if one.lower() in there]
    )


def account(one: Colleague) -> str:
    """What somebody is called in the organisation."""
    return one.employee_id.lower()


def dingtalk_of(server: DingTalkServer, group: Conversation, **more: Any) -> DingTalkSettings:
    """Settings of a bot on that server."""
    app = server.organisation.app
    return DingTalkSettings(
        client_id=app.key,
        client_secret=app.secret,
        robot_code=app.robot_code,
        api_url=f"{server.api_url}/",
        oapi_url=f"{server.oapi_url}/",
        hr_channel=group.id,
        **more,
    )


@asynccontextmanager
async def ding_place(
    folder: Path,
    *,
    count: int = 12,
    colleagues: Sequence[Colleague] | None = None,
    start: datetime = AFTERNOON,
    on_slack: Collection[str] = (),
    cards: bool = False,
    **settings: Any,
) -> AsyncIterator[DingPlace]:
    """The sample company in DingTalk, but for some, and the bot that listens there.

    `on_slack`: employee ids of those who are in Slack instead. `cards`: the shipped card template
    is set, so that forms are cards, and messages change in place.
    """
    everybody = tuple(people(count, 1) if colleagues is None else colleagues)
    here = [one for one in everybody if one.employee_id not in on_slack]
    there = [one for one in everybody if one.employee_id in on_slack]
    admins = hr_admins(everybody)
    clock = StoryClock(start)
    organisation, group = organisation_of(here, clock, admins)
    workspace = Workspace("Sample", clock=clock, file_delay=0.0, ack_seconds=30)
    in_slack = {one.employee_id: slack_user(workspace, one) for one in there}
    in_hr = [in_slack[one] for one in admins if one in in_slack]
    workspace.add_channel("hr", members=in_hr, with_bot=True)
    async with SlackServer(workspace) as slack, DingTalkServer(organisation) as server:
        made = settings_for(slack, folder, **{"hr_admins": admins} | settings)
        if cards:
            organisation.add_template(SHIPPED)
        ding = dingtalk_of(server, group, form_template=SHIPPED.id if cards else None)
        made = replace(made, slack=made.slack if there else None, dingtalk=ding)
        async with build(made, clock) as deps:
            await fill(deps, clock, everybody)
        home = DingPlace(
            deps,
            made,
            slack,
            workspace,
            clock,
            everybody,
            in_slack,
            organisation=organisation,
            ding=server,
            hr=group,
            on_dingtalk={},
        )
        home.move_in(here)
        await home.start()
        try:
            yield home
        finally:
            await home.stop()
