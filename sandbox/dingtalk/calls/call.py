"""One call: its arguments, and the table of what can be called."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sandbox.dingtalk.errors import DingTalkError, OapiError, missing
from sandbox.dingtalk.model import Json

if TYPE_CHECKING:
    from sandbox.dingtalk.organisation import Organisation


@dataclass(frozen=True, slots=True)
class Call:
    """What came: JSON, what stood in the address and the headers, files by their part's name."""

    organisation: Organisation
    args: Json
    query: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    match: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def required(self, name: str) -> Any:
        """Return an argument of a new call.

        Raises: DingTalkError.
        """
        value = self.args.get(name)
        if value is None or value in ("", [], {}):
            raise missing(name)
        return value

    def text(self, name: str) -> str:
        """Return an argument of a new call that is a text.

        Raises: DingTalkError.
        """
        value = self.required(name)
        if not isinstance(value, str):
            raise DingTalkError(f"Invalid{name}", f"{name} is not valid.")
        return value

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number of an old call, which clients also send as text.

        Raises: OapiError.
        """
        try:
            return int(self.args.get(name, default))  # type: ignore[arg-type]
        except (TypeError, ValueError, OverflowError):
            raise OapiError(400002, f"无效的参数: {name}") from None


Handler = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One interface; `old` ones stand on oapi and say errcode, `counted` ones cost of the month."""

    verb: str
    path: str
    handler: Handler
    old: bool
    token: bool
    counted: bool


ENDPOINTS: Final[list[Endpoint]] = []


def endpoint(
    verb: str, path: str, *, token: bool = True, counted: bool = True
) -> Callable[[Handler], Handler]:
    """Enter a function into the table; a path without a version is one of oapi.dingtalk.com."""

    def enter(handler: Handler) -> Handler:
        old = not path.startswith("/v1.0/")
        ENDPOINTS.append(Endpoint(verb, path, handler, old, token, counted))
        return handler

    return enter


def parsed(text: Any) -> Json | None:
    """Return the object that a string holds as JSON; None for anything else."""
    try:
        value = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
