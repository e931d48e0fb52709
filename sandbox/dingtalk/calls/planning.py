"""A person's calendar and to-do list.

Sources: slugs create-event, modify-event, delete-event, add-dingtalk-to-do-task,
updates-dingtalk-to-do-tasks and delete-dingtalk-to-do-tasks. Both know a repeated call: the
calendar by the header x-client-token, the list by sourceId. Which code an unknown entry is refused
with is not documented.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import DingTalkError, missing
from sandbox.dingtalk.model import Entry, Json

MOST: Final = {"summary": 2048, "subject": 1024}
"""Characters of a title. Source: the same pages."""


@endpoint("POST", "/v1.0/calendar/users/{unionId}/calendars/primary/events")
def create_event(call: Call) -> Json:
    """Put an event into a calendar, once for each client token."""
    _short(call.text("summary"), "summary")
    if _moment(call.args, "start") >= _moment(call.args, "end"):
        raise DingTalkError("invalidParameter.end", "end is not after start")
    return _kept(call, "event", call.headers.get("x-client-token", ""))


@endpoint("PUT", "/v1.0/calendar/users/{unionId}/calendars/primary/events/{id}")
def change_event(call: Call) -> Json:
    """Change what is said of an event, and nothing else of it."""
    if call.text("id") != call.match["id"]:
        raise DingTalkError("invalidParameter.id", "id is not the event's")
    entry = _entry(call, "event")
    body = entry.body | call.args
    _short(str(body["summary"]), "summary")
    if _moment(body, "start") >= _moment(body, "end"):
        raise DingTalkError("invalidParameter.end", "end is not after start")
    return _changed(call, entry, body)


@endpoint("DELETE", "/v1.0/calendar/users/{unionId}/calendars/primary/events/{id}")
def delete_event(call: Call) -> Json:
    """Take an event out of a calendar; the answer is empty."""
    return _deleted(call, "event")


@endpoint("POST", "/v1.0/todo/users/{unionId}/tasks")
def create_task(call: Call) -> Json:
    """Put a task onto a to-do list, once for each sourceId."""
    _short(call.text("subject"), "subject")
    detail = call.required("detailUrl")
    if not isinstance(detail, dict) or not {"appUrl", "pcUrl"} & detail.keys():
        raise DingTalkError("InvaliddetailUrl", "detailUrl needs appUrl or pcUrl.")
    return _kept(call, "task", str(call.args.get("sourceId") or ""))


@endpoint("PUT", "/v1.0/todo/users/{unionId}/tasks/{id}")
def change_task(call: Call) -> Json:
    """Change a task, such as whether it is done."""
    entry = _entry(call, "task")
    _short(str(call.args.get("subject", "")), "subject")
    _changed(call, entry, entry.body | call.args)
    return {"result": True}


@endpoint("DELETE", "/v1.0/todo/users/{unionId}/tasks/{id}")
def delete_task(call: Call) -> Json:
    """Take a task off a list."""
    _deleted(call, "task")
    return {"result": True}


def _short(text: str, name: str) -> None:
    if len(text) > MOST[name]:
        raise DingTalkError(f"invalidParameter.{name}", f"{name}: {MOST[name]} characters")


def _moment(body: Json, name: str) -> datetime:
    given = body.get(name)
    if not given:
        raise missing(name)
    try:
        moment = datetime.fromisoformat(given["dateTime"])
    except (KeyError, TypeError, ValueError):
        raise DingTalkError(f"invalidParameter.{name}", f"{name}: dateTime") from None
    if moment.tzinfo is None:
        raise DingTalkError(f"invalidParameter.{name}", f"{name}: dateTime has no offset")
    return moment


def _kept(call: Call, kind: str, once: str) -> Json:
    """Keep it for that person; a call that was made before is answered with what it made."""
    organisation = call.organisation
    userid = _whose(call)
    for entry in organisation.entries:
        if once and (entry.kind, entry.userid, entry.once) == (kind, userid, once):
            return {"id": entry.id} | entry.body
    entry = Entry(f"{kind}{organisation.number():08d}", kind, userid, once, dict(call.args))
    organisation.entries.append(entry)
    organisation.changes.tell("entries", user=userid)
    return {"id": entry.id} | entry.body


def _whose(call: Call) -> str:
    union = call.match["unionId"]
    members = call.organisation.members.values()
    person = next((one for one in members if one.unionid == union), None)
    if person is None or person.left:
        raise DingTalkError("invalidParameter.unionId", "unionId is not found", status=404)
    return person.userid


def _entry(call: Call, kind: str) -> Entry:
    userid, wanted = _whose(call), call.match["id"]
    for entry in call.organisation.entries:
        if (entry.id, entry.kind, entry.userid) == (wanted, kind, userid):
            return entry
    raise DingTalkError(f"{kind}NotFound", f"{kind} is not found", status=404)


def _changed(call: Call, entry: Entry, body: Json) -> Json:
    entries = call.organisation.entries
    entries[entries.index(entry)] = replace(entry, body=body)
    call.organisation.changes.tell("entries", user=entry.userid)
    return {"id": entry.id} | body


def _deleted(call: Call, kind: str) -> Json:
    entry = _entry(call, kind)
    call.organisation.entries.remove(entry)
    call.organisation.changes.tell("entries", user=entry.userid)
    return {}
