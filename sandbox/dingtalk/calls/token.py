"""/v1.0/oauth2/accessToken."""

from __future__ import annotations

from sandbox.dingtalk.calls.call import Call, endpoint
from sandbox.dingtalk.errors import DingTalkError
from sandbox.dingtalk.model import Json


@endpoint("POST", "/v1.0/oauth2/accessToken", token=False, counted=False)
def access_token(call: Call) -> Json:
    """Give a token. Source: slug obtain-the-access_token-of-an-internal-app."""
    app = call.organisation.app
    if (call.required("appKey"), call.required("appSecret")) != (app.key, app.secret):
        raise DingTalkError("invalidClientIdOrSecret", "无效的clientId或者clientSecret")
    token, seconds = app.token(call.organisation.clock)
    return {"accessToken": token, "expireIn": seconds}
