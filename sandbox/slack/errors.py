"""What the stand-in refuses, with Slack's error codes."""

from __future__ import annotations

from typing import Any


class SlackError(Exception):
    """A call that Slack answers with `ok: false`; `code` is Slack's word for why."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    def answer(self) -> dict[str, Any]:
        """Return the body that Slack sends."""
        return {"ok": False, "error": self.code, **self.extra}


def invalid(code: str, problems: list[str]) -> SlackError:
    """Return a refusal that names each problem, as Slack's `response_metadata.messages` does."""
    messages = [f"[ERROR] {problem}" for problem in problems]
    extra: dict[str, Any] = {"response_metadata": {"messages": messages}}
    if code == "invalid_blocks":
        extra["errors"] = problems
    return SlackError(code, **extra)
