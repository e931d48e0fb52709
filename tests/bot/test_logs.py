"""What a log line never holds."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import set_up, without_secrets
from storage import trace

SECRETS = {
    "xoxb-12-34-abCD": "xoxb-…",
    "token=xapp-1-A0-9-ff, next": "token=xapp-…, next",
    "wss://x.test/link/?ticket=ab-12&app=1": "wss://x.test/link/?ticket=…&app=1",
    "https://oapi.x.test/media/upload?access_token=aB.1%2b&type=image": (
        "https://oapi.x.test/media/upload?access_token=…&type=image"
    ),
    "https://oapi.x.test/robot/sendBySession?session=a1b2": (
        "https://oapi.x.test/robot/sendBySession?session=…"
    ),
    "postgresql://ann:hush:hush@db.test:5432/x": "postgresql://ann:…@db.test:5432/x",
    "postgresql+psycopg://:hush@/x?host=/tmp": "postgresql+psycopg://:…@/x?host=/tmp",
    "http://127.0.0.1:8080/healthz by a@b.test": "http://127.0.0.1:8080/healthz by a@b.test",
}


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield logging.getLogger("bot.test")
    root.setLevel(level)
    root.handlers[:] = handlers


def _written(style: str) -> io.StringIO:
    set_up("INFO", style)
    out = io.StringIO()
    (handler,) = logging.getLogger().handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(out)
    return out


@pytest.mark.parametrize(("line", "cut"), SECRETS.items())
def test_secrets_are_cut(line: str, cut: str) -> None:
    assert without_secrets(line) == cut


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_secret_in_a_fault_is_cut_in_either_style(log: logging.Logger, style: str) -> None:
    out = _written(style)
    log.error("it failed", exc_info=ValueError("postgresql://ann:hush@db.test/x"))
    assert "ValueError: postgresql://ann:…@db.test/x" in out.getvalue()
    assert "hush" not in out.getvalue()


def test_a_json_line_bears_its_trace_only_within_one(log: logging.Logger) -> None:
    out = _written("json")
    log.info("before")
    with trace.of("t1"):
        log.info("within")
        with trace.begun() as same:
            assert same == "t1"
    log.info("after\nin two lines")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["message"], line.get("trace")) for line in lines] == [
        ("before", None),
        ("within", "t1"),
        ("after\nin two lines", None),
    ]
    assert set(lines[0]) == {"at", "level", "logger", "message"}
