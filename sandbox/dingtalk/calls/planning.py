"""A person's calendar and to-do list.

Sources: slugs create-event and add-dingtalk-to-do-task. Both know a repeated call: the calendar by
the header x-client-token, the list by sourceId.
"""

from __future__ import annotations

from datetime import datetime

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.model import Entry, Json


@endpoint("POST", "/v1.0/calendar/users/{unionId}/calendars/primary/events")
def create_event(call: Call) -> Json:
    """Put an event into a calendar, once for each client token."""
    call.text("summary")
    if _moment(call, "start") >= _moment(call, "end"):
        raise DingTalkError("invalidParameter.end", "end is not after start")
    return _kept(call, "event", call.headers.get("x-client-token", ""))


@endpoint("POST", "/v1.0/todo/users/{unionId}/tasks")
def create_task(call: Call) -> Json:
    """Put a task onto a to-do list, once for each sourceId."""
    call.text("subject")
    detail = call.required("detailUrl")
    if not isinstance(detail, dict) or not {"appUrl", "pcUrl"} & detail.keys():
        raise DingTalkError("InvaliddetailUrl", "detailUrl needs appUrl or pcUrl.")
    return _kept(call, "task", str(call.args.get("sourceId") or ""))


def _moment(call: Call, name: str) -> datetime:
    given = call.required(name)
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
    union = call.match["unionId"]
    person = next((one for one in organisation.members.values() if one.unionid == union), None)
    if person is None or person.left:
        raise DingTalkError("invalidParameter.unionId", "unionId is not found", status=404)
    for entry in organisation.entries:
        if once and (entry.kind, entry.userid, entry.once) == (kind, person.userid, once):
            return {"id": entry.id} | entry.body
    entry = Entry(f"{kind}{organisation.number():08d}", kind, person.userid, once, dict(call.args))
    organisation.entries.append(entry)
    return {"id": entry.id} | entry.body
