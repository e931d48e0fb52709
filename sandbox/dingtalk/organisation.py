"""The organisation: its people, departments and conversations, and what the robot put there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from itertools import count

from sandbox.changes import Changes
from sandbox.clock import Clock, WallClock
from sandbox.dingtalk.app import App
from sandbox.dingtalk.faults import Faults
from sandbox.dingtalk.model import (
    ROOT,
    Card,
    Conversation,
    Department,
    Entry,
    Json,
    Member,
    Message,
    Session,
    Template,
)
from sandbox.dingtalk.people import Person
from sandbox.dingtalk.quota import Quota
from sandbox.dingtalk.stream import Stream, event
from sandbox.dingtalk.webhook import Webhook
from sandbox.host import Host


class Organisation:
    """A company in memory; `monthly` and `a_second` limit its calls (None: no limit).

    `redeliver_seconds` is how long the app has to answer before it is told again, and
    `ping_seconds` how often its connections get a ping (None: only when told to).
    """

    def __init__(
        self,
        name: str = "Local",
        *,
        app_name: str = "bot",
        clock: Clock | None = None,
        monthly: int | None = 5_000,
        a_second: int | None = 20,
        redeliver_seconds: float = 16.0,
        ping_seconds: float | None = None,
    ) -> None:
        self.name = name
        self.corp_id = "dinglocalcorp"
        self.clock = clock or WallClock()
        self.app = App(app_name)
        self.base_url = ""
        self.changes = Changes()
        self.quota = Quota(self.clock, monthly, a_second)
        self.visible: tuple[int, ...] | None = None
        """Departments that the app may see, with all below them; None: all."""
        self.departments: dict[int, Department] = {ROOT: Department(ROOT, name, None)}
        self.members: dict[str, Member] = {}
        self.conversations: dict[str, Conversation] = {}
        self.templates: dict[str, Template] = {}
        self.cards: dict[str, Card] = {}
        self.media: dict[str, bytes] = {}
        self.entries: list[Entry] = []
        self.sessions: dict[str, Session] = {}
        self.troubles: dict[str, list[str]] = {}
        self.answering: Counter[str] = Counter()
        """How many presses on each card wait for the app's answer now."""
        self.updates_while_answering: list[str] = []
        """Cards that the app updated by a call inside their own callback, which it must not."""
        self.webhook = Webhook()
        self.host: Host | None = None
        self.faults = Faults(self.app, self.changes)
        self.stream = Stream(self, redeliver_seconds, ping_seconds)
        self._numbers = count(1)

    def add_department(self, name: str, *, parent: int = ROOT) -> Department:
        """Add a department under another."""
        department = Department(self.number() + ROOT, name, parent)
        self.departments[department.id] = department
        return department

    def add_member(
        self,
        name: str,
        *,
        userid: str | None = None,
        departments: Iterable[int] = (ROOT,),
        leads: Iterable[int] = (),
        manager: str = "",
        title: str = "",
        email: str = "",
        job_number: str = "",
        hired_on: date | None = None,
        admin: bool = False,
        locale: str = "zh-CN",
        tz: str = "Asia/Shanghai",
    ) -> Member:
        """Add somebody to the contacts."""
        number = self.number()
        member = Member(
            userid or f"user{number:04d}",
            f"union{number:04d}",
            name,
            list(departments),
            title,
            email,
            job_number,
            manager,
            list(leads),
            hired_on,
            admin,
            locale,
            tz,
        )
        self.members[member.userid] = member
        return member

    async def join(self, member: Member) -> None:
        """Tell the app that somebody joined."""
        await self.stream.push(event(self, "user_add_org", {"userId": [member.userid]}))

    async def leave(self, member: Member) -> None:
        """Let somebody leave, and tell the app."""
        member.left = True
        await self.stream.push(event(self, "user_leave_org", {"userId": [member.userid]}))

    def add_group(self, title: str, members: Iterable[str], *, robot: bool = True) -> Conversation:
        """Add a group of these people, and the robot unless `robot` is false."""
        group = Conversation(self._conversation_id(), title, list(members), True, robot)  # noqa: FBT003
        self.conversations[group.id] = group
        return group

    def add_template(self, template: Template) -> Template:
        """Publish a card template."""
        self.templates[template.id] = template
        return template

    def person(self, userid: str) -> Person:
        """Return who acts for that member."""
        return Person(self, self.members[userid])

    def trouble(self, userid: str, words: str) -> None:
        """Show a person that something did not work."""
        self.troubles.setdefault(userid, []).append(words)
        self.changes.tell("trouble", user=userid)

    def sees(self, department: int) -> bool:
        """Tell whether the app may see that department."""
        at: int | None = department
        while at is not None and self.visible is not None:
            if at in self.visible:
                return True
            at = self.departments[at].parent
        return self.visible is None

    def here(self, userid: str) -> bool:
        """Tell whether that person is in the organisation now."""
        return userid in self.members and not self.members[userid].left

    def talk(self, userid: str) -> Conversation:
        """Return that person's conversation with the robot."""
        for one in self.conversations.values():
            if not one.group and one.members == [userid]:
                return one
        talk = Conversation(self._conversation_id(), self.app.name, [userid], False)  # noqa: FBT003
        self.conversations[talk.id] = talk
        return talk

    def put(
        self,
        conversation: Conversation,
        sender: str,
        key: str,
        param: Json,
        card: Card | None = None,
    ) -> Message:
        """Add a message to a conversation."""
        number = self.number()
        message = Message(f"msg{number:08d}", sender, key, param, card, self.clock.now())
        conversation.messages.append(message)
        self.changes.tell("messages", conversation.id)
        return message

    def keep(self, content: bytes) -> str:
        """Keep a file, and return the media id that names it."""
        media_id = f"@lALPlocal{self.number():08d}"
        self.media[media_id] = content
        return media_id

    def count_from(self, number: int) -> None:
        """Give no number below that: an earlier run of this organisation did."""
        self._numbers = count(number)

    def number(self) -> int:
        """Return a number that was not given before."""
        return next(self._numbers)

    async def until(self, predicate: Callable[[], object], timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the limit is part of the call
        """Return as soon as `predicate()` is true, asked at each change.

        Raises: TimeoutError after `timeout` seconds.
        """
        await self.changes.until(predicate, timeout)

    async def settled(self, quiet: float = 0.05, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - the limit is part of the call
        """Return once nothing is under way and nothing began for `quiet` seconds.

        Raises: TimeoutError after `timeout` seconds.
        """
        await self.changes.settled(quiet, timeout)

    def _conversation_id(self) -> str:
        return f"cid{self.number():08d}local=="
