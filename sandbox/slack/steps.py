"""Workflow steps that run in the app (custom steps): Slack starts one, the app ends it.

Source: Slack docs, workflows/workflow-steps; reference/events/function_executed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.slack import payloads
from sandbox.slack.app import Step
from sandbox.slack.model import Json

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


async def run_step(workspace: Workspace, callback_id: str, inputs: Json) -> Step:
    """Start a step as a workflow does; its `outputs` or `error` are there once the app ended it."""
    number = workspace.number()
    step = Step(f"Fx{number:08d}", callback_id, inputs, f"xwfp-local-{number}")
    workspace.app.steps[step.token] = step
    inner: Json = {
        "type": "function_executed",
        "function": {
            "id": f"Fn{number:08d}",
            "callback_id": callback_id,
            "title": callback_id,
            "type": "app",
            "app_id": workspace.app.id,
            "input_parameters": [],
            "output_parameters": [],
        },
        "inputs": inputs,
        "function_execution_id": step.id,
        "workflow_execution_id": f"Wx{number:08d}",
        "bot_access_token": step.token,
        "event_ts": workspace.next_ts(),
    }
    await workspace.wire.event(payloads.event(workspace, inner))
    return step
