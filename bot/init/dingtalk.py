"""Whether an answer about DingTalk is right, asked of DingTalk at once."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.config import DingTalkSettings
from bot.doctor import dingtalk as doctor
from bot.doctor.line import Line, Mark
from bot.init.checks import WrongError
from bot.platforms.dingtalk.client import CallError, DingTalkClient, session
from bot.platforms.dingtalk.faults import DingTalkRefusedError, fault_of
from bot.platforms.dingtalk.organisation import Told

LISTEN = "?"
"""Said instead of a group's id: it is taken from what somebody writes there."""
WAITS = 180.0
"""Seconds that somebody has to write in the group (ours)."""
WORD = re.compile(r"[\w.=+/-]+", re.ASCII)
Look = Callable[[str | None, DingTalkClient], Coroutine[None, None, Line]]


@dataclass(slots=True)
class DingTalkDesk:
    """DingTalk's word on each answer; offline, what looks right is believed."""

    api_url: str
    oapi_url: str
    offline: bool = False
    id: str = ""
    secret: str = field(default="", repr=False)
    robot_code: str = ""
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    """What a person should hear of an answer that was taken."""

    def client_id(self, text: str) -> str:
        """The app's id; whether it is taken shows with the secret."""
        self.id = self.robot_code = _word(text)
        return text

    def client_secret(self, text: str) -> str:
        """The app's secret."""
        self.secret = _word(text)
        return text

    def log_in(self) -> None:
        """Both together are taken, and how many people the app sees is told."""
        if self.offline:
            return
        lines = asyncio.run(self._looked())
        for line in lines:
            if line.mark is Mark.WRONG:
                raise WrongError(f"doctor.{line.key}", may_pass=len(lines) > 1, **line.facts)
            self.notes.append((f"doctor.{line.key}", dict(line.facts)))

    def robot(self, text: str) -> str:
        """The robot's code: nobody can look it up."""
        self.robot_code = _word(text)
        return text

    def group(self, text: str) -> str:
        """A group's conversation id, with the robot in it; or none as yet."""
        if text.strip() == LISTEN and not self.offline:
            return self._said_in()
        return self._looked_up(text, doctor.hr_group)

    def template(self, text: str) -> str:
        """The card template's id; or none."""
        return self._looked_up(text, doctor.form_template)

    def _looked_up(self, text: str, look: Look) -> str:
        if not text.strip():
            return ""
        wanted = _word(text)
        if self.offline:
            return wanted
        line = asyncio.run(self._line(wanted, look))
        if line.mark is Mark.WRONG:
            raise WrongError(f"doctor.{line.key}", may_pass=True, **line.facts)
        self.notes.append((f"doctor.{line.key}", dict(line.facts)))
        return wanted

    def _said_in(self) -> str:
        """The group that somebody writes to the robot in, while this waits for it."""
        found = asyncio.run(_listen(self._settings()))
        if found is None:
            raise WrongError("dingtalk_nobody_wrote", minutes=round(WAITS / 60))
        group, title = found
        self.notes.append(("init.dingtalk_found", {"title": title, "group": group}))
        return group

    async def _looked(self) -> list[Line]:
        """The credentials, and with them what the app sees and whether messages can come in."""
        async with session() as calls:
            client = DingTalkClient(self._settings(), calls)
            try:
                await client.token()
            except CallError as error:
                fault = fault_of(error, self.api_url)
                key = "refused" if isinstance(fault, DingTalkRefusedError) else "away"
                return [Line(Mark.WRONG, f"dingtalk_{key}", fault.facts)]
            return list(await asyncio.gather(doctor.contacts(client), doctor.stream(client)))

    async def _line(self, wanted: str, look: Look) -> Line:
        async with session() as calls:
            return await look(wanted, DingTalkClient(self._settings(), calls))

    def _settings(self) -> DingTalkSettings:
        return DingTalkSettings(
            client_id=self.id,
            client_secret=self.secret,
            robot_code=self.robot_code,
            api_url=self.api_url,
            oapi_url=self.oapi_url,
        )


def _word(text: str) -> str:
    if not WORD.fullmatch(text):
        raise WrongError("dingtalk_bad_word")
    return text


class _Ear:
    """Hears the first message of a group, and handles nothing."""

    def __init__(self) -> None:
        self.heard: asyncio.Future[tuple[str, str]] = asyncio.get_running_loop().create_future()

    async def message(self, data: Mapping[str, Any], frame: str) -> Mapping[str, Any]:  # noqa: ARG002
        """Somebody wrote to the robot."""
        group = str(data.get("conversationId") or "")
        if str(data.get("conversationType")) != "1" and group and not self.heard.done():
            self.heard.set_result((group, str(data.get("conversationTitle") or group)))
        return {}

    async def card(self, data: Mapping[str, Any], frame: str) -> Mapping[str, Any]:  # noqa: ARG002
        """Nothing is asked by cards."""
        return {}

    async def event(self, told: Told) -> bool:  # noqa: ARG002
        """The running bot is to hear of it."""
        return False


async def _listen(settings: DingTalkSettings) -> tuple[str, str] | None:
    """The id and title of the group that somebody writes in; None: nobody did in time."""
    from bot.platforms.dingtalk.stream import Stream
    from bot.underway import Underway

    async with session() as calls:
        ear = _Ear()
        stream = Stream(DingTalkClient(settings, calls), ear, Underway())
        connection = asyncio.create_task(stream.start())
        try:
            return await asyncio.wait_for(ear.heard, WAITS)
        except TimeoutError:
            return None
        finally:
            await stream.stop()
            connection.cancel()
            await asyncio.gather(connection, return_exceptions=True)
