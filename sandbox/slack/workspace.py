"""The workspace: its people and conversations, what they see, and how it tells the app of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count

from sandbox.changes import Changes
from sandbox.clock import Clock, WallClock
from sandbox.host import Host
from sandbox.slack.app import App
from sandbox.slack.faults import Faults
from sandbox.slack.hooks import Hooks
from sandbox.slack.model import Channel, File, Message, User
from sandbox.slack.people import Person
from sandbox.slack.rates import Mode, Rates
from sandbox.slack.triggers import Triggers
from sandbox.slack.views import Views
from sandbox.slack.wire import Wire


class Workspace:
    """A team in memory.

    `ack_seconds` is how long the app has to acknowledge (Slack: 3), `file_delay` how many seconds
    pass before an uploaded file has its type, `rates` whether Slack's rate limits hold.
    """

    def __init__(
        self,
        team: str = "Local",
        *,
        app_name: str = "bot",
        clock: Clock | None = None,
        rates: Mode = "off",
        ack_seconds: float = 3.0,
        file_delay: float = 0.3,
    ) -> None:
        self.team = team
        self.team_id = "T00000001"
        self.domain = "".join(c for c in team.lower() if c.isascii() and c.isalnum()) or "local"
        self.clock = clock or WallClock()
        self.file_delay = file_delay
        self.app = App(app_name)
        self.base_url = ""
        self.host: Host | None = None
        """Whoever set it up, where they have something to say on the page."""
        self.ticket: Callable[[], str] = _no_server
        self.changes = Changes()
        self.faults = Faults(self.changes)
        self.rates = Rates(self.clock, rates)
        self.triggers = Triggers(self.clock)
        self.hooks = Hooks(self.clock)
        self.views = Views(self.changes)
        self.wire = Wire(self.clock, self.changes, self.faults, ack_seconds)
        self.users: dict[str, User] = {}
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.troubles: dict[str, list[str]] = {}
        self._numbers = count(1)
        self._last_ts = 0
        bot = User(self.app.bot_user, self.app.name, self.app.name, "", "en-US", "UTC", "", True)  # noqa: FBT003
        self.users[bot.id] = bot

    def add_user(
        self,
        name: str,
        *,
        real_name: str | None = None,
        email: str | None = None,
        locale: str = "en-US",
        tz: str = "UTC",
        title: str = "",
        user_id: str | None = None,
    ) -> Person:
        """Add a member and return who acts for them."""
        new_id = user_id or f"U{next(self._numbers):08d}"
        mail = f"{name}@example.com" if email is None else email
        user = User(new_id, name, real_name or name, mail, locale, tz, title)
        self.users[new_id] = user
        self.people[new_id] = Person(self, user)
        self.changes.tell("users")
        return self.people[new_id]

    def add_channel(
        self,
        name: str,
        *,
        members: Iterable[Person] = (),
        private: bool = False,
        with_bot: bool = True,
    ) -> Channel:
        """Add a channel with these members, and the app's bot unless `with_bot` is false."""
        ids = [person.id for person in members]
        ids += [self.app.bot_user] if with_bot else []
        kind = "private" if private else "channel"
        letter = "G" if private else "C"
        channel = Channel(f"{letter}{next(self._numbers):08d}", name.lstrip("#"), kind, ids)
        self.channels[channel.id] = channel
        self.changes.tell("messages", channel.id)
        return channel

    def channel(self, wanted: str) -> Channel | None:
        """Return the conversation of that id or name (with or without #), or None."""
        name = wanted.lstrip("#")
        by_name = (c for c in self.channels.values() if c.kind != "dm" and c.name == name)
        return self.channels.get(wanted) or next(by_name, None)

    def dm(self, user: str) -> Channel:
        """Return the direct conversation of that person and the bot, opening it if need be."""
        for channel in self.channels.values():
            if channel.kind == "dm" and user in channel.members:
                return channel
        members = [user, self.app.bot_user]
        channel = Channel(f"D{next(self._numbers):08d}", self.app.name, "dm", members)
        self.channels[channel.id] = channel
        self.changes.tell("messages", channel.id)
        return channel

    def together(self, users: Iterable[str]) -> Channel:
        """Return the conversation of those people and the bot, opening it if need be."""
        members = sorted({*users, self.app.bot_user})
        for channel in self.channels.values():
            if channel.kind == "mpim" and channel.members == members:
                return channel
        names = [self.users[one].name for one in members if one != self.app.bot_user]
        number = f"C{next(self._numbers):08d}"
        channel = Channel(number, f"mpdm-{'--'.join(names)}-1", "mpim", members)
        self.channels[channel.id] = channel
        self.changes.tell("messages", channel.id)
        return channel

    def next_ts(self) -> str:
        """Return a message's ts: this moment, and never the same twice."""
        now = int(self.clock.now().timestamp() * 1_000_000)
        self._last_ts = max(now, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def put(self, message: Message) -> Message:
        """Add a message to its conversation."""
        self.channels[message.channel].messages.append(message)
        self.changes.tell("messages", message.channel, message.ephemeral_to)
        return message

    def trouble(self, user: str, words: str) -> None:
        """Show a person that something did not work."""
        self.troubles.setdefault(user, []).append(words)
        self.changes.tell("trouble", user=user)

    def number(self) -> int:
        """Return a number that was not given before."""
        return next(self._numbers)

    def count_from(self, number: int) -> None:
        """Give no number, view or trigger below that: an earlier run of this workspace did."""
        self._numbers = count(number)
        self.views.ids, self.triggers.ids = count(number), count(number)

    def taken(self) -> int:
        """Return a number above all that were given."""
        return max(next(self._numbers), next(self.views.ids), next(self.triggers.ids)) + 1

    async def until(self, predicate: Callable[[], object], timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the limit is part of the call
        """Return as soon as `predicate()` is true, asked at each change.

        Raises: TimeoutError after `timeout` seconds.
        """
        await self.changes.until(predicate, timeout)

    async def settled(self, quiet: float = 0.05, timeout: float = 10.0) -> None:  # noqa: ASYNC109 - the limit is part of the call
        """Return once no call or delivery is under way and none began for `quiet` seconds.

        Raises: TimeoutError after `timeout` seconds.
        """
        await self.changes.settled(quiet, timeout)


def _no_server() -> str:
    raise RuntimeError("no server runs for this workspace")
