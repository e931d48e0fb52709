"""Entries in people's own calendars and to-do lists: made once, then changed or taken away."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Collection
from typing import Any, Literal

from bot.platforms import late
from bot.platforms.dingtalk import calendar, todo
from bot.platforms.dingtalk.client import CallError, DingTalkClient, RefusedError
from bot.platforms.dingtalk.outcomes import AWAY, LATER, hinders, lacks_right, outcome_of
from handlers.ports import NotDrawnError, NotSent, Outcome, Parcel, Removed, Sent, Unknown
from prompts.card import Appointment, Card, Task

log = logging.getLogger(__name__)
Kind = Literal["event", "task"]
MARK = ":"
"""Between the kind of an entry and its id, in what is kept of where it stands."""
RATE = (1 / 15, 5)
"""DingTalk: twenty calls within any second an interface."""
PLACES: dict[Kind, str] = {"event": "calendar", "task": "todo"}
WHAT: dict[Kind, frozenset[str]] = {
    "event": frozenset({"interview", "talk"}),
    "task": frozenset({"todo"}),
}
"""By their settings, what they stand for (handlers.entries)."""
RIGHTS: dict[Kind, str] = {"event": "Calendar.Event.Write", "task": "Todo.Todo.Write"}
"""What the app has to be given in DingTalk's console."""
NOBODYS = "nosurprise-doctor"
"""An entry that is in nobody's calendar and on nobody's list."""
USER = "topapi/v2/user/get"
NOT_THERE = 404
GONE = ("notfound", "not_found", "notexist", "not_exist")
"""In DingTalk's words, without regard to case, for an entry that somebody took away (ours: its
pages name none)."""


class Entries:
    """Keeps an appointment as an event, and a task as a to-do, each in one person's own name."""

    def __init__(self, client: DingTalkClient) -> None:
        """Call with that client."""
        self._client = client
        self._unions: dict[str, str] = {}
        self._lacking: dict[Kind, float] = {}
        self.robot = todo.Robot()
        """Told who it is by whoever reads its messages."""

    def is_one(self, parcel: Parcel) -> bool:
        """Whether it is an entry, or stands as one."""
        return parcel.entry or _stands(parcel) is not None

    def buckets(self, parcel: Parcel) -> tuple[tuple[str, float, int], ...]:
        """A bucket for each interface: what one lacks holds up nothing else."""
        stands = _stands(parcel)
        name = PLACES[stands[0]] if stands else parcel.kind
        return ((f"dingtalk:{name}", *RATE),)

    async def draw(self, card: Card, parcel: Parcel) -> bytes:
        """The call to make. Raises NotDrawnError."""
        part = next((one for one in card.parts if isinstance(one, Appointment | Task)), None)
        stands = _stands(parcel)
        if stands is not None:
            kind, name = stands
            made = _change(kind, name, parcel.channel or parcel.to, part)
        elif part is None or part.off:
            raise NotDrawnError(NotSent("no_entry", final=True))
        else:
            kind = "event" if isinstance(part, Appointment) else "task"
            made = self._new(part, await self._union_of(parcel.to), parcel)
        return json.dumps({"kind": kind, **made}, ensure_ascii=False).encode()

    def _new(self, part: Appointment | Task, union: str, parcel: Parcel) -> dict[str, Any]:
        made: dict[str, Any] = {"method": "POST", "union": union}
        if isinstance(part, Appointment):
            once = f"{parcel.delivery}-{part.sequence}"
            return made | {"path": calendar.path(union), "body": calendar.body(part), "once": once}
        return made | {"path": todo.path(union), "body": todo.body(part, union, self.robot)}

    async def send(self, parcel: Parcel, payload: bytes) -> Outcome:
        """Make that call. Raises TooLateError."""
        made = json.loads(payload)
        kind: Kind = made["kind"]
        if self._lacking.get(kind, 0) > asyncio.get_running_loop().time():
            return NotSent(f"no right: {RIGHTS[kind]}", final=True)
        with late.only(parcel.in_time):
            try:
                answer = await self._client.call(
                    made["method"], made["path"], made.get("body"), once=made.get("once", "")
                )
            except CallError as error:
                return self._failed(kind, made["method"], error)
        if made["method"] == "DELETE":
            return Removed()
        if parcel.ts is not None:
            return Sent(made["union"], parcel.ts)
        name = answer.get("id")
        return Sent(made["union"], f"{kind}{MARK}{name}") if name else Unknown("no id")

    def _failed(self, kind: Kind, method: str, error: CallError) -> Outcome:
        if lacks_right(error.reason):
            self._lacking[kind] = asyncio.get_running_loop().time() + LATER
            log.warning(
                "DingTalk: the app lacks the right %s: nothing is written in people's %s",
                RIGHTS[kind],
                "calendars" if kind == "event" else "to-do lists",
            )
            return NotSent(f"no right: {RIGHTS[kind]}", final=True)
        if method != "POST" and isinstance(error, RefusedError) and _is_gone(error):
            return Removed() if method == "DELETE" else NotSent(error.reason, gone=True)
        return outcome_of(error)

    async def lacking(self, account: str, wanted: Collection[str]) -> tuple[str, ...]:
        """The rights that the app lacks for those settings.

        It is found out by taking away what is not there: a call of the month each, and nothing is
        written. Raises NotDrawnError where that person's union id can't be had.
        """
        union, found = await self._union_of(account), []
        for kind, right in RIGHTS.items():
            if not WHAT[kind] & set(wanted):
                continue
            try:
                await self._client.call("DELETE", _path(kind, union, NOBODYS), None)
            except CallError as error:
                found += [right] if lacks_right(error.reason) else []
        return tuple(found)

    async def _union_of(self, account: str) -> str:
        """By which calendars and lists know somebody; contacts cost no call of the month's.

        Raises NotDrawnError.
        """
        if account not in self._unions:
            try:
                answer = await self._client.old_call(USER, {"userid": account})
            except CallError as error:
                outcome = outcome_of(error)
                if isinstance(outcome, NotSent) and not hinders(outcome):
                    log.warning("DingTalk: a person's union id can't be read: %s", error.reason)
                    raise NotDrawnError(NotSent(error.reason, final=True)) from None
                passing = outcome if isinstance(outcome, NotSent) else None
                raise NotDrawnError(passing or NotSent(error.reason, retry_after=AWAY)) from None
            result = answer.get("result")
            found = result.get("unionid") if isinstance(result, dict) else None
            if not isinstance(found, str) or not found:
                log.warning("DingTalk: the app may not read the contacts: no union id is shown")
                raise NotDrawnError(NotSent("no union id", final=True))
            self._unions[account] = found
        return self._unions[account]


def _stands(parcel: Parcel) -> tuple[Kind, str] | None:
    """The kind and the id of the entry that stands there."""
    kind, mark, name = (parcel.ts or "").partition(MARK)
    if not mark:
        return None
    if kind == "event":
        return "event", name
    return ("task", name) if kind == "task" else None


def _change(kind: Kind, name: str, union: str, part: Appointment | Task | None) -> dict[str, Any]:
    """The call for an entry that stands; without a part, or with one that is off, it goes."""
    place = {"path": _path(kind, union, name), "union": union}
    if part is None or part.off:
        return place | {"method": "DELETE"}
    said = calendar.body(part, name) if isinstance(part, Appointment) else todo.change(part)
    return place | {"method": "PUT", "body": said}


def _path(kind: Kind, union: str, name: str) -> str:
    return calendar.path(union, name) if kind == "event" else todo.path(union, name)


def _is_gone(error: RefusedError) -> bool:
    word = error.reason.lower()
    return error.status == NOT_THERE or any(one in word for one in GONE)
