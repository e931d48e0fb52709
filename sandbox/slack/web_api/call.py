"""One call of a method: its arguments, who may make it, and the table of methods."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sandbox.slack.errors import SlackError, invalid
from sandbox.slack.model import Json

if TYPE_CHECKING:
    from sandbox.slack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Call:
    """The arguments of a call, whether they came as JSON, a form or in the address."""

    workspace: Workspace
    args: Json
    token: str = ""

    def text(self, name: str) -> str:
        """Return a string argument, or an empty string."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def required(self, name: str) -> str:
        """Return a string argument.

        Raises: SlackError invalid_arguments.
        """
        if not self.text(name):
            raise invalid("invalid_arguments", [f"missing required field: {name}"])
        return self.text(name)

    def number(self, name: str, default: int) -> int:
        """Return a whole-number argument.

        Raises: SlackError invalid_arguments.
        """
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise invalid("invalid_arguments", [f"must be an integer: {name}"]) from None

    def flag(self, name: str) -> bool:
        """Return a truth value, which clients send as true, "true" or 1."""
        return self.text(name).lower() in {"true", "1"}

    def parsed(self, name: str) -> Any:
        """Return an argument that is JSON, whether it was sent as an object or as a string.

        Raises: SlackError invalid_arguments.
        """
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise invalid("invalid_arguments", [f"must be JSON: {name}"]) from None

    def need(self, scope: str) -> None:
        """Check a scope that depends on the arguments.

        Raises: SlackError missing_scope, with what was needed and what was provided.
        """
        provided = self.workspace.app.scopes
        if scope not in provided:
            raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(provided)))


Handler = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the Web API: the scope it always needs, its rate tier, the kind of token."""

    handler: Handler
    scope: str | None
    tier: int
    for_app_token: bool


METHODS: Final[dict[str, Method]] = {}
POSTING: Final = 0
"""Not a tier: counted a channel, see `sandbox.slack.rates`."""


def method(
    name: str, *, tier: int, scope: str | None = None, for_app_token: bool = False
) -> Callable[[Handler], Handler]:
    """Enter a function into the table of methods."""

    def enter(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, scope, tier, for_app_token)
        return handler

    return enter


def page(call: Call, items: list[Json], most: int = 1_000) -> tuple[list[Json], Json]:
    """Return one page of a list and the `response_metadata` with the next cursor.

    Source: Slack docs, apis/web-api/pagination.
    Raises: SlackError invalid_limit, invalid_cursor.
    """
    limit = call.number("limit", 100)
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    cursor = call.text("cursor")
    start = 0
    if cursor:
        if not cursor.startswith("at:") or not cursor[3:].isdigit():
            raise SlackError("invalid_cursor")
        start = int(cursor[3:])
    end = start + limit
    following = f"at:{end}" if end < len(items) else ""
    return items[start:end], {"next_cursor": following}
