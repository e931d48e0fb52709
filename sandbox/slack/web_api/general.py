"""auth.test, apps.connections.open, bots.info and team.info."""

from __future__ import annotations

from sandbox.slack.errors import SlackError
from sandbox.slack.model import Json
from sandbox.slack.web_api.call import Call, method


@method("auth.test", tier=4)
def auth_test(call: Call) -> Json:
    """Say who the token is. Source: Slack docs, reference/methods/auth.test."""
    workspace, app = call.workspace, call.workspace.app
    return {
        "url": f"https://{workspace.domain}.slack.com/",
        "team": workspace.team,
        "user": app.name,
        "team_id": workspace.team_id,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "app_id": app.id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", tier=1, for_app_token=True)
def apps_connections_open(call: Call) -> Json:
    """Give out a WebSocket address. Source: Slack docs, reference/methods/apps.connections.open."""
    base = call.workspace.base_url.replace("http", "ws", 1)
    return {"url": f"{base}/link/?ticket={call.workspace.ticket()}&app_id={call.workspace.app.id}"}


@method("bots.info", scope="users:read", tier=3)
def bots_info(call: Call) -> Json:
    """Describe the app's bot. Source: Slack docs, reference/methods/bots.info.

    Raises: SlackError bot_not_found.
    """
    app = call.workspace.app
    if call.text("bot") != app.bot_id:
        raise SlackError("bot_not_found")
    bot = {"id": app.bot_id, "app_id": app.id, "user_id": app.bot_user, "name": app.name}
    return {"bot": bot | {"deleted": False}}


@method("team.info", scope="team:read", tier=3)
def team_info(call: Call) -> Json:
    """Describe the team. Source: Slack docs, reference/methods/team.info."""
    workspace = call.workspace
    team = {"id": workspace.team_id, "name": workspace.team, "domain": workspace.domain}
    return {"team": team}
