"""views.open, views.push, views.update, views.publish."""

from __future__ import annotations

from sandbox.slack.errors import SlackError, invalid
from sandbox.slack.model import Json, OpenView
from sandbox.slack.present import view_json
from sandbox.slack.surfaces import accepted_view
from sandbox.slack.web_api.call import Call, method


@method("views.open", tier=4)
def views_open(call: Call) -> Json:
    """Open a modal. Source: Slack docs, reference/methods/views.open."""
    view = _view(call, "modal")
    trigger = call.workspace.triggers.check(call.required("trigger_id"))
    shown = call.workspace.views.open(trigger.user, view)
    trigger.used = True
    return _answer(call, shown)


@method("views.push", tier=4)
def views_push(call: Call) -> Json:
    """Lay a modal on the one in which the trigger arose.

    Source: Slack docs, reference/methods/views.push.
    """
    view = _view(call, "modal")
    trigger = call.workspace.triggers.check(call.required("trigger_id"))
    if trigger.view is None:
        raise SlackError("invalid_trigger_id")
    shown = call.workspace.views.push(trigger.user, view)
    trigger.used = True
    return _answer(call, shown)


@method("views.update", tier=4)
def views_update(call: Call) -> Json:
    """Change a view, named by view_id or external_id; `hash` guards against a stale write.

    Raises: SlackError not_found, hash_conflict. Source: reference/methods/views.update.
    """
    shown = call.workspace.views.find(call.text("view_id"), call.text("external_id"))
    view = _view(call, shown.view["type"])
    call.workspace.views.update(shown, view, call.text("hash") or None)
    return _answer(call, shown)


@method("views.publish", tier=4)
def views_publish(call: Call) -> Json:
    """Put a view on a person's Home tab.

    Raises: SlackError user_not_found, hash_conflict. Source: reference/methods/views.publish.
    """
    user = call.required("user_id")
    if user not in call.workspace.users:
        raise SlackError("user_not_found")
    view = _view(call, "home")
    shown = call.workspace.views.publish(user, view, call.text("hash") or None)
    return _answer(call, shown)


def _view(call: Call, kind: str) -> Json:
    view = accepted_view(call.parsed("view"))
    if view["type"] != kind:
        raise invalid("invalid_arguments", [f"must be a view of type {kind} [json-pointer:/view]"])
    return view


def _answer(call: Call, shown: OpenView) -> Json:
    return {"view": view_json(call.workspace, shown)}
