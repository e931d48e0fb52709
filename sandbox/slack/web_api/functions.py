"""functions.completeSuccess, functions.completeError: how a workflow step ends."""

from __future__ import annotations

from sandbox.slack.app import Step
from sandbox.slack.errors import SlackError
from sandbox.slack.model import Json
from sandbox.slack.web_api.call import Call, method


@method("functions.completeSuccess", tier=3)
def complete_success(call: Call) -> Json:
    """End a step with its outputs. Source: reference/methods/functions.completeSuccess."""
    step = _running(call)
    step.outputs = call.parsed("outputs") or {}
    call.workspace.changes.tell("steps")
    return {}


@method("functions.completeError", tier=3)
def complete_error(call: Call) -> Json:
    """End a step with what went wrong. Source: reference/methods/functions.completeError."""
    step = _running(call)
    step.error = call.required("error")
    call.workspace.changes.tell("steps")
    return {}


def _running(call: Call) -> Step:
    """Return the step that the call names.

    Raises: SlackError function_execution_not_found, function_execution_not_in_running_state.
    """
    wanted = call.required("function_execution_id")
    found = next((s for s in call.workspace.app.steps.values() if s.id == wanted), None)
    if found is None:
        raise SlackError("function_execution_not_found")
    if found.outputs is not None or found.error is not None:
        raise SlackError("function_execution_not_in_running_state")
    return found
