"""DingTalk's own types and client (alibabacloud-dingtalk), and what they make of a call of ours.

The old interfaces (oapi: contacts, media, webhooks) have no official types on PyPI.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sandbox.dingtalk import DingTalkServer
from sandbox.dingtalk.calls.dispatch import Made

Json = dict[str, Any]
MODULES = ("oauth2_1_0", "robot_1_0", "card_1_0", "calendar_1_0", "todo_1_0", "gateway_1_0")
BESIDE = {"/v1.0/gateway/connections/open": {"ua"}}
"""What the types do not know, though DingTalk's own Stream SDK sends it as we do."""
HEADERS = ("x-acs-dingtalk-access-token", "x-client-token")
_CALL = re.compile(
    r"    def (?P<method>\w+with_options)\((?P<takes>.*?)\).*?"
    r"pathname=f'(?P<path>[^']+)',\s+method='(?P<verb>\w+)'",
    re.DOTALL,
)
_TAKES = re.compile(r"(\w+): (?:\w+\.)?(\w+)")
_SLOT = re.compile(r"\{(\w+)\}")


class UnknownCallError(AssertionError):
    """The official client has no such call."""


@dataclass(frozen=True)
class Official:
    """A call of the official client: its method, and what that takes, by name and type."""

    module: str
    method: str
    path: str
    verb: str
    takes: tuple[tuple[str, str], ...]

    def slots(self, path: str) -> dict[str, str] | None:
        """What stands in the address; None: it is another call's."""
        found = re.fullmatch(_SLOT.sub(r"(?P<\1>[^/]+)", self.path), path)
        return None if found is None else found.groupdict()

    def type_of(self, name: str) -> Any:
        """The type of its request or headers; None: it has none."""
        models = import_module(f"alibabacloud_dingtalk.{self.module}.models")
        kind = getattr(models, dict(self.takes).get(name, ""), None)
        return kind if isinstance(kind, type) else None

    def make(self, made: Made, endpoint: str) -> Any:
        """Make the same call by the official client, out of its own types; what it answers.

        Raises what the official client raises where it is refused.
        """
        from alibabacloud_tea_openapi.models import Config
        from alibabacloud_tea_util.models import RuntimeOptions

        client = import_module(f"alibabacloud_dingtalk.{self.module}.client").Client(
            Config(protocol="http", region_id="central", endpoint=endpoint)
        )
        given: Json = dict(self.slots(made.path) or {}) | {"runtime": RuntimeOptions()}
        said = {"request": _said(made), "headers": {one: made.headers.get(one) for one in HEADERS}}
        for name, values in said.items():
            kind = self.type_of(name)
            given[name] = {} if kind is None else kind().from_map(values)
        answer = getattr(client, self.method)(*(given[name] for name, _ in self.takes))
        return getattr(answer, "body", None)


@cache
def _known() -> tuple[Official, ...]:
    found = []
    for module in MODULES:
        spec = find_spec(f"alibabacloud_dingtalk.{module}.client")
        assert spec is not None
        assert spec.origin is not None
        for one in _CALL.finditer(Path(spec.origin).read_text("utf-8")):
            takes = tuple(_TAKES.findall(one["takes"]))
            found.append(Official(module, one["method"], one["path"], one["verb"], takes))
    return tuple(sorted(found, key=lambda one: one.path.count("{")))


def official(made: Made) -> Official:
    """The official client's call of that verb and path. Raises UnknownCallError."""
    for one in _known():
        if one.verb == made.verb and one.slots(made.path) is not None:
            return one
    raise UnknownCallError(f"{made.verb} {made.path}")


def lost(made: Made) -> Json:
    """What the official type of a call drops or changes of what we say; {}: it is all there.

    Raises UnknownCallError.
    """
    kind = official(made).type_of("request")
    said = filled(_said(made))
    if kind is None:
        return dict(said)
    read = kind().from_map(said)
    read.validate()
    known = filled(read.to_map())
    return {
        name: (said.get(name), known.get(name))
        for name in said.keys() | known.keys()
        if said.get(name) != known.get(name)
    }


def _said(made: Made) -> Json:
    beside = BESIDE.get(made.path, set())
    return {name: one for name, one in (made.args | made.query).items() if name not in beside}


def filled(value: Any) -> Any:
    """The value without what is empty, at any depth."""
    if isinstance(value, Mapping):
        kept = {name: filled(one) for name, one in value.items()}
        return {name: one for name, one in kept.items() if one not in (None, "", [], {})}
    if isinstance(value, list):
        return [filled(one) for one in value]
    return value


def typed(calls: Iterable[Made]) -> list[Made]:
    """Those calls that there are official types of: the new interface's."""
    return [one for one in calls if one.path.startswith("/v1.0/")]


def shapes(calls: Iterable[Made]) -> list[Made]:
    """Of the calls with official types one of each shape: its names, whatever they stand for."""
    found = {}
    for one in typed(calls):
        call = official(one)
        names = json.dumps([_names(one.args), _names(one.query), one.args.get("msgKey")])
        found[call.module, call.method, names] = one
    return list(found.values())


def _names(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _names(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [_names(one) for one in value[:1]]
    return None


@contextmanager
def watched() -> Iterator[None]:
    """Meanwhile, all that a local DingTalk was called with is checked when it stops.

    Calls that it answers with a refusal too: whoever wrote them took them for right.
    """
    stop = DingTalkServer.stop

    async def checked(server: DingTalkServer) -> None:
        await stop(server)
        for one in shapes(server.made):
            assert lost(one) == {}, (one.verb, one.path)

    with patch.object(DingTalkServer, "stop", checked):
        yield
