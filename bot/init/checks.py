"""Whether an answer is right, asked of Slack at once; each check returns what is to be kept."""

from __future__ import annotations

import asyncio
import difflib
import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import available_timezones

from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.doctor import slack as doctor
from bot.doctor.line import Line, Mark
from bot.platforms.slack import probe
from bot.platforms.slack.connect import SlackRefusedError, SlackUnreachableError, client_for

BIND = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w.-]+):(\d{1,5})")
LIST = re.compile(r"[^\s,#'\"\\$`]+(\s*,\s*[^\s,#'\"\\$`]+)*")
T = TypeVar("T")
Look = Callable[[str, AsyncWebClient], Coroutine[None, None, Line]]


class WrongError(Exception):
    """An answer that can't be kept, or not without a word; `key` names the words."""

    def __init__(self, key: str, *, may_pass: bool = False, **facts: object) -> None:
        """With `may_pass` a person may go on all the same."""
        super().__init__(key)
        self.key = key if "." in key else f"init.{key}"
        self.facts = facts
        self.may_pass = may_pass


@dataclass(slots=True)
class SlackDesk:
    """Slack's word on each answer; offline, what looks right is believed."""

    url: str
    offline: bool = False
    token: str = ""
    app: str | None = None
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    """What a person should hear of an answer that was taken."""

    def bot_token(self, text: str) -> str:
        """The bot token: taken, with every scope."""
        self.token = _starts(text, "xoxb-")
        if not self.offline:
            client = client_for(self._settings())
            identity = _asked(probe.identify(client))
            scopes = doctor.scopes(identity)
            if scopes.mark is Mark.WRONG:
                raise WrongError("doctor.scopes_missing", may_pass=True, **scopes.facts)
            self.app = _asked(probe.app_of(client, identity))
            self.notes.append(("init.hello", {"team": identity.team, "bot": identity.bot}))
        return self.token

    def app_token(self, text: str) -> str:
        """The app-level token: taken, and of the bot's own app."""
        token = _starts(text, "xapp-")
        named = probe.app_in(token)
        if self.app is not None and named is not None and named != self.app:
            raise WrongError("doctor.other_app", app_token=named, bot_token=self.app)
        if not self.offline:
            _asked(probe.may_connect(token, self.url))
        return token

    def signing_secret(self, text: str) -> str:
        """The signing secret; only its shape can be seen."""
        if not doctor.SIGNING_SECRET.fullmatch(text):
            raise WrongError("bad_signing_secret", may_pass=bool(re.fullmatch(r"[\w-]+", text)))
        return text

    def channel(self, text: str) -> str:
        """The HR channel's id, which outlives its name; the bot is in it."""
        return self._place(text, doctor.channel)

    def praise_channel(self, text: str) -> str:
        """The same of the channel for praise, which anybody may be in."""
        return self._place(text, doctor.praise_channel)

    def _place(self, text: str, look: Look) -> str:
        name = text.strip().lstrip("#")
        if not name or re.search(r"[\s'\"#]", name):
            raise WrongError("bad_channel")
        if self.offline:
            return name
        client = client_for(self._settings())
        line = _asked(look(name, client))
        if line.mark is Mark.WRONG:
            raise WrongError(f"doctor.{line.key}", may_pass=True, **line.facts)
        if line.mark is Mark.NOTE:
            self.notes.append((f"doctor.{line.key}", dict(line.facts)))
        found = _asked(probe.find(client, name))
        return name if found is None else found.id

    def _settings(self) -> SlackSettings:
        return SlackSettings(
            bot_token=self.token,
            app_token=None,
            signing_secret=None,
            http_bind=None,
            api_url=self.url,
            hr_channel=None,
        )


def _starts(text: str, prefix: str) -> str:
    if not re.fullmatch(rf"{prefix}[A-Za-z0-9-]+", text):
        raise WrongError("bad_prefix", prefix=prefix)
    return text


def _asked(call: Coroutine[None, None, T]) -> T:
    """What Slack answers, or why it does not."""
    try:
        return asyncio.run(call)
    except SlackRefusedError as refused:
        raise WrongError("refused", reason=refused.reason) from refused
    except SlackUnreachableError as fault:
        facts = {"url": fault.url, "reason": fault.reason}
        raise WrongError("doctor.unreachable", may_pass=True, **facts) from fault


def bind(text: str) -> str:
    """An address of this machine."""
    found = BIND.fullmatch(text)
    if found is None or not 0 < int(found[2]) < 2**16:
        raise WrongError("bad_bind")
    return text


def zone(text: str) -> str:
    """A time zone, in any case."""
    zones = available_timezones()
    names = {name.lower(): name for name in zones}
    wanted = text.strip().lower().replace(" ", "_")
    if wanted in names:
        return names[wanted]
    ends = [name for name in sorted(zones) if name.lower().endswith(f"/{wanted}")]
    close = ends or [names[name] for name in difflib.get_close_matches(wanted, names, 3)]
    raise WrongError("bad_zone", value=text, close=", ".join(close[:3]) or "Asia/Shanghai")


def people(text: str) -> str:
    """Employee ids with commas between; none is an answer, too."""
    if text and not LIST.fullmatch(text):
        raise WrongError("bad_people")
    return ",".join(part.strip() for part in text.split(",") if part.strip())
