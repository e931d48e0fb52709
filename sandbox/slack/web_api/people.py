"""users.list, users.info, users.lookupByEmail."""

from __future__ import annotations

from sandbox.slack.errors import SlackError
from sandbox.slack.model import Json
from sandbox.slack.present import user_json
from sandbox.slack.web_api.call import Call, method, page


@method("users.list", scope="users:read", tier=2)
def users_list(call: Call) -> Json:
    """List members, a page at a time.

    Raises: SlackError limit_required without `limit`. Source: Slack docs,
    reference/methods/users.list (Errors; pagination is asked of every app).
    """
    if not call.text("limit"):
        raise SlackError("limit_required")
    workspace = call.workspace
    email = "users:read.email" in workspace.app.scopes
    everybody = [user_json(workspace, user, email=email) for user in workspace.users.values()]
    members, more = page(call, everybody)
    return {
        "members": members,
        "cache_ts": int(workspace.clock.now().timestamp()),
        "response_metadata": more,
    }


@method("users.info", scope="users:read", tier=4)
def users_info(call: Call) -> Json:
    """Describe one member.

    Raises: SlackError user_not_found. Source: Slack docs, reference/methods/users.info.
    """
    user = call.workspace.users.get(call.required("user"))
    if user is None:
        raise SlackError("user_not_found")
    email = "users:read.email" in call.workspace.app.scopes
    return {"user": user_json(call.workspace, user, email=email)}


@method("users.lookupByEmail", scope="users:read.email", tier=3)
def users_lookup_by_email(call: Call) -> Json:
    """Find a member by address.

    Raises: SlackError users_not_found. Source: Slack docs, reference/methods/users.lookupByEmail.
    """
    wanted = call.required("email").lower()
    for user in call.workspace.users.values():
        if user.email.lower() == wanted and not user.deleted:
            return {"user": user_json(call.workspace, user, email=True)}
    raise SlackError("users_not_found")
