"""/v1.0/gateway/connections/open."""

from __future__ import annotations

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.model import Json

KINDS = {"EVENT", "CALLBACK", "SYSTEM"}


@endpoint("POST", "/v1.0/gateway/connections/open", token=False, counted=False)
def open_connection(call: Call) -> Json:
    """Say where to connect, with a ticket. Source: open-dingtalk/developerpedia, Stream."""
    organisation = call.organisation
    app = organisation.app
    if (call.required("clientId"), call.required("clientSecret")) != (app.key, app.secret):
        raise DingTalkError("authFailed", "鉴权失败", status=401)
    topics = set()
    wanted = call.required("subscriptions")
    for one in wanted if isinstance(wanted, list) else [None]:
        kind, topic = (one.get("type"), one.get("topic")) if isinstance(one, dict) else ("", "")
        if str(kind) not in KINDS or not isinstance(topic, str) or not topic:
            raise DingTalkError("invalidParameter.subscriptions", "订阅信息不合法")
        topics.add((str(kind), topic))
    ticket = organisation.stream.connections.ticket(frozenset(topics))
    where = organisation.base_url.replace("http", "ws", 1)
    return {"endpoint": f"{where}/connect", "ticket": ticket}
