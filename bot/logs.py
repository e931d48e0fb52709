"""Logging: plain lines or JSON, each under what set it off; never a text of a review."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

from storage import trace

_SECRET = re.compile(r"\b(xox[a-z]|xapp)-[\w-]+|\b((?:ticket|access_token|session)=)[\w.~%+/=-]+")
_PASSWORD = re.compile(r"(://[^:/@\s]*:)[^@/\s]+@")
QUIET = (
    *("slack_sdk", "aiohttp", "apscheduler", "sqlalchemy", "aiosqlite", "alembic"),
    *("psycopg", "procrastinate", "dingtalk_stream", "websockets"),
)
"""Loggers of others that would show payloads, people's data or each step of a start."""


def without_secrets(line: str) -> str:
    """The line with a chat platform's tokens and tickets cut to their kind, and no password."""
    cut = _SECRET.sub(lambda found: f"{found[2] or found[1] + '-'}…", line)
    return _PASSWORD.sub(r"\1…@", cut)


def _may_be_told(record: logging.LogRecord) -> bool:
    """Asked at the handler, for Bolt gives its loggers the root's level, whatever was set."""
    return record.levelno >= logging.WARNING or record.name.split(".", 1)[0] not in QUIET


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  logging's own name
        said, set_off = super().formatMessage(record), trace.current()
        return said if set_off is None else f"{said} [{set_off}]"


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (set_off := trace.current()) is not None:
            line["trace"] = set_off
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return without_secrets(json.dumps(line, ensure_ascii=False))


def set_up(level: str, style: str) -> None:
    """Log to stderr; other people's loggers stay at WARNING, and no token is ever written."""
    handler = logging.StreamHandler()
    handler.addFilter(_may_be_told)
    text = _Text("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(_Json() if style == "json" else text)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)  # its warnings show whole payloads
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger().level))
