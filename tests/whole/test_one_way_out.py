"""Nothing is posted but by the one sender: looked for in the source itself."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "review", "scheduler", "storage", "prompts")
SENDER = "bot/platforms/slack/send.py"
WRITES = ("chat_", "files_", "conversations_open", "reactions_", "pins_", "bookmarks_")
"""Methods of slack_sdk's client that put something before people, or make a place for it."""
RAW = {"api_call", "chat.postMessage", "chat.update", "files.completeUploadExternal"}
"""The same by another way."""


def test_only_the_sender_calls_what_posts() -> None:
    found = {
        str(file.relative_to(ROOT)): names
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*.py"))
        if (names := _calls(ast.parse(file.read_text(encoding="utf-8"))))
    }
    assert set(found) == {SENDER}
    assert found[SENDER] >= {"chat_postMessage", "chat_update", "files_upload_v2"}


def test_nobody_answers_by_another_door() -> None:
    """Bolt's say and respond post too, and know nothing of the outbox."""
    for file in sorted((ROOT / "bot" / "platforms").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.arg):
                assert node.arg not in {"say", "respond"} or node.annotation is not None, file
            if isinstance(node, ast.Name):
                assert node.id not in {"AsyncSay", "AsyncRespond", "WebhookClient"}, file


def _calls(tree: ast.AST) -> set[str]:
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = {name for name in names if name.startswith(WRITES) and name != "files_info"}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return names | (RAW & {text for text in texts if isinstance(text, str)}) - _buckets(names)


def _buckets(names: set[str]) -> set[str]:
    """The sender names its methods once more, for their rate limits."""
    return RAW if "chat_postMessage" in names else set()
