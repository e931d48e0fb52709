"""An app that remembers what forms tell it, and forms put straight on somebody's screen."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_rig import modal

from sandbox.slack import Person, Workspace
from sandbox.slack.surfaces import accepted_view
from sandbox.slack.values import plain_values

Json = dict[str, Any]


def show(workspace: Workspace, person: Person, *blocks: Json, **more: Any) -> str:
    return workspace.views.open(person.id, accepted_view(modal(*blocks, **more))).id


def held(person: Person) -> Any:
    assert person.form is not None
    return plain_values(person.form.values)


class Heard:
    """An app that remembers what it is told, and answers as ordered."""

    def __init__(self, **answer: Any) -> None:
        self.answer = answer
        self.actions: list[tuple[str, Any]] = []
        self.sent: list[Any] = []
        self.closed: list[tuple[str, bool]] = []

    def __call__(self, app: AsyncApp) -> None:
        @app.action({"block_id": "words"})
        @app.action({"block_id": "grade"})
        @app.action({"block_id": "row"})
        async def acted(ack: Any, body: Json, action: Json) -> None:
            self.actions.append((action["action_id"], body["view"]["state"]["values"]))
            await ack()

        @app.view("form")
        async def sent(ack: Any, view: Json) -> None:
            self.sent.append(view["state"]["values"])
            await ack(**self.answer)

        @app.view_closed("form")
        async def closed(ack: Any, body: Json) -> None:
            self.closed.append((body["view"]["id"], body["is_cleared"]))
            await ack()
