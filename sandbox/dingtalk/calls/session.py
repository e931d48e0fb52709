"""/robot/sendBySession: the answer to a person's message, without a token, for an hour and a half.

Whether such answers count against the month, and their errcodes, is not documented.
"""

from __future__ import annotations

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.calls.webhook import body_of
from sandbox.dingtalk.errors import OapiError
from sandbox.dingtalk.model import Json


@endpoint("POST", "/robot/sendBySession", token=False, counted=False)
def answer(call: Call) -> Json:
    """Put a text, Markdown or action card where the person wrote."""
    organisation = call.organisation
    session = organisation.sessions.get(call.query.get("session", ""))
    if session is None or organisation.clock.now() >= session.ends:
        raise OapiError(300001, "session is not exist")
    kind, body = body_of(call)
    organisation.put(session.conversation, organisation.app.robot_user, kind, body)
    return {}
